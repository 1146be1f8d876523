"""The form: one question after the other, earlier figures beside it as text, wrong input kept as typed."""

from __future__ import annotations

import streamlit as st

from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.finding import SHORTEST_REASON
from scorecard.domain.form import Element
from scorecard.domain.period import Period
from scorecard.domain.typed_number import print_typed
from scorecard.presentation.entry import Choice, Typed, choices, figure_text, understood
from scorecard.presentation.entry_html import hint_html, question_html
from scorecard.presentation.texts import Texts, in_language
from scorecard.ui import entry_steps
from scorecard.ui.entry_draft import Box, Draft
from scorecard.ui.entry_frame import draw_back, draw_corrections, draw_due, draw_field_error, draw_heading, figures
from scorecard.ui.guard import PageContext


def draw(page: PageContext, draft: Draft) -> None:
    """Draw the form of a return; a correction starts from what was submitted, never from another period."""
    period = draft.owed.period
    year_before = Period(period.first.plus(-12), period.last.plus(-12))
    period_before = Period(period.first.plus(-period.months), period.first.plus(-1))
    earlier = [(page.formats.period(each), figures(page, draft, each)) for each in (period_before, year_before)]
    submitted = figures(page, draft, period)
    draw_back(page)
    draw_heading(page, draft, "entry.form_title")
    draw_due(page, draft)
    draw_corrections(page, draft)
    st.html(hint_html(draft.key("rule"), page.texts("entry.typing_rule")))
    for number, element in enumerate(draft.owed.form.elements, start=1):
        past = [(name, figure_text(element, recorded.get(element.id), page.texts)) for name, recorded in earlier]
        with st.container(border=True, key=f"{draft.key(element.id)}-place"):
            st.html(question_html(number, element, past, page.texts))
            _draw_answer(page.texts, draft, element, _start(element, submitted.get(element.id)))
    st.button(page.texts("entry.check"), type="primary", on_click=entry_steps.check, args=(page, draft))


def _start(element: Element, figure: Figure | None) -> Typed:
    if figure is None or figure.state in (FigureState.NOT_REPORTED, FigureState.NOT_APPLICABLE):
        return Typed(Choice.NUMBER, "", "")
    if figure.value is None:
        return Typed(Choice.NOT_AVAILABLE, "", figure.note)
    return Typed(Choice.NUMBER, print_typed(figure.value, element.decimals), "")


def _draw_answer(texts: Texts, draft: Draft, element: Element, start: Typed) -> None:
    label = in_language(texts, element.label, element.label_en)
    offered = choices(element)
    draw_field_error(texts, draft, element.id)
    choice = st.radio(
        texts("entry.choice", label=label),
        [each.value for each in offered],
        index=offered.index(start.choice),
        format_func=lambda value: texts(f"entry.choice_{value}"),
        horizontal=True,
        label_visibility="collapsed",
        key=draft.key(element.id, Box.CHOICE),
        persist_state="session",
    )
    if choice == Choice.NUMBER:
        draw_box(draft, element.id, Box.NUMBER, label, start.number)
        st.html(hint_html(draft.key(element.id), understood(element, draft.typed(element), texts)))
    elif choice == Choice.NOT_AVAILABLE:
        st.html(hint_html(draft.key(element.id), texts("entry.reason_visible", shortest=SHORTEST_REASON)))
        draw_box(draft, element.id, Box.REASON, texts("entry.reason_label", label=label), start.reason)


def draw_box(draft: Draft, place: str, box: Box, label: str, start: str = "") -> None:
    """Draw one text box; its label is read out, the question above it is seen."""
    st.text_input(
        label,
        value=start,
        key=draft.key(place, box),
        autocomplete="off",
        live=True,
        label_visibility="collapsed",
        persist_state="session",
    )
