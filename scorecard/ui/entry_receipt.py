"""The receipt: its code, what was submitted, what it changes, and how to correct it."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.entry import answer_text, fed_targets, moment_text
from scorecard.presentation.entry_html import facts_html, list_html, table_html
from scorecard.presentation.texts import in_language
from scorecard.store import Receipt
from scorecard.ui import entry_steps
from scorecard.ui.entry_draft import Draft
from scorecard.ui.entry_frame import draw_heading
from scorecard.ui.guard import PageContext
from scorecard.ui.navigation import OVERVIEW
from scorecard.workflow.settings import VIETNAM


def draw(page: PageContext, draft: Draft, receipt: Receipt) -> None:
    """Show that the return is submitted, and everything its author may need later."""
    texts, owed = page.texts, draft.owed
    draw_heading(page, draft, "entry.receipt_title")
    st.html(
        facts_html(
            [
                (texts("entry.receipt_code"), receipt.code),
                (texts("entry.receipt_at"), moment_text(receipt.at.astimezone(VIETNAM), page.formats)),
                (texts("entry.receipt_by"), page.person.name),
                (texts("entry.receipt_unit"), owed.unit.name),
            ]
        )
    )
    rows = [
        [
            in_language(texts, answer.element.label, answer.element.label_en),
            answer_text(answer.element, answer.value, answer.state, answer.note, texts),
        ]
        for answer in draft.progress.answers
    ]
    columns = [texts("entry.column_element"), texts("entry.receipt_figures")]
    st.html(table_html(texts("entry.receipt_figures"), columns, rows))
    fed = fed_targets(page.province, owed.form, owed.period, texts)
    st.html(list_html(texts("entry.receipt_counts" if fed else "entry.receipt_counts_nothing"), fed))
    st.markdown(texts("entry.receipt_not_reviewed"))
    st.markdown(texts("entry.receipt_correct", closes=page.formats.day(owed.closes)))
    with st.container(horizontal=True):
        st.button(texts("entry.back_to_list"), type="primary", on_click=entry_steps.finish, args=(draft,))
        if st.button(texts("entry.see_overview")):
            st.switch_page(OVERVIEW.path)
