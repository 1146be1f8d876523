"""The parts of the comparison page: the sentence, the picture, the ranks, who is not ranked."""

from __future__ import annotations

import streamlit as st

from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.comparison import Comparison
from scorecard.presentation.comparison_table import MANY, Reader, former_html, former_title, ranks_html, unranked_html
from scorecard.presentation.comparison_tiles import legend_html
from scorecard.ui import chart_panel, comparison_choices, target_filters
from scorecard.ui.guard import PageContext


def draw(page: PageContext, shown: Comparison, picture: Drawing | str | None, target: Target, month: Month) -> None:
    """Draw everything of one target and peer group; `picture` is a chart, tiles, or None where nobody is ranked."""
    st.markdown(legend_html(shown, page.formats), unsafe_allow_html=True)
    if isinstance(picture, Drawing):
        st.header(picture.title, anchor=False)
        chart_panel.draw(picture, page.texts)
    elif picture is not None:
        st.header(page.texts("compare.tiles_title"), anchor=False)
        st.markdown(picture or page.texts("compare.tiles_none"), unsafe_allow_html=True)
    unit_page = f"{target_filters.link(target, month)}&{target_filters.UNIT}="
    _draw_tables(page, shown, Reader(page.person.unit_codes, unit_page))


def _draw_tables(page: PageContext, shown: Comparison, reader: Reader) -> None:
    texts, formats = page.texts, page.formats
    title = texts("compare.ranks", kinds=shown.kinds, count=formats.count(len(shown.ranked)))
    with st.container(horizontal=True, vertical_alignment="bottom", key="comparison-search"):
        st.header(title, anchor=False)
        typed = comparison_choices.ask_name(page)
    if len(shown.ranked) >= MANY:
        st.markdown(texts("compare.quarters_note"))
    st.markdown(ranks_html(shown, typed, reader, formats), unsafe_allow_html=True)
    if shown.unranked:
        unranked = texts("compare.unranked_title", count=formats.count(len(shown.unranked)))
        st.header(unranked, anchor=False)
        st.markdown(unranked_html(shown, typed, reader, formats), unsafe_allow_html=True)
    if shown.former:
        with st.expander(former_title(shown, formats)):
            former = former_html(shown, typed, reader, page.province, formats)
            st.markdown(former, unsafe_allow_html=True)
