from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.form import Measure
from scorecard.domain.indicator import Window
from scorecard.domain.period import Frequency, Month
from scorecard.domain.province import Province
from tests.calculation.provinces import element, figures, form, indicator, merged, province, reporters, target, unit


def judge(where: Province, what: pl.DataFrame, as_of: str) -> dict[str, Any]:
    (row,) = scoreboard(where, what, Month.parse(as_of)).to_dicts()
    return row


def pair(period: str, code: str, received: int) -> list[tuple[str, str, str, int]]:
    return [(period, code, "online", received), (period, code, "received", received)]


def test_one_commune_missing_of_92_is_said_on_the_row() -> None:
    codes = [f"c{n}" for n in range(92)]
    where = province([target()], units=[unit(code) for code in codes])
    rows = [row for code in codes[:-1] for row in pair("2025-01", code, 10)]
    row = judge(where, figures(*rows), "2025-01")
    assert (row["reported_units"], row["expected_units"]) == (91, 92)
    assert row["coverage"] == round(91 / 92, 9)
    assert row["status"] == "met"


def test_coverage_weighs_units_by_the_same_month_of_last_year() -> None:
    where = province([target()], indicators=[indicator(window=Window.MONTH)])
    past = [*pair("2024-02", "a", 90), *pair("2024-02", "b", 10), *pair("2025-01", "a", 1), *pair("2025-01", "b", 999)]
    row = judge(where, figures(*past, *pair("2025-02", "a", 5)), "2025-02")
    assert (row["coverage"], row["status"]) == (0.9, "met")
    row = judge(where, figures(*past, *pair("2025-02", "b", 5)), "2025-02")
    assert (row["coverage"], row["status"], row["reason"]) == (0.1, "no_data", "low_coverage")
    assert row["short_by"] is None


def test_without_last_year_the_mean_of_the_last_12_months_weighs() -> None:
    past = [*pair("2024-11", "a", 20), *pair("2025-01", "a", 40), *pair("2025-01", "b", 10)]
    row = judge(province([target()]), figures(*past, *pair("2025-02", "a", 5)), "2025-02")
    assert row["coverage"] == 0.75


def test_a_merged_unit_inherits_the_cases_of_those_it_was_made_of() -> None:
    old = [unit(code, died="2025-06-30") for code in "abc"]
    new, other = unit("a", born="2025-07-01"), unit("c", born="2025-07-01")
    links = [merged(old[0], new), merged(old[1], new), merged(old[2], other)]
    where = province([target()], units=[*old, new, other], successions=links)
    past = [*pair("2024-07", "a", 30), *pair("2024-07", "b", 30), *pair("2024-07", "c", 40)]
    row = judge(where, figures(*past, *pair("2025-07", "a@2025-07-01", 1)), "2025-07")
    assert row["coverage"] == 0.6


def test_a_unit_to_which_the_elements_do_not_apply_is_not_expected() -> None:
    excused = [("2025-01", "b", name, None, "not_applicable") for name in ("online", "received")]
    row = judge(province([target()]), figures(*pair("2025-01", "a", 5), *excused), "2025-01")
    assert (row["reported_units"], row["expected_units"], row["coverage"]) == (1, 1, 1.0)


def test_surplus_reports_do_not_lift_coverage() -> None:
    where = province([target()], units=[unit("a"), unit("b"), unit("d", "department")])
    row = judge(where, figures(*pair("2025-01", "a", 5), *pair("2025-01", "d", 5)), "2025-01")
    assert (row["reported_units"], row["expected_units"], row["coverage"]) == (1, 2, 0.5)


def test_between_two_half_years_the_last_one_stands() -> None:
    forms = [form([element("online"), element("received")], reporters(every=Frequency.HALF))]
    where = province([target()], forms=forms)
    row = judge(where, figures(*pair("2025-H1", "a", 5), *pair("2025-H1", "b", 5)), "2025-08")
    assert (row["reported_units"], row["expected_units"], row["status"]) == (2, 2, "met")
    assert row["value_month"] == Month.of(2025, 6).index


@pytest.mark.parametrize(("as_of", "reported"), [("2025-03", 1), ("2025-04", 1), ("2025-05", 0)])
def test_a_stock_is_up_to_date_while_its_latest_period_due_is_reported(as_of: str, reported: int) -> None:
    forms = [form([element("online", Measure.STOCK), element("received", Measure.STOCK)])]
    where = province([target()], units=[unit("a")], forms=forms)
    row = judge(where, figures(*pair("2025-03", "a", 5)), as_of)
    assert (row["reported_units"], row["expected_units"]) == (reported, 1)
    assert (row["coverage"], row["status"]) == (1.0, "met")
