"""A return that cannot be changed now: its figures, who decided what, and the way to ask for it to be reopened."""

from __future__ import annotations

import streamlit as st

from scorecard.domain.finding import SHORTEST_REASON
from scorecard.domain.review import Decision, RecordedDecision, ReturnState
from scorecard.presentation.entry import figure_text
from scorecard.presentation.entry_dues import moment_text
from scorecard.presentation.entry_html import hint_html, notice_html, part_html, table_html
from scorecard.presentation.entry_parts import figure_of_part_text, part_name
from scorecard.presentation.texts import in_language
from scorecard.ui import entry_steps
from scorecard.ui.entry_draft import REOPENING, Box, Draft
from scorecard.ui.entry_frame import draw_box, draw_field_error, draw_top, figures
from scorecard.ui.entry_states import last_decision
from scorecard.ui.guard import PageContext
from scorecard.ui.people import name_of
from scorecard.workflow.settings import VIETNAM


def draw(page: PageContext, draft: Draft) -> None:
    """Draw what was submitted and where the request to reopen it stands."""
    draw_top(page, draft, "entry.form_title")
    _draw_figures(page, draft)
    _draw_reopening(page, draft)


def _draw_figures(page: PageContext, draft: Draft) -> None:
    texts, owed = page.texts, draft.owed
    recorded = figures(page, draft, owed.period)
    rows = []
    for element in owed.form.elements:
        label = in_language(texts, element.label, element.label_en)
        rows.append([label, figure_text(element, recorded.get(element.id), texts)])
        rows.extend(
            [part_name(element, part, texts), figure_of_part_text(element, recorded[part.id], texts)]
            for part in page.province.parts(element, owed.period.last)
            if part.id in recorded
        )
    columns = [texts("entry.column_element"), texts("entry.receipt_figures")]
    st.html(table_html(texts("entry.receipt_figures"), columns, rows))


def _draw_reopening(page: PageContext, draft: Draft) -> None:
    owed, texts = draft.owed, page.texts
    if owed.state is ReturnState.SUBMITTED:
        st.markdown(texts("entry.waits_for_review"))
        return
    asked = owed.record.asked_for_reopening()
    if asked is not None:
        st.html(notice_html(texts("entry.reopening_waits"), [_said(page, asked)]))
        return
    refused = last_decision(owed, Decision.REOPENING_REFUSED)
    if refused is not None and refused is owed.record.decisions[-1]:
        st.html(notice_html(texts("entry.reopening_refused"), [_said(page, refused)]))
    with st.container(border=True, key=f"{draft.key(REOPENING)}-place"):
        st.html(part_html(texts("entry.reopening_title"), texts("entry.reopening_advice")))
        draw_field_error(texts, draft, REOPENING)
        st.html(hint_html(draft.key(REOPENING), texts("entry.reopening_reason", shortest=SHORTEST_REASON)))
        draw_box(draft, REOPENING, Box.REASON, texts("entry.reopening_title"))
        st.button(texts("entry.ask_reopening"), type="primary", on_click=entry_steps.ask, args=(page, draft))


def _said(page: PageContext, decision: RecordedDecision) -> str:
    return page.texts(
        "entry.said_at",
        person=name_of(page, decision.recorded_by),
        at=moment_text(decision.recorded_at.astimezone(VIETNAM), page.formats),
        reason=decision.reason,
    )
