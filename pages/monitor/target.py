"""One target: where it stands, why, and whether it gets there by its deadline."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.amounts import Amounts
from scorecard.presentation.target import opening_html
from scorecard.presentation.texts import in_language
from scorecard.ui import cache, plan_filters, target_filters
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import TARGET

page = open_page(TARGET)

with st.container(key="target"):
    with st.container(horizontal=True, vertical_alignment="center", key="target-filters"):
        plan = plan_filters.choose_plan(page)
        target = target_filters.choose_target(page, plan)
        month = plan_filters.choose_month(page, plan)
    cases = cache.target_cases(
        page.data_version,
        page.province.digest,
        plan.id,
        target.id,
        month.index,
        None,
        _store=page.store,
        _province=page.province,
    )
    st.title(in_language(page.texts, target.name, target.name_en), anchor=False)
    st.markdown(opening_html(cases[0], Amounts(page.formats, page.province)), unsafe_allow_html=True)
