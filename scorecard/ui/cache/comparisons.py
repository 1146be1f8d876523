"""Units of one target side by side, made once per version of figures and definitions."""

from __future__ import annotations

import polars as pl
import streamlit as st

from scorecard.calculation.comparison import comparison as compare
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit_map import DrawnMap
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import PALETTES, Ground
from scorecard.presentation.comparison import Comparison, build_comparison, rows_of
from scorecard.presentation.comparison_picture import View, picture
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import Store


@st.cache_data(show_spinner=False, max_entries=60)
def comparison(
    figures_version: int,
    digest: str,
    as_of: int,
    plan_id: str,
    shown_on: DrawnMap,
    *,
    _store: Store,
    _province: Province,
) -> pl.DataFrame:
    """Return `comparison.COMPARISON` of one plan at a month, on a map of units; as `scoreboard`."""
    return compare(_province, _store.figures(_province.id), Month(as_of), plan_id, shown_on.kind, shown_on.month)


@st.cache_resource(show_spinner=False, max_entries=200)
def compared_units(
    figures_version: int,
    digest: str,
    as_of: int,
    plan_id: str,
    shown_on: DrawnMap,
    target_id: str,
    peer_group: str,
    language: Language,
    *,
    _store: Store,
    _province: Province,
) -> Comparison:
    """Return the units of one target and peer group side by side, in a language; there is at least one."""
    found = comparison(figures_version, digest, as_of, plan_id, shown_on, _store=_store, _province=_province)
    rows = rows_of(found, _province, target_id, peer_group)
    target = _province.target(plan_id, target_id)
    return build_comparison(rows, _province, target, Month(as_of), shown_on, Formats(load_texts(language)))


@st.cache_resource(show_spinner=False, max_entries=200)
def comparison_picture(
    figures_version: int,
    digest: str,
    as_of: int,
    plan_id: str,
    shown_on: DrawnMap,
    target_id: str,
    peer_group: str,
    language: Language,
    view: View,
    ground: Ground,
    *,
    _store: Store,
    _province: Province,
) -> Drawing | str | None:
    """Return the picture of `compared_units` in one way to look at them, on a ground; see comparison_picture."""
    of_group = figures_version, digest, as_of, plan_id, shown_on, target_id, peer_group, language
    shown = compared_units(*of_group, _store=_store, _province=_province)
    return picture(view, shown, _province, Month(as_of), PALETTES[ground], Formats(load_texts(language)))
