"""Enter figures: what is owed, the form or a file, the review, the receipt, and what can no longer be changed."""

from __future__ import annotations

import streamlit as st

from scorecard.ui import (
    entry_closed,
    entry_conflict,
    entry_draft,
    entry_file,
    entry_file_review,
    entry_form,
    entry_frame,
    entry_keeping,
    entry_list,
    entry_receipt,
    entry_review,
)
from scorecard.ui.entry_draft import Draft, Step
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import ENTRY
from scorecard.workflow.owed import closed_returns, owed_returns

page = open_page(ENTRY)
asked = page.store, page.province, page.person, page.today

drafts = [Draft(page.person.id, owed) for owed in owed_returns(*asked)]
draft, closed = entry_draft.chosen(drafts), list[Draft]()
if draft is None:
    own = {each.address for each in drafts}
    closed = [each for owed in closed_returns(*asked) if (each := Draft(page.person.id, owed)).address not in own]
    draft = entry_draft.chosen(closed)

entry_frame.draw_assets()
with st.container(key="entry"):
    if draft is None and (upload := entry_file.uploaded(page)):
        entry_file_review.draw(page, upload)
    elif draft is None:
        entry_list.draw(page, drafts, closed)
    elif draft.progress.conflict is not None:
        entry_conflict.draw(page, draft, draft.progress.conflict)
    elif draft.progress.receipt is not None:
        entry_receipt.draw(page, draft, draft.progress.receipt)
    elif not draft.owed.taken_on(page.today):
        entry_closed.draw(page, draft)
    elif draft.progress.step is Step.REVIEW:
        entry_review.draw(page, draft)
        entry_keeping.keep(page, draft)
    else:
        entry_form.draw(page, draft)
        entry_keeping.keep(page, draft)
