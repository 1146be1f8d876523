"""The units behind a target: who carries its gap, on today's units or on those that reported."""

from __future__ import annotations

import streamlit as st

from scorecard.calculation.unit_maps import map_month
from scorecard.domain.unit_map import DrawnMap, UnitMap
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.charts.drawing import saving_html
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.unit_gaps import UnitGaps
from scorecard.ui import address, cache, chart_panel, supposition_panel
from scorecard.ui.guard import PageContext
from scorecard.ui.target_filters import Chosen
from scorecard.ui.unit_map_choice import choose_map

_FIND = "tim-don-vi"
_SEARCHED_FROM = 20


def draw(page: PageContext, chosen: Chosen, case: Case) -> None:
    """Draw what the units of a total have to do with its gap; nothing where fewer than two have a part in it."""
    if not case.judged or case.gaps.height < 2:
        return
    texts, drawn = page.texts, map_month(page.province, case.standing.month, page.today)
    today = shown_on = DrawnMap(UnitMap.TODAY, drawn)
    gaps = _gaps_on(page, chosen, case, today)
    if len(gaps.rows) < 2:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="units-heading"):
        st.header(texts("units.title" if gaps.direction == "rising" else "units.title_falling"), anchor=False)
        other = gaps.has_other_units
        if other:
            shown_on = DrawnMap(choose_map(page), drawn)
    if shown_on != today:
        gaps = _gaps_on(page, chosen, case, shown_on)
    st.markdown(f"**{gaps.sentence()}**")
    if other:
        st.markdown(gaps.map_sentence())
    if case.silent:
        count, month = page.formats.count(len(case.silent)), page.formats.month(case.standing.month)
        st.markdown(texts("units.silent", count=count, month=month))
    _draw_parts(page, chosen, gaps, shown_on)
    supposition_panel.draw(page, gaps)


def _gaps_on(page: PageContext, chosen: Chosen, case: Case, shown_on: DrawnMap) -> UnitGaps:
    versions = page.figures_version, page.province.digest
    on_map = cache.gaps_on_map(*versions, chosen.line, shown_on, _store=page.store, _province=page.province)
    return UnitGaps(case, Amounts(page.formats, page.province), on_map)


def _draw_parts(page: PageContext, chosen: Chosen, gaps: UnitGaps, shown_on: DrawnMap) -> None:
    """Draw the strip and the table; both are saved from what stands in one container."""
    texts, versions = page.texts, (page.figures_version, page.province.digest)
    looks = texts.language, chart_panel.ground()
    strip = cache.unit_strip(*versions, chosen.line, shown_on, *looks, _store=page.store, _province=page.province)
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
