"""What happens when two people submit the same return: the second sees both, and nothing is lost."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.entry_dues import moment_text
from scorecard.store import ConflictError
from scorecard.ui import entry_steps
from scorecard.ui.entry_draft import Draft
from scorecard.ui.entry_frame import draw_top
from scorecard.ui.entry_table import draw_answers
from scorecard.ui.guard import PageContext
from scorecard.ui.people import name_of
from scorecard.workflow.settings import VIETNAM


def draw(page: PageContext, draft: Draft, conflict: ConflictError) -> None:
    """Show both values of every figure and let the person choose; until then both are kept."""
    texts = page.texts
    latest = max(conflict.newer, key=lambda each: each.recorded_at)
    draw_top(page, draft, "entry.conflict_title")
    st.markdown(
        texts(
            "entry.conflict_advice",
            person=name_of(page, latest.recorded_by),
            at=moment_text(latest.recorded_at.astimezone(VIETNAM), page.formats),
        )
    )
    theirs = {each.figure.element_id: each.figure for each in conflict.newer}
    compared = [(texts("entry.column_theirs"), theirs)]
    draw_answers(page, draft, texts("entry.conflict_figures"), texts("entry.column_mine"), compared)
    with st.container(horizontal=True):
        st.button(texts("entry.keep_theirs"), on_click=entry_steps.keep_theirs, args=(page, draft))
        st.button(texts("entry.replace_theirs"), on_click=entry_steps.replace_theirs, args=(draft, conflict))
