"""Justifications: which late targets their lead units have not explained, what was said, and what came of it."""

from __future__ import annotations

import streamlit as st

from scorecard.ui import cache, guide, justification_parts
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import JUSTIFICATIONS
from scorecard.workflow.justifications import justification_scope

page = open_page(JUSTIFICATIONS)

scope = justification_scope(page.person)
with st.container(key="justifications"):
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.title(page.texts("justification.title"), anchor=False)
        month = justification_parts.choose_month(page)
    shown = page.data_version, page.province.digest, scope, month.index, page.today
    justification_parts.draw(page, cache.justification_list(*shown, _store=page.store, _province=page.province))
    guide.draw("giai-trinh", page.texts("justification.guide"))
