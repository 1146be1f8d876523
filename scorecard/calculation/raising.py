"""What a value would be if some units were better: a supposition, never a figure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import polars as pl

from scorecard.domain.goal import Comparator, Threshold

_FALLING = frozenset({Comparator.AT_MOST, Comparator.BELOW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A line with some units raised: its exact `value`, by how many cases the numerator changed, who changed."""

    value: Fraction
    changed_by: Fraction
    units: tuple[str, ...]


def no_worse(comparator: Comparator) -> Comparator:
    """Return what holds of a unit that is as good as another, where the goal asks for `comparator`."""
    return Comparator.AT_MOST if comparator in _FALLING else Comparator.AT_LEAST


def able(parts: pl.DataFrame, levels: Mapping[str, Fraction]) -> tuple[str, ...]:
    """Return the units of one line (`parts` are its gaps.GAPS) that are short and have a level, the largest gap first.

    Units of an equal gap stand in the order of their ids.
    """
    rows = parts.select("contributor", "short_upper").iter_rows()
    return tuple(unit for unit, short in rows if unit in levels and short > 0)


def goal_levels(parts: pl.DataFrame, goal: Threshold, units: Collection[str]) -> Mapping[str, Fraction]:
    """Return the goal as the level of each of some units, as numerator ÷ denominator without their decimals."""
    scale = Fraction(10) ** _apart(parts)
    return {unit: goal.value / scale for unit in parts["contributor"].drop_nulls() if unit in units}


def raised(
    parts: pl.DataFrame, levels: Mapping[str, Fraction], units: Collection[str], comparator: Comparator
) -> Raised:
    """Return one line as it would be if each of `units` reached its own of `levels`, and nobody were worse than now.

    `parts` are the GAPS of the line. A unit reaches its level with the fewest cases for which `comparator` holds (for a
    goal that must not be passed: with the most), in the smallest amount that is reported. Units without a level stay
    as they are.
    """
    before = above = 0
    changed = []
    for unit, numerator, denominator in parts.select("contributor", "numerator", "denominator").iter_rows():
        now = (
            _reached(levels[unit], numerator, denominator, comparator)
            if unit in units and unit in levels
            else numerator
        )
        before, above = before + numerator, above + now
        if now != numerator:
            changed.append(unit)
    return Raised(
        value=Fraction(above, int(parts["denominator"].sum())) * Fraction(10) ** _apart(parts),
        changed_by=Fraction(above - before, 10 ** int(parts["numerator_decimals"][0])),
        units=tuple(changed),
    )


def _reached(level: Fraction, numerator: int, denominator: int, comparator: Comparator) -> int:
    exact = level * denominator
    if comparator in _FALLING:
        most = floor(exact) if comparator is Comparator.AT_MOST else ceil(exact) - 1
        return min(numerator, max(most, 0))
    fewest = floor(exact) + 1 if comparator is Comparator.ABOVE else ceil(exact)
    return max(numerator, fewest)


def _apart(parts: pl.DataFrame) -> int:
    """Return by how many decimals the denominator is finer than the numerator."""
    return int(parts["denominator_decimals"][0]) - int(parts["numerator_decimals"][0])
