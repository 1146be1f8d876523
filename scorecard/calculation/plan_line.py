"""The path of a target month by month to its deadline: what product rule 6.6 expects, drawn ahead."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from scorecard.domain.period import Month
from scorecard.domain.plan import Target

Dated = tuple[Month, Fraction]


def plan_line(target: Target, baseline: Dated, goal: Dated) -> tuple[Dated, ...]:
    """Return the expected value of each month from that of the baseline to that of the goal.

    Values are on the scale of the path: shares 0-1, of a list its share. Straight lines between dated values, counted
    in whole months, never behind the baseline; a baseline already past the goal gives the goal throughout. Nothing
    where the goal lies before the baseline.
    """
    dated = [(Month.containing(each.by), each.value) for each in target.path or target.stepped]
    between = [each for each in dated if baseline[0] < each[0] < goal[0]]
    points = [baseline, *between, goal]
    rising = goal[1] >= baseline[1]
    return tuple(
        (month, max(value, baseline[1]) if rising else min(value, baseline[1]))
        for index in range(baseline[0].index, goal[0].index + 1)
        for month in [Month(index)]
        for value in [_at(month, points)]
    )


def _at(month: Month, points: list[Dated]) -> Fraction:
    (first, low), (last, high) = next(
        (pair for pair in pairwise(points) if pair[0][0] <= month <= pair[1][0]),
        (points[-1], points[-1]),
    )
    if first == last:
        return low
    return low + (high - low) * Fraction(month.index - first.index, last.index - first.index)
