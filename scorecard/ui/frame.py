"""What surrounds every page: the demo banner, who one is, the menu."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, Texts
from scorecard.ui import cache, demo, session
from scorecard.ui.navigation import PAGES, in_menu
from scorecard.workflow.settings import Settings


def draw() -> StreamlitPage:
    """Draw the frame and return the page to run; end the script while nobody is chosen."""
    st.set_page_config(layout="wide")
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
        st.selectbox(
            texts("app.choose_person"),
            list(persons),
            index=None,
            format_func=lambda key: persons[key].name,
            placeholder=texts("app.choose_person_first"),
            label_visibility="collapsed",
            key=session.PERSON,
            bind="query-params",
            width=380,
        )
        st.selectbox(
            texts("app.choose_language"),
            [language.value for language in Language],
            format_func=lambda language: texts(f"app.{language}"),
            label_visibility="collapsed",
            key=session.LANGUAGE,
            bind="query-params",
            width=150,
        )
