"""Choices that stand in the address of the page, so that a reload or a link shows the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

_LEFT = "address-left"


def choose(
    parameter: str,
    options: Sequence[str],
    *,
    label: str,
    show: Callable[[str], str],
    width: int,
    default: str | None = None,
    placeholder: str | None = None,
) -> str | None:
    """Ask for one of the options in a box; the address holds what is chosen unless it is the default.

    A value of the address that is not among the options is ignored.
    """
    kept, wanted = st.session_state.get(parameter), st.query_params.get(parameter)
    # Said again on every run: a box of the same name on the page before does not hand its value on by itself.
    st.session_state[parameter] = next((each for each in (kept, wanted) if each in options), default)
    chosen: str | None = st.selectbox(
        label,
        list(options),
        index=None if default is None else 0,
        format_func=show,
        placeholder=placeholder,
        label_visibility="collapsed",
        key=parameter,
        persist_state="session",
        width=width,
    )
    remember(parameter, chosen if chosen != default else None)
    return chosen


def ask(parameter: str, *, label: str, width: int) -> str:
    """Ask for a text in a box; the address holds it unless it is empty."""
    if parameter not in st.session_state:
        st.session_state[parameter] = st.query_params.get(parameter, "")
    typed: str = st.text_input(
        label, placeholder=label, label_visibility="collapsed", key=parameter, persist_state="session", width=width
    )
    remember(parameter, typed or None)
    return typed


def follow() -> None:
    """Drop each choice that the browser's back or forward button changed in the address since the last run.

    An address that another page left is no such change: going to a page by the menu empties it.
    """
    page, left = st.session_state.get(_LEFT, (None, {}))
    now = st.query_params.to_dict()
    if page is not None and page == st.context.url:
        for parameter in [each for each in left.keys() | now.keys() if left.get(each) != now.get(each)]:
            st.session_state.pop(parameter, None)
    _leave()


def remember(parameter: str, value: str | None) -> None:
    """Put a value into the address, or take it out."""
    if value is None:
        if parameter in st.query_params:
            del st.query_params[parameter]
    elif st.query_params.get(parameter) != value:
        st.query_params[parameter] = value
    _leave()


def _leave() -> None:
    st.session_state[_LEFT] = (st.context.url, st.query_params.to_dict())
