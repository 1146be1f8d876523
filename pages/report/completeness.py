"""Completeness: who has submitted what for a month, who is late, since when."""

from __future__ import annotations

import streamlit as st

from scorecard.ui import cache, chart_panel, completeness_parts, review_frame
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import COMPLETENESS
from scorecard.workflow.completeness import completeness_scope

page = open_page(COMPLETENESS)

scope = completeness_scope(page.person)
review_frame.draw_assets()
with st.container(key="completeness"):
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.title(page.texts("completeness.title"), anchor=False)
        month = completeness_parts.choose_month(page)
    shown = page.data_version, page.province.digest, scope, month.index, page.today
    found = cache.completeness(*shown, _store=page.store, _province=page.province)
    drawn = *shown, page.texts.language, chart_panel.ground()
    days = cache.submissions(*drawn, _store=page.store, _province=page.province)
    year = cache.reporting_year(*drawn, _store=page.store, _province=page.province)
    completeness_parts.draw(page, found, month, days, year)
