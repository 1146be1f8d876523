"""Which goals an indicator can have, and how the numbers beside a goal compare with it."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from scorecard.definitions.draft import Draft
from scorecard.definitions.kinds import Quantity
from scorecard.definitions.plan_records import SimpleGoal
from scorecard.definitions.records import IndicatorRecord
from scorecard.domain.goal import Band, Comparator, Relative, Scale, Threshold, WholeList
from scorecard.domain.indicator import IndicatorKind


class Direction(Enum):
    """Towards which side a goal lies; NONE for a band."""

    UP = 1
    DOWN = -1
    NONE = 0

    def passes(self, value: Fraction, line: Fraction) -> bool:
        """Say whether a value lies beyond a line in this direction."""
        return (value - line) * self.value > 0


def direction_of(goal: SimpleGoal, indicator: IndicatorRecord) -> Direction:
    """Return where a goal leads; `=` leads where the indicator is better."""
    if isinstance(goal, WholeList):
        return Direction.UP
    if not isinstance(goal, Threshold | Relative):
        return Direction.NONE
    match goal.comparator:
        case Comparator.AT_LEAST | Comparator.ABOVE:
            return Direction.UP
        case Comparator.AT_MOST | Comparator.BELOW:
            return Direction.DOWN
        case _:
            return Direction.UP if indicator.rising_is == "good" else Direction.DOWN


def fits(draft: Draft, indicator: IndicatorRecord, goal: SimpleGoal) -> bool:
    """Say whether a goal counts what the indicator's value counts."""
    if isinstance(goal, WholeList):
        return indicator.kind is IndicatorKind.LIST_COUNT
    if isinstance(goal, Relative):
        scale = Scale.RANK if goal.rank else Scale.SHARE if goal.in_points else Scale.NUMBER
        free = goal.offset == 0 and not goal.rank
        return scale is scale_of(draft, indicator) or (free and scale_of(draft, indicator) is Scale.SHARE)
    if isinstance(goal, Threshold | Band):
        return goal.scale is scale_of(draft, indicator)
    return False


def scale_of(draft: Draft, indicator: IndicatorRecord) -> Scale:
    """Return what an indicator's value counts; a score published in % is a share."""
    if indicator.kind in (IndicatorKind.RATIO, IndicatorKind.LIST_COUNT):
        return Scale.SHARE
    if indicator.kind is IndicatorKind.RANK:
        return Scale.RANK
    elements = indicator.value.elements if indicator.value else ()
    in_percent = any(name in draft.elements and draft.elements[name].counted_in == "%" for name in elements)
    return Scale.SHARE if indicator.kind is IndicatorKind.SCORE and in_percent else Scale.NUMBER


def counts_the_same(goal: SimpleGoal, quantity: Quantity) -> bool:
    """Say whether a number beside a goal is written on its scale; for a list both `50` and `65%` are."""
    if isinstance(goal, Threshold | Band):
        return (goal.scale is Scale.SHARE) is (quantity.scale is Scale.SHARE)
    return not (isinstance(goal, Relative) and goal.in_points and quantity.scale is not Scale.SHARE)


def bound_of(goal: SimpleGoal) -> Fraction | None:
    """Return the number that a goal is reached at, None when it has no fixed one."""
    if isinstance(goal, WholeList):
        return Fraction(1)
    return goal.value if isinstance(goal, Threshold) else None


def comparable(goal: SimpleGoal, quantity: Quantity) -> Fraction:
    """Return a number on the scale of the goal; members of a list become their share of it."""
    if isinstance(goal, WholeList) and quantity.scale is Scale.NUMBER:
        return quantity.value / goal.size
    return quantity.value
