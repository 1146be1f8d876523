"""What the province's total would be without the oddity of a return, and which return is looked at first."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from scorecard.calculation.effects import effects
from scorecard.calculation.review_queue import review_queue
from scorecard.calculation.suspicion import suspicions
from scorecard.domain.form import Measure
from scorecard.domain.indicator import Window
from scorecard.domain.plan import Scope
from scorecard.domain.province import Province
from tests.calculation.provinces import element, figures, form, indicator, province, target, unit
from tests.calculation.test_suspicion import JUNE, months

Rows = list[tuple[Any, ...]]


def both(past: Rows, new: Rows, where: Province) -> tuple[pl.DataFrame, pl.DataFrame]:
    approved = figures(*past)
    rows = suspicions(where, approved, figures(*new))
    return rows, effects(where, approved, rows)


def half(who: str, cases: int = 100) -> Rows:
    return [*months("2024-12", [cases // 2] * 6, "online", who), *months("2024-12", [cases] * 6, "received", who)]


def returned(who: str, online: int, received: int) -> Rows:
    return [(JUNE, who, "online", online), (JUNE, who, "received", received)]


MONTHLY = province([target()], indicators=[indicator(window=Window.MONTH)])


def test_the_effect_is_the_total_with_the_figures_minus_the_total_with_the_usual_ones() -> None:
    _, found = both([*half("a"), *half("b"), *returned("b", 50, 100)], returned("a", 100, 100), MONTHLY)
    (row,) = found.to_dicts()
    assert (row["unit"], row["form"], row["target"]) == ("a@", "monthly", "target")
    assert (row["points"], row["cases"], row["weight"]) == (150 / 200 - 100 / 200, 50, 0.25)


def test_the_months_of_the_window_dilute_it() -> None:
    where = province([target()])
    _, found = both([*half("a"), *half("b"), *returned("b", 50, 100)], returned("a", 100, 100), where)
    assert found["points"].to_list() == [pytest.approx(650 / 1200 - 600 / 1200)]


def test_other_submitted_returns_stay_as_they_are() -> None:
    _, found = both([*half("a"), *half("b")], [*returned("a", 100, 100), *returned("b", 20, 100)], MONTHLY)
    told = {row["unit"]: row["points"] for row in found.to_dicts()}
    assert told == {"a@": pytest.approx(120 / 200 - 70 / 200), "b@": pytest.approx(120 / 200 - 150 / 200)}


def test_a_return_without_a_past_brings_all_it_has() -> None:
    rows, found = both([*half("b"), *returned("b", 50, 100)], returned("a", 90, 100), MONTHLY)
    assert found["points"].to_list() == [pytest.approx(140 / 200 - 50 / 100)]
    (queued,) = review_queue(rows, found).to_dicts()
    assert (queued["suspicion"], queued["flagged"]) == (1.0, 0)
    assert queued["urgency"] == pytest.approx(0.2)


def test_a_total_that_rests_on_one_return_is_its_effect() -> None:
    _, found = both([], returned("a", 90, 100), MONTHLY)
    assert found["points"].to_list() == [0.9]


def test_a_count_is_weighed_as_a_share_of_the_total() -> None:
    counted = [indicator("online", None, name="n", window=Window.MONTH)]
    where = province([target(">= 10", indicator_id="n")], indicators=counted)
    past = [*months("2024-12", [50] * 6, "online", "a"), (JUNE, "b", "online", 50)]
    _, found = both(past, [(JUNE, "a", "online", 150)], where)
    assert found.select("points", "cases", "weight").row(0) == (None, 100.0, 0.5)


def test_a_stock_falls_back_to_what_was_held() -> None:
    held = [form([element("held", Measure.STOCK), element("owned", Measure.STOCK)])]
    where = province([target(indicator_id="share")], forms=held, indicators=[indicator("held", "owned", name="share")])
    past = [("2025-05", who, name, value) for who in "ab" for name, value in (("held", 50), ("owned", 100))]
    _, found = both(past, [(JUNE, "a", "held", 100), (JUNE, "a", "owned", 100)], where)
    assert found["points"].to_list() == [150 / 200 - 100 / 200]


def test_targets_that_are_over_or_have_no_total_are_left_out() -> None:
    over = target(name="over", starts="2024-01-01", due="2025-05-31")
    each = target(name="each", scope=Scope(each="commune"))
    level = target(name="level", scope=Scope(level="commune"))
    where = province([over, each, level], indicators=[indicator(window=Window.MONTH)])
    rows, found = both(half("a"), returned("a", 60, 100), where)
    assert found["target"].to_list() == ["level"]
    only = province([each], indicators=[indicator()])
    rows, found = both(half("a"), returned("a", 60, 100), only)
    assert found.is_empty()
    (queued,) = review_queue(rows, found).to_dicts()
    assert (queued["target"], queued["weight"], queued["urgency"]) == (None, 0.0, 0.0)


def test_the_queue_puts_effect_times_suspicion_first() -> None:
    where = province([target()], units=[unit(code) for code in "abc"], indicators=[indicator(window=Window.MONTH)])
    past = [*half("a", 1000), *half("b", 100), *half("c", 1000)]
    new = [*returned("a", 560, 1010), *returned("b", 99, 101), *returned("c", 501, 1001)]
    queue = review_queue(*both(past, new, where))
    assert queue["unit"].to_list() == ["b@", "a@", "c@"]
    b, a, c = queue.to_dicts()
    # 60 of 500 is 1.2 spreads of 50; 49 of 50 is 9.8 spreads of 5, and its share moved: one figure of two is flagged.
    assert a["suspicion"] == pytest.approx(1.2 / 3.5)
    assert (b["suspicion"], b["flagged"], a["flagged"], c["flagged"]) == (pytest.approx(9.8 / 3.5), 1, 0, 0)
    assert a["urgency"] == pytest.approx(a["weight"] * a["suspicion"])


def test_suspicion_ends_at_three_and_a_flag_is_at_least_one() -> None:
    past = [*months("2024-12", [500] * 6, "online", "a"), *months("2024-12", [100] * 6, "received", "a")]
    (wild,) = review_queue(*both(past, [(JUNE, "a", "received", 90_000)], MONTHLY)).to_dicts()
    assert wild["suspicion"] == 3.0
    (same,) = review_queue(*both(past, [(JUNE, "a", "received", 100)], MONTHLY)).to_dicts()
    assert (same["suspicion"], same["flagged"]) == (1.0, 1)


def test_a_return_without_any_number_raises_no_suspicion() -> None:
    rows, found = both(half("a"), [(JUNE, "a", "received", None, "not_available")], MONTHLY)
    (queued,) = review_queue(rows, found).to_dicts()
    assert (queued["suspicion"], queued["flagged"]) == (0.0, 0)
