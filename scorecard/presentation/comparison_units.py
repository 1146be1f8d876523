"""One unit of a comparison: its value, its distance from the goal and its rank, printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from scorecard.calculation.schedule import leading_part
from scorecard.domain.goal import Threshold
from scorecard.domain.indicator import Indicator
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.unit import Unit
from scorecard.presentation import comparison_bands
from scorecard.presentation.amounts import Amounts, plain_number
from scorecard.presentation.formats import Line

_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedUnit:
    """One unit. `value` is the share compared, None where there is none; `band` its place among the bands.

    `there` says whether it was a unit of the province in the month: only then has it a page for the month.
    `rank`, `quarter` and `change` stand where it is ranked, `reason` (as RANKS name it) where it is not.
    """

    unit: Unit
    there: bool
    short_name: str
    value: Fraction | None
    printed: str
    parts: str
    deviation: Fraction | None
    deviation_printed: str
    own: str
    rank: int | None
    quarter: int | None
    change: str
    reason: str | None
    band: int | None


@dataclass(frozen=True)
class UnitWriter:
    """Prints units on one target and month."""

    amounts: Amounts
    target: Target
    month: Month

    @property
    def indicator(self) -> Indicator:
        """The indicator compared, a ratio."""
        return self.amounts.province.indicators[self.target.indicator_id or ""]

    @property
    def goal(self) -> Threshold:
        """The goal in force, a fixed share."""
        goal = leading_part(self.target.goal_at(self.month)[0])
        if not isinstance(goal, Threshold):
            raise TypeError(goal)
        return goal

    @property
    def edges(self) -> Sequence[Fraction]:
        """Where the bands below the goal begin."""
        return comparison_bands.edges(self.goal, rising_is_good=self.indicator.rising_is_good)

    def unit(self, row: Mapping[str, Any]) -> ComparedUnit:
        """Return the unit of a row of COMPARISON."""
        unit = self.amounts.province.units.by_id[row["unit"]]
        value, own = _share(row, ""), _share(row, "own_")
        deviation = None if value is None else value - self.goal.value
        return ComparedUnit(
            unit=unit,
            there=unit.id in self._there,
            short_name=self._short_name(unit),
            value=value,
            printed=self._printed(value),
            parts=self._parts(row),
            deviation=deviation,
            deviation_printed="" if deviation is None else self._points(deviation),
            own=self._printed(own),
            rank=row["rank"],
            quarter=row["quarter"],
            change=self._change(row["moved"]),
            reason=row["unranked"],
            band=None if value is None else comparison_bands.band(value, self.goal, self.edges),
        )

    @cached_property
    def _there(self) -> frozenset[str]:
        """The units of the province in the month."""
        province = self.amounts.province
        return frozenset(unit.id for unit in province.units.within(province.root_code, self.month.last_day))

    def _short_name(self, unit: Unit) -> str:
        kind = self.amounts.province.kinds[unit.kind]
        return unit.name[len(kind) + 1 :] if unit.name.casefold().startswith(f"{kind.casefold()} ") else unit.name

    def _printed(self, value: Fraction | None) -> str:
        formats, goal = self.amounts.formats, self.goal
        if value is None:
            return formats.texts("compare.no_value")
        return formats.share(value, self.indicator.decimals, Line(goal.comparator, goal.value))

    def _parts(self, row: Mapping[str, Any]) -> str:
        formats = self.amounts.formats
        if row["numerator"] is None:
            return formats.texts("compare.no_value")
        sides = (Fraction(row[side], 10 ** row[f"{side}_decimals"]) for side in ("numerator", "denominator"))
        numerator, denominator = (plain_number(side, formats) for side in sides)
        return formats.texts("compare.parts", numerator=numerator, denominator=denominator)

    def _points(self, deviation: Fraction) -> str:
        """Print a distance from the goal; what is not zero never prints as zero."""
        decimals = self.indicator.decimals
        while deviation and abs(deviation) * 100 * 10**decimals < Fraction(1, 2) and decimals < _MOST_DECIMALS:
            decimals += 1
        return self.amounts.formats.points(deviation, decimals)

    def _change(self, moved: int | None) -> str:
        texts, count = self.amounts.formats.texts, self.amounts.formats.count
        if moved is None:
            return texts("compare.change_new")
        if moved == 0:
            return texts("compare.change_none")
        return texts("compare.change_up" if moved > 0 else "compare.change_down", steps=count(abs(moved)))


def _share(row: Mapping[str, Any], which: str) -> Fraction | None:
    numerator, denominator = row[f"{which}numerator"], row[f"{which}denominator"]
    if numerator is None or not denominator:
        return None
    scale = Fraction(10 ** row["denominator_decimals"], 10 ** row["numerator_decimals"])
    return Fraction(numerator, denominator) * scale
