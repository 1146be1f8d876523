"""Who submitted what, what waits for a decision, what was corrected; made once per version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from scorecard.calculation.completeness import Completeness
from scorecard.domain.access import Person, Role, Scope
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.reporting_year import reporting_year as draw_reporting_year
from scorecard.presentation.charts.style import PALETTES, Ground
from scorecard.presentation.charts.submissions import submissions as draw_submissions
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import Store
from scorecard.workflow import corrections
from scorecard.workflow.completeness import read_completeness
from scorecard.workflow.corrections import LedgerUnit
from scorecard.workflow.desk import Desk, read_desk


@st.cache_data(show_spinner=False, max_entries=200)
def ledger_units(
    data_version: int,
    digest: str,
    role: Role,
    unit_codes: Sequence[str],
    *,
    _store: Store,
    _province: Province,
    _person: Person,
) -> tuple[LedgerUnit, ...]:
    """Return the units whose ledgers a person of that role and those units may open; see workflow.corrections."""
    return corrections.ledger_units(_store, _province, _person)


@st.cache_resource(show_spinner=False, max_entries=20)
def desk(data_version: int, digest: str, scope: Scope, today: date, *, _store: Store, _province: Province) -> Desk:
    """Return what waits for a decision in a scope, once per version of data and definitions and day; nobody alters it.

    Reading a desk asks for no person: whoever calls this took the scope from `workflow.desk.desk_scope`.
    """
    return read_desk(_store, _province, scope, today)


@st.cache_resource(show_spinner=False, max_entries=40)
def completeness(
    data_version: int, digest: str, scope: Scope, month: int, today: date, *, _store: Store, _province: Province
) -> Completeness:
    """Return who submitted what in a scope in the year up to a month (`Month.index`); as `desk`."""
    return read_completeness(_store, _province, scope, Month(month), today)


@st.cache_resource(show_spinner=False, max_entries=40)
def submissions(
    data_version: int,
    digest: str,
    scope: Scope,
    month: int,
    today: date,
    language: Language,
    ground: Ground,
    *,
    _store: Store,
    _province: Province,
) -> Drawing | None:
    """Return the chart of who submitted by which day, in a language, on a ground; otherwise as `completeness`."""
    found = completeness(data_version, digest, scope, month, today, _store=_store, _province=_province)
    own = found.rows.filter(found.rows["last_month"] == month)
    return draw_submissions(own, today, PALETTES[ground], Formats(load_texts(language)))


@st.cache_resource(show_spinner=False, max_entries=40)
def reporting_year(
    data_version: int,
    digest: str,
    scope: Scope,
    month: int,
    today: date,
    language: Language,
    ground: Ground,
    *,
    _store: Store,
    _province: Province,
) -> Drawing | None:
    """Return the chart of who was late in the year up to a month; otherwise as `submissions`."""
    found = completeness(data_version, digest, scope, month, today, _store=_store, _province=_province)
    return draw_reporting_year(found.rows, _province, PALETTES[ground], Formats(load_texts(language)))
