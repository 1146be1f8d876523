"""Overview: which targets are met, on track, late; how far; who answers."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.method import method_html
from scorecard.presentation.overview import build_overview
from scorecard.ui import cache, overview_filters, plan_filters
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import OVERVIEW

page = open_page(OVERVIEW)
texts = page.texts

with st.container(horizontal=True, vertical_alignment="center", key="heading"):
    st.title(texts("overview.heading", province=page.province.name), anchor=False)
    plan = plan_filters.choose_plan(page)
    month = plan_filters.choose_month(page, plan)

scoreboard = cache.scoreboard(
    page.data_version, page.province.digest, month.index, plan.id, _store=page.store, _province=page.province
)
overview = build_overview(scoreboard, page.province, plan, month, page.formats)

st.markdown(overview.opening_html(), unsafe_allow_html=True)
status = overview_filters.choose_status(page, overview.counts)
st.markdown(overview.table_html(texts, status), unsafe_allow_html=True)
st.markdown(overview.closing_html(texts), unsafe_allow_html=True)
with st.expander(texts("overview.method")):
    st.markdown(method_html(page.province.limits, page.formats), unsafe_allow_html=True)
