"""What raising some units would do: exact numbers, and on random lines the slow search of each unit's new numerator."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.calculation.board import Board
from scorecard.calculation.gaps import GAPS, fixed_goal, gaps
from scorecard.calculation.raising import able, goal_levels, no_worse, raised
from scorecard.domain.goal import Comparator, Scale, Threshold
from scorecard.domain.period import Month
from tests.calculation.provinces import figures, indicator, province, target, unit
from tests.calculation.test_by_unit import rate

JUNE = Month.parse("2025-06")
WHAT = figures(
    *rate("a", "2025-06", 10, 100),
    *rate("b", "2025-06", 33, 90),
    *rate("c", "2025-06", 50, 100),
    *rate("d", "2025-06", 9, 10),
)
WHERE = province([target(">= 80%")], units=[unit(code) for code in "abcd"])
PARTS = gaps(Board(WHERE, WHERE.targets, JUNE), WHAT)
GOAL = fixed_goal(WHERE, WHERE.targets[0], JUNE)
MEDIAN = dict.fromkeys(("a@", "b@", "c@"), Fraction(33, 90))


def test_who_is_short_and_can_be_raised_stands_the_largest_gap_first() -> None:
    assert able(PARTS, MEDIAN) == ("a@", "b@", "c@")
    assert able(PARTS, {"c@": Fraction(1), "d@": Fraction(1)}) == ("c@",)


def test_raising_the_largest_gaps_to_the_median_is_exact_and_makes_nobody_worse() -> None:
    one = raised(PARTS, MEDIAN, ("a@",), Comparator.AT_LEAST)
    assert (one.value, one.changed_by, one.units) == (Fraction(102 + 27, 300), 27, ("a@",))
    assert raised(PARTS, MEDIAN, ("a@", "b@", "c@", "d@"), Comparator.AT_LEAST) == one
    assert raised(PARTS, MEDIAN, (), Comparator.AT_LEAST).value == Fraction(102, 300)


def test_raising_all_to_the_goal_meets_it() -> None:
    assert GOAL is not None
    levels = goal_levels(PARTS, GOAL, ["a@", "b@", "c@"])
    two = raised(PARTS, levels, ("a@", "b@"), GOAL.comparator)
    assert (two.value, two.changed_by) == (Fraction(80 + 72 + 50 + 9, 300), 70 + 39)
    every = raised(PARTS, levels, levels, GOAL.comparator)
    assert every.value == Fraction(80 + 72 + 80 + 9, 300)
    assert GOAL.comparator.holds(every.value, GOAL.value)


def test_a_goal_to_be_passed_needs_one_case_more_and_one_not_to_be_passed_takes_cases_away() -> None:
    assert raised(PARTS, {"a@": Fraction(4, 5)}, ["a@"], Comparator.ABOVE).changed_by == 71
    late = [indicator(rising_is_good=False)]
    where = province([target("< 10%")], indicators=late)
    parts = gaps(Board(where, where.targets, JUNE), figures(*rate("a", "2025-06", 30, 100)))
    assert no_worse(Comparator.BELOW) is Comparator.AT_MOST
    assert raised(parts, {"a@": Fraction(1, 10)}, ["a@"], Comparator.BELOW).changed_by == -21
    assert raised(parts, {"a@": Fraction(1, 10)}, ["a@"], Comparator.AT_MOST).changed_by == -20


def test_decimals_of_the_sides_are_kept_apart() -> None:
    what = figures(("2025-06", "a", "online", "1.25"), ("2025-06", "a", "received", "10.0"))
    parts = gaps(Board(WHERE, WHERE.targets, JUNE), what)
    assert GOAL is not None
    every = raised(parts, goal_levels(parts, GOAL, ["a@"]), ["a@"], GOAL.comparator)
    assert (every.value, every.changed_by) == (Fraction(8, 10), Fraction(675, 100))


SIDES = st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda sides: (min(sides), max(sides)))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(SIDES, min_size=1, max_size=6),
    st.fractions(Fraction(1, 20), Fraction(19, 20), max_denominator=60),
    st.sampled_from([Comparator.AT_LEAST, Comparator.ABOVE, Comparator.AT_MOST, Comparator.BELOW]),
    st.integers(0, 6),
)
def test_every_unit_changes_by_the_fewest_cases(
    sides: list[tuple[int, int]], level: Fraction, comparator: Comparator, count: int
) -> None:
    parts = line(sides)
    units = [f"{place}@" for place in range(min(count, len(sides)))]
    goal = Threshold(comparator, level, Scale.SHARE)
    found = raised(parts, goal_levels(parts, goal, units), units, comparator)
    slow = [nearest(*own, goal) if place < count else own[0] for place, own in enumerate(sides)]
    assert found.value == Fraction(sum(slow), sum(below for _, below in sides))
    assert found.changed_by == sum(slow) - sum(above for above, _ in sides)
    assert list(found.units) == [f"{n}@" for n, (own, now) in enumerate(zip(sides, slow, strict=True)) if own[0] != now]


def nearest(numerator: int, denominator: int, goal: Threshold) -> int:
    """Try numerators one by one, the nearest first, for one with which the goal holds; all of none is the limit."""
    step = -1 if no_worse(goal.comparator) is Comparator.AT_MOST else 1
    tried = numerator
    while not goal.comparator.holds(Fraction(tried, denominator), goal.value) and (step > 0 or tried > 0):
        tried += step
    return tried


def line(sides: list[tuple[int, int]]) -> pl.DataFrame:
    rows = [("t", "19", f"{place}@", above, 0, below, 0, 1, 1, 1, 0.0, 1) for place, (above, below) in enumerate(sides)]
    return pl.DataFrame(rows, GAPS, orient="row")


@pytest.mark.parametrize("goal", [">= 10", ">= previous", "done"])
def test_only_a_ratio_has_a_fixed_goal(goal: str) -> None:
    steps = ("2025-06-30",) if goal == "done" else ()
    chosen = target(goal, indicator_id="n" if goal == ">= 10" else "online_rate", steps=steps)
    where = province([chosen], indicators=[indicator(), indicator("online", None, name="n")])
    assert fixed_goal(where, chosen, JUNE) is None
