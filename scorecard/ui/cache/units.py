"""What the pages of units show, made once per version of data and definitions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl
import streamlit as st

from scorecard.domain.access import Scope
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit_map import UnitMap
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import PALETTES, Ground
from scorecard.presentation.charts.unit import unit_charts as draw_unit
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, load_texts
from scorecard.presentation.unit import UnitFrames
from scorecard.store import Store
from scorecard.ui.cache.boards import by_unit, scoreboard, unit_history
from scorecard.workflow.owed import OwedReturn, open_returns


@st.cache_resource(show_spinner=False, max_entries=40)
def unit_frames(
    figures_version: int, digest: str, as_of: int, plan_id: str, *, _store: Store, _province: Province
) -> UnitFrames:
    """Return what the pages of all units say of a plan at a month (`Month.index`); nobody alters it."""

    def ranked(month: int) -> tuple[pl.DataFrame, pl.DataFrame]:
        return by_unit(figures_version, digest, month, plan_id, _store=_store, _province=_province)

    totals = scoreboard(figures_version, digest, as_of, plan_id, _store=_store, _province=_province)
    plan = _province.plan(plan_id)
    board, places = ranked(as_of)
    before = ranked(as_of - 1)[1] if as_of > Month.containing(plan.starts).index else None
    return UnitFrames(totals=totals, by_unit=board, ranks=places, ranks_before=before)


@st.cache_resource(show_spinner=False, max_entries=200)
def unit_charts(
    figures_version: int,
    digest: str,
    as_of: int,
    plan_id: str,
    unit_id: str,
    unit_map: UnitMap,
    language: Language,
    ground: Ground,
    *,
    _store: Store,
    _province: Province,
) -> Mapping[str, tuple[Drawing, Drawing | None]]:
    """Return by target that ranks a unit among others: where it stands, and its rate over the months, on a map."""
    asked = figures_version, digest, as_of, plan_id
    board, places = by_unit(*asked, _store=_store, _province=_province)
    told = unit_history(*asked, unit_map, _store=_store, _province=_province)
    amounts = Amounts(Formats(load_texts(language)), _province)
    return draw_unit(board, places, told, unit_id, amounts, PALETTES[ground])


@st.cache_resource(show_spinner=False, max_entries=40)
def unit_returns(
    data_version: int, digest: str, scope: Scope, unit_code: str, today: date, *, _store: Store, _province: Province
) -> tuple[OwedReturn, ...]:
    """Return what a unit of a scope owes today, once per version of data and definitions; as `desk`."""
    return open_returns(_store, _province, scope, (unit_code,), today)
