"""What is made once and shared by all sessions; a frame is never an argument, a version is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path

import polars as pl
import streamlit as st

from scorecard.calculation.completeness import Completeness
from scorecard.calculation.evidence import evidence
from scorecard.calculation.justification_duty import (
    AskedTarget,
    JustificationList,
    Statuses,
    latest_month,
    owed_by,
)
from scorecard.calculation.justification_duty import justification_list as list_justifications
from scorecard.calculation.scoreboard import scoreboard as calculate
from scorecard.definitions import Problem, ProblemSeverity, Reading, read_province
from scorecard.domain.access import Person, Role, Scope
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.reporting_year import reporting_year as draw_reporting_year
from scorecard.presentation.charts.style import PALETTES, Ground
from scorecard.presentation.charts.submissions import submissions as draw_submissions
from scorecard.presentation.charts.trajectory import trajectory as draw_trajectory
from scorecard.presentation.charts.unit_strip import unit_strip as draw_unit_strip
from scorecard.presentation.explanation_case import Case, read_cases
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, load_texts
from scorecard.presentation.trajectory_points import read_trajectory
from scorecard.presentation.unit_gaps import UnitGaps
from scorecard.store import Store, open_store
from scorecard.ui.target_line import TargetLine
from scorecard.workflow import corrections
from scorecard.workflow.completeness import read_completeness
from scorecard.workflow.corrections import LedgerUnit
from scorecard.workflow.desk import Desk, read_desk
from scorecard.workflow.justifications import read_statuses
from scorecard.workflow.origins import Origins, read_origins
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
    data_version: int, digest: str, as_of: int, plan_id: str, *, _store: Store, _province: Province
) -> pl.DataFrame:
    """Return `frames.SCOREBOARD` of one plan at a month (`Month.index`), once per version of data and definitions."""
    return calculate(_province, _store.figures(_province.id), Month(as_of), plan_ids=(plan_id,))


@st.cache_resource(show_spinner=False, max_entries=100)
def target_cases(
    data_version: int, digest: str, line: TargetLine, *, _store: Store, _province: Province
) -> tuple[Case, ...]:
    """Return what is behind the lines of a target; empty for a unit without figures of it.

    Made once per version of data and definitions; nobody alters it.
    """
    key, month = (line.plan_id, line.target_id), Month(line.month)
    target = next(each for each in _province.targets if (each.plan_id, each.id) == key)
    unit = _province.units.by_id[line.unit_id] if line.unit_id else None
    figures = _figures_known(_store, _province, line.known_on)
    shown = _figures_known(_store, _province, min(line.known_on or date.max, month.last_day))
    found = evidence(_province, target, figures, month, unit, shown if shown.height else None)
    return read_cases(_province, target, found)


def _figures_known(store: Store, province: Province, day: date | None) -> pl.DataFrame:
    return store.figures(province.id, datetime.combine(day, time.max, VIETNAM) if day else None)


@st.cache_resource(show_spinner=False, max_entries=100)
def trajectory(
    data_version: int,
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
    case = target_cases(data_version, digest, line, _store=_store, _province=_province)[place]
    points = read_trajectory(case, corrected_months(data_version, _store=_store, _province=_province))
    amounts = Amounts(Formats(load_texts(language)), _province)
    return None if points is None else draw_trajectory(case, points, PALETTES[ground], amounts)


@st.cache_data(show_spinner=False, max_entries=4)
def corrected_months(data_version: int, *, _store: Store, _province: Province) -> frozenset[tuple[str, int]]:
    """Return the elements and months (`Month.index`) of the figures that were changed after they were approved."""
    times = Counter(revision[:3] for revision in _store.approved_revisions(_province.id))
    return frozenset((element, period.last.index) for (_, element, period), count in times.items() if count > 1)


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


@st.cache_resource(show_spinner=False, max_entries=40)
def unit_strip(
    data_version: int,
    digest: str,
    line: TargetLine,
    language: Language,
    ground: Ground,
    *,
    _store: Store,
    _province: Province,
) -> Drawing | None:
    """Return the chart of all units of a total, in a language, on a ground; as `target_cases`."""
    case = target_cases(data_version, digest, line, _store=_store, _province=_province)[0]
    return draw_unit_strip(UnitGaps(case, Amounts(Formats(load_texts(language)), _province)), PALETTES[ground])


@st.cache_resource(show_spinner=False, max_entries=60)
def origins(
    data_version: int, digest: str, line: TargetLine, *, by_unit: bool, _store: Store, _province: Province
) -> Origins:
    """Return what is behind all lines of a target, or all its lines by unit; as `target_cases`."""
    key = (line.plan_id, line.target_id)
    target = next(each for each in _province.targets if (each.plan_id, each.id) == key)
    return read_origins(_store, _province, target, Month(line.month), by_unit=by_unit, known_on=line.known_on)


@st.cache_resource(show_spinner=False, max_entries=20)
def target_statuses(data_version: int, digest: str, until: int, *, _store: Store, _province: Province) -> Statuses:
    """Return the statuses of all targets up to a month (`Month.index`), once per version; nobody alters them."""
    return read_statuses(_store, _province, Month(until))


@st.cache_resource(show_spinner=False, max_entries=40)
def justification_list(
    data_version: int, digest: str, scope: Scope, month: int, today: date, *, _store: Store, _province: Province
) -> JustificationList:
    """Return who was asked for a month (`Month.index`) and what was said, for the lead units in a scope; as `desk`."""
    until = latest_month(today).index
    statuses = target_statuses(data_version, digest, until, _store=_store, _province=_province)
    said = _store.justifications.of_province(_province.id)
    return list_justifications(_province, statuses, said, Month(month), today, scope)


@st.cache_resource(show_spinner=False, max_entries=200)
def owed_justifications(
    data_version: int, digest: str, unit_code: str, today: date, *, _store: Store, _province: Province
) -> tuple[AskedTarget, ...]:
    """Return which justifications a unit owes today, see justification_duty.owed_by."""
    until = latest_month(today).index
    statuses = target_statuses(data_version, digest, until, _store=_store, _province=_province)
    return owed_by(_province, statuses, _store.justifications.of_province(_province.id), unit_code, today)
