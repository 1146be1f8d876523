"""One target: where it stands, why, and whether it gets there by its deadline."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.target_names import target_name
from scorecard.ui import target_filters, target_parts
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import TARGET

page = open_page(TARGET)

with st.container(key="target"):
    chosen = target_filters.choose(page)
    case = target_filters.case_of(page, chosen)
    st.title(target_name(chosen.target, page.province, page.texts), anchor=False)
    if case is None:
        st.markdown(page.texts("target.no_line"))
    else:
        target_parts.draw(page, chosen, case)
