"""Which units the rows of a scoreboard speak of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from scorecard.calculation.scopes import Scopes, belongs
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.unit import Unit


@dataclass(frozen=True)
class Reported:
    """The figures that say who ever gave a number in periods that ended by a month."""

    figures: pl.LazyFrame
    as_of: Month

    def among(self, units: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Return which of some units gave a number, by element."""
        given = pl.col("amount").is_not_null() & (pl.col("last_month") <= self.as_of.index)
        own = self.figures.filter(given & pl.col("unit").is_in(sorted(units)))
        pairs = own.select("element", "unit").unique().collect(engine="streaming")
        return {element: frozenset(found) for element, found in pairs.group_by("element").agg("unit").iter_rows()}


def reported(figures: pl.DataFrame | pl.LazyFrame, as_of: Month) -> Reported:
    """Return who gave a number for each element in periods that ended by a month."""
    return Reported(figures.lazy(), as_of)


@dataclass(frozen=True)
class Lines:
    """The rows of each target: one in all, or one for each unit when `reported` is given.

    Units are those alive on the last day of the month. A target broken down by unit has a row for each unit of
    its scope that owes its figures or ever gave one, as itself or as units that went over into it entirely.
    """

    scopes: Scopes
    as_of: Month
    reported: Reported | None

    def units(self, target: Target) -> tuple[Unit | None, ...]:
        """Return the units whose figures the rows judge, in order; None stands for the whole scope.

        A milestone is never broken down, nor a target that no unit alive answers for.
        """
        if target.scope.each is None and (self.reported is None or target.indicator_id is None):
            return (None,)
        found = [unit for unit in self._alive if belongs(unit, target.scope)]
        if target.scope.each is None:
            owing = self._owing(target)
            answering = owing | self._gave(target, [unit for unit in found if unit.id not in owing])
            found = [unit for unit in found if unit.id in answering]
        return tuple(found) or (None,)

    def reporter(self, target: Target) -> Unit | None:
        """Return who reports a milestone: its lead unit, or the province where only that has; None for totals."""
        if self.reported is None or not target.steps:
            return None
        codes = (target.lead, self.scopes.province.root_code)
        able = sorted((unit for unit in self._alive if unit.code in codes), key=lambda unit: codes.index(unit.code))
        given = self._given.get(target.id, frozenset())
        return next((unit for unit in able if unit.id in given), able[0] if able else None)

    @cached_property
    def _alive(self) -> tuple[Unit, ...]:
        """Units alive in the month, in the order shown."""
        province = self.scopes.province
        units = province.units.within(province.root_code, self.as_of.last_day)
        return tuple(sorted(units, key=lambda unit: (unit.protocol_order, unit.code)))

    def _owing(self, target: Target) -> frozenset[str]:
        """Return the units that owe all forms of a target."""
        every = [self._reporters[form] for form in self._forms(target.indicator_id or "")]
        return every[0].intersection(*every[1:]) if every else frozenset(unit.id for unit in self._alive)

    @cached_property
    def _reporters(self) -> Mapping[str, frozenset[str]]:
        """The units that owe each form."""
        return {
            form.id: frozenset(unit.id for unit in self._alive if form.reporters_of(unit, self.as_of))
            for form in self.scopes.province.forms
        }

    def _gave(self, target: Target, units: Sequence[Unit]) -> frozenset[str]:
        """Return which units gave a number, as themselves or as units that went over into them entirely."""
        givers = self._givers(target.indicator_id or "") if units else frozenset()
        return frozenset(unit.id for unit in units if not self._lineages[unit.id].isdisjoint(givers))

    @cached_property
    def _given(self) -> Mapping[str, frozenset[str]]:
        """Which units gave a number, by element; who owes all forms has a row anyway and is left out."""
        owing = frozenset.intersection(*self._reporters.values()) if self._reporters else frozenset()
        leads = {target.lead for target in self.scopes.province.milestones.values()} | {self.scopes.province.root_code}
        asked = [unit for unit in self._alive if unit.id not in owing or unit.code in leads]
        if self.reported is None or not asked:
            return {}
        return self.reported.among(frozenset().union(*(self._lineages[unit.id] for unit in asked)))

    @cached_property
    def _lineages(self) -> Mapping[str, frozenset[str]]:
        return {unit.id: self.scopes.lineage([unit.id]) for unit in self._alive}

    def _forms(self, indicator_id: str) -> set[str]:
        province = self.scopes.province
        needed = province.indicators[indicator_id].version_at(self.as_of)
        sides = (needed.numerator, needed.denominator)
        elements = {element for side in sides if side is not None for element in side.elements}
        return {province.elements[element].form_id for element in elements}

    def _givers(self, indicator_id: str) -> frozenset[str]:
        versions = self.scopes.province.indicators[indicator_id].versions
        sides = [side for each in versions for side in (each.numerator, each.denominator) if side is not None]
        elements = {element for side in sides for element in side.elements}
        return frozenset().union(*(self._given.get(each, frozenset()) for each in elements))
