"""What somebody must know before typing: what the reviewer said, an earlier draft, a colleague at the same return."""

from __future__ import annotations

import streamlit as st

from scorecard.domain.review import Decision, ReturnState
from scorecard.presentation.entry_dues import moment_text
from scorecard.presentation.entry_html import notice_html
from scorecard.ui import entry_keeping
from scorecard.ui.entry_draft import Draft
from scorecard.ui.entry_states import last_decision
from scorecard.ui.guard import PageContext
from scorecard.ui.people import name_of
from scorecard.workflow.drafts import colleagues
from scorecard.workflow.settings import VIETNAM


def draw_notices(page: PageContext, draft: Draft) -> None:
    """Draw each notice that there is."""
    _draw_decision(page, draft)
    _draw_colleagues(page, draft)
    _draw_restored(page, draft)


def _draw_decision(page: PageContext, draft: Draft) -> None:
    owed, texts = draft.owed, page.texts
    decided = {
        ReturnState.SENT_BACK: ("returned", owed.record.last_sent_back),
        ReturnState.REOPENED: ("reopened", last_decision(owed, Decision.REOPENED)),
    }
    key, decision = decided.get(owed.state, ("", None))
    if decision is None:
        return
    until, person = page.formats.day(owed.closes), name_of(page, decision.recorded_by)
    title = texts(f"entry.{key}_title", until=until)
    st.html(notice_html(title, [texts("entry.because", person=person, reason=decision.reason)]))


def _draw_colleagues(page: PageContext, draft: Draft) -> None:
    others = colleagues(page.store, page.province, page.person, draft.owed)
    lines = [
        page.texts(
            "entry.colleague_types",
            person=name_of(page, person),
            at=moment_text(at.astimezone(VIETNAM), page.formats),
        )
        for person, at in sorted(others.items())
    ]
    if lines:
        st.html(notice_html(page.texts("entry.colleague_title"), [*lines, page.texts("entry.colleague_advice")]))


def _draw_restored(page: PageContext, draft: Draft) -> None:
    restored = draft.progress.restored
    if restored is None:
        return
    if draft.progress.dropping:
        _draw_dropping(page, draft)
        return
    at = moment_text(restored.astimezone(VIETNAM), page.formats)
    st.html(notice_html(page.texts("entry.restored_title", at=at), [page.texts("entry.restored_advice")]))
    st.button(page.texts("entry.drop_draft"), on_click=draft.note, kwargs={"dropping": True})


def _draw_dropping(page: PageContext, draft: Draft) -> None:
    """Ask before anything is lost; a second press at the place of the first keeps it."""
    texts = page.texts
    st.html(notice_html(texts("entry.drop_question"), [texts("entry.drop_advice")]))
    with st.container(horizontal=True):
        st.button(texts("entry.keep_draft"), on_click=draft.note, kwargs={"dropping": False})
        st.button(texts("entry.drop_for_good"), on_click=entry_keeping.start_again, args=(page, draft))
