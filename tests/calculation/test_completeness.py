"""Who has submitted what and when: one expected set, nothing clipped, nothing guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard import frames
from scorecard.calculation.completeness import by_unit, completeness, leading_form, shares
from scorecard.calculation.expected_returns import expected_returns
from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.form import Form, Reporters
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Frequency, Month, Period
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scorecard.domain.window import due_on
from tests.calculation.provinces import element, figures, form, province, reporters, target, unit
from tests.calculation.test_twin import provinces

JUNE = Month.parse("2025-06")
TODAY = date(2025, 7, 8)
NOTHING = figures()
DUE = date(2025, 7, 7)  # the 5th is a Saturday


def returns(*rows: tuple[str, str, str, str, date | None]) -> pl.DataFrame:
    """Rows of (period, unit, form, state, first submitted on)."""
    spans = [Period.parse(period) for period, *_ in rows]
    told = [
        (f"{who}@", name, span.first.index, span.last.index, state, day)
        for span, (_, who, name, state, day) in zip(spans, rows, strict=True)
    ]
    return pl.DataFrame(told, frames.RETURNS, orient="row")


def look(
    what: pl.DataFrame,
    *,
    where: Province | None = None,
    months: int = 1,
    today: date = TODAY,
    past: pl.DataFrame = NOTHING,
) -> list[dict[str, Any]]:
    span = range(JUNE.index - months + 1, JUNE.index + 1)
    return completeness(where or province([target()]), what, past, span, today).rows.to_dicts()


def test_nothing_submitted_is_missing_after_the_due_day_and_awaited_until_it() -> None:
    a, b = look(returns())
    assert (a["unit"], a["form"], a["due"], a["state"], a["timing"]) == ("a@", "monthly", DUE, "not_started", "missing")
    assert (a["late_days"], a["late_periods"], b["unit"]) == (1, 1, "b@")
    a, _ = look(returns(), today=DUE)
    assert (a["timing"], a["late_days"], a["late_periods"]) == ("awaited", None, 0)


def test_the_first_submission_decides_what_is_in_time() -> None:
    a, b = look(
        returns(
            ("2025-06", "a", "monthly", "sent_back", DUE), ("2025-06", "b", "monthly", "approved", date(2025, 7, 10))
        )
    )
    assert (a["timing"], a["late_days"], a["state"]) == ("on_time", None, "sent_back")
    assert (b["timing"], b["late_days"], b["state"]) == ("late", 3, "approved")


def test_a_draft_is_not_submitted() -> None:
    a, _ = look(returns(("2025-06", "a", "monthly", "draft", None)))
    assert (a["state"], a["timing"]) == ("draft", "missing")


def test_periods_late_in_a_row_are_counted_and_one_in_time_ends_them() -> None:
    late = [(f"2025-0{n}", "a", "monthly", "approved", date(2025, n + 1, 20)) for n in (1, 3, 4)]
    in_time = ("2025-02", "a", "monthly", "approved", date(2025, 3, 5))
    told = {
        row["last_month"] - JUNE.index: row for row in look(returns(*late, in_time), months=6) if row["unit"] == "a@"
    }
    assert {month: row["late_periods"] for month, row in told.items()} == {-5: 1, -4: 0, -3: 1, -2: 2, -1: 3, 0: 4}
    awaited = look(returns(*late, in_time), months=6, today=date(2025, 7, 1))
    assert [row["late_periods"] for row in awaited if row["unit"] == "a@"] == [1, 0, 1, 2, 3, 3]


def test_surplus_is_listed_and_never_counted() -> None:
    gone = unit("c", died="2025-05-31")
    where = province([target()], units=[unit("a"), unit("b"), gone])
    what = returns(
        ("2025-06", "a", "monthly", "approved", DUE),
        ("2025-06", "b", "monthly", "approved", DUE),
        ("2025-06", "c", "monthly", "approved", DUE),
        ("2025-Q2", "a", "monthly", "approved", DUE),
        ("2025-06", "b", "other", "draft", None),
    )
    found = completeness(where, what, NOTHING, range(JUNE.index, JUNE.index + 1), TODAY)
    assert found.surplus.select("unit", "first_month").rows() == [("c@", JUNE.index), ("a@", JUNE.index - 2)]
    (all_of,) = shares(found.rows).to_dicts()
    assert (all_of["expected"], all_of["submitted"], all_of["share"]) == (2, 2, 1.0)


def test_the_first_rule_that_names_a_unit_counts() -> None:
    rules = reporters(codes=("a",), levels=(), every=Frequency.QUARTER), reporters()
    where = province([target()], forms=[form([element("online"), element("received")], *rules)])
    assert expected_returns(where, range(JUNE.index - 1, JUNE.index + 1)).rows() == [
        ("b@", "monthly", JUNE.index - 1, JUNE.index - 1, date(2025, 6, 5)),
        ("a@", "monthly", JUNE.index - 2, JUNE.index, DUE),
        ("b@", "monthly", JUNE.index, JUNE.index, DUE),
    ]


def test_both_shares_units_and_the_cases_they_stand_for() -> None:
    where = province([target()], units=[unit("a"), unit("b"), unit("c")])
    past = figures(("2025-05", "a", "received", 900), ("2025-05", "b", "received", 100))
    span = range(JUNE.index, JUNE.index + 1)
    found = completeness(where, returns(("2025-06", "a", "monthly", "submitted", DUE)), past, span, TODAY)
    assert found.rows["cases"].to_list() == [900.0, 100.0, None]
    (row,) = shares(found.rows).to_dicts()
    # Nobody knows what c had: it weighs as much as the mean of the others, 500.
    assert row == {
        "expected": 3,
        "submitted": 1,
        "on_time": 1,
        "approved": 0,
        "share": pytest.approx(1 / 3),
        "cases_share": 0.6,
    }
    (row,) = shares(completeness(where, returns(), NOTHING, span, TODAY).rows).to_dicts()
    assert (row["share"], row["cases_share"]) == (0.0, None)
    assert shares(found.rows.clear()).to_dicts()[0]["share"] is None


def two_forms() -> Province:
    more = form([element("held", form="yearly")], reporters(codes=("a",), levels=()))
    return province([target()], forms=[more, form([element("online"), element("received")])])


def test_a_unit_is_as_complete_as_its_worst_return() -> None:
    past = figures(("2025-05", "a", "received", 30), ("2025-05", "b", "received", 10))
    what = returns(
        ("2025-06", "a", "monthly", "approved", DUE), ("2025-06", "b", "monthly", "approved", date(2025, 7, 8))
    )
    rows = completeness(two_forms(), what, past, range(JUNE.index, JUNE.index + 1), TODAY).rows
    assert leading_form(rows) == "monthly"
    a, b = by_unit(rows).to_dicts()
    assert (a["first_submitted_on"], a["timing"], a["owed"], a["submitted"], a["state"]) == (
        None,
        "missing",
        2,
        1,
        None,
    )
    assert (b["first_submitted_on"], b["timing"], b["state"], b["late_days"]) == (
        date(2025, 7, 8),
        "late",
        "approved",
        1,
    )
    assert (a["cases"], b["cases"]) == (30.0, 10.0)
    (row,) = shares(by_unit(rows)).to_dicts()
    assert (row["submitted"], row["cases_share"]) == (1, 0.25)


def test_missing_is_worse_than_late() -> None:
    what = returns(("2025-06", "a", "monthly", "approved", date(2025, 7, 9)))
    rows = completeness(two_forms(), what, NOTHING, range(JUNE.index, JUNE.index + 1), date(2025, 7, 10)).rows
    a, _ = by_unit(rows).to_dicts()
    assert (a["timing"], a["late_days"]) == ("missing", 3)


def test_shares_by_kind() -> None:
    where = province([target()], units=[unit("a"), replace(unit("b"), kind="ward")])
    rows = completeness(
        where, returns(("2025-06", "a", "monthly", "approved", DUE)), NOTHING, range(JUNE.index, JUNE.index + 1), TODAY
    ).rows
    assert shares(rows, ["kind"]).select("kind", "share").rows() == [("commune", 1.0), ("ward", 0.0)]


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(provinces(), st.randoms(use_true_random=True))
def test_what_is_expected_and_how_late_agrees_with_plain_python(where: Province, chance: Random) -> None:
    months = range(JUNE.index - 7, JUNE.index + 2)
    wanted: dict[tuple[str, str, int], dict[str, Any]] = {}
    told = []
    for each in where.forms:
        for who in where.units.members:
            late_in_a_row = 0
            for month in months:
                period, rule = slow_rule(where, each, who, month)
                if rule is None or period is None:
                    continue
                due = due_on(where, period, rule)
                day = due + timedelta(days=chance.choice([-3, 0, 1, 9])) if chance.random() < 0.6 else None
                if day or chance.random() < 0.3:
                    told.append((who.id, each.id, period.first.index, month, "submitted" if day else "draft", day))
                late = (day or TODAY) > due
                awaited = day is None and not late
                late_in_a_row = late_in_a_row + 1 if late else late_in_a_row if awaited else 0
                wanted[who.id, each.id, month] = {
                    "first_month": period.first.index,
                    "due": due,
                    "timing": ("late" if late else "on_time") if day else "missing" if late else "awaited",
                    "late_days": ((day or TODAY) - due).days if late else None,
                    "late_periods": late_in_a_row,
                }
    what = pl.DataFrame(told, frames.RETURNS, orient="row")
    found = completeness(where, what, NOTHING, months, TODAY)
    assert found.surplus.is_empty()
    got = {(row["unit"], row["form"], row["last_month"]): row for row in found.rows.to_dicts()}
    assert got.keys() == wanted.keys()
    assert {key: {name: got[key][name] for name in each} for key, each in wanted.items()} == wanted


def slow_rule(where: Province, each: Form, who: Unit, month: int) -> tuple[Period | None, Reporters | None]:
    rule = each.reporters_of(who, Month(month))
    there = who in where.units.within(where.root_code, Month(month).last_day)
    period = Period.containing(Month(month), rule.every) if rule else None
    return (period, rule) if period and there and period.last.index == month else (None, None)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(provinces())
def test_the_scoreboard_expects_the_same_returns(where: Province) -> None:
    expected = expected_returns(where, range(JUNE.index, JUNE.index + 1))
    for row in scoreboard(where, NOTHING, JUNE).to_dicts():
        told = next(each for each in where.targets if each.id == row["target"])
        single = told.indicator_id is None or where.indicators[told.indicator_id].kind is IndicatorKind.SCORE
        if single or told.scope.each is not None or row["status"] == "not_applicable":
            continue
        version = where.indicators[told.indicator_id or ""].version_at(JUNE)
        owed = expected.filter(pl.col("form") == where.elements[version.numerator.elements[0]].form_id)["unit"]
        scope = told.scope
        mine = [
            who
            for who in (where.units.by_id[each] for each in owed)
            if (not scope.level or who.level == scope.level) and (not scope.codes or who.code in scope.codes)
        ]
        assert row["expected_units"] == len(mine)
