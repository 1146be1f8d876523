"""Review: what waits for approval, the most urgent first; approve, send back, reopen."""

from __future__ import annotations

import streamlit as st

from scorecard.domain.suspicion import SuspicionLimits
from scorecard.presentation.desk import notes_html
from scorecard.presentation.review_flags import limit_texts
from scorecard.ui import cache, guide, review_frame, review_list, review_reopening
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import REVIEW
from scorecard.workflow.desk import desk_scope

page = open_page(REVIEW)

scope = desk_scope(page.person)
desk = cache.desk(
    page.data_version, page.province.digest, scope, page.today, _store=page.store, _province=page.province
)

review_frame.draw_assets()
with st.container(key="review"):
    st.title(page.texts("desk.title"), anchor=False)
    review_list.draw_sentence(page, desk)
    review_frame.draw_notice(page)
    review_list.draw(page, desk)
    review_list.draw_unscored(page, desk)
    review_reopening.draw_asked(page, desk)
    review_reopening.draw_found(page)
    with st.expander(page.texts("desk.method")):
        st.html(notes_html(tuple(limit_texts(SuspicionLimits(), page.province, page.formats))))
    guide.draw("duyet-so-lieu", page.texts("desk.guide"))
