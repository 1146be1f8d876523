"""Wall screen: the newest figures of a plan, one slide after the other, unattended."""

from __future__ import annotations

import streamlit as st

from scorecard.ui import meeting_frame, wall_show
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import WALL

page = open_page(WALL)

meeting_frame.draw_script()
with st.container(key="wall"):
    wall_show.draw(page)
