"""The ledger of a unit's corrections, for those who may read the unit's returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scorecard.calculation.corrections import CorrectedFigure, corrected_figures
from scorecard.domain.access import Permission, Person, readable, require
from scorecard.domain.figure import Figure
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scorecard.domain.window import due_on
from scorecard.store import Store
from scorecard.workflow.settings import VIETNAM


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerUnit:
    """A unit whose ledger may be opened: how many figures it reported, how many were changed later."""

    unit: Unit
    reported: int
    corrected: int


def ledger_units(store: Store, province: Province, person: Person | None) -> tuple[LedgerUnit, ...]:
    """Return the units whose ledgers a person may open: the own unit first, then the most corrected figures.

    The own unit is there even without a figure, others need figures on record; of equal units those of today come
    first. Raises AccessRefusedError for who may read no return at all.
    """
    scope = readable(person)
    found = {each.unit_id: each for each in store.trail.units(province.id) if scope.covers(each.unit_id)}
    own = {units[-1].id for code in scope.unit_codes or () if (units := province.units.by_code.get(code))}
    listed = [
        LedgerUnit(
            unit=unit,
            reported=found[unit.id].reported if unit.id in found else 0,
            corrected=found[unit.id].corrected if unit.id in found else 0,
        )
        for unit in province.units.members
        if unit.id in found.keys() | own
    ]
    return tuple(sorted(listed, key=lambda each: (each.unit.id not in own, -each.corrected, bool(each.unit.valid_to))))


def read_ledger(store: Store, province: Province, person: Person | None, unit_id: str) -> tuple[CorrectedFigure, ...]:
    """Return a unit's corrected figures, the last change first. Raises AccessRefusedError for any other's unit."""
    require(person, Permission.VIEW_RETURNS, unit_id.partition("@")[0])
    unit = province.units.by_id.get(unit_id)

    def due(figure: Figure) -> date | None:
        return _due(province, unit, figure) if unit else None

    return corrected_figures(store.trail.changed(province.id, unit_id), due, VIETNAM)


def _due(province: Province, unit: Unit, figure: Figure) -> date | None:
    """Return by when a figure was due, None where the unit did not owe its form for that period."""
    element, period = province.elements.get(figure.element_id), figure.period
    rule = province.form(element.form_id).reporters_of(unit, period.last) if element else None
    if rule is None or Period.containing(period.last, rule.every) != period:
        return None
    return due_on(province, period, rule)
