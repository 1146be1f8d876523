"""Overview: which targets are met, on track, late; how far; who answers."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.method import method_html
from scorecard.ui import cache, guide, overview_filters, overview_report, plan_filters, target_filters
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import OVERVIEW

page = open_page(OVERVIEW)
texts = page.texts
known_on = plan_filters.known_on(page)

with st.container(horizontal=True, vertical_alignment="center", key="heading"):
    st.title(texts("overview.heading", province=page.province.name), anchor=False, width="content")
    facts = st.container(key="facts")
    plan = plan_filters.choose_plan(page)
    choice = plan_filters.month_choice(page, plan, known_on)

overview = cache.overview(
    page.figures_version,
    page.province.digest,
    plan.id,
    choice.month.index,
    choice.awaited.index if choice.awaited else None,
    page.today,
    known_on,
    texts.language,
    _store=page.store,
    _province=page.province,
)
facts.markdown(overview.facts_html(), unsafe_allow_html=True)
st.markdown(overview.opening_html(), unsafe_allow_html=True)
status = overview_filters.choose_status(page, overview.counts)
target_page = target_filters.page_of(plan.id, choice.month, known_on)
st.markdown(overview.table_html(target_page, texts, status), unsafe_allow_html=True)
st.markdown(overview.closing_html(texts), unsafe_allow_html=True)
overview_report.draw(page, plan, choice.month, known_on, overview)
with st.expander(texts("overview.reasons")):
    st.markdown(overview.reasons_html(), unsafe_allow_html=True)
with st.expander(texts("overview.method")):
    st.markdown(method_html(page.province.limits, page.formats), unsafe_allow_html=True)
plan_filters.ask_known_on(page)
guide.draw("xem-chi-tieu", texts("overview.guide"))
