from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.form import Measure
from scorecard.domain.indicator import IndicatorKind, Window
from scorecard.domain.period import Frequency, Month
from scorecard.domain.plan import Scope
from scorecard.domain.province import Province
from tests.calculation.provinces import (
    element,
    figures,
    form,
    indicator,
    merged,
    province,
    reporters,
    target,
    unit,
)


def board(where: Province, what: pl.DataFrame, as_of: str) -> list[dict[str, Any]]:
    return scoreboard(where, what, Month.parse(as_of)).to_dicts()


def only(where: Province, what: pl.DataFrame, as_of: str) -> dict[str, Any]:
    rows = board(where, what, as_of)
    assert len(rows) == 1
    return rows[0]


def test_counts_are_summed_over_months_and_units_before_the_rate_is_made() -> None:
    reported = figures(
        ("2025-01", "a", "online", 1),
        ("2025-01", "a", "received", 2),
        ("2025-02", "a", "online", 8),
        ("2025-02", "a", "received", 8),
        ("2025-02", "b", "online", 0),
        ("2025-02", "b", "received", 90),
    )
    row = only(province([target()]), reported, "2025-02")
    assert (row["numerator"], row["denominator"], row["value"]) == (9, 100, 0.09)
    assert row["window_start"] == Month.of(2025, 1).index


@pytest.mark.parametrize(
    ("window", "expected"),
    [(Window.MONTH, 8), (Window.YEAR, 12), (Window.PLAN, 14), (Window.ROLLING_3, 14), (Window.ROLLING_12, 15)],
)
def test_a_flow_sums_over_its_window(window: Window, expected: int) -> None:
    months = {"2024-01": 16, "2024-03": 1, "2024-12": 2, "2025-01": 4, "2025-02": 8}
    rows = [(m, "a", e, n) for m, n in months.items() for e in ("online", "received")]
    where = province([target(starts="2024-12-01")], indicators=[indicator(window=window)])
    assert only(where, figures(*rows), "2025-02")["numerator"] == expected


def test_a_unit_that_reported_one_side_of_a_ratio_counts_on_neither() -> None:
    reported = figures(
        ("2025-01", "a", "online", 5), ("2025-01", "a", "received", 10), ("2025-01", "b", "received", 99)
    )
    row = only(province([target()]), reported, "2025-01")
    assert (row["numerator"], row["denominator"]) == (5, 10)
    assert (row["reported_units"], row["expected_units"]) == (1, 2)


def test_a_side_of_several_elements_counts_only_when_all_are_there() -> None:
    elements = [element("online"), element("new"), element("carried")]
    where = province([target()], forms=[form(elements)], indicators=[indicator("online", "new + carried")])
    rows = [("2025-01", "a", e, n) for e, n in (("online", 4), ("new", 6), ("carried", 4))]
    incomplete = [("2025-01", "b", "online", 1), ("2025-01", "b", "new", 1)]
    row = only(where, figures(*rows, *incomplete), "2025-01")
    assert (row["numerator"], row["denominator"]) == (4, 10)


def test_a_window_restarts_at_a_break_and_says_so() -> None:
    where = province([target()], indicators=[indicator(breaks=["2025-03"])])
    rows = [(f"2025-0{m}", u, e, 1) for m in range(1, 5) for u in "ab" for e in ("online", "received")]
    row = only(where, figures(*rows), "2025-04")
    assert row["numerator"] == 4
    assert row["window_start"] == Month.of(2025, 3).index


def test_a_new_formula_is_used_from_its_month_on() -> None:
    elements = [element("online"), element("mobile"), element("received")]
    where = province([target()], forms=[form(elements)], indicators=[indicator(later={"2025-02": "online + mobile"})])
    rows = [(m, "a", e, n) for m in ("2025-01", "2025-02") for e, n in (("online", 1), ("mobile", 2), ("received", 9))]
    assert only(where, figures(*rows), "2025-01")["numerator"] == 1
    assert only(where, figures(*rows), "2025-02")["numerator"] == 3


def test_a_half_year_belongs_to_the_year_and_replaces_its_own_months() -> None:
    rows = [
        ("2025-01", "a", "online", 1),
        ("2025-01", "a", "received", 2),
        ("2025-H1", "a", "online", 30),
        ("2025-H1", "a", "received", 60),
        ("2025-07", "a", "online", 2),
        ("2025-07", "a", "received", 3),
    ]
    where = province([target()])
    assert only(where, figures(*rows), "2025-05")["denominator"] == 2
    assert only(where, figures(*rows), "2025-06")["denominator"] == 60
    assert only(where, figures(*rows), "2025-07")["denominator"] == 63


def stocks(every: Frequency = Frequency.MONTH) -> dict[str, Any]:
    names = [element("online", Measure.STOCK), element("received", Measure.STOCK)]
    return {"forms": [form(names, reporters(every=every))]}


def test_a_stock_takes_the_last_value_of_each_unit_and_says_how_old() -> None:
    rows = [
        ("2025-01", "a", "online", 1),
        ("2025-01", "a", "received", 10),
        ("2025-03", "a", "online", 5),
        ("2025-03", "a", "received", 10),
        ("2025-02", "b", "online", 7),
        ("2025-02", "b", "received", 10),
    ]
    row = only(province([target()], **stocks()), figures(*rows), "2025-06")
    assert (row["numerator"], row["denominator"]) == (12, 20)
    assert row["value_month"] == Month.of(2025, 3).index
    assert row["window_start"] is None


