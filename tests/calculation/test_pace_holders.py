"""Whether any unit ever held the pace that is needed."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.calculation.pace_holders import pace_holders
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from tests.calculation.provinces import figures, indicator, merged, province, target, unit
from tests.calculation.test_by_unit import rate

JUNE = Month.parse("2025-06")


def holders(where: Province, what: pl.DataFrame, needed: float, left: int = 6) -> list[tuple[str, str, str, float]]:
    rows = pace_holders(where, what, JUNE, where.targets[0], needed, left).rows()
    return [(name, str(Month(first)), str(Month(last)), value) for name, first, last, value in rows]


def test_three_months_together_must_reach_the_pace() -> None:
    what = figures(
        *(
            row
            for month, online in ((1, 70), (2, 95), (3, 80), (4, 65))
            for row in rate("a", f"2025-0{month}", online, 100)
        ),
        *(row for month in (1, 2, 3) for row in rate("b", f"2025-0{month}", 79, 100)),
    )
    where = province([target()])
    assert holders(where, what, 0.80) == [("a@", "2025-01", "2025-03", 245 / 300)]
    assert holders(where, what, 0.82) == []
    assert holders(where, what, 0.95, left=1) == [("a@", "2025-02", "2025-02", 0.95)]


def test_a_month_without_a_report_ends_the_run() -> None:
    what = figures(*(row for month in (1, 2, 4) for row in rate("a", f"2025-0{month}", 90, 100)))
    assert holders(province([target()]), what, 0.8) == []
    assert holders(province([target()]), what, 0.8, left=2) == [("a@", "2025-01", "2025-02", 0.9)]


def test_a_run_never_crosses_a_break_of_definition() -> None:
    what = figures(*(row for month in (1, 2, 3) for row in rate("a", f"2025-0{month}", 90, 100)))
    where = province([target()], indicators=[indicator(breaks=["2025-03"])])
    assert holders(where, what, 0.8) == []


def test_the_past_of_a_unit_that_went_over_entirely_counts() -> None:
    old, heir = unit("old", died="2025-04-30"), unit("heir", born="2025-05-01")
    where = province([target()], units=[old, heir], successions=[merged(old, heir)])
    what = figures(
        *rate("old", "2025-03", 90, 100), *rate("old", "2025-04", 90, 100), *rate(heir.id, "2025-05", 60, 100)
    )
    assert holders(where, what, 0.8) == [(heir.id, "2025-03", "2025-05", 0.8)]


def test_counts_have_no_pace() -> None:
    where = province([target(">= 10", indicator_id="n")], indicators=[indicator("online", None, name="n")])
    assert holders(where, figures(*rate("a", "2025-06", 90, 100)), 0.1, left=1) == []


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.randoms(use_true_random=True), st.integers(1, 5), st.sampled_from([0.3, 0.5, 0.7]))
def test_holders_agree_with_their_slow_twin(chance: Random, left: int, needed: float) -> None:
    told = {
        (code, month): (chance.randrange(51), 50)
        for code in "abc"
        for month in range(JUNE.index - 8, JUNE.index + 1)
        if chance.random() < 0.85
    }
    what = figures(*(row for (code, month), pair in told.items() for row in rate(code, str(Month(month)), *pair)))
    found = {name for name, *_ in holders(province([target()], units=[unit(c) for c in "abc"]), what, needed, left)}
    run, slow = min(left, 3), set()
    for code, month in told:
        months = [(code, each) for each in range(month - run + 1, month + 1)]
        if all(each in told for each in months):
            value = Fraction(sum(told[each][0] for each in months), sum(told[each][1] for each in months))
            if value >= Fraction(str(needed)):
                slow.add(f"{code}@")
    assert found == slow
