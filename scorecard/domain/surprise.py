"""What is unusual about a value beside the one of the period before: the same rule at entry and at review."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

LARGE_CHANGE = Fraction(30, 100)
MAGNITUDES = (10, 100, 1000)
_TOLERANCE = Fraction(3, 4)


class SurpriseKind(StrEnum):
    """How a value differs; each is a key under `returns.` of the text files."""

    DROPPED_TO_ZERO = "dropped_to_zero"
    SAME_AS_PREVIOUS = "same_as_previous"
    MANY_TIMES_MORE = "many_times_more"
    MANY_TIMES_LESS = "many_times_less"
    RISEN_MUCH = "risen_much"
    FALLEN_MUCH = "fallen_much"


@dataclass(frozen=True, slots=True)
class Surprise:
    """One difference; `change` is a share of the value before, `factor` about how many times, None where not told."""

    kind: SurpriseKind
    change: Fraction
    factor: int | None = None


def surprise(value: Fraction, previous: Fraction, *, flow: bool) -> Surprise | None:
    """Hold a value against the one of the period before; None when it is as usual or nothing was there before.

    Unusual are: about ten, a hundred or a thousand times more or less (within a quarter), a fall to zero, a flow
    exactly the same, a change of more than 30%; the first that holds.
    """
    if previous <= 0:
        return None
    ratio = value / previous
    change = abs(ratio - 1)
    if value <= 0:
        return Surprise(SurpriseKind.DROPPED_TO_ZERO, change)
    if ratio == 1:
        return Surprise(SurpriseKind.SAME_AS_PREVIOUS, change) if flow else None
    if factor := _magnitude(ratio):
        return Surprise(SurpriseKind.MANY_TIMES_MORE, change, factor)
    if factor := _magnitude(1 / ratio):
        return Surprise(SurpriseKind.MANY_TIMES_LESS, change, factor)
    if change > LARGE_CHANGE:
        return Surprise(SurpriseKind.RISEN_MUCH if ratio > 1 else SurpriseKind.FALLEN_MUCH, change)
    return None


def _magnitude(ratio: Fraction) -> int | None:
    return next((m for m in MAGNITUDES if m * _TOLERANCE <= ratio <= m / _TOLERANCE), None)
