"""The parts of an element: each member or step with what was last said of it; only what changed is told."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scorecard.domain.form import Element
from scorecard.domain.part import Part
from scorecard.presentation.entry import Refusal
from scorecard.presentation.entry_html import hint_html
from scorecard.presentation.entry_parts import PartAnswer, Presence, kind_of, part_question, read_part
from scorecard.ui.entry_draft import Box, Draft
from scorecard.ui.entry_frame import draw_box, draw_field_error
from scorecard.ui.guard import PageContext
from scorecard.workflow.checks import Entry
from scorecard.workflow.parts import KnownPart, count_parts, known_parts

_MEMBERS_SHOWN_TOGETHER = 20


def draw_parts(page: PageContext, draft: Draft, element: Element) -> None:
    """Ask for what changed of each part; nothing where the element is simply a number."""
    known = known_of(page, draft, element)
    if not known:
        return
    st.html(hint_html(draft.key(f"{element.id}-parts"), _summary(page, draft, element, known)))
    if element.steps:
        for each in known:
            _draw_part(page, draft, element, each)
        return
    refused = {refusal.place for refusal in draft.progress.refusals}
    for start in range(0, len(known), _MEMBERS_SHOWN_TOGETHER):
        group = known[start : start + _MEMBERS_SHOWN_TOGETHER]
        first, last = group[0].part, group[-1].part
        label = page.texts("entry.members", counted_in=element.counted_in, first=first.number, last=last.number)
        with st.expander(label[:1].upper() + label[1:], expanded=any(each.part.id in refused for each in group)):
            for each in group:
                _draw_part(page, draft, element, each)


def known_of(page: PageContext, draft: Draft, element: Element) -> tuple[KnownPart, ...]:
    """Return the parts of an element with what the unit last said of each, this return's earlier revisions included."""
    return known_parts(page.store, page.province, draft.owed.unit, element, draft.owed.period.last)


def read_parts(
    page: PageContext, draft: Draft, element: Element, known: Sequence[KnownPart]
) -> tuple[tuple[PartAnswer, ...], tuple[Refusal, ...]]:
    """Understand what is said of the parts; refusals name every place to correct at once."""
    latest = draft.owed.period.days(page.province.calendar)[1]
    read = [read_part(element, each.part, draft.typed_part(each.part), latest, page.texts) for each in known]
    return (
        tuple(each for each in read if isinstance(each, PartAnswer)),
        tuple(each for each in read if isinstance(each, Refusal)),
    )


def part_entries(answers: Sequence[PartAnswer]) -> list[Entry]:
    """Return the figures that the answers stand for."""
    return [Entry(element_id=each.part.id, value=each.value, note=each.note) for each in answers]


def _summary(page: PageContext, draft: Draft, element: Element, known: Sequence[KnownPart]) -> str:
    """Say what the parts add up to as they are marked now."""
    marked = {each.part.id: draft.typed_part(each.part).presence for each in known}
    entries = {
        part_id: Entry(element_id=part_id, value=PartAnswer.value_of(there=presence is Presence.THERE))
        for part_id, presence in marked.items()
        if presence
    }
    count = count_parts(known, entries)
    return page.texts(
        f"entry.{kind_of(element)}s_add_up",
        total=len(known),
        there=count.there,
        not_there=count.not_there,
        unknown=count.unknown,
    )


def _draw_part(page: PageContext, draft: Draft, element: Element, known: KnownPart) -> None:
    part = known.part
    with st.container(key=f"{draft.key(part.id)}-place"):
        question = part_question(element, part, known.said.figure if known.said else None, page.formats)
        chosen = st.segmented_control(
            question,
            [each.value for each in Presence],
            format_func=lambda value: page.texts(f"entry.{kind_of(element)}_{value}_choice"),
            key=draft.key(part.id, Box.PRESENCE),
            persist_state="session",
        )
        draw_field_error(page.texts, draft, part.id)
        if chosen == Presence.THERE:
            _draw_since(page, draft, element, part)


def _draw_since(page: PageContext, draft: Draft, element: Element, part: Part) -> None:
    kind = kind_of(element)
    draw_box(draft, part.id, Box.SINCE, page.texts(f"entry.{kind}_since_label"), visible=True)
    if element.steps:
        draw_box(draft, part.id, Box.EVIDENCE, page.texts("entry.evidence_label"), visible=True)
