"""The meeting page: the editions, and the form that freezes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from scorecard.domain.access import AccessRefusedError
from scorecard.domain.meeting import EditionMark
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.presentation import meeting_content
from scorecard.presentation.meeting_editions import editions_html, mark_time, seal_text, sentence_html
from scorecard.store import ConflictError
from scorecard.ui import links, meeting_frame, plan_filters
from scorecard.ui.guard import PageContext
from scorecard.ui.navigation import PRESENT, WALL
from scorecard.ui.people import name_of
from scorecard.workflow import meeting
from scorecard.workflow.settings import VIETNAM

EDITION = "ban"
_NAME = "meeting-name"


def draw_sentence(page: PageContext, marks: tuple[EditionMark, ...], still_open: int) -> None:
    """Say which edition is the latest and how much given work waits for a result."""
    texts = page.texts
    if not marks:
        st.html(sentence_html(texts("meeting.none_frozen")))
        return
    latest = marks[0]
    at = mark_time(latest, VIETNAM, page.formats)
    month = page.formats.month(latest.month)
    st.html(sentence_html(texts("meeting.latest", name=latest.name, month=month, at=at, open=still_open)))


def draw(page: PageContext, marks: tuple[EditionMark, ...]) -> None:
    """Draw the editions, each with the way to its slides."""
    st.header(page.texts("meeting.editions"), anchor=False)
    if marks:
        plans = {plan.id: plan for plan in page.province.plans}
        st.markdown(
            editions_html(
                marks,
                plans,
                zone=VIETNAM,
                person=lambda each: name_of(page, each),
                link=lambda number: links.to(PRESENT, {EDITION: str(number)}),
                formats=page.formats,
            ),
            unsafe_allow_html=True,
        )


def draw_freezing(page: PageContext) -> None:
    """Draw the form that freezes the figures of a plan and month."""
    st.header(page.texts("meeting.freeze_title"), anchor=False)
    st.markdown(page.texts("meeting.freeze_advice"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="meeting-freeze"):
        plan = plan_filters.choose_plan(page)
        month = plan_filters.choose_month(page, plan)
        st.text_input(page.texts("meeting.freeze_name"), key=_NAME, autocomplete="off", live=True, width=460)
        st.button(
            page.texts("meeting.freeze_button", month=page.formats.month(month)),
            type="primary",
            on_click=_freeze,
            args=(page, plan, month),
        )
    meeting_frame.draw_told("freeze")


def draw_wall_link(page: PageContext) -> None:
    """Offer the wall screen."""
    address, text = escape(links.to(WALL, {})), escape(page.texts("meeting.wall"))
    st.html(f'<p class="to-wall"><a target="_self" href="{address}">{text}</a></p>')


def _freeze(page: PageContext, plan: Plan, month: Month) -> None:
    def told(board: pl.DataFrame, history: pl.DataFrame) -> Mapping[str, Any]:
        return meeting_content.tell(board, history, page.province, plan, month)

    texts = page.texts
    try:
        mark = meeting.freeze(
            page.store,
            page.province,
            page.person,
            plan,
            month,
            st.session_state.get(_NAME, ""),
            definitions=page.settings.targets / page.settings.province_id,
            tell=told,
            now=page.settings.now(datetime.now(UTC)),
        )
    except (meeting.RefusedMeetingError, AccessRefusedError) as refused:
        meeting_frame.tell("freeze", texts(refused.reason, **refused.parameters), done=False)
    except ConflictError:
        meeting_frame.tell("freeze", texts("meeting.busy"), done=False)
    else:
        st.session_state[_NAME] = ""
        done = texts("meeting.frozen_done", name=mark.name, number=mark.number, seal=seal_text(mark))
        meeting_frame.tell("freeze", done, done=True)
