"""What the whole process has once: its settings, its store, the definitions, who has an account."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from scorecard.definitions import Problem, ProblemSeverity, Reading, read_province
from scorecard.domain.province import Province
from scorecard.store import Store, open_store
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


@st.cache_data(show_spinner=False, max_entries=4)
def account_names(data_version: int, *, _store: Store) -> dict[str, str]:
    """Return the names of all accounts by login, once per version of the data: a change of an account is an event."""
    return {account.login: account.name for account in _store.accounts.all()}
