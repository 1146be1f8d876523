"""The first statement of each page: who is it, may they, and what the page then works with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from scorecard.domain.access import AccessRefusedError, Person, require
from scorecard.domain.province import Province
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Texts
from scorecard.store import Store
from scorecard.ui import cache, session
from scorecard.ui.navigation import PageSpec
from scorecard.workflow.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """What a page works with; `today` is the only clock a page may use.

    `data_version` is the version of everything, `figures_version` that of the figures in force: what is shown is made
    once for each.
    """

    person: Person
    province: Province
    settings: Settings
    texts: Texts
    formats: Formats
    store: Store
    today: date
    data_version: int
    figures_version: int


def open_page(spec: PageSpec) -> PageContext:
    """Return what the page works with, or say why not and end the script.

    A unit-bound permission is asked for one of the person's own units; the write checks it again for the unit
    that is written to.
    """
    settings = cache.settings()
    texts = session.texts()
    st.set_page_config(page_title=texts(spec.title_key))
    person = session.person(settings)
    own_unit = min(person.unit_codes, default=None) if person else None
    try:
        permitted = require(person, spec.permission, own_unit)
    except AccessRefusedError as refused:
        st.title(texts("app.refused"))
        st.warning(texts(refused.reason, **refused.parameters))
        st.stop()
    store = cache.store(settings.database_url)
    return PageContext(
        person=permitted,
        province=cache.province(settings),
        settings=settings,
        texts=texts,
        formats=Formats(texts),
        store=store,
        today=session.today(settings),
        data_version=store.data_version(),
        figures_version=store.figures_version(),
    )
