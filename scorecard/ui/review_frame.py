"""What the parts of the review page share: its looks, its notices, its boxes."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from scorecard.domain.finding import SHORTEST_REASON
from scorecard.domain.review import ReturnRecord
from scorecard.presentation.desk import field_error_html, notice_html, return_title, sent_text
from scorecard.ui import review_steps
from scorecard.ui.guard import PageContext
from scorecard.ui.people import name_of
from scorecard.workflow.review import ReturnSeen
from scorecard.workflow.settings import VIETNAM

_ASSETS = Path(__file__).parent / "assets"


def draw_assets() -> None:
    """Give the page its styles."""
    st.html(_ASSETS / "review.css")


def draw_notice(page: PageContext) -> None:
    """Say what came of the last decision; it stays in sight until the next one."""
    told = review_steps.progress(page)
    if told.notice:
        with st.container(key="review-notice"):
            st.html(notice_html(told.notice, "done" if told.done else "failed"))


def draw_reason(page: PageContext, seen: ReturnSeen, label: str) -> None:
    """Draw the box for the reason of a decision, with what it lacks above it."""
    if missing := review_steps.progress(page).missing:
        st.html(field_error_html(missing, page.formats))
    draw_box(page, seen, review_steps.REASON, page.texts(label, shortest=SHORTEST_REASON))


def draw_box(page: PageContext, seen: ReturnSeen, place: str, label: str) -> None:
    """Draw one text box of an answer."""
    key = review_steps.box(page, seen, place)
    st.text_input(label, key=key, autocomplete="off", live=True, persist_state="session")


def title_of(page: PageContext, record: ReturnRecord) -> str:
    """Name a return: unit, form, period."""
    return return_title(record.unit_id, record.form_id, record.period, page.province, page.formats)


def sent_by(page: PageContext, record: ReturnRecord) -> str:
    """Say who submitted a return and when."""
    return sent_text(record, lambda each: name_of(page, each), VIETNAM, page.formats)


def draw_cancel(page: PageContext, name: str) -> None:
    """Offer to close an answer; what is typed in it stays."""
    label = page.texts("desk.cancel")
    st.button(label, key=f"review-cancel-{name}", on_click=review_steps.close_answer, args=(page,))
