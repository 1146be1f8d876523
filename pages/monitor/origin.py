"""«Từ đâu ra?»: one number, the counts that make it up, and their revisions for whom they are theirs to read."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.target_names import target_name
from scorecard.ui import origin_parts, target_filters
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import ORIGIN
from scorecard.ui.record_names import names_of

page = open_page(ORIGIN)

with st.container(key="origin"):
    chosen = target_filters.choose(page)
    name = target_name(chosen.target, page.province, page.texts)
    st.title(page.texts("origin.title", name=name), anchor=False)
    origin_parts.draw(origin_parts.Asked(page, names_of(page), chosen))
