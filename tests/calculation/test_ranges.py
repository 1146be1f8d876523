"""Between which values a total lies when reports are missing."""

from __future__ import annotations

from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.form import Measure
from scorecard.domain.indicator import IndicatorKind, Window
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from tests.calculation.provinces import element, figures, form, indicator, province, reporters, target, unit
from tests.calculation.slow_ranges import slow_range
from tests.calculation.slow_twin import Twin
from tests.calculation.test_by_unit import rate
from tests.calculation.test_twin import LAST, provinces, reports

JUNE = Month.parse("2025-06")


def total(where: Province, what: pl.DataFrame, as_of: Month = JUNE) -> dict[str, Any]:
    (row,) = scoreboard(where, what, as_of).to_dicts()
    return row


def monthly(**more: object) -> Province:
    return province([target()], indicators=[indicator(window=Window.MONTH)], **more)


def test_with_everything_reported_the_range_is_the_value() -> None:
    row = total(monthly(), figures(*rate("a", "2025-06", 30, 100), *rate("b", "2025-06", 50, 100)))
    assert (row["value_low"], row["value"], row["value_high"]) == (0.4, 0.4, 0.4)


def test_a_silent_unit_takes_the_worst_and_best_of_its_last_twelve_months() -> None:
    past = [*rate("b", "2025-04", 10, 100), *rate("b", "2025-05", 160, 200), *rate("b", "2024-06", 0, 1000)]
    row = total(monthly(), figures(*rate("a", "2025-06", 50, 100), *past))
    # 10% of 200 cases at worst, 80% of 200 at best; June of last year is thirteen months back.
    assert row["value_low"] == pytest.approx((50 + 20) / 300)
    assert row["value_high"] == pytest.approx((50 + 160) / 300)


def test_the_worst_takes_few_cases_of_a_unit_that_is_better_than_the_total() -> None:
    past = [*rate("b", "2025-04", 60, 100), *rate("b", "2025-05", 120, 200)]
    row = total(monthly(), figures(*rate("a", "2025-06", 10, 100), *past))
    assert row["value_low"] == pytest.approx((10 + 60) / 200)
    assert row["value_high"] == pytest.approx((10 + 120) / 300)


def test_who_never_reported_may_be_anything_between_nothing_and_all() -> None:
    row = total(monthly(), figures(*rate("a", "2025-06", 50, 100)))
    assert (row["value_low"], row["value_high"]) == (pytest.approx(50 / 200), pytest.approx(150 / 200))


def test_every_missing_month_of_the_window_widens_the_range() -> None:
    where = province([target()])
    what = figures(
        *(row for m in range(1, 7) for row in rate("a", f"2025-0{m}", 50, 100)),
        *rate("b", "2025-01", 50, 100),
        *rate("b", "2025-02", 100, 100),
    )
    row = total(where, what)
    assert row["value_low"] == pytest.approx((300 + 150 + 4 * 50) / 1200)
    assert row["value_high"] == pytest.approx((300 + 150 + 4 * 100) / 1200)


def test_a_count_takes_the_fewest_and_the_most() -> None:
    counted = [indicator("online", None, name="n", window=Window.MONTH)]
    where = province([target(">= 10", indicator_id="n")], indicators=counted)
    row = total(where, figures(*rate("a", "2025-06", 5, 0), *rate("b", "2025-05", 2, 0), *rate("b", "2025-04", 7, 0)))
    assert (row["value_low"], row["value"], row["value_high"]) == (7, 5, 12)


def test_a_stock_not_reported_for_what_has_fallen_due_is_taken_out_and_put_back() -> None:
    where = province(
        [target(indicator_id="share")],
        forms=[form([element("held", Measure.STOCK), element("owned", Measure.STOCK)])],
        indicators=[indicator("held", "owned", name="share")],
    )
    told = [("2025-06", "a", "held", 50), ("2025-06", "a", "owned", 100)]
    old = [
        (m, "b", name, value)
        for m, has in (("2025-03", 20), ("2025-04", 30))
        for name, value in (("held", has), ("owned", 100))
    ]
    row = total(where, figures(*told, *old))
    assert row["value"] == 0.4
    assert (row["value_low"], row["value_high"]) == (pytest.approx(70 / 200), pytest.approx(80 / 200))


def test_a_score_has_no_range() -> None:
    scores = [form([element("par", Measure.SCORE)], reporters(levels=("province",)))]
    index = [indicator("par", None, name="par", kind=IndicatorKind.SCORE)]
    where = province([target(">= 90", indicator_id="par")], forms=scores, indicators=index)
    row = total(where, figures(("2025-06", "19", "par", 91)))
    assert (row["value_low"], row["value_high"]) == (None, None)


def full(where: Province, chance: Random) -> pl.DataFrame:
    rows: list[tuple[str, str, str, int]] = []
    for each in where.units.members:
        for month in range(JUNE.index - 14, JUNE.index + 1):
            if each.level == "commune":
                below = chance.randrange(1, 60)
                rows += rate(each.code, str(Month(month)), chance.randrange(below + 1), below)
    return figures(*rows)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.randoms(use_true_random=True), st.sampled_from(list(Window)), st.integers(1, 3))
def test_taking_a_report_away_widens_the_range_and_it_still_holds_the_truth(
    chance: Random, window: Window, many: int
) -> None:
    where = province(
        [target(starts="2025-01-01")], units=[unit(code) for code in "abcd"], indicators=[indicator(window=window)]
    )
    what = full(where, chance)
    truth = total(where, what)["value"]
    low = high = truth
    gone: set[str] = set()
    for silent in chance.sample("abcd", many):
        gone.add(f"{silent}@")
        own = what.filter(pl.col("unit") == f"{silent}@")
        rates, volumes = _past(own, JUNE.index)
        month = {r["element"]: r["amount"] for r in own.filter(pl.col("last_month") == JUNE.index).to_dicts()}
        within = min(rates) <= month["online"] / month["received"] <= max(rates)
        if not (within and min(volumes) <= month["received"] <= max(volumes)):
            return
        left = what.filter(~(pl.col("unit").is_in(list(gone)) & (pl.col("last_month") == JUNE.index)))
        row = total(where, left)
        if row["value"] is None:
            return
        assert row["value_low"] <= truth + 1e-12
        assert row["value_high"] >= truth - 1e-12
        assert row["value_low"] <= low + 1e-12
        assert row["value_high"] >= high - 1e-12
        low, high = row["value_low"], row["value_high"]


def _past(own: pl.DataFrame, month: int) -> tuple[list[float], list[int]]:
    before = own.filter((pl.col("last_month") < month) & (pl.col("last_month") > month - 12))
    sides = {e: before.filter(pl.col("element") == e).sort("last_month")["amount"] for e in ("online", "received")}
    return [a / b for a, b in zip(sides["online"], sides["received"], strict=True)], sides["received"].to_list()


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_range_agrees_with_its_slow_twin(data: st.DataObject) -> None:
    where = data.draw(provinces())
    what = data.draw(reports(where))
    as_of = Month(data.draw(st.integers(Month.parse("2025-03").index, LAST)))
    twin = Twin(where, what)
    rows = iter(scoreboard(where, what, as_of).to_dicts())
    twin.rows(as_of.index)
    for each in where.targets:
        for by in twin.lines(each, as_of.index):
            row = next(rows)
            expected = slow_range(twin, each, by, as_of.index)
            found = (row["value_low"], row["value_high"])
            assert found == (pytest.approx(tuple(map(float, expected)), abs=1e-9) if expected else (None, None)), row
