"""What the pages of meetings share: their script, the editions as they are shown, the words on given work."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from scorecard.domain.access import PERMISSIONS, Permission
from scorecard.domain.meeting import EditionMark
from scorecard.presentation.meeting_commitments import CommitmentWriter
from scorecard.presentation.meeting_content import FrozenBoard
from scorecard.presentation.meeting_editions import told_html
from scorecard.ui import cache
from scorecard.ui.guard import PageContext

_SCRIPT = Path(__file__).parent / "assets" / "present.js"


def draw_script() -> None:
    """Give the page the script that shows one slide at a time; before the slides, so that no other one flashes up."""
    script = _SCRIPT.read_text(encoding="utf-8")
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def may(page: PageContext, permission: Permission) -> bool:
    """Say whether to offer something; the work itself asks again."""
    return permission in PERMISSIONS[page.person.role]


def board_of(page: PageContext, number: int) -> FrozenBoard:
    """Return what an edition shows, in the language of the page."""
    return cache.edition_board(page.province.id, number, page.texts.language, _store=page.store)


def writer(page: PageContext, marks: tuple[EditionMark, ...]) -> CommitmentWriter:
    """Return what words given work, as these editions tell."""
    return CommitmentWriter(
        province=page.province, formats=page.formats, marks=marks, board=lambda number: board_of(page, number)
    )


def tell(place: str, text: str, *, done: bool) -> None:
    """Keep what came of a press, to be shown at its place until the next one."""
    st.session_state[f"meeting-told-{place}"] = (text, done)


def draw_told(place: str) -> None:
    """Say what came of the last press there."""
    if told := st.session_state.get(f"meeting-told-{place}"):
        text, done = told
        st.html(told_html(text, done=done))
