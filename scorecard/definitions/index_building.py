"""Composite indexes from records that have passed every rule."""

from __future__ import annotations

from fractions import Fraction

from scorecard.definitions.draft import Draft
from scorecard.definitions.index_records import ComponentRecord, GroupRecord, IndexFile
from scorecard.domain.index import Component, Grade, Group, Index, Published, Step
from scorecard.domain.plan import Document


def build_indexes(draft: Draft) -> tuple[Index, ...]:
    """Return the indexes in the order of their files."""
    return tuple(_index(file) for file in draft.indexes.whole())


def _index(file: IndexFile) -> Index:
    index, document = file.index, file.index.document
    grades = [grade.value for grade in file.grades or ()]
    return Index(
        id=index.id,
        name=index.name,
        name_en=index.name_en,
        document=Document(number=document.number, dated=document.dated, issuer=document.issuer),
        maximum=index.maximum,
        groups=tuple(_group(group.value) for group in file.groups),
        grades=tuple(Grade(at_least=each.at_least, name=each.name, name_en=each.name_en) for each in grades),
        published=tuple(
            Published(element_id=each.value.element, group_ids=tuple(group.value for group in each.value.groups))
            for each in file.published or ()
        ),
        published_id=index.published,
    )


def _group(record: GroupRecord) -> Group:
    return Group(
        id=record.id,
        name=record.name,
        name_en=record.name_en,
        maximum=record.maximum,
        components=tuple(_component(component.value) for component in record.components),
    )


def _component(record: ComponentRecord) -> Component:
    steps = [step.value for step in record.bands or ()]
    return Component(
        id=record.id,
        name=record.name,
        name_en=record.name_en,
        maximum=record.maximum,
        indicator_id=record.indicator,
        full_at=Fraction(1) if record.full_at is None else record.full_at,
        steps=tuple(Step(at_least=step.at_least, points=step.points) for step in steps),
    )
