"""Which units the rows of a scoreboard speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from scorecard.calculation.scopes import Scopes, belongs
from scorecard.domain.form import Form
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.unit import Unit

Reported = Mapping[str, frozenset[str]]
"""The ids of the units that ever gave a number, by element."""


def reported(figures: pl.DataFrame, as_of: Month) -> Reported:
    """Return who gave a number for each element in periods that ended by a month."""
    given = pl.col("amount").is_not_null() & (pl.col("last_month") <= as_of.index)
    found = figures.lazy().filter(given).group_by("element").agg(pl.col("unit").unique()).collect()
    return {element: frozenset(units) for element, units in found.iter_rows()}


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
        found = [unit for unit in self._alive if belongs(unit, target.scope) and self._has_row(target, unit)]
        return tuple(sorted(found, key=lambda unit: (unit.protocol_order, unit.code))) or (None,)

    def reporter(self, target: Target) -> Unit | None:
        """Return who reports a milestone: its lead unit, or the province where only that has; None for totals."""
        if self.reported is None or not target.steps:
            return None
        codes = (target.lead, self.scopes.province.root_code)
        able = sorted((unit for unit in self._alive if unit.code in codes), key=lambda unit: codes.index(unit.code))
        given = self.reported.get(target.id, frozenset())
        return next((unit for unit in able if unit.id in given), able[0] if able else None)

    @cached_property
    def _alive(self) -> tuple[Unit, ...]:
        province = self.scopes.province
        return province.units.within(province.root_code, self.as_of.last_day)

    def _has_row(self, target: Target, unit: Unit) -> bool:
        if target.scope.each is not None:
            return True
        if self.reported is None or target.indicator_id is None:
            return False
        owes = all(form.reporters_of(unit, self.as_of) for form in self._forms(target.indicator_id))
        return owes or not self._lineages[unit.id].isdisjoint(self._givers(target.indicator_id))

    def _forms(self, indicator_id: str) -> tuple[Form, ...]:
        province = self.scopes.province
        needed = province.indicators[indicator_id].version_at(self.as_of)
        sides = (needed.numerator, needed.denominator)
        elements = {element for side in sides if side is not None for element in side.elements}
        return tuple(province.form(each) for each in {province.elements[element].form_id for element in elements})

    def _givers(self, indicator_id: str) -> frozenset[str]:
        versions = self.scopes.province.indicators[indicator_id].versions
        sides = [side for each in versions for side in (each.numerator, each.denominator) if side is not None]
        elements = {element for side in sides for element in side.elements}
        return frozenset().union(*((self.reported or {}).get(each, frozenset()) for each in elements))

    @cached_property
    def _lineages(self) -> Mapping[str, frozenset[str]]:
        return {unit.id: self.scopes.lineage([unit.id]) for unit in self._alive}
