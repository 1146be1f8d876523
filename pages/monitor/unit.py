"""One unit: what it must do this month, how its targets stand, where it stands among its peers."""

from __future__ import annotations

import streamlit as st

from scorecard.ui import plan_filters, unit_choice, unit_parts
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import UNIT

page = open_page(UNIT)

unit_choice.require_own(page)
with st.container(horizontal=True, vertical_alignment="center", key="heading"):
    title = st.empty()
    plan = plan_filters.choose_plan(page)
    month = plan_filters.choose_month(page, plan)
    unit = unit_choice.choose_unit(page, month)
title.title(unit.name if unit else page.texts("unit.choose_title"), anchor=False)
with st.container(key="unit"):
    if unit is None:
        st.markdown(page.texts("unit.choose_advice"))
    else:
        unit_parts.draw(page, unit, plan, month, latest=month == plan_filters.months_of(page, plan)[0])
