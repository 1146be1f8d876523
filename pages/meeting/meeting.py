"""Meeting: freeze what is shown, present it, and follow up the work given."""

from __future__ import annotations

import streamlit as st

from scorecard.domain.access import Permission
from scorecard.domain.meeting import Result
from scorecard.ui import guide, meeting_commitments, meeting_editions, meeting_frame
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import MEETING
from scorecard.workflow import meeting

page = open_page(MEETING)

marks = meeting.editions(page.store, page.province, page.person)
given = meeting.commitments(page.store, page.province, page.person)
shown = meeting_frame.writer(page, marks).all(given)

with st.container(key="meeting"):
    st.title(page.texts("meeting.title"), anchor=False)
    meeting_editions.draw_sentence(page, marks, sum(each.result is Result.OPEN for each in shown))
    if meeting_frame.may(page, Permission.FREEZE_EDITION):
        meeting_editions.draw_freezing(page)
    meeting_editions.draw(page, marks)
    meeting_commitments.draw(page, shown)
    if meeting_frame.may(page, Permission.STATE_RESULT):
        meeting_commitments.draw_stating(page, shown)
    meeting_editions.draw_wall_link(page)
    guide.draw("hop", page.texts("meeting.guide"))
