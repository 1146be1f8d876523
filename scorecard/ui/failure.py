"""What people see when something is wrong: a readable page with a code; the trace goes to the log."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from scorecard.presentation.problems import problem_line
from scorecard.store import StoreError
from scorecard.ui import session
from scorecard.ui.cache import BrokenDefinitionsError
from scorecard.workflow.settings import SettingsError

_log = logging.getLogger(__name__)


def show(error: Exception) -> bool:
    """Explain an error on the page; True tells Streamlit that nothing is left to show."""
    texts = session.texts()
    if isinstance(error, BrokenDefinitionsError):
        st.title(texts("app.definitions_broken"))
        st.write(texts("app.definitions_broken_advice", count=len(error.problems)))
        lines = (problem_line(problem, error.targets, texts) for problem in error.problems)
        st.code("\n".join(lines), language=None, wrap_lines=True)
        return True
    if isinstance(error, SettingsError):
        st.title(texts("app.not_startable"))
        st.write(texts(error.reason, **error.parameters))
        return True
    code = secrets.token_hex(4)
    _log.error("error %s", code, exc_info=error)
    what = "app.store_unreadable" if isinstance(error, StoreError) else "app.failed"
    st.title(texts(what))
    st.write(texts(f"{what}_advice", code=code))
    return True
