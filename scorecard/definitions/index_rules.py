"""Rules of composite indexes: maxima that add up, rates that exist, bands in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from scorecard.definitions.draft import Draft
from scorecard.definitions.fields import Field
from scorecard.definitions.form_rules import ids, named_as_file
from scorecard.definitions.index_records import (
    ComponentRecord,
    GradeRecord,
    GroupRecord,
    IndexFile,
    IndexRecord,
    IndexStepRecord,
    PublishedRecord,
)
from scorecard.definitions.problem import Place, Problem, error
from scorecard.definitions.rule import duplicates, findings, references
from scorecard.definitions.shapes import Placed
from scorecard.domain.form import Measure
from scorecard.domain.indicator import IndicatorKind


def index_problems(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with indexes/*.yaml."""
    for file in draft.indexes.records:
        index, groups = file.index, [group.value for group in file.groups]
        components = [component.value for group in groups for component in group.components]
        yield from findings(
            named_as_file(index.id, index.at(IndexRecord.id)),
            duplicates([*ids(groups, GroupRecord.id), *ids(components, ComponentRecord.id)]),
            _sum(index.maximum, [group.maximum for group in groups], index.at(IndexRecord.maximum)),
            _grades(file),
            references("element", _published_elements(file), draft.elements),
            references("group", _published_groups(file), {group.id for group in groups}),
            _scores(draft, file),
        )
        for group in groups:
            maxima = [component.value.maximum for component in group.components]
            yield from findings(_sum(group.maximum, maxima, group.at(GroupRecord.maximum)))
        for component in components:
            yield from findings(_indicator(draft, component), _full_at(component), _steps(component))


def _sum(stated: Fraction, parts: Sequence[Fraction], place: Place) -> Iterator[Problem]:
    total = sum(parts, Fraction(0))
    if total != stated:
        yield error(place, "points_do_not_add_up", stated=_plain(stated), total=_plain(total))


def _grades(file: IndexFile) -> Iterator[Problem]:
    grades = [grade.value for grade in file.grades or ()]
    levels = [(grade.at_least, grade.at(GradeRecord.at_least)) for grade in grades]
    yield from _descending(levels)
    if grades and grades[-1].at_least != 0:
        yield error(grades[-1].at(GradeRecord.at_least), "last_band_from_zero")


def _steps(component: ComponentRecord) -> Iterator[Problem]:
    """Report bands that are out of order, or whose highest points are not the maximum of the line."""
    steps = [step.value for step in component.bands or ()]
    yield from _descending([(step.at_least, step.at(IndexStepRecord.at_least)) for step in steps])
    if steps and component.has(ComponentRecord.full_at):
        yield error(component.at(ComponentRecord.full_at), "full_at_and_bands")
    if steps and steps[0].points != component.maximum:
        place, stated = steps[0].at(IndexStepRecord.points), _plain(component.maximum)
        yield error(place, "points_do_not_add_up", stated=stated, total=_plain(steps[0].points))


def _descending(levels: Sequence[tuple[Fraction, Place]]) -> Iterator[Problem]:
    for (above, _), (below, place) in pairwise(levels):
        if below >= above:
            yield error(place, "bands_not_descending")


def _indicator(draft: Draft, component: ComponentRecord) -> Iterator[Problem]:
    place, known = component.at(ComponentRecord.indicator), draft.indicators_by_id
    yield from references("indicator", [Placed(component.indicator, place)], known)
    if component.indicator in known and known[component.indicator].kind is not IndicatorKind.RATIO:
        yield error(place, "ratio_needed", name=component.indicator)


def _full_at(component: ComponentRecord) -> Iterator[Problem]:
    if component.full_at is not None and not 0 < component.full_at <= 1:
        yield error(component.at(ComponentRecord.full_at), "full_at_outside")


def _published_elements(file: IndexFile) -> Iterator[Placed[str]]:
    named: tuple[tuple[Sequence[IndexRecord | PublishedRecord], Field[str]], ...] = (
        ([file.index], IndexRecord.published),
        ([each.value for each in file.published or ()], PublishedRecord.element),
    )
    for records, field in named:
        yield from ids(records, field)


def _published_groups(file: IndexFile) -> Iterator[Placed[str]]:
    for each in file.published or ():
        yield from each.value.groups


def _scores(draft: Draft, file: IndexFile) -> Iterator[Problem]:
    for name in _published_elements(file):
        if name.value in draft.elements and draft.elements[name.value].measure is not Measure.SCORE:
            yield error(name.place, "published_not_score", name=name.value)


def _plain(value: Fraction) -> str:
    return f"{float(value):g}"
