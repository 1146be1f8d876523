"""Which justifications are asked for, made once per version of data and definitions."""

from __future__ import annotations

from datetime import date

import streamlit as st

from scorecard.calculation.justification_duty import (
    AskedTarget,
    JustificationList,
    Statuses,
    latest_month,
    owed_by,
)
from scorecard.calculation.justification_duty import justification_list as list_justifications
from scorecard.domain.access import Scope
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.store import Store
from scorecard.workflow.justifications import read_statuses


@st.cache_resource(show_spinner=False, max_entries=20)
def target_statuses(figures_version: int, digest: str, until: int, *, _store: Store, _province: Province) -> Statuses:
    """Return the statuses of all targets up to a month (`Month.index`), once per version; nobody alters them."""
    return read_statuses(_store, _province, Month(until))


@st.cache_resource(show_spinner=False, max_entries=40)
def justification_list(
    data_version: int, digest: str, scope: Scope, month: int, today: date, *, _store: Store, _province: Province
) -> JustificationList:
    """Return who was asked for a month (`Month.index`) and what was said, for the lead units in a scope; as `desk`."""
    until = latest_month(today).index
    statuses = target_statuses(_store.figures_version(), digest, until, _store=_store, _province=_province)
    said = _store.justifications.of_province(_province.id)
    return list_justifications(_province, statuses, said, Month(month), today, scope)


@st.cache_resource(show_spinner=False, max_entries=200)
def owed_justifications(
    data_version: int, digest: str, unit_code: str, today: date, *, _store: Store, _province: Province
) -> tuple[AskedTarget, ...]:
    """Return which justifications a unit owes today, see justification_duty.owed_by."""
    until = latest_month(today).index
    statuses = target_statuses(_store.figures_version(), digest, until, _store=_store, _province=_province)
    return owed_by(_province, statuses, _store.justifications.of_province(_province.id), unit_code, today)
