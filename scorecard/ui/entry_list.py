"""The list: what the person's units owe now, whether it is submitted, and by when it is due."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scorecard.presentation.entry import owed_sentence
from scorecard.presentation.entry_html import owed_html
from scorecard.presentation.texts import in_language
from scorecard.ui.entry_draft import Draft
from scorecard.ui.entry_frame import due_line
from scorecard.ui.guard import PageContext


def draw(page: PageContext, drafts: Sequence[Draft]) -> None:
    """Open with one sentence, then every owed return with one button."""
    st.title(page.texts("entry.title"), anchor=False)
    open_dues = [(each.owed.due, each.owed.closes) for each in drafts if not each.owed.submitted]
    st.markdown(f"**{owed_sentence(open_dues, len(drafts), page.today, page.formats)}**")
    for draft in drafts:
        _draw_owed(page, draft)


def _draw_owed(page: PageContext, draft: Draft) -> None:
    texts, owed = page.texts, draft.owed
    form, period = in_language(texts, owed.form.name, owed.form.name_en), page.formats.period(owed.period)
    state, action = _state(draft)
    with st.container(border=True):
        st.html(owed_html(form, period, owed.unit.name, due_line(page, draft), state, texts(f"entry.{state}")))
        st.button(
            texts(f"entry.{action}", form=form, period=period),
            key=draft.key("open"),
            type="secondary" if owed.submitted else "primary",
            on_click=draft.open,
        )


def _state(draft: Draft) -> tuple[str, str]:
    """Return the state of a return and what its button offers."""
    if draft.owed.submitted:
        return "submitted", "correct"
    return ("begun", "resume") if draft.begun else ("to_do", "start")
