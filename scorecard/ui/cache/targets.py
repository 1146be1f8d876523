"""What is behind the lines of one target, made once per version of figures and definitions."""

from __future__ import annotations

from collections import Counter
from datetime import date

import streamlit as st

from scorecard.calculation.board import Board
from scorecard.calculation.evidence import evidence
from scorecard.calculation.gaps import gaps
from scorecard.calculation.unit_maps import heirs_on
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit_map import DrawnMap
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import PALETTES, Ground
from scorecard.presentation.charts.trajectory import trajectory as draw_trajectory
from scorecard.presentation.charts.unit_strip import unit_strip as draw_unit_strip
from scorecard.presentation.explanation_case import Case, read_cases
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, load_texts
from scorecard.presentation.trajectory_points import read_trajectory
from scorecard.presentation.unit_gaps import GapsOnMap, UnitGaps
from scorecard.store import Store
from scorecard.ui.target_line import TargetLine
from scorecard.workflow.origins import Origins, known_at, read_origins


@st.cache_resource(show_spinner=False, max_entries=100)
def target_cases(
    figures_version: int, digest: str, line: TargetLine, *, _store: Store, _province: Province
) -> tuple[Case, ...]:
    """Return what is behind the lines of a target; empty for a unit without figures of it.

    Made once per version of figures and definitions; nobody alters it.
    """
    month = Month(line.month)
    target = _province.target(line.plan_id, line.target_id)
    unit = _province.units.by_id[line.unit_id] if line.unit_id else None
    figures = _store.figures(_province.id, known_at(line.known_on))
    shown = _store.figures(_province.id, known_at(min(line.known_on or date.max, month.last_day)))
    found = evidence(_province, target, figures, month, unit, shown if shown.height else None)
    return read_cases(_province, target, found)


@st.cache_resource(show_spinner=False, max_entries=100)
def trajectory(
    figures_version: int,
    digest: str,
    line: TargetLine,
    place: int,
    language: Language,
    ground: Ground,
    *,
    _store: Store,
    _province: Province,
) -> Drawing | None:
    """Return the chart of one of `target_cases`, in a language, on a ground; None without any value."""
    case = target_cases(figures_version, digest, line, _store=_store, _province=_province)[place]
    points = read_trajectory(case, corrected_months(figures_version, _store=_store, _province=_province))
    amounts = Amounts(Formats(load_texts(language)), _province)
    return None if points is None else draw_trajectory(case, points, PALETTES[ground], amounts)


@st.cache_data(show_spinner=False, max_entries=4)
def corrected_months(figures_version: int, *, _store: Store, _province: Province) -> frozenset[tuple[str, int]]:
    """Return the elements and months (`Month.index`) of the figures that were changed after they were approved."""
    times = Counter(revision[:3] for revision in _store.approved_revisions(_province.id))
    return frozenset((element, period.last.index) for (_, element, period), count in times.items() if count > 1)


@st.cache_resource(show_spinner=False, max_entries=60)
def gaps_on_map(
    figures_version: int,
    digest: str,
    line: TargetLine,
    shown_on: DrawnMap,
    *,
    _store: Store,
    _province: Province,
) -> GapsOnMap:
    """Return who carries the gap of a total on a map of units; as `target_cases`."""
    target = _province.target(line.plan_id, line.target_id)
    figures = _store.figures(_province.id, known_at(line.known_on))
    board = Board(_province, (target,), Month(line.month))
    parts = gaps(board, figures, heirs_on(shown_on.kind, _province, shown_on.month))
    return GapsOnMap(parts, shown_on)


@st.cache_resource(show_spinner=False, max_entries=40)
def unit_strip(
    figures_version: int,
    digest: str,
    line: TargetLine,
    shown_on: DrawnMap,
    language: Language,
    ground: Ground,
    *,
    _store: Store,
    _province: Province,
) -> Drawing | None:
    """Return the chart of all units of a total on a map, in a language, on a ground; as `target_cases`."""
    case = target_cases(figures_version, digest, line, _store=_store, _province=_province)[0]
    on_map = gaps_on_map(figures_version, digest, line, shown_on, _store=_store, _province=_province)
    return draw_unit_strip(UnitGaps(case, Amounts(Formats(load_texts(language)), _province), on_map), PALETTES[ground])


@st.cache_resource(show_spinner=False, max_entries=60)
def origins(
    figures_version: int, digest: str, line: TargetLine, *, by_unit: bool, _store: Store, _province: Province
) -> Origins:
    """Return what is behind all lines of a target, or all its lines by unit; as `target_cases`."""
    target = _province.target(line.plan_id, line.target_id)
    return read_origins(_store, _province, target, Month(line.month), by_unit=by_unit, known_on=line.known_on)
