"""What would be if some units were better: asked for on the page of a target, and kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import streamlit as st

from scorecard.presentation.supposition import Aim, Supposition
from scorecard.presentation.unit_gaps import UnitGaps
from scorecard.ui.guard import PageContext

_FIRST_COUNT = 5


class _Way(StrEnum):
    """How the units are chosen."""

    LARGEST = "largest"
    PICKED = "picked"


@st.fragment
def draw(page: PageContext, gaps: UnitGaps) -> None:
    """Ask which units reach what, and tell what would be; nothing of it is kept, not even in the address."""
    texts = page.texts
    goal = gaps.goal
    if goal is None:
        return
    aims = {aim: Supposition(gaps, goal, aim) for aim in Aim}
    with st.container(key="suppose"):
        st.subheader(texts("units.suppose"), anchor=False)
        st.markdown(texts("units.suppose_note"))
        with st.container(horizontal=True, vertical_alignment="bottom", key="suppose-choices"):
            aim = _choose_aim(page, aims)
            supposed = aims[aim]
            if not supposed.able:
                st.html(texts("units.suppose_nobody"))
                return
            way = _choose_way(page, gaps.direction)
            count = _choose_count(page, aim, len(supposed.able)) if way is _Way.LARGEST else 0
        if way is _Way.LARGEST:
            st.html(supposed.of_largest(count))
        else:
            picked = _pick(page, aim, supposed)
            st.html(supposed.of_picked(picked) if picked else texts("units.suppose_pick"))


def _choose_aim(page: PageContext, aims: Mapping[Aim, Supposition]) -> Aim:
    chosen: str = st.selectbox(
        page.texts("units.suppose_aim"),
        [aim.value for aim in aims],
        format_func=lambda each: aims[Aim(each)].name,
        key="suppose-aim",
        width=420,
    )
    return Aim(chosen)


def _choose_way(page: PageContext, direction: str) -> _Way:
    names = {_Way.LARGEST: f"units.way_largest_{direction}", _Way.PICKED: "units.way_picked"}
    chosen: str = st.selectbox(
        page.texts("units.suppose_way"),
        [way.value for way in names],
        format_func=lambda each: page.texts(names[_Way(each)]),
        key="suppose-way",
        width=300,
    )
    return _Way(chosen)


def _choose_count(page: PageContext, aim: Aim, most: int) -> int:
    chosen: int = st.selectbox(
        page.texts("units.suppose_count"),
        list(range(1, most + 1)),
        index=min(_FIRST_COUNT, most) - 1,
        format_func=lambda each: page.texts("units.option_count", count=page.formats.count(each)),
        key=f"suppose-count-{aim}",
        width=260,
    )
    return chosen


def _pick(page: PageContext, aim: Aim, supposed: Supposition) -> Sequence[str]:
    chosen: list[str] = st.multiselect(
        page.texts("units.suppose_picked", count=page.formats.count(len(supposed.by_name))),
        supposed.by_name,
        format_func=supposed.option,
        placeholder=page.texts("units.suppose_placeholder"),
        key=f"suppose-units-{aim}",
        filter_mode="contains",
        select_all=False,
    )
    return chosen
