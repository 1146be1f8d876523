"""The last slide: the work given in the meeting, typed live. It is the one part that needs the network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import streamlit as st

from scorecard.domain.access import AccessRefusedError
from scorecard.domain.meeting import EditionMark
from scorecard.domain.typed_number import TypedNumberError, parse_typed
from scorecard.presentation.meeting_content import FrozenBoard, FrozenRow
from scorecard.presentation.typed_dates import TypedDateError, parse_day
from scorecard.ui import meeting_frame
from scorecard.ui.guard import PageContext
from scorecard.workflow import meeting

_TARGET, _UNIT, _WHAT, _DUE, _PROMISED = (f"present-{name}" for name in ("target", "unit", "what", "due", "promised"))
_LEAD = ""
_RECORDED, _HANDLED = "present-recorded", "present-handled"


def draw(page: PageContext, mark: EditionMark, board: FrozenBoard) -> None:
    """Draw the form; nothing is sent before its button is pressed, so nothing typed depends on the network."""
    texts = page.texts
    rows = {f"{row.target}@{row.of_unit}": row for row in board.rows}
    units = {unit.id: unit.name for unit in page.province.units.alive_on(page.today)}
    if st.session_state.pop(_RECORDED, False):
        st.session_state.update({_TARGET: None, _UNIT: _LEAD, _WHAT: "", _DUE: "", _PROMISED: ""})
    meeting_frame.draw_told("give")
    with st.form("present-give", border=False, enter_to_submit=False):
        left, right = st.columns(2)
        left.selectbox(
            texts("meeting.form_target"),
            list(rows),
            index=None,
            placeholder=texts("meeting.form_choose_target"),
            format_func=lambda key: rows[key].name,
            key=_TARGET,
        )
        right.selectbox(
            texts("meeting.form_unit"),
            [_LEAD, *units],
            format_func=lambda unit: units.get(unit) or texts("meeting.form_lead"),
            key=_UNIT,
        )
        st.text_input(texts("meeting.form_what"), key=_WHAT, autocomplete="off")
        left, right = st.columns(2)
        left.text_input(texts("meeting.form_due"), key=_DUE, autocomplete="off")
        right.text_input(texts("meeting.form_promised"), key=_PROMISED, autocomplete="off")
        pressed = st.form_submit_button(
            texts("meeting.form_button"), type="primary", on_click=_give, args=(page, mark, rows)
        )
    if pressed and not st.session_state.pop(_HANDLED, False):
        # Started again since the page was loaded, the server does not know the callback; yet one press is enough.
        _give(page, mark, rows)
        st.session_state.pop(_HANDLED)
        st.rerun()


def _give(page: PageContext, mark: EditionMark, rows: Mapping[str, FrozenRow]) -> None:
    st.session_state[_HANDLED] = True
    texts = page.texts
    shown = meeting.edition(page.store, page.province, page.person, mark.number)
    try:
        work = _typed(rows)
        if shown is not None:
            meeting.give(page.store, page.province, page.person, shown, work, now=page.settings.now(datetime.now(UTC)))
    except (meeting.RefusedMeetingError, AccessRefusedError) as refused:
        printed = {
            name: page.formats.day(value) if isinstance(value, date) else value
            for name, value in refused.parameters.items()
        }
        meeting_frame.tell("give", texts(refused.reason, **printed), done=False)
    except TypedNumberError as error:
        row = rows[st.session_state[_TARGET]]
        advice = texts(f"typed_number.{error.code}", counted_in=row.counted_in, **error.parameters)
        meeting_frame.tell("give", advice, done=False)
    else:
        due = page.formats.day(work.due)
        meeting_frame.tell(
            "give", texts("meeting.form_done", unit=page.province.units.by_id[work.unit_id].name, due=due), done=True
        )
        st.session_state[_RECORDED] = True


def _typed(rows: Mapping[str, FrozenRow]) -> meeting.Work:
    row = rows.get(st.session_state.get(_TARGET) or "")
    if row is None:
        raise meeting.RefusedMeetingError("meeting.target_missing")
    unit_id = st.session_state.get(_UNIT) or row.lead_id
    if not unit_id:
        raise meeting.RefusedMeetingError("meeting.lead_missing_for_work")
    return meeting.Work(
        target_id=row.target,
        of_unit=row.of_unit,
        unit_id=unit_id,
        what=st.session_state.get(_WHAT, ""),
        due=_due(st.session_state.get(_DUE, "")),
        promised=_promised(st.session_state.get(_PROMISED, ""), row),
    )


def _due(typed: str) -> date:
    try:
        return parse_day(typed)
    except TypedDateError:
        raise meeting.RefusedMeetingError("meeting.due_wrong") from None


def _promised(typed: str, row: FrozenRow) -> Decimal | None:
    text = typed.strip().removesuffix("%")
    return parse_typed(text, row.decimals) if text.strip() else None
