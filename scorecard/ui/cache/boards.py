"""Scoreboards, made once per version of figures and definitions; a frame is never an argument, a version is."""

from __future__ import annotations

from datetime import date

import polars as pl
import streamlit as st

from scorecard import frames
from scorecard.calculation.plan_figures import due_days, last_month_reported, plan_elements
from scorecard.calculation.ranking import ranks
from scorecard.calculation.scoreboard import scoreboard as calculate
from scorecard.calculation.scoreboard import status_history
from scorecard.calculation.unit_maps import as_reported
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit_map import UnitMap
from scorecard.presentation.charts.own_rate import MONTHS_SHOWN
from scorecard.presentation.formats import Formats
from scorecard.presentation.overview import Circumstances, Overview, build_overview
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import Store
from scorecard.workflow.origins import known_at
from scorecard.workflow.settings import VIETNAM


@st.cache_data(show_spinner=False, max_entries=200)
def scoreboard(
    figures_version: int,
    digest: str,
    as_of: int,
    plan_id: str,
    known_on: date | None = None,
    *,
    _store: Store,
    _province: Province,
) -> pl.DataFrame:
    """Return `frames.SCOREBOARD` of one plan at a month (`Month.index`), once per version of figures and definitions.

    With `known_on`, as the figures were at the end of that day.
    """
    return calculate(_province, _store.figures(_province.id, known_at(known_on)), Month(as_of), plan_ids=(plan_id,))


@st.cache_data(show_spinner=False, max_entries=200)
def last_month(
    figures_version: int,
    digest: str,
    plan_id: str,
    until: int,
    known_on: date | None,
    *,
    _store: Store,
    _province: Province,
) -> int | None:
    """Return the last month (`Month.index`) for which figures of a plan are approved; as `scoreboard`.

    None where none ever was, or where none is due for the month `until`.
    """
    plan = _province.plan(plan_id)
    if not due_days(_province, plan, Month(until)):
        return None
    found = last_month_reported(_province, plan, _store.figures(_province.id, known_at(known_on)), Month(until))
    return None if found is None else found.index


@st.cache_resource(show_spinner=False, max_entries=100)
def overview(
    figures_version: int,
    digest: str,
    plan_id: str,
    month: int,
    awaited: int | None,
    today: date,
    known_on: date | None,
    language: Language,
    *,
    _store: Store,
    _province: Province,
) -> Overview:
    """Return the finished overview of a plan at a month (`Month.index`) in a language; nobody alters it.

    Made once per version of figures and definitions, and day; `known_on` as in `scoreboard`.
    """
    plan = _province.plan(plan_id)
    board = scoreboard(figures_version, digest, month, plan_id, known_on, _store=_store, _province=_province)
    cut_off = _store.last_approval(_province.id, plan_elements(_province, plan), Month(month), known_at(known_on))
    seen = Circumstances(
        month=Month(month),
        today=today,
        awaited=None if awaited is None else Month(awaited),
        cut_off=None if cut_off is None else cut_off.astimezone(VIETNAM),
        known_on=known_on,
        due_days=due_days(_province, plan, Month(month)),
    )
    return build_overview(board, _province, plan, seen, Formats(load_texts(language)))


@st.cache_resource(show_spinner=False, max_entries=40)
def by_unit(
    figures_version: int, digest: str, as_of: int, plan_id: str, *, _store: Store, _province: Province
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return SCOREBOARD by unit of a plan at a month (`Month.index`), and the RANKS in it; nobody alters them."""
    figures = _store.figures(_province.id)
    board = calculate(_province, figures, Month(as_of), plan_ids=(plan_id,), by_unit=True)
    return board, ranks(board, _province)


@st.cache_resource(show_spinner=False, max_entries=8)
def unit_history(
    figures_version: int,
    digest: str,
    as_of: int,
    plan_id: str,
    unit_map: UnitMap,
    *,
    _store: Store,
    _province: Province,
) -> pl.DataFrame:
    """Return SCOREBOARD by unit of every month of a plan until one (`Month.index`), the last twelve at most.

    On today's map a unit has the past of those that went over into it entirely, as reported its own alone.
    """
    figures, month, inherited = _store.figures(_province.id), Month(as_of), unit_map is UnitMap.TODAY
    where = _province if inherited else as_reported(_province, month, month, month)
    told = status_history(where, figures, month, plan_ids=(plan_id,), by_unit=True, inherited=inherited)
    recent = told.filter(pl.col("month") > as_of - MONTHS_SHOWN)
    return recent.sort("row", "month").select(frames.SCOREBOARD.names())
