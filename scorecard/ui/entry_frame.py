"""What the steps of the entry page share: its looks, headings, and what is to be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from scorecard.domain.access import readable
from scorecard.domain.figure import Figure
from scorecard.domain.period import Period
from scorecard.presentation.entry_html import corrections_html, field_error_html, hint_html, part_html
from scorecard.presentation.texts import Texts, in_language
from scorecard.ui import entry_draft
from scorecard.ui.entry_draft import Box, Draft
from scorecard.ui.entry_states import due_line
from scorecard.ui.guard import PageContext

_ASSETS = Path(__file__).parent / "assets"


def draw_assets() -> None:
    """Give the page its styles, and the script that describes boxes to readers and moves the cursor."""
    st.html(_ASSETS / "entry.css")
    script = (_ASSETS / "entry.js").read_text(encoding="utf-8")
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def draw_top(page: PageContext, draft: Draft, key: str) -> None:
    """Begin a step: the way back, its heading, whose return it is, and everything to correct."""
    _draw_back(page)
    draw_heading(page, draft, key)
    _draw_due(page, draft)
    _draw_corrections(page, draft)


def draw_heading(page: PageContext, draft: Draft, key: str) -> None:
    """Name the step, the form and its period on the page and on the browser's tab, an error first there."""
    owed = draft.owed
    form = in_language(page.texts, owed.form.name, owed.form.name_en)
    title = page.texts(key, form=form, period=page.formats.period(owed.period))
    st.title(title, anchor=False)
    refused = draft.progress.refusals
    st.set_page_config(page_title=page.texts("entry.error_title", title=title) if refused else title)


def _draw_due(page: PageContext, draft: Draft) -> None:
    st.markdown(page.texts("entry.unit_line", unit=draft.owed.unit.name, due=due_line(page, draft.owed)))


def _draw_back(page: PageContext) -> None:
    st.button(page.texts("entry.back_to_list"), icon=":material/arrow_back:", on_click=entry_draft.close)


def _draw_corrections(page: PageContext, draft: Draft) -> None:
    progress = draft.progress
    if progress.refusals:
        placed = [(draft.key(refusal.place), refusal) for refusal in progress.refusals]
        st.html(corrections_html(placed, progress.attempts, page.texts))


def draw_field_error(texts: Texts, draft: Draft, place: str) -> None:
    """Repeat at a place what is to be corrected there."""
    for refusal in draft.progress.refusals:
        if refusal.place == place:
            st.html(field_error_html(draft.key(place), refusal, texts))


def draw_box(draft: Draft, place: str, box: Box, label: str, *, visible: bool = False) -> None:
    """Draw one text box; where its label is only read out, the question above it is seen."""
    st.text_input(
        label,
        key=draft.key(place, box),
        autocomplete="off",
        live=True,
        label_visibility="visible" if visible else "collapsed",
        persist_state="session",
    )


def draw_reason(page: PageContext, draft: Draft, place: str, found: str, label: str, hint: str) -> None:
    """Draw what was found and the box that takes the reason for it."""
    with st.container(border=True, key=f"{draft.key(place)}-place"):
        st.html(part_html(found))
        draw_field_error(page.texts, draft, place)
        st.html(hint_html(draft.key(place), hint))
        draw_box(draft, place, Box.REASON, label)


def figures(page: PageContext, draft: Draft, period: Period) -> Mapping[str, Figure]:
    """Return the figures that the unit last reported for a period, by element."""
    recorded = page.store.last_figures(page.province.id, readable(page.person), draft.owed.unit.id, period)
    return {element_id: each.figure for element_id, each in recorded.items()}
