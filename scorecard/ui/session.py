"""What a browser session remembers: who one is and the language; the only keys kept outside the pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from scorecard.domain.access import Person
from scorecard.presentation.texts import Language, Texts, load_texts
from scorecard.ui import demo
from scorecard.workflow.settings import Mode, Settings

PERSON = "vai"
LANGUAGE = "lang"


def texts() -> Texts:
    """Return the texts of the language chosen, Vietnamese until one is."""
    chosen = st.session_state.get(LANGUAGE) or st.query_params.get(LANGUAGE)
    return load_texts(Language(chosen) if chosen in set(Language) else Language.VIETNAMESE)


def person(settings: Settings) -> Person | None:
    """Return who is acting, None while nobody is chosen: then nothing may be shown."""
    if settings.mode is not Mode.DEMO:
        return None
    return demo.persons(texts()).get(st.session_state.get(PERSON) or "")


def today(settings: Settings) -> date:
    """Return the day it is in Việt Nam, or the day the demo pretends it is."""
    return settings.today(datetime.now(UTC))
