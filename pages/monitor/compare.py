"""Compare units: one target, one peer group, ranks that are fair."""

from __future__ import annotations

import streamlit as st

from scorecard.ui import cache, chart_panel, comparison_choices, comparison_parts, guide, plan_filters
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import COMPARE

page = open_page(COMPARE)

with st.container(key="comparison"):
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.title(page.texts("compare.title"), anchor=False)
        plan = plan_filters.choose_plan(page)
        month = plan_filters.choose_month(page, plan)
    with st.container(horizontal=True, key="comparison-choices"):
        shown_on = comparison_choices.choose_map(page, month)
        of_plan = page.figures_version, page.province.digest, month.index, plan.id, shown_on
        compared = cache.comparison(*of_plan, _store=page.store, _province=page.province)
        if compared.is_empty():
            st.markdown(page.texts("compare.nothing", month=page.formats.month(month)))
            st.stop()
        target = comparison_choices.choose_target(page, plan, compared)
        group = comparison_choices.choose_group(page, compared.filter(target=target.id))
        view = comparison_choices.choose_view(page)
    of_group = *of_plan, target.id, group, page.texts.language
    shown = cache.compared_units(*of_group, _store=page.store, _province=page.province)
    st.markdown(shown.opening_html(), unsafe_allow_html=True)
    picture = cache.comparison_picture(
        *of_group, view, chart_panel.ground(), _store=page.store, _province=page.province
    )
    comparison_parts.draw(page, shown, picture, target, month)
    guide.draw("so-sanh", page.texts("compare.guide"))
