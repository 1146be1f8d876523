"""What a browser session remembers: who one is and the language; the only keys kept outside the pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from scorecard.domain.access import Person
from scorecard.presentation.texts import Language, Texts, load_texts
from scorecard.ui import cache, demo
from scorecard.ui.connection import session_cookie
from scorecard.workflow.settings import Mode, Settings

PERSON = "vai"
LANGUAGE = "lang"
_OWNER = "session-owner"


def texts() -> Texts:
    """Return the texts of the language chosen, Vietnamese until one is."""
    chosen = st.session_state.get(LANGUAGE) or st.query_params.get(LANGUAGE)
    return load_texts(Language(chosen) if chosen in set(Language) else Language.VIETNAMESE)


def person(settings: Settings) -> Person | None:
    """Return who is acting, None while nobody is chosen or signed in: then nothing may be shown.

    Asks the store on each run, because a socket outlives the session that it was opened with. What another person
    left behind in this browser is forgotten first.
    """
    if settings.mode is Mode.DEMO:
        return demo.persons(texts()).get(st.session_state.get(PERSON) or "")
    token = st.context.cookies.get(session_cookie(settings), "")
    account = cache.store(settings.database_url).sign_ins.who(token, datetime.now(UTC)) if token else None
    if account is None or account.must_change_password:
        st.session_state.clear()
        return None
    if st.session_state.get(_OWNER) != account.login:
        st.session_state.clear()
        st.session_state[_OWNER] = account.login
    return account.person


def today(settings: Settings) -> date:
    """Return the day it is in Việt Nam, or the day the demo pretends it is."""
    return settings.today(datetime.now(UTC))
