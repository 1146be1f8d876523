"""Turning pages: which page is shown stands in the address, two buttons turn it."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.texts import Texts
from scorecard.ui import address

_LONGEST = 6


def current(parameter: str, paged: object) -> int:
    """Return the page that the address asks for, the first one when what is `paged` changed since the last run."""
    before = f"{parameter}-of"
    if st.session_state.setdefault(before, paged) != paged:
        st.session_state[before] = paged
        address.remember(parameter, None)
    return number(parameter) or 1


def number(parameter: str) -> int | None:
    """Return a whole number that stands in the address, None where none does."""
    text = st.query_params.get(parameter, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None


def draw(parameter: str, shown: int, pages: int, texts: Texts) -> None:
    """Offer the page before and the page after; nothing when there is one page only."""
    if pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"turn-{parameter}"):
        _draw_turn(parameter, texts("paging.before"), shown - 1, disabled=shown == 1)
        st.markdown(texts("paging.page", number=shown, pages=pages), width="content")
        _draw_turn(parameter, texts("paging.after"), shown + 1, disabled=shown == pages)


def _draw_turn(parameter: str, label: str, target: int, *, disabled: bool) -> None:
    wanted = None if target == 1 else str(target)
    st.button(label, disabled=disabled, on_click=address.remember, args=(parameter, wanted))
