"""What is made once and shared by all sessions; a frame is never an argument, a version is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import polars as pl
import streamlit as st

from scorecard import frames
from scorecard.calculation.completeness import Completeness
from scorecard.calculation.scoreboard import scoreboard as calculate
from scorecard.calculation.scoreboard import status_history
from scorecard.definitions import Problem, ProblemSeverity, Reading, read_province
from scorecard.domain.access import Person, Role, Scope
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import PALETTES, Ground
from scorecard.presentation.charts.submissions import submissions as draw_submissions
from scorecard.presentation.formats import Formats
from scorecard.presentation.meeting_content import FrozenBoard, freeze_board, read_board
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import Store, open_store
from scorecard.workflow import corrections
from scorecard.workflow.completeness import read_completeness
from scorecard.workflow.corrections import LedgerUnit
from scorecard.workflow.desk import Desk, read_desk
from scorecard.workflow.settings import Settings, read_settings, require_startable


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


@st.cache_resource(show_spinner=False, max_entries=100)
def edition_board(province_id: str, number: int, language: Language, *, _store: Store) -> FrozenBoard:
    """Return what an edition shows in a language; it never changes. KeyError when there is no such edition."""
    edition = _store.meetings.edition(province_id, number)
    if edition is None:
        raise KeyError(number)
    return read_board(edition.content, language)


@st.cache_resource(show_spinner=False, max_entries=20)
def live_board(
    data_version: int, digest: str, as_of: int, plan_id: str, language: Language, *, _store: Store, _province: Province
) -> FrozenBoard:
    """Return what an edition frozen now would show of a plan at a month (`Month.index`), in a language."""
    month, figures = Month(as_of), _store.figures(_province.id)
    board = calculate(_province, figures, month, plan_ids=(plan_id,))
    history = status_history(_province, figures, month, plan_ids=(plan_id,)).select(frames.SCOREBOARD.names())
    plan = next(plan for plan in _province.plans if plan.id == plan_id)
    return freeze_board(board, history, _province, plan, month, language)
