"""The form: one question after the other, earlier figures beside it as text, wrong input kept as typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import streamlit as st

from scorecard.domain.access import readable
from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.finding import SHORTEST_REASON
from scorecard.domain.form import Element, Measure
from scorecard.domain.period import Period
from scorecard.domain.typed_number import print_typed
from scorecard.presentation.entry import Choice, Typed, choices, figure_text, understood
from scorecard.presentation.entry_html import hint_html, note_html, question_html
from scorecard.presentation.texts import Texts, in_language
from scorecard.ui import entry_keeping, entry_steps, entry_table_input
from scorecard.ui.entry_draft import Box, Draft
from scorecard.ui.entry_frame import draw_box, draw_field_error, draw_top, figures
from scorecard.ui.entry_notices import draw_notices
from scorecard.ui.entry_parts import draw_parts
from scorecard.ui.guard import PageContext


def draw(page: PageContext, draft: Draft) -> None:
    """Draw the form of a return; a correction starts from what was submitted, never from another period."""
    submitted = figures(page, draft, draft.owed.period)
    entry_keeping.set_up(page, draft, dict(_starts(page, draft, submitted)))
    draw_top(page, draft, "entry.form_title")
    draw_notices(page, draft)
    entry_table_input.draw(page, draft)
    rule = "entry.typing_rule_steps" if draft.owed.form.elements[0].steps else "entry.typing_rule"
    st.html(hint_html(draft.key("rule"), page.texts(rule)))
    earlier = _Earlier(page, draft)
    notes = draft.owed.record.last_sent_back.notes if draft.owed.record.last_sent_back else {}
    for number, element in enumerate(draft.owed.form.elements, start=1):
        with st.container(border=True, key=f"{draft.key(element.id)}-place"):
            st.html(question_html(number, element, earlier.of(element), page.texts))
            if element.id in notes:
                st.html(note_html(page.texts("entry.returned_note", note=notes[element.id])))
            _draw_answer(page, draft, element)
    st.button(page.texts("entry.check"), type="primary", on_click=entry_steps.check, args=(page, draft))


class _Earlier:
    """What the unit reported before: last period or, of what exists, last time; and a year ago."""

    def __init__(self, page: PageContext, draft: Draft) -> None:
        period, self._page = draft.owed.period, page
        self._before = Period(period.first.plus(-period.months), period.first.plus(-1))
        self._year_before = Period(period.first.plus(-12), period.last.plus(-12))
        self._figures = {each: figures(page, draft, each) for each in (self._before, self._year_before)}
        self._known = page.store.known_figures(
            page.province.id, readable(page.person), draft.owed.unit.id, period.first.plus(-1)
        )

    def of(self, element: Element) -> list[tuple[str, str]]:
        """Return (period, figure) as texts, the latest first."""
        texts, period = self._page.texts, self._page.formats.period
        past = [
            (period(each), figure_text(element, figures.get(element.id), texts))
            for each, figures in self._figures.items()
        ]
        known = self._known.get(element.id)
        if element.measure is not Measure.FLOW and known and known.figure.period not in self._figures:
            last = texts("entry.last_known", period=period(known.figure.period))
            past.insert(0, (last, figure_text(element, known.figure, texts)))
        return past


def _starts(page: PageContext, draft: Draft, submitted: Mapping[str, Figure]) -> Iterator[tuple[str, str]]:
    """Yield every box of the form with the text it starts from."""
    for element in draft.owed.form.elements:
        for part in page.province.parts(element, draft.owed.period.last):
            for box in (Box.PRESENCE, Box.SINCE, Box.EVIDENCE):
                yield draft.name(part.id, box), ""
        if not element.steps:
            start = _start(element, submitted.get(element.id))
            yield draft.name(element.id, Box.CHOICE), start.choice.value
            yield draft.name(element.id, Box.NUMBER), start.number
            yield draft.name(element.id, Box.REASON), start.reason
            yield draft.name(element.id, Box.SOURCE), start.source


def _start(element: Element, figure: Figure | None) -> Typed:
    if figure is None or figure.state in (FigureState.NOT_REPORTED, FigureState.NOT_APPLICABLE):
        return Typed(Choice.NUMBER, "", "")
    if figure.value is None:
        return Typed(Choice.NOT_AVAILABLE, "", figure.note)
    source = figure.note if element.measure is Measure.SCORE else ""
    return Typed(Choice.NUMBER, print_typed(figure.value, element.decimals), "", source)


def _draw_answer(page: PageContext, draft: Draft, element: Element) -> None:
    if not element.steps:
        draw_field_error(page.texts, draft, element.id)
        _draw_number(page.texts, draft, element)
    draw_parts(page, draft, element)


def _draw_number(texts: Texts, draft: Draft, element: Element) -> None:
    label = in_language(texts, element.label, element.label_en)
    choice = st.radio(
        texts("entry.choice", label=label),
        [each.value for each in choices(element)],
        format_func=lambda value: texts(f"entry.choice_{value}"),
        horizontal=True,
        label_visibility="collapsed",
        key=draft.key(element.id, Box.CHOICE),
        persist_state="session",
    )
    if choice == Choice.NUMBER:
        draw_box(draft, element.id, Box.NUMBER, label)
        st.html(hint_html(draft.key(element.id), understood(element, draft.typed(element), texts)))
        if element.measure is Measure.SCORE:
            draw_box(draft, element.id, Box.SOURCE, texts("entry.source_label", label=label), visible=True)
    elif choice == Choice.NOT_AVAILABLE:
        st.html(hint_html(draft.key(element.id), texts("entry.reason_visible", shortest=SHORTEST_REASON)))
        draw_box(draft, element.id, Box.REASON, texts("entry.reason_label", label=label))
