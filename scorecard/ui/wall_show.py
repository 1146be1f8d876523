"""The wall screen: slides of the figures of now, read again by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import streamlit as st

from scorecard.presentation.meeting_slides import Show, slides_html
from scorecard.ui import cache, plan_filters, session
from scorecard.ui.guard import PageContext
from scorecard.ui.present_show import sample_note
from scorecard.workflow.settings import VIETNAM

_SECONDS = "giay"
_DEFAULT_SECONDS, _LEAST_SECONDS, _MOST_SECONDS = 20, 5, 600
_READ_EVERY_SECONDS = 60


@st.fragment(run_every=_READ_EVERY_SECONDS)
def draw(page: PageContext) -> None:
    """Draw the slides of the figures as they are now; the same figures give the same page, so that nothing flashes."""
    fresh = replace(page, figures_version=page.store.figures_version(), today=session.today(page.settings))
    plan, month = plan_filters.named(fresh)
    board = cache.live_board(
        fresh.figures_version,
        fresh.province.digest,
        month.index,
        plan.id,
        fresh.texts.language,
        _store=fresh.store,
        _province=fresh.province,
    )
    show = Show(
        heading=page.texts("meeting.wall_heading", province=page.province.name),
        about=page.texts("overview.heading", province=page.province.name),
        board=board,
        changed={},
        before=(),
        given=(),
        foot=(page.formats.month(month), *sample_note(page)),
        formats=page.formats,
    )
    st.markdown(slides_html(show, last=False), unsafe_allow_html=True)
    st.html(_clock(page))


def _clock(page: PageContext) -> str:
    """Say when the figures were read; the script adds the time of day and how long ago that was."""
    texts, read_at = page.texts, datetime.now(UTC)
    local = read_at.astimezone(VIETNAM)
    at = f"{local:%H:%M} {page.formats.day(local.date())}"
    age, lost = texts("meeting.wall_age", minutes="{minutes}"), texts("meeting.wall_offline")
    return (
        f'<div class="wall-clock" data-read="{read_at.isoformat()}" data-seconds="{_seconds()}" '
        f'data-age="{escape(age)}"><time></time><span>{escape(texts("meeting.wall_data", at=at))}</span>'
        f'<span class="age"></span><span class="lost" role="status">{escape(lost)}</span></div>'
    )


def _seconds() -> int:
    wanted = st.query_params.get(_SECONDS, "")
    seconds = int(wanted) if wanted.isascii() and wanted.isdigit() else _DEFAULT_SECONDS
    return min(max(seconds, _LEAST_SECONDS), _MOST_SECONDS)
