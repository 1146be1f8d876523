"""What surrounds every page: who one is, the language, the menu; in the demo also its banner."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import quote, urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from scorecard.domain.access import Person
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, Texts
from scorecard.ui import address, cache, demo, routes, session
from scorecard.ui.navigation import PAGES, first_page, in_menu, title_key
from scorecard.workflow.settings import Mode, Settings

_THEMES = ("device", "light", "dark")
_ICON = Path(__file__).parent / "assets" / "icon.svg"


def draw() -> StreamlitPage:
    """Draw the frame and return the page to run; end the script while nobody is chosen or signed in."""
    st.set_page_config(layout="wide", page_icon=_ICON)
    settings = cache.settings()
    person = _chosen_person(settings) if settings.mode is Mode.DEMO else _signed_in_person(settings)
    texts = session.texts()
    page = st.navigation(_pages(person, texts), position="top" if person else "hidden")
    if person is None:
        _say_why_nothing_is_shown(settings, texts)
        st.stop()
    return page


def _pages(person: Person | None, texts: Texts) -> list[StreamlitPage]:
    """Return every page at its own address, whoever looks, and the first one also at the address without a page."""
    first = first_page(person)
    shown = {spec for spec in PAGES if in_menu(spec, person)} - {first}
    pages = [
        st.Page(
            spec.path,
            title=texts(title_key(spec, person)),
            icon=spec.icon,
            url_path=spec.url,
            visibility="visible" if spec in shown else "hidden",
        )
        for spec in PAGES
    ]
    start = st.Page(first.path, title=texts(title_key(first, person)), icon=first.icon, url_path="", default=True)
    return [start, *pages]


def _chosen_person(settings: Settings) -> Person | None:
    address.follow()
    texts = session.texts()
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
        _choose_theme(texts)
        _choose_language(texts)
    return session.person(settings)


def _signed_in_person(settings: Settings) -> Person | None:
    person = session.person(settings)  # before any box: it forgets what another person left behind
    address.follow()
    texts = session.texts()
    if person is not None:
        with st.container(horizontal=True, vertical_alignment="center", key="signed-in"):
            role = texts(f"accounts.role_{person.role}")
            st.markdown(texts("sign_in.signed_in_as", name=person.name, role=role), width="stretch")
            st.html(_account_links(texts), width="content")
            _choose_theme(texts)
            _choose_language(texts)
    return person


def _account_links(texts: Texts) -> str:
    """Return the link to the password and the form to sign out: a form, so that no link elsewhere can do it."""
    language = "" if texts.language is Language.VIETNAMESE else f"?{session.LANGUAGE}={texts.language}"
    change, leave = escape(texts("sign_in.change_title")), escape(texts("sign_in.leave"))
    return (
        f'<form class="account" method="post" action="{routes.SIGN_OUT}{language}">'
        f'<a href="{routes.CHANGE_PASSWORD}{language}">{change}</a><button>{leave}</button></form>'
    )


def _choose_theme(texts: Texts) -> None:
    """Offer light and dark; the browser keeps the choice and follows it by itself, see assets/theme.js."""
    options = "".join(f'<option value="{each}">{escape(texts(f"app.theme_{each}"))}</option>' for each in _THEMES)
    st.html(
        f'<select class="theme" aria-label="{escape(texts("app.choose_theme"))}">{options}</select>', width="content"
    )


def _choose_language(texts: Texts) -> None:
    address.choose(
        session.LANGUAGE,
        tuple(Language),
        label=texts("app.choose_language"),
        show=lambda language: texts(f"app.{language}"),
        default=Language.VIETNAMESE,
        width=150,
    )


def _say_why_nothing_is_shown(settings: Settings, texts: Texts) -> None:
    if settings.mode is Mode.DEMO:
        st.title(texts("app.choose_person_first"))
        st.write(texts("app.choose_person_advice"))
        return
    here = urlsplit(st.context.url or "/")
    wanted = quote(here.path + (f"?{here.query}" if here.query else ""), safe="")
    st.title(texts("sign_in.ended_title"))
    st.write(texts("sign_in.ended_advice"))
    link = f'<a class="again" href="{routes.SIGN_IN}?{routes.TARGET}={wanted}">'
    st.html(f"{link}{escape(texts('sign_in.again'))}</a>")
