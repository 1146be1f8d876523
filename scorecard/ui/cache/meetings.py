"""What editions show, and what one frozen now would show."""

from __future__ import annotations

import streamlit as st

from scorecard import frames
from scorecard.calculation.scoreboard import scoreboard as calculate
from scorecard.calculation.scoreboard import status_history
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.presentation.meeting_content import FrozenBoard, freeze_board, read_board
from scorecard.presentation.texts import Language
from scorecard.store import Store


@st.cache_resource(show_spinner=False, max_entries=100)
def edition_board(province_id: str, number: int, language: Language, *, _store: Store) -> FrozenBoard:
    """Return what an edition shows in a language; it never changes. KeyError when there is no such edition."""
    edition = _store.meetings.edition(province_id, number)
    if edition is None:
        raise KeyError(number)
    return read_board(edition.content, language)


@st.cache_resource(show_spinner=False, max_entries=20)
def live_board(
    figures_version: int,
    digest: str,
    as_of: int,
    plan_id: str,
    language: Language,
    *,
    _store: Store,
    _province: Province,
) -> FrozenBoard:
    """Return what an edition frozen now would show of a plan at a month (`Month.index`), in a language."""
    month, figures = Month(as_of), _store.figures(_province.id)
    board = calculate(_province, figures, month, plan_ids=(plan_id,))
    history = status_history(_province, figures, month, plan_ids=(plan_id,)).select(frames.SCOREBOARD.names())
    plan = _province.plan(plan_id)
    return freeze_board(board, history, _province, plan, month, language)
