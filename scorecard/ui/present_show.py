"""The presentation: which edition is shown, and its slides."""

from __future__ import annotations

from html import escape

import streamlit as st

from scorecard.domain.meeting import Commitment, EditionMark
from scorecard.presentation.meeting_commitments import still_told
from scorecard.presentation.meeting_content import FrozenBoard, current_values
from scorecard.presentation.meeting_editions import foot_text
from scorecard.presentation.meeting_slides import Show, changed_values, slides_html
from scorecard.ui import cache, links, meeting_frame
from scorecard.ui.guard import PageContext
from scorecard.ui.meeting_editions import EDITION
from scorecard.ui.navigation import MEETING
from scorecard.workflow import meeting
from scorecard.workflow.settings import VIETNAM, Mode


def chosen(page: PageContext, marks: tuple[EditionMark, ...]) -> EditionMark | None:
    """Return the edition that the address names, else the latest; None when there is none."""
    wanted = st.query_params.get(EDITION, "")
    return next((mark for mark in marks if str(mark.number) == wanted), marks[0] if marks else None)


def draw(page: PageContext, mark: EditionMark, marks: tuple[EditionMark, ...]) -> FrozenBoard:
    """Draw all slides of an edition at once and return what they show."""
    board = meeting_frame.board_of(page, mark.number)
    given = [each for each in meeting.commitments(page.store, page.province, page.person) if _of_plan(each, mark)]
    writer = meeting_frame.writer(page, marks)
    show = Show(
        heading=page.texts("meeting.present_heading", name=mark.name),
        about=mark.name,
        board=board,
        changed=changed_values(board, _values_now(page, mark)),
        before=still_told(writer.all([each for each in given if each.month < mark.month], mark.number), marks, mark),
        given=writer.all([each for each in given if each.month == mark.month], mark.number),
        foot=(page.formats.month(mark.month), foot_text(mark, VIETNAM, page.formats), *sample_note(page)),
        formats=page.formats,
    )
    st.markdown(slides_html(show, last=True), unsafe_allow_html=True)
    return board


def draw_bar(page: PageContext) -> None:
    """Draw what a mouse or finger moves slides with, and what is said when the connection is lost."""
    texts = page.texts
    buttons = "".join(
        f'<button type="button" data-go="{go}">{escape(texts(f"meeting.go_{go}"))}</button>'
        for go in ("back", "next", "full")
    )
    end = f'<a class="end" target="_self" href="{escape(links.to(MEETING, {}))}">{escape(texts("meeting.go_end"))}</a>'
    lost = f'<p class="lost" role="status">{escape(texts("meeting.offline"))}</p>'
    st.html(f'<div class="bar">{lost}<p class="keys">{escape(texts("meeting.keys"))}</p>{buttons}{end}</div>')


def draw_nothing(page: PageContext) -> None:
    """Say that nothing is frozen yet, and where to do it."""
    st.title(page.texts("meeting.no_edition"), anchor=False)
    st.markdown(page.texts("meeting.no_edition_advice"))
    address, text = escape(links.to(MEETING, {})), escape(page.texts("meeting.to_meeting"))
    st.html(f'<a class="again" target="_self" href="{address}">{text}</a>')


def sample_note(page: PageContext) -> tuple[str, ...]:
    """Say under every slide that the figures are samples, where they are."""
    return (page.texts("overview.sample_figures"),) if page.settings.mode is Mode.DEMO else ()


def _of_plan(given: Commitment, mark: EditionMark) -> bool:
    return given.plan_id == mark.plan_id and given.edition <= mark.number


def _values_now(page: PageContext, mark: EditionMark) -> dict[tuple[str, str], str]:
    """Return today's values of the edition's month; of a plan that is no longer defined there are none."""
    if mark.plan_id not in {plan.id for plan in page.province.plans}:
        return {}
    board = cache.scoreboard(
        page.figures_version,
        page.province.digest,
        mark.month.index,
        mark.plan_id,
        _store=page.store,
        _province=page.province,
    )
    return dict(current_values(board, page.province, page.formats))
