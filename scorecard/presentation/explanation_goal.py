"""The comparison of an explanation: the exact value against each part of the goal, multiplied out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scorecard.domain.goal import AllOf, Band, Comparator, Goal, Relative, Threshold, WholeList
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.explanation_numbers import exact, number, share
from scorecard.presentation.formats import Formats

_ONE = Fraction(1)
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class _Value:
    """An exact value: `above` ÷ `below`; of a single figure `below` is None, and `percent` where it counts in %."""

    above: Fraction
    below: Fraction | None
    is_share: bool

    @property
    def exact(self) -> Fraction:
        if self.below is not None:
            return self.above / self.below
        return self.above / _PERCENT if self.is_share else self.above


def goal_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    """Hold the exact value against each part of the goal, say whether it is met and how many cases are short."""
    goal, standing = case.standing.goal, case.standing
    if standing.target.steps or standing.value is None or standing.numerator is None:
        return
    value = _Value(standing.numerator, standing.denominator, standing.is_share)
    for part in goal.parts if isinstance(goal, AllOf) else (goal,):
        yield from _comparisons(part, value, case, amounts)
    missing = amounts.missing(standing)
    if missing is not None:
        yield amounts.formats.texts("reason.short_by", count=missing)


def _comparisons(part: Goal, value: _Value, case: Case, amounts: Amounts) -> Iterator[str]:
    match part:
        case Threshold(comparator, limit):
            yield _comparison(value, comparator, limit, amounts)
        case WholeList(size):
            whole = _ONE if value.below is not None else Fraction(size)
            yield _comparison(value, Comparator.AT_LEAST, whole, amounts)
        case Band(low, high):
            yield _comparison(value, Comparator.AT_LEAST, low, amounts)
            yield _comparison(value, Comparator.AT_MOST, high, amounts)
        case Relative():
            yield from _relative(part, value, case, amounts)


def _relative(goal: Relative, value: _Value, case: Case, amounts: Amounts) -> Iterator[str]:
    """Compare with last year's exact value plus the offset; say so where there is none."""
    upper, lower = case.now["previous_upper"], case.now["previous_lower"]
    texts, write = amounts.formats.texts, share if value.is_share else number
    if not lower:
        yield texts("explain.previous_unknown")
        return
    previous = Fraction(upper, lower)
    told = {"value": previous, "offset": goal.offset, "goal": previous + goal.offset}
    yield texts("explain.previous", **{name: write(each, amounts.formats) for name, each in told.items()})
    yield _comparison(value, goal.comparator, previous + goal.offset, amounts)


def _comparison(value: _Value, comparator: Comparator, goal: Fraction, amounts: Amounts) -> str:
    formats = amounts.formats
    left, right = _sides(value, goal, formats)
    return formats.texts(
        "explain.comparison_holds" if comparator.holds(value.exact, goal) else "explain.comparison_fails",
        left=left,
        right=right,
        comparator=formats.texts(f"explain.comparator_{comparator.name.lower()}"),
    )


def _sides(value: _Value, goal: Fraction, formats: Formats) -> tuple[str, str]:
    """Multiply both sides out until they are whole: numerator × 100 and goal in % × denominator."""
    if value.below is None:
        unit, scale = ("%", _PERCENT) if value.is_share else ("", 1)
        return f"{exact(value.above, formats)}{unit}", f"{exact(goal * scale, formats)}{unit}"
    wanted = goal * (_PERCENT if value.is_share else 1)
    times = wanted.denominator * (_PERCENT if value.is_share else 1)
    return _product(value.above, Fraction(times), formats), _product(Fraction(wanted.numerator), value.below, formats)


def _product(first: Fraction, second: Fraction, formats: Formats) -> str:
    if _ONE in (first, second):
        return exact(first * second, formats)
    return f"{exact(first, formats)} × {exact(second, formats)} = {exact(first * second, formats)}"
