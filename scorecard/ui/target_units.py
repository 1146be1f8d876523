"""The units behind a target: who carries its gap, and what would be if some of them were better."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from scorecard.presentation.amounts import Amounts
from scorecard.presentation.charts.drawing import saving_html
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.supposition import Aim, Supposition
from scorecard.presentation.unit_gaps import UnitGaps
from scorecard.ui import address, cache, chart_panel
from scorecard.ui.guard import PageContext
from scorecard.ui.target_filters import Chosen

_FIND = "tim-don-vi"
_SEARCHED_FROM = 20
_FIRST_COUNT = 5


def draw(page: PageContext, chosen: Chosen, case: Case) -> None:
    """Draw what the units of a total have to do with its gap; nothing where fewer than two have a part in it."""
    gaps = UnitGaps(case, Amounts(page.formats, page.province))
    if len(gaps.rows) < 2 or not case.judged:
        return
    texts = page.texts
    st.header(texts("units.title" if gaps.direction == "rising" else "units.title_falling"), anchor=False)
    st.markdown(f"**{gaps.sentence()}**")
    if case.silent:
        count, month = page.formats.count(len(case.silent)), page.formats.month(case.standing.month)
        st.markdown(texts("units.silent", count=count, month=month))
    _draw_parts(page, chosen, gaps)
    _draw_supposition(page, gaps)


def _draw_parts(page: PageContext, chosen: Chosen, gaps: UnitGaps) -> None:
    """Draw the strip and the table; both are saved from what stands in one container."""
    texts, versions = page.texts, (page.figures_version, page.province.digest)
    looks = texts.language, chart_panel.ground()
    strip = cache.unit_strip(*versions, chosen.line, *looks, _store=page.store, _province=page.province)
    with st.container(key="chart-units"):
        if strip is not None:
            st.markdown(texts("units.strip_note", counted_in=gaps.counted_in))
            st.vega_lite_chart(
                spec=dict(strip.spec), theme=None, height=strip.height, alt=strip.spoken, key="drawn-units"
            )
        typed = ""
        if len(gaps.rows) > _SEARCHED_FROM:
            typed = address.ask(_FIND, label=texts("units.find"), width=420)
        st.html(gaps.table_html(typed))
        st.html(saving_html("units", texts, ("svg", "png", "csv") if strip else ("csv",)))
    st.markdown(texts(f"units.rule_{gaps.direction}"))


@st.fragment
def _draw_supposition(page: PageContext, gaps: UnitGaps) -> None:
    """Ask how many units reach what, and tell what would be; nothing of it is kept, not even in the address."""
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
            most = len(aims[aim].able)
            count = _choose_count(page, aim, most) if most else 0
        st.html(aims[aim].result_html(count) if count else texts("units.suppose_nobody"))


def _choose_aim(page: PageContext, aims: Mapping[Aim, Supposition]) -> Aim:
    chosen: str = st.selectbox(
        page.texts("units.suppose_aim"),
        [aim.value for aim in aims],
        format_func=lambda each: aims[Aim(each)].name,
        key="suppose-aim",
        width=420,
    )
    return Aim(chosen)


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
