"""The receipt: its code, what was submitted, what it changes, and how to correct it."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.entry_dues import moment_text
from scorecard.presentation.entry_html import facts_html, list_html
from scorecard.presentation.entry_rates import fed_targets
from scorecard.store import Receipt
from scorecard.ui import entry_steps
from scorecard.ui.entry_draft import Draft
from scorecard.ui.entry_frame import draw_heading
from scorecard.ui.entry_table import draw_answers
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
                (texts("entry.receipt_hash"), receipt.hash or ""),
            ]
        )
    )
    draw_answers(page, draft, texts("entry.receipt_figures"), texts("entry.receipt_figures"), [])
    fed = fed_targets(page.province, owed.form, owed.period, texts)
    st.html(list_html(texts("entry.receipt_counts" if fed else "entry.receipt_counts_nothing"), fed))
    st.markdown(texts("entry.receipt_not_reviewed"))
    st.markdown(texts("entry.receipt_correct", closes=page.formats.day(owed.closes)))
    with st.container(horizontal=True):
        st.button(texts("entry.back_to_list"), type="primary", on_click=entry_steps.finish, args=(draft,))
        if st.button(texts("entry.see_overview")):
            st.switch_page(OVERVIEW.path)
