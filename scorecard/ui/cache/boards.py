"""Scoreboards, made once per version of data and definitions; a frame is never an argument, a version is."""

from __future__ import annotations

import polars as pl
import streamlit as st

from scorecard import frames
from scorecard.calculation.ranking import ranks
from scorecard.calculation.scoreboard import scoreboard as calculate
from scorecard.calculation.scoreboard import status_history
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.presentation.charts.own_rate import MONTHS_SHOWN
from scorecard.store import Store


@st.cache_data(show_spinner=False, max_entries=200)
def scoreboard(
    data_version: int, digest: str, as_of: int, plan_id: str, *, _store: Store, _province: Province
) -> pl.DataFrame:
    """Return `frames.SCOREBOARD` of one plan at a month (`Month.index`), once per version of data and definitions."""
    return calculate(_province, _store.figures(_province.id), Month(as_of), plan_ids=(plan_id,))


@st.cache_resource(show_spinner=False, max_entries=40)
def by_unit(
    data_version: int, digest: str, as_of: int, plan_id: str, *, _store: Store, _province: Province
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return SCOREBOARD by unit of a plan at a month (`Month.index`), and the RANKS in it; nobody alters them."""
    figures = _store.figures(_province.id)
    board = calculate(_province, figures, Month(as_of), plan_ids=(plan_id,), by_unit=True)
    return board, ranks(board, _province)


@st.cache_resource(show_spinner=False, max_entries=8)
def unit_history(
    data_version: int, digest: str, as_of: int, plan_id: str, *, _store: Store, _province: Province
) -> pl.DataFrame:
    """Return SCOREBOARD by unit of every month of a plan until one (`Month.index`), the last twelve at most."""
    figures = _store.figures(_province.id)
    told = status_history(_province, figures, Month(as_of), plan_ids=(plan_id,), by_unit=True)
    recent = told.filter(pl.col("month") > as_of - MONTHS_SHOWN)
    return recent.sort("row", "month").select(frames.SCOREBOARD.names())
