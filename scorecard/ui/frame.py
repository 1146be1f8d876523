"""What surrounds every page: the demo banner, who one is, the menu."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, Texts
from scorecard.ui import address, cache, demo, session
from scorecard.ui.navigation import PAGES, in_menu
from scorecard.workflow.settings import Settings

_ICON = Path(__file__).parent / "assets" / "icon.svg"


def draw() -> StreamlitPage:
    """Draw the frame and return the page to run; end the script while nobody is chosen."""
    st.set_page_config(layout="wide", page_icon=_ICON)
    address.follow()
    settings = cache.settings()
    _draw_strip(settings, session.texts())
    texts = session.texts()
    person = session.person(settings)
    pages = [
        st.Page(
            spec.path,
            title=texts(spec.title_key),
            icon=spec.icon,
            url_path=spec.url,
            visibility="visible" if in_menu(spec, person) else "hidden",
        )
        for spec in PAGES
    ]
    page = st.navigation(pages, position="top" if person else "hidden")
    if person is None:
        st.title(texts("app.choose_person_first"))
        st.write(texts("app.choose_person_advice"))
        st.stop()
    return page


def _draw_strip(settings: Settings, texts: Texts) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="strip"):
        today = Formats(texts).day(session.today(settings))
        st.markdown(texts("app.demo_banner", today=today), width="stretch")
        persons = demo.persons(texts)
        address.choose(
            session.PERSON,
            tuple(persons),
            label=texts("app.choose_person"),
            show=lambda key: persons[key].name,
            placeholder=texts("app.choose_person_first"),
            width=400,
        )
        address.choose(
            session.LANGUAGE,
            tuple(Language),
            label=texts("app.choose_language"),
            show=lambda language: texts(f"app.{language}"),
            default=Language.VIETNAMESE,
            width=150,
        )
