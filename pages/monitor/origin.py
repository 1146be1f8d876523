"""«Từ đâu ra?»: one number, the counts that make it up, and their revisions for whom they are theirs to read."""

from __future__ import annotations

import streamlit as st

from scorecard.ui import origin_filters, origin_parts, plan_filters, target_filters
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import ORIGIN
from scorecard.ui.record_names import names_of

page = open_page(ORIGIN)

with st.container(key="origin"):
    st.title(page.texts("origin.title"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", key="origin-filters"):
        plan = plan_filters.choose_plan(page)
        target = target_filters.choose_target(page, plan)
        month = plan_filters.choose_month(page, plan)
    known_on = origin_filters.known_on()
    origin_parts.draw(origin_parts.Asked(page, names_of(page), plan, target, month, known_on))
