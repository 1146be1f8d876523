"""What the steps of the entry page share: its looks, headings, and what is to be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from scorecard.domain.access import readable
from scorecard.domain.figure import Figure
from scorecard.domain.period import Period
from scorecard.presentation.entry import due_text, moment_text
from scorecard.presentation.entry_html import corrections_html, field_error_html
from scorecard.presentation.texts import Texts, in_language
from scorecard.ui import demo, entry_draft
from scorecard.ui.entry_draft import Draft
from scorecard.ui.guard import PageContext
from scorecard.workflow.settings import VIETNAM

_ASSETS = Path(__file__).parent / "assets"


def draw_assets() -> None:
    """Give the page its styles, and the script that describes boxes to readers and moves the cursor."""
    st.html(_ASSETS / "entry.css")
    script = (_ASSETS / "entry.js").read_text(encoding="utf-8")
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def draw_heading(page: PageContext, draft: Draft, key: str) -> None:
    """Name the step, the form and its period on the page and on the browser's tab, an error first there."""
    owed = draft.owed
    form = in_language(page.texts, owed.form.name, owed.form.name_en)
    title = page.texts(key, form=form, period=page.formats.period(owed.period))
    st.title(title, anchor=False)
    refused = draft.progress.refusals
    st.set_page_config(page_title=page.texts("entry.error_title", title=title) if refused else title)


def draw_due(page: PageContext, draft: Draft) -> None:
    """Say whose return it is and by when it is due or when it was submitted."""
    st.markdown(page.texts("entry.unit_line", unit=draft.owed.unit.name, due=due_line(page, draft)))


def due_line(page: PageContext, draft: Draft) -> str:
    """Say by when a return is due or, once it is submitted, when it was and until when it can be corrected."""
    owed = draft.owed
    if owed.submitted and owed.last is not None:
        at = moment_text(owed.last.submitted_at.astimezone(VIETNAM), page.formats)
        return page.texts("entry.submitted_at", at=at, closes=page.formats.day(owed.closes))
    return due_text(owed.due, owed.closes, page.today, page.formats)


def draw_back(page: PageContext) -> None:
    """Offer the way back to the list; what is typed stays."""
    st.button(page.texts("entry.back_to_list"), icon=":material/arrow_back:", on_click=entry_draft.close)


def draw_corrections(page: PageContext, draft: Draft) -> None:
    """Name everything to correct on top of the page, each with a link to its place."""
    progress = draft.progress
    if progress.refusals:
        placed = [(draft.key(refusal.place), refusal) for refusal in progress.refusals]
        st.html(corrections_html(placed, progress.attempts, page.texts))


def draw_field_error(texts: Texts, draft: Draft, place: str) -> None:
    """Repeat at a place what is to be corrected there."""
    for refusal in draft.progress.refusals:
        if refusal.place == place:
            st.html(field_error_html(draft.key(place), refusal, texts))


def figures(page: PageContext, draft: Draft, period: Period) -> Mapping[str, Figure]:
    """Return the figures that the unit last reported for a period, by element."""
    recorded = page.store.last_figures(page.province.id, readable(page.person), draft.owed.unit.id, period)
    return {element_id: each.figure for element_id, each in recorded.items()}


def name_of(person_id: str, texts: Texts) -> str:
    """Return the name of who recorded something; the id where it is nobody known here."""
    return demo.names(texts).get(person_id, person_id)
