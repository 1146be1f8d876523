"""The meeting page: the work given, open or done, and the form that records what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from scorecard.domain.access import AccessRefusedError
from scorecard.domain.meeting import Commitment, Result
from scorecard.presentation.meeting_commitments import ShownCommitment, commitments_html
from scorecard.store import ConflictError
from scorecard.ui import meeting_frame
from scorecard.ui.guard import PageContext
from scorecard.workflow import meeting

_WHICH, _RESULT, _REASON = "meeting-which", "meeting-result", "meeting-reason"
_ANY, _ONLY_WITHDRAWN = (Result.KEPT, Result.NOT_KEPT, Result.WITHDRAWN), (Result.WITHDRAWN,)


def draw(page: PageContext, shown: Sequence[ShownCommitment]) -> None:
    """Draw all given work, what is open first."""
    texts = page.texts
    st.header(texts("meeting.commitments"), anchor=False)
    if not shown:
        st.markdown(texts("meeting.commitments_none"))
        return
    still_open = [each for each in shown if each.result is Result.OPEN]
    done = [each for each in reversed(shown) if each.result is not Result.OPEN]
    if still_open:
        st.markdown(commitments_html(still_open, texts("meeting.commitments_open"), texts), unsafe_allow_html=True)
    else:
        st.markdown(texts("meeting.commitments_none_open"))
    if done:
        st.markdown(commitments_html(done, texts("meeting.commitments_done"), texts), unsafe_allow_html=True)


def draw_stating(page: PageContext, shown: Sequence[ShownCommitment]) -> None:
    """Draw the form that records a result, where there is anything to say."""
    texts = page.texts
    still_open = {each.commitment.id: each for each in shown if each.result is Result.OPEN}
    if still_open:
        st.header(texts("meeting.state_title"), anchor=False)
        st.markdown(texts("meeting.state_advice"))
        with st.container(key="meeting-state"):
            chosen = st.selectbox(
                texts("meeting.state_which"),
                list(still_open),
                index=None,
                placeholder=texts("meeting.state_choose"),
                format_func=lambda each: texts(
                    "meeting.state_option", unit=still_open[each].unit, what=still_open[each].commitment.what
                ),
                key=_WHICH,
            )
            if chosen is not None:
                _draw_result(page, still_open[chosen].commitment)
    meeting_frame.draw_told("state")


def _draw_result(page: PageContext, given: Commitment) -> None:
    texts = page.texts
    st.radio(
        texts("meeting.state_result"),
        [each.value for each in (_ANY if given.promised is None else _ONLY_WITHDRAWN)],
        format_func=lambda each: texts(f"meeting.result_{each}"),
        horizontal=True,
        key=_RESULT,
    )
    st.text_input(texts("meeting.state_reason"), key=_REASON, autocomplete="off", live=True)
    st.button(texts("meeting.state_button"), type="primary", on_click=_state, args=(page, given))


def _state(page: PageContext, given: Commitment) -> None:
    result, reason = Result(st.session_state[_RESULT]), st.session_state.get(_REASON, "")
    try:
        meeting.state(
            page.store, page.province, page.person, given, result, reason, now=page.settings.now(datetime.now(UTC))
        )
    except (meeting.RefusedMeetingError, AccessRefusedError) as refused:
        meeting_frame.tell("state", page.texts(refused.reason, **refused.parameters), done=False)
    except ConflictError:
        meeting_frame.tell("state", page.texts("meeting.stated_meanwhile"), done=False)
    else:
        st.session_state[_WHICH], st.session_state[_REASON] = None, ""
        meeting_frame.tell("state", page.texts("meeting.state_done"), done=True)