def test_counts_cross_a_merger_and_are_marked() -> None:
    old = [unit("a", died="2025-06-30"), unit("b", died="2025-06-30")]
    new = unit("a", born="2025-07-01")
    where = province(
        [target(), target(name="each", scope=Scope(each="commune"))],
        units=[*old, new],
        successions=[merged(each, new) for each in old],
    )
    before = [("2025-06", u, e, 3) for u in "ab" for e in ("online", "received")]
    after = [("2025-07", "a@2025-07-01", e, 5) for e in ("online", "received")]
    for row in board(where, figures(*before, *after), "2025-07"):
        assert row["numerator"] == 11
        assert row["crosses_boundaries"]
        assert (row["reported_units"], row["expected_units"]) == (1, 1)


def test_flows_of_units_that_left_no_successor_stay_in_the_total() -> None:
    where = province([target()], units=[unit("a"), unit("d", died="2025-06-30")])
    rows = [("2025-06", u, e, 3) for u in "ad" for e in ("online", "received")]
    row = only(where, figures(*rows, *[("2025-07", "a", e, 1) for e in ("online", "received")]), "2025-07")
    assert (row["numerator"], row["crosses_boundaries"]) == (7, True)


def test_a_split_without_a_share_is_a_break_for_the_new_unit_but_not_for_the_total() -> None:
    old, one, two = unit("a", died="2025-06-30"), unit("b", born="2025-07-01"), unit("c", born="2025-07-01")
    where = province(
        [target(), target(name="each", scope=Scope(each="commune"))],
        units=[old, one, two],
        successions=[merged(old, one, None), merged(old, two, None)],
    )
    before = [("2025-06", "a", e, 9) for e in ("online", "received")]
    after = [("2025-07", f"{u}@2025-07-01", e, 1) for u in "bc" for e in ("online", "received")]
    total, *parts = board(where, figures(*before, *after), "2025-07")
    assert total["numerator"] == 11
    assert [(row["numerator"], row["window_start"]) for row in parts] == [(1, Month.of(2025, 7).index)] * 2


def test_units_chosen_by_name_do_not_count_a_part_they_may_not_have_got() -> None:
    old, one, two = unit("a", died="2025-06-30"), unit("b", born="2025-07-01"), unit("c", born="2025-07-01")
    links = [merged(old, one, None), merged(old, two, None)]
    scopes = [target(name=codes, scope=Scope(codes=tuple(codes))) for codes in ("b", "bc")]
    where = province(scopes, units=[old, one, two], successions=links)
    before = [("2025-06", "a", e, 9) for e in ("online", "received")]
    after = [("2025-07", f"{u}@2025-07-01", e, 1) for u in "bc" for e in ("online", "received")]
    part, both = board(where, figures(*before, *after), "2025-07")
    assert (part["numerator"], part["window_start"]) == (1, Month.of(2025, 7).index)
    assert (both["numerator"], both["window_start"]) == (11, Month.of(2025, 1).index)


def test_the_stock_of_an_old_unit_stands_until_its_successor_reports() -> None:
    old = [unit("a", died="2025-06-30"), unit("b", died="2025-06-30")]
    new = unit("c", born="2025-07-01")
    where = province(
        [target(indicator_id="count", goal=">= 100")],
        units=[*old, new],
        successions=[merged(each, new) for each in old],
        forms=[form([element("n", Measure.STOCK)])],
        indicators=[indicator("n", None, name="count")],
    )
    rows = [("2025-06", "a", "n", 3), ("2025-06", "b", "n", 4), ("2025-08", "c@2025-07-01", "n", 8)]
    assert only(where, figures(*rows), "2025-07")["numerator"] == 7
    assert only(where, figures(*rows), "2025-08")["numerator"] == 8


def scores() -> dict[str, Any]:
    who = reporters(levels=("province", "commune"), every=Frequency.YEAR)
    return {
        "forms": [form([element("par", Measure.SCORE, counted_in="%")], who)],
        "indicators": [indicator("par", None, name="par", kind=IndicatorKind.SCORE)],
    }


def test_a_score_is_the_provinces_own_and_never_summed() -> None:
    where = province([target(">= 90%", indicator_id="par")], **scores())
    rows = [("2024", "19", "par", "89.20"), ("2024", "a", "par", 95), ("2024", "b", "par", 96)]
    row = only(where, figures(*rows), "2025-02")
    assert (row["numerator"], row["numerator_decimals"], row["denominator"]) == (8920, 2, None)
    assert row["value"] == pytest.approx(0.892)
    assert only(where, figures(*rows[1:2]), "2025-02")["value"] == pytest.approx(0.95)
    assert only(where, figures(*rows[1:]), "2025-02")["value"] is None


def test_units_of_a_level_are_one_total_or_a_row_each() -> None:
    rows = [("2025-01", u, e, 1) for u in "ab" for e in ("online", "received")]
    rows += [("2025-01", "19", e, 50) for e in ("online", "received")]
    level = target(name="level", scope=Scope(level="commune"))
    codes = target(name="codes", scope=Scope(codes=("a",)))
    each = target(name="each", scope=Scope(each="commune"))
    found = board(province([target(), level, codes, each]), figures(*rows), "2025-01")
    assert [(row["target"], row["unit"], row["numerator"]) for row in found] == [
        ("target", "19", 52),
        ("level", "19", 2),
        ("codes", "19", 1),
        ("each", "a@", 1),
        ("each", "b@", 1),
    ]
