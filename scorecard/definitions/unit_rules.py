"""Rules of units through time: whole lives, known parents, distinct names."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from scorecard.definitions.draft import Draft, unit_of
from scorecard.definitions.problem import Problem, error
from scorecard.definitions.records import UnitRow
from scorecard.definitions.rule import findings, unknown
from scorecard.domain.unit import Unit

_DAY = timedelta(days=1)
_Placed = tuple[Unit, UnitRow]


def unit_problems(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with units.csv and the root that province.yaml names."""
    for row in draft.units.records:
        yield from findings(_known_words(draft, row), _life(row), _parent(draft, row), _cycle(draft, row))
    units = [(unit_of(row), row) for row in draft.units.records if row.readable]
    yield from _overlaps(units)
    yield from _same_names(units)
    yield from findings(_root(draft), _orphans(draft, units))


def first_day(unit: Unit) -> date:
    """Return the first day of a unit, the first of the calendar when it is open."""
    return unit.valid_from or date.min


def last_day(unit: Unit) -> date:
    """Return the last day of a unit, the last of the calendar when it is open."""
    return unit.valid_to or date.max


def _meet(one: Unit, other: Unit) -> bool:
    return first_day(one) <= last_day(other) and first_day(other) <= last_day(one)


def _known_words(draft: Draft, row: UnitRow) -> Iterator[Problem]:
    if row.has(UnitRow.kind) and row.kind not in draft.kinds:
        yield unknown(row.at(UnitRow.kind), "kind", row.kind, draft.kinds)
    if row.has(UnitRow.level) and row.level not in draft.levels:
        yield unknown(row.at(UnitRow.level), "level", row.level, draft.levels)


def _life(row: UnitRow) -> Iterator[Problem]:
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        yield error(row.at(UnitRow.valid_to), "ends_before_it_starts", start=row.valid_from)


def _parent(draft: Draft, row: UnitRow) -> Iterator[Problem]:
    if row.parent is None:
        return
    units, unit, place = draft.units_through_time, unit_of(row), row.at(UnitRow.parent)
    parents = units.by_code.get(row.parent, ())
    if not parents:
        yield unknown(place, "unit", row.parent, units.by_code)
        return
    missing = _first_day_without(parents, unit)
    if missing is None:
        return
    if missing == date.min:
        begins = min(first_day(parent) for parent in parents)
        yield error(place, "parent_begins_later", parent=row.parent, name=unit.name, day=begins)
    else:
        yield error(place, "parent_missing", parent=row.parent, name=unit.name, day=missing)


def _first_day_without(parents: tuple[Unit, ...], unit: Unit) -> date | None:
    """Return the first day of a unit's life on which none of the parents (in order of time) exists."""
    day = first_day(unit)
    for parent in parents:
        if first_day(parent) > day:
            break
        if last_day(parent) >= day:
            if last_day(parent) >= last_day(unit):
                return None
            day = last_day(parent) + _DAY
    return day if day <= last_day(unit) else None


def _cycle(draft: Draft, row: UnitRow) -> Iterator[Problem]:
    unit = unit_of(row)
    day, seen, parent = first_day(unit), {unit.code}, unit.parent
    while parent is not None:
        if parent == unit.code:
            yield error(row.at(UnitRow.parent), "parent_cycle", name=unit.name, parent=unit.parent)
        if parent in seen:
            return
        seen.add(parent)
        above = draft.units_through_time.find(parent, day)
        parent = above.parent if above else None


def _overlaps(units: list[_Placed]) -> Iterator[Problem]:
    by_code: defaultdict[str, list[_Placed]] = defaultdict(list)
    for unit, row in units:
        other = next((placed for placed in by_code[unit.code] if _meet(unit, placed[0])), None)
        if other:
            yield error(row.at(UnitRow.code), "overlapping_lives", code=unit.code, line=other[1].place.line)
        by_code[unit.code].append((unit, row))


def _same_names(units: list[_Placed]) -> Iterator[Problem]:
    by_name: defaultdict[tuple[str, str, str | None], list[_Placed]] = defaultdict(list)
    for unit, row in units:
        key = (" ".join(unicodedata.normalize("NFC", unit.name).split()), unit.kind, unit.parent)
        other = next((one for one in by_name[key] if one[0].code != unit.code and _meet(unit, one[0])), None)
        if other:
            yield error(row.at(UnitRow.name), "same_name", name=unit.name, line=other[1].place.line)
        by_name[key].append((unit, row))


def _root(draft: Draft) -> Iterator[Problem]:
    province = draft.settings.province
    known = draft.units_through_time.by_code
    if province.root not in known:
        yield unknown(province.at(type(province).root), "unit", province.root, known)


def _orphans(draft: Draft, units: list[_Placed]) -> Iterator[Problem]:
    """Report units without a parent that are not of the root's kind: they would be missing in every total."""
    roots = draft.units_through_time.by_code.get(draft.settings.province.root, ())
    kinds = {root.kind for root in roots}
    for unit, row in units:
        if unit.parent is None and kinds and unit.kind not in kinds:
            yield error(row.place, "parent_needed", name=unit.name)
