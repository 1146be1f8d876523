"""What is made once and shared by all sessions; a frame is never an argument, a version is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path

import polars as pl
import streamlit as st

from scorecard.calculation.completeness import Completeness
from scorecard.calculation.evidence import evidence
from scorecard.calculation.plan_figures import due_days, last_month_reported, plan_elements
from scorecard.calculation.scoreboard import scoreboard as calculate
from scorecard.definitions import Problem, ProblemSeverity, Reading, read_province
from scorecard.domain.access import Person, Role, Scope
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import PALETTES, Ground
from scorecard.presentation.charts.submissions import submissions as draw_submissions
from scorecard.presentation.explanation_case import Case, read_cases
from scorecard.presentation.formats import Formats
from scorecard.presentation.overview import Circumstances, Overview, build_overview
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import Store, open_store
from scorecard.workflow import corrections
from scorecard.workflow.completeness import read_completeness
from scorecard.workflow.corrections import LedgerUnit
from scorecard.workflow.desk import Desk, read_desk
from scorecard.workflow.settings import VIETNAM, Settings, read_settings, require_startable


class BrokenDefinitionsError(Exception):
    """The definitions of the province cannot be used; `problems` are its errors, in files below `targets`."""

    def __init__(self, problems: Iterable[Problem], targets: Path) -> None:
        self.problems = tuple(each for each in problems if each.severity is ProblemSeverity.ERROR)
        self.targets = targets
        super().__init__(f"{len(self.problems)} problems")


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Read the settings of the process; raise SettingsError when it may not run like this."""
    found = read_settings()
    require_startable(found, st.get_option("server.address"))
    return found


@st.cache_resource(show_spinner=False)
def store(url: str) -> Store:
    """Open the store of the process."""
    return open_store(url)


@st.cache_resource(show_spinner=False)
def _reading(folder: Path) -> Reading:
    return read_province(folder)


def province(settings: Settings) -> Province:
    """Return the definitions shown; raise BrokenDefinitionsError when they hold an error."""
    reading = _reading(settings.targets / settings.province_id)
    if reading.province is None:
        raise BrokenDefinitionsError(reading.problems, settings.targets)
    return reading.province


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


@st.cache_data(show_spinner=False, max_entries=200)
def scoreboard(
    data_version: int,
    digest: str,
    as_of: int,
    plan_id: str,
    known_on: date | None = None,
    *,
    _store: Store,
    _province: Province,
) -> pl.DataFrame:
    """Return `frames.SCOREBOARD` of one plan at a month (`Month.index`), once per version of data and definitions.

    With `known_on`, as the figures were at the end of that day.
    """
    return calculate(_province, _store.figures(_province.id, end_of(known_on)), Month(as_of), plan_ids=(plan_id,))


@st.cache_data(show_spinner=False, max_entries=200)
def last_month(
    data_version: int,
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
    found = last_month_reported(_province, plan, _store.figures(_province.id, end_of(known_on)), Month(until))
    return None if found is None else found.index


@st.cache_resource(show_spinner=False, max_entries=100)
def overview(
    data_version: int,
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

    Made once per version of data and definitions, and day; `known_on` as in `scoreboard`.
    """
    plan = _province.plan(plan_id)
    board = scoreboard(data_version, digest, month, plan_id, known_on, _store=_store, _province=_province)
    cut_off = _store.last_approval(_province.id, plan_elements(_province, plan), Month(month), end_of(known_on))
    seen = Circumstances(
        month=Month(month),
        today=today,
        awaited=None if awaited is None else Month(awaited),
        cut_off=None if cut_off is None else cut_off.astimezone(VIETNAM),
        known_on=known_on,
        due_days=due_days(_province, plan, Month(month)),
    )
    return build_overview(board, _province, plan, seen, Formats(load_texts(language)))


def end_of(day: date | None) -> datetime | None:
    """Return the last moment of a day in Việt Nam; None for no day."""
    return None if day is None else datetime.combine(day, time.max, VIETNAM)


@st.cache_resource(show_spinner=False, max_entries=100)
def target_cases(
    data_version: int,
    digest: str,
    plan_id: str,
    target_id: str,
    as_of: int,
    unit_id: str | None,
    *,
    _store: Store,
    _province: Province,
) -> tuple[Case, ...]:
    """Return what is behind each line of a target at a month (`Month.index`), or behind its line of one unit.

    Made once per version of data and definitions; nobody alters it.
    """
    target = next(each for each in _province.targets if (each.plan_id, each.id) == (plan_id, target_id))
    unit = _province.units.by_id[unit_id] if unit_id else None
    return read_cases(_province, target, evidence(_province, target, _store.figures(_province.id), Month(as_of), unit))


@st.cache_data(show_spinner=False, max_entries=4)
def account_names(data_version: int, *, _store: Store) -> dict[str, str]:
    """Return the names of all accounts by login, once per version of the data: a change of an account is an event."""
    return {account.login: account.name for account in _store.accounts.all()}


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
