"""Which units the rows of a scoreboard speak of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from scorecard.calculation.scopes import Scopes, belongs
from scorecard.calculation.series import Flags, Places
from scorecard.domain.form import Reporters
from scorecard.domain.period import Month
from scorecard.domain.plan import Scope, Target
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

    def places(self, target: Target) -> Places | None:
        """Return the units whose figures the rows judge, by their places in `alive`; None stands for the whole scope.

        A milestone is never broken down, nor a target that no unit alive answers for.
        """
        scope = target.scope
        if scope.each is None and (self.reported is None or target.indicator_id is None):
            return None
        found = self._belonging(scope)
        if scope.each is None:
            found = self._answering(target.indicator_id or "", found)
        return found if len(found) else None

    def reporter(self, target: Target) -> Unit | None:
        """Return who reports a milestone: its lead unit, or the province where only that has; None for totals."""
        if self.reported is None or not target.steps:
            return None
        codes = (target.lead, self.scopes.province.root_code)
        able = sorted((unit for unit in self.alive if unit.code in codes), key=lambda unit: codes.index(unit.code))
        given = self._given.get(target.id, frozenset())
        return next((unit for unit in able if unit.id in given), able[0] if able else None)

    @cached_property
    def alive(self) -> tuple[Unit, ...]:
        """Units alive in the month, in the order shown."""
        province = self.scopes.province
        units = province.units.within(province.root_code, self.as_of.last_day)
        return tuple(sorted(units, key=lambda unit: (unit.protocol_order, unit.code)))

    def _belonging(self, scope: Scope) -> Places:
        if scope not in self._scopes:
            self._scopes[scope] = np.flatnonzero([belongs(unit, scope) for unit in self.alive])
        return self._scopes[scope]

    @cached_property
    def _scopes(self) -> dict[Scope, Places]:
        """The units of each scope asked for so far."""
        return {}

    def _answering(self, indicator_id: str, places: Places) -> Places:
        """Return those of some units that owe all forms of an indicator, or gave a number for it.

        They gave it as themselves or as units that went over into them entirely.
        """
        forms = [self._reporters[form] for form in self._forms(indicator_id)]
        answers = np.all(forms, axis=0)[places] if forms else np.ones(len(places), np.bool_)
        others = np.flatnonzero(~answers)
        givers = self._givers(indicator_id) if len(others) else frozenset()
        for other in others if givers else ():
            answers[other] = not self._lineage(self.alive[places[other]]).isdisjoint(givers)
        answering: Places = places[answers]
        return answering

    @cached_property
    def _reporters(self) -> Mapping[str, Flags]:
        """Which of the units owe each form."""
        rules = {form.id: form.rules_of(self.as_of) for form in self.scopes.province.forms}
        return {form: np.array(_named(every, self.alive), np.bool_) for form, every in rules.items()}

    def _lineage(self, unit: Unit) -> frozenset[str]:
        return self.scopes.lineage([unit.id])

    @cached_property
    def _given(self) -> Mapping[str, frozenset[str]]:
        """Which units gave a number, by element; who owes all forms has a row anyway and is left out."""
        every = [*self._reporters.values()]
        owing = np.all(every, axis=0) if every else np.zeros(len(self.alive), np.bool_)
        leads = {target.lead for target in self.scopes.province.milestones.values()} | {self.scopes.province.root_code}
        asked = [unit for unit, owes in zip(self.alive, owing, strict=True) if not owes or unit.code in leads]
        if self.reported is None or not asked:
            return {}
        return self.reported.among(frozenset().union(*map(self._lineage, asked)))

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


def _named(rules: Sequence[Reporters], units: Sequence[Unit]) -> Sequence[bool]:
    """Say of each unit whether any of some rules names it, as Reporters.include does one by one."""
    kinds, levels, codes = (
        frozenset[str]().union(*sets)
        for sets in (
            [rule.kinds for rule in rules],
            [rule.levels for rule in rules],
            [rule.codes for rule in rules],
        )
    )
    return [unit.kind in kinds or unit.level in levels or unit.code in codes for unit in units]
