"""Why a value moved: every part alone, and that all parts add up exactly."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.calculation.changes import Change, Mover, Point, changes
from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.indicator import Window
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit import Units
from tests.calculation.provinces import figures, indicator, merged, province, target, unit
from tests.calculation.test_by_unit import rate, reorganised, reports

JUNE, JULY = Month.parse("2025-06"), Month.parse("2025-07")
NOTHING = Fraction(0)


def monthly(**more: object) -> Province:
    return province([target()], indicators=[indicator(window=Window.MONTH)], **more)


def change(where: Province, before: pl.DataFrame, after: pl.DataFrame) -> Change:
    (found,) = changes(where, where.targets, Point(JUNE, before), Point(JULY, after))
    parts = found.corrections + found.boundaries + found.reporting + found.mix + found.rate
    assert found.after - found.before == parts
    return found


def test_units_that_improve_are_the_rate() -> None:
    what = figures(
        *rate("a", "2025-06", 10, 100),
        *rate("b", "2025-06", 20, 100),
        *rate("a", "2025-07", 30, 100),
        *rate("b", "2025-07", 20, 100),
    )
    found = change(monthly(), what, what)
    assert (found.before, found.after, found.rate, found.mix) == (
        Fraction(15, 100),
        Fraction(25, 100),
        Fraction(1, 10),
        0,
    )
    assert found.movers == (Mover("a@", Fraction(1, 10), NOTHING), Mover("b@", NOTHING, NOTHING))


def test_units_that_only_grow_are_the_mix() -> None:
    what = figures(
        *rate("a", "2025-06", 90, 100),
        *rate("b", "2025-06", 10, 100),
        *rate("a", "2025-07", 270, 300),
        *rate("b", "2025-07", 10, 100),
    )
    found = change(monthly(), what, what)
    assert (found.before, found.after, found.mix, found.rate) == (Fraction(1, 2), Fraction(7, 10), Fraction(1, 5), 0)


def test_what_is_rate_and_what_is_mix_is_told_from_the_middle_of_both_months() -> None:
    what = figures(
        *rate("a", "2025-06", 50, 100),
        *rate("b", "2025-06", 10, 100),
        *rate("a", "2025-07", 60, 300),
        *rate("b", "2025-07", 10, 100),
    )
    found = change(monthly(), what, what)
    # a: 35% × 25% of the cases more, b: 10% × 25% less; a's rate fell by 30% over 62,5% of the cases.
    assert (found.mix, found.rate) == (Fraction("0.0625"), Fraction("-0.1875"))
    assert found.movers[0] == Mover("a@", Fraction("-0.1875"), Fraction("0.0875"))


def test_who_reports_for_the_first_time_or_no_longer_is_told_apart() -> None:
    what = figures(*rate("a", "2025-06", 10, 100), *rate("a", "2025-07", 10, 100), *rate("b", "2025-07", 90, 100))
    found = change(monthly(), what, what)
    assert (found.reporting, found.rate, found.mix) == (Fraction(4, 10), 0, 0)
    gone = figures(*rate("a", "2025-06", 10, 100), *rate("b", "2025-06", 90, 100), *rate("a", "2025-07", 10, 100))
    assert change(monthly(), gone, gone).reporting == Fraction(-4, 10)


def test_a_correction_of_the_month_before_is_no_progress() -> None:
    july = rate("a", "2025-07", 30, 100)
    then, now = figures(*rate("a", "2025-06", 10, 100)), figures(*rate("a", "2025-06", 30, 100), *july)
    found = change(monthly(), then, now)
    assert (found.corrections, found.rate) == (Fraction(2, 10), 0)


def test_a_province_that_takes_another_in_moves_by_its_boundaries() -> None:
    other = unit("06", "province", died="2025-06-30", parent=None)
    there, own = unit("x", died="2025-06-30", parent="06"), unit("a")
    after, root = unit("x", born="2025-07-01"), unit("19", "province")
    where = monthly(units=[other, there, own, after], successions=[merged(there, after)])
    merger = replace(merged(there, after), from_id=other.id, to_id=root.id)
    where = replace(where, units=Units(where.units.members, (*where.units.successions, merger)))
    what = figures(
        *rate("a", "2025-06", 80, 100),
        *rate("x", "2025-06", 20, 100),
        *rate("a", "2025-07", 80, 100),
        *rate(after.id, "2025-07", 20, 100),
    )
    found = change(where, what, what)
    assert (found.before, found.after) == (Fraction(8, 10), Fraction(1, 2))
    assert (found.boundaries, found.rate, found.mix) == (Fraction(-3, 10), 0, 0)


def test_a_total_that_falls_while_all_units_rise_is_reversed_by_mix() -> None:
    what = figures(
        *rate("a", "2025-06", 90, 100),
        *rate("b", "2025-06", 10, 100),
        *rate("a", "2025-07", 92, 100),
        *rate("b", "2025-07", 120, 1000),
    )
    found = change(monthly(), what, what)
    assert found.after < found.before
    assert found.rate > 0 > found.mix
    assert found.reversed_by_mix
    assert not change(
        monthly(),
        figures(*rate("a", "2025-06", 1, 2)),
        figures(*rate("a", "2025-06", 1, 2), *rate("a", "2025-07", 2, 2)),
    ).reversed_by_mix


def test_a_count_has_no_mix() -> None:
    where = province(
        [target(">= 10", indicator_id="n")], indicators=[indicator("online", None, name="n", window=Window.MONTH)]
    )
    what = figures(
        *rate("a", "2025-06", 3, 0),
        *rate("b", "2025-06", 1, 0),
        *rate("a", "2025-07", 7, 0),
        *rate("b", "2025-07", 1, 0),
    )
    found = change(where, what, what)
    assert (found.before, found.after, found.rate, found.mix) == (4, 8, 4, 0)


def test_a_unit_without_cases_moves_by_mix_alone() -> None:
    what = figures(
        *rate("a", "2025-06", 50, 100),
        *rate("b", "2025-06", 0, 0),
        *rate("a", "2025-07", 50, 100),
        *rate("b", "2025-07", 100, 100),
    )
    found = change(monthly(), what, what)
    assert (found.reporting, found.mix, found.rate) == (0, Fraction(1, 4), 0)


def test_what_has_no_value_at_either_point_is_left_out() -> None:
    what = figures(*rate("a", "2025-07", 1, 2))
    assert changes(monthly(), monthly().targets, Point(JUNE, what), Point(JULY, what)) == ()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(reorganised(), st.randoms(use_true_random=True), st.integers(JUNE.index - 1, JULY.index + 2), st.integers(1, 3))
def test_the_parts_add_up_exactly_and_whole_mergers_are_no_boundary(
    where: Province, chance: Random, last: int, months: int
) -> None:
    now = reports(where, chance)
    then = now.with_columns(amount=pl.when(pl.int_range(pl.len()) % 7 == 0).then(0).otherwise("amount"))
    points = Point(Month(last - months), then), Point(Month(last), now)
    boards = [{row["target"]: row for row in scoreboard(where, at.figures, at.month).to_dicts()} for at in points]
    for found in changes(where, where.targets, *points):
        parts = found.corrections + found.boundaries + found.reporting + found.mix + found.rate
        assert found.after - found.before == parts
        assert found.boundaries == 0
        assert sum(each.mix for each in found.movers) == found.mix
        for board, value in zip(boards, (found.before, found.after), strict=True):
            row = board[found.target]
            assert value == Fraction(row["numerator"], row["denominator"] if row["denominator"] is not None else 1)
