"""Presentation: all slides of an edition at once, changed by keys, also without the network."""

from __future__ import annotations

import streamlit as st

from scorecard.domain.access import Permission
from scorecard.ui import meeting_frame, present_form, present_show
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import PRESENT
from scorecard.workflow import meeting

page = open_page(PRESENT)

marks = meeting.editions(page.store, page.province, page.person)
mark = present_show.chosen(page, marks)
if mark is None:
    present_show.draw_nothing(page)
else:
    meeting_frame.draw_script()
    board = present_show.draw(page, mark, marks)
    if meeting_frame.may(page, Permission.GIVE_COMMITMENT):
        with st.container(key="present-form"):
            present_form.draw(page, mark, board)
    present_show.draw_bar(page)
