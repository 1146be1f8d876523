"""Rules of province.yaml, forms and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from scorecard.definitions.building import build_reporters
from scorecard.definitions.draft import Draft
from scorecard.definitions.fields import Field, Record
from scorecard.definitions.problem import Place, Problem, error
from scorecard.definitions.records import (
    CheckRecord,
    ElementRecord,
    FormFile,
    FormRecord,
    LevelRecord,
    ListRow,
    ReportersRecord,
)
from scorecard.definitions.rule import duplicates, findings, references, unknown
from scorecard.definitions.shapes import Placed
from scorecard.definitions.unit_rules import first_day, last_day
from scorecard.domain.form import Measure, Reporters
from scorecard.domain.form_06a import Column06a
from scorecard.domain.formula import Formula
from scorecard.domain.unit import Unit


def level_problems(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with the levels."""
    levels = [level.value for level in draft.settings.levels]
    for level in levels:
        yield from findings(_level_life(level))
    yield from findings(duplicates(ids(levels, LevelRecord.id)))


def _level_life(level: LevelRecord) -> Iterator[Problem]:
    if level.valid_from and level.valid_to and level.valid_to < level.valid_from:
        yield error(level.at(LevelRecord.valid_to), "ends_before_it_starts", start=level.valid_from)


def ids(records: Sequence[Record], field: Field[str]) -> Iterator[Placed[str]]:
    """Return the values of a field over the records that have it, each with its place."""
    for record in records:
        if field.key in record.values:
            yield Placed(str(record.values[field.key]), record.at(field))


def form_problems(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with the forms."""
    for file in draft.forms.records:
        yield from findings(
            _named_as_file(file),
            _reporters(draft, file),
            _selection(draft, file),
            _members(draft, file),
            _checks(draft, file),
            _06a(file),
        )
    forms = draft.forms.records
    elements = [item.value for file in forms for item in _written(file)]
    yield from duplicates(ids(elements, ElementRecord.id))


def _written(file: FormFile) -> tuple[Placed[ElementRecord], ...]:
    return file.elements if "elements" in file.values else ()


def _06a(file: FormFile) -> Iterator[Problem]:
    columns = set(Column06a)
    for item in _written(file):
        if formula := item.value.from_06a:
            place = item.value.at(ElementRecord.from_06a)
            for name in (*formula.elements, *formula.lists):
                if name not in columns:
                    yield unknown(place, "column", name, columns)


def _named_as_file(file: FormFile) -> Iterator[Problem]:
    yield from named_as_file(file.form.id, file.form.at(FormRecord.id))


def named_as_file(name: str, place: Place) -> Iterator[Problem]:
    """Report an id that differs from the name of its file."""
    stem = PurePath(place.file).stem
    if name != stem:
        yield error(place, "id_differs_from_file", name=name, file=stem)


def _reporters(draft: Draft, file: FormFile) -> Iterator[Problem]:
    for item in file.reporters:
        rule = item.value
        yield from findings(_selects(rule), _span(rule))
        yield from findings(references("kind", rule.kinds or (), draft.kinds))
        yield from findings(references("level", rule.levels or (), draft.levels))
        yield from findings(references("unit", rule.units or (), draft.units_through_time.by_code))


def _selection(draft: Draft, file: FormFile) -> Iterator[Problem]:
    """Report a rule that names no unit of its time, or one that two rules ask for the form in two ways."""
    units, earlier = draft.units_through_time.members, list[tuple[int, Reporters]]()
    for item in file.reporters:
        if not item.value.readable or any((*_selects(item.value), *_span(item.value))):
            continue
        rule = build_reporters(item.value)
        if not any(_owes(rule, rule, unit) for unit in units):
            yield error(item.place, "no_such_reporters")
        for line, other in earlier:
            asked_alike = (rule.every, rule.due_day) == (other.every, other.due_day)
            twice = next((unit.code for unit in units if _owes(rule, other, unit)), None)
            if twice is not None and not asked_alike:
                yield error(item.place, "reported_twice", code=twice, line=line)
        earlier.append((item.place.line, rule))


def _owes(rule: Reporters, other: Reporters, unit: Unit) -> bool:
    """Say whether a unit is named by two rules for a day on which it exists."""
    starts = [each.since.first_day for each in (rule, other) if each.since]
    ends = [each.until.last_day for each in (rule, other) if each.until]
    first, last = max([first_day(unit), *starts]), min([last_day(unit), *ends])
    return rule.include(unit) and other.include(unit) and first <= last


def _selects(rule: ReportersRecord) -> Iterator[Problem]:
    if not any(rule.has(field) for field in (ReportersRecord.kinds, ReportersRecord.levels, ReportersRecord.units)):
        yield error(rule.place, "nobody_reports")


def _span(rule: ReportersRecord) -> Iterator[Problem]:
    if rule.since and rule.until and rule.until < rule.since:
        yield error(rule.at(ReportersRecord.until), "ends_before_it_starts", start=rule.since)


def _members(draft: Draft, file: FormFile) -> Iterator[Problem]:
    for item in file.elements:
        element = item.value
        if element.members is None:
            continue
        place = element.at(ElementRecord.members)
        if element.members not in draft.lists:
            yield unknown(place, "list", element.members, draft.lists)
        if element.measure is not Measure.STOCK or element.decimals:
            yield error(place, "members_not_stock")


def _checks(draft: Draft, file: FormFile) -> Iterator[Problem]:
    asked = {element.value.id for element in file.elements}
    for item in file.checks or ():
        yield from findings(_check(draft, item.value, asked))


def _check(draft: Draft, check: CheckRecord, asked: set[str]) -> Iterator[Problem]:
    place = check.at(CheckRecord.rule)
    for side in (check.rule.left, check.rule.right):
        yield from formula_names(draft, side, place, asked)


def formula_names(draft: Draft, formula: Formula, place: Place, elements: set[str]) -> Iterator[Problem]:
    """Report the elements and lists of a formula that do not exist."""
    for name in formula.elements:
        if name not in elements:
            yield unknown(place, "element", name, elements)
    for name in formula.lists:
        if name not in draft.lists:
            yield unknown(place, "list", name, draft.lists)


def list_problems(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with the lists."""
    for name, part in draft.lists.items():
        if not part.records and part.complete:
            yield error(Place(f"{draft.id}/lists/{name}.csv", 1, 1), "empty_list")
        numbered = (
            Placed(f"{row.since or ''} {row.number}".strip(), row.at(ListRow.number))
            for row in part.records
            if row.readable
        )
        yield from duplicates(numbered)
        for row in part.records:
            yield from findings(_member_name(row))


def _member_name(row: ListRow) -> Iterator[Problem]:
    if row.state == "named" and row.name is None:
        yield error(row.place, "member_without_name", number=row.number)
    if row.state == "awaiting_annex" and row.name is not None:
        yield error(row.at(ListRow.name), "member_has_name", number=row.number)
