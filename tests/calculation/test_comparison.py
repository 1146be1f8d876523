"""Units side by side: three months as sum over sum, ranks of this month and the one before."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.calculation.comparison import COMPARISON, comparison
from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.form import Measure
from scorecard.domain.indicator import Window
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.domain.unit import Units
from tests.calculation.provinces import element, figures, form, indicator, merged, province, target, unit
from tests.calculation.test_by_unit import rate, reorganised, reports

SEPTEMBER = Month.parse("2025-09")


def peers(*codes: str, **more: object) -> Province:
    return province([target()], units=[replace(unit(code), peer_group="xa") for code in codes], **more)


def compared(where: Province, *rows: tuple[object, ...], as_of: Month = SEPTEMBER) -> dict[str, dict[str, Any]]:
    return {row["unit"]: row for row in comparison(where, figures(*rows), as_of, "plan").to_dicts()}


def months(code: str, **sides: tuple[int, int]) -> list[tuple[str, str, str, int]]:
    """Figures by month of 2025: `months("a", m9=(1, 2))`."""
    return [row for month, pair in sides.items() for row in rate(code, f"2025-{int(month[1:]):02}", *pair)]


def test_three_months_are_summed_before_they_are_divided() -> None:
    found = compared(
        peers("a", "b"),
        *months("a", m6=(100, 100), m7=(0, 100), m8=(10, 10), m9=(40, 90)),
        *months("b", m9=(30, 40)),
    )["a@"]
    assert (found["numerator"], found["denominator"]) == (50, 200)
    assert (found["own_numerator"], found["own_denominator"]) == (150, 300)
    assert (found["pooled"], found["crosses_boundaries"]) == (True, False)


def test_ranks_follow_the_three_months_and_are_held_against_the_month_before() -> None:
    found = compared(
        peers("a", "b", "c"),
        *months("a", m6=(60, 60), m7=(30, 60), m8=(30, 60), m9=(0, 60)),
        *months("b", m7=(20, 60), m8=(20, 60), m9=(60, 60)),
        *months("c", m9=(15, 30)),
    )
    ranks = {each: (row["rank"], row["moved"], row["quarter"]) for each, row in found.items()}
    assert ranks == {"a@": (3, -1, 3), "b@": (1, 1, 1), "c@": (2, None, 2)}


def test_who_did_not_report_this_month_is_not_ranked_whatever_it_had_before() -> None:
    found = compared(
        peers("a", "b", "c"), *months("a", m8=(90, 90)), *months("b", m9=(1, 30)), *months("c", m9=(9, 29))
    )
    told = {each: (row["rank"], row["unranked"], row["quarter"]) for each, row in found.items()}
    assert told == {"a@": (None, "not_reported", None), "b@": (1, None, 1), "c@": (None, "too_small", None)}
    assert found["a@"]["moved"] is None


def test_a_unit_does_not_rise_because_a_better_one_did_not_report() -> None:
    found = compared(
        peers("a", "b", "c"),
        *months("a", m8=(90, 90)),
        *months("b", m8=(60, 90), m9=(60, 90)),
        *months("c", m8=(30, 90), m9=(30, 90)),
    )
    assert {each: (row["rank"], row["moved"]) for each, row in found.items()} == {
        "a@": (None, None),
        "b@": (1, 0),
        "c@": (2, 0),
    }


def test_who_said_that_it_does_not_apply_is_told_apart_from_the_silent() -> None:
    found = compared(peers("a", "b"), ("2025-09", "a", "online", None, "not_applicable"))
    assert {each: row["unranked"] for each, row in found.items()} == {"a@": "not_concerned", "b@": "not_reported"}


def test_what_is_held_is_not_summed_over_months() -> None:
    where = peers(
        "a",
        "b",
        forms=[form([element("online", Measure.STOCK), element("received", Measure.STOCK)])],
    )
    found = compared(where, *months("a", m8=(10, 40), m9=(20, 40)))["a@"]
    assert (found["numerator"], found["denominator"], found["pooled"]) == (20, 40, False)
    assert (found["own_numerator"], found["own_denominator"]) == (20, 40)


def test_the_month_before_is_told_on_the_map_of_this_month() -> None:
    old = [replace(unit(code, died="2025-06-30"), peer_group="xa") for code in ("old", "cut")]
    new = [replace(unit(code, born="2025-07-01"), peer_group="xa") for code in ("x", "y", "z")]
    links = [merged(old[0], new[0]), merged(old[1], new[1], None), merged(old[1], new[2], None)]
    where = province([target()], units=[*old, *new], successions=links)
    july = Month.parse("2025-07")
    found = compared(
        where,
        *months("old", m5=(10, 40), m6=(20, 40)),
        *months("cut", m6=(30, 30)),
        *(row for each in new for row in rate(each.id, "2025-07", 30, 40)),
        as_of=july,
    )
    x, y, _ = (found[each.id] for each in new)
    assert (x["numerator"], x["denominator"], x["crosses_boundaries"]) == (60, 120, True)
    assert (y["numerator"], y["denominator"], y["crosses_boundaries"]) == (30, 40, False)
    assert [found[each.id]["rank"] for each in new] == [3, 1, 1]
    june = compared(where, *months("old", m6=(20, 40)), *months("cut", m6=(30, 30)), as_of=Month.parse("2025-06"))
    assert {each: row["rank"] for each, row in june.items()} == {"cut@": 1, "old@": 2}


def test_only_ratios_with_a_fixed_goal_and_more_than_one_unit_are_compared() -> None:
    assert compared(peers("a"), *months("a", m9=(1, 40))) == {}
    for other in (target("done", steps=("2025-12-31",), lead="a"), target(">= previous + 1 points")):
        assert comparison(replace_targets(peers("a", "b"), other), figures(), SEPTEMBER, "plan").schema == COMPARISON
        assert comparison(replace_targets(peers("a", "b"), other), figures(), SEPTEMBER, "plan").is_empty()


def replace_targets(where: Province, *targets: Target) -> Province:
    (plan,) = where.plans
    return replace(where, plans=(replace(plan, targets=targets),))


def test_units_without_peers_are_left_out() -> None:
    where = province([target()], units=[*(replace(unit(code), peer_group="xa") for code in "ab"), unit("c")])
    assert list(compared(where, *months("c", m9=(1, 40)))) == ["a@", "b@"]


def with_peers(where: Province) -> Province:
    groups = {"commune": "xa"}
    members = tuple(replace(each, peer_group=groups.get(each.level)) for each in where.units.members)
    return replace(where, units=Units(members, where.units.successions))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(reorganised(), st.randoms(use_true_random=True), st.integers(Month.parse("2025-03").index, SEPTEMBER.index))
def test_three_months_agree_with_their_slow_twin(where: Province, chance: Random, as_of: int) -> None:
    where = with_peers(where)
    what = reports(where, chance)
    found = comparison(where, what, Month(as_of), "plan")
    alive = [each for each in where.units.members if each.alive_on(Month(as_of).last_day)]
    slow = {each.id: three_months(where, what, each.id, as_of) for each in alive if each.peer_group}
    assert {row["unit"]: (row["numerator"], row["denominator"]) for row in found.to_dicts()} == slow


def three_months(where: Province, what: pl.DataFrame, unit_id: str, as_of: int) -> tuple[int | None, int | None]:
    """Add up the months of a unit and of those that went over into it, month by month, where both sides are there."""
    line, grown = {unit_id}, True
    while grown:
        links = [link for link in where.units.successions if link.effective <= Month(as_of).last_day]
        more = {link.from_id for link in links if link.to_id in line} - line
        line, grown = line | more, bool(more)
    sums, any_there = [0, 0], False
    for month in (as_of - 2, as_of - 1, as_of):
        for each in line:
            own = what.filter((pl.col("unit") == each) & (pl.col("last_month") == month))
            amounts = dict(own.select("element", "amount").iter_rows())
            if {"online", "received"} <= amounts.keys():
                any_there = True
                sums = [sums[0] + amounts["online"], sums[1] + amounts["received"]]
    return (sums[0], sums[1]) if any_there else (None, None)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(reorganised(), st.randoms(use_true_random=True), st.integers(Month.parse("2025-03").index, SEPTEMBER.index))
def test_the_own_window_is_that_of_the_scoreboard(where: Province, chance: Random, as_of: int) -> None:
    where = with_peers(where)
    what = reports(where, chance)
    board = scoreboard(where, what, Month(as_of), by_unit=True)
    told = {row["unit"]: (row["numerator"], row["denominator"]) for row in board.to_dicts() if row["target"] == "rate"}
    for row in comparison(where, what, Month(as_of), "plan").to_dicts():
        assert (row["own_numerator"], row["own_denominator"]) == told[row["unit"]]


@pytest.mark.parametrize(
    ("count", "quarters"), [(4, [1, 2, 3, 4]), (6, [1, 1, 2, 3, 3, 4]), (8, [1, 1, 2, 2, 3, 3, 4, 4])]
)
def test_quarters_hold_a_fourth_of_the_ranks_each(count: int, quarters: list[int]) -> None:
    codes = "abcdefgh"[:count]
    rows = [row for place, code in enumerate(codes) for row in months(code, m9=(90 - place, 90))]
    assert [row["quarter"] for row in compared(peers(*codes), *rows).values()] == quarters


def test_rates_by_month_do_not_depend_on_the_window_of_the_target() -> None:
    rows = [*months("a", m7=(5, 50), m9=(20, 50)), *months("b", m9=(9, 90))]
    told = [compared(peers("a", "b", indicators=[indicator(window=window)]), *rows)["a@"] for window in Window]
    assert {(each["numerator"], each["denominator"]) for each in told} == {(25, 100)}
    assert Fraction(told[0]["own_numerator"], told[0]["own_denominator"]) == Fraction(20, 50)
