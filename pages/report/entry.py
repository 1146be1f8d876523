"""Enter figures: what the person's units owe, the form, the review, the receipt."""

from __future__ import annotations

import streamlit as st

from scorecard.ui import entry_draft, entry_form, entry_frame, entry_list, entry_receipt, entry_review
from scorecard.ui.entry_draft import Draft, Step
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import ENTRY
from scorecard.workflow.owed import owed_returns

page = open_page(ENTRY)

drafts = [Draft(page.person.id, owed) for owed in owed_returns(page.store, page.province, page.person, page.today)]
draft = entry_draft.chosen(drafts)

entry_frame.draw_assets()
with st.container(key="entry"):
    if draft is None:
        entry_list.draw(page, drafts)
    elif draft.progress.conflict is not None:
        entry_review.draw_conflict(page, draft, draft.progress.conflict)
    elif draft.progress.receipt is not None:
        entry_receipt.draw(page, draft, draft.progress.receipt)
    elif draft.progress.step is Step.REVIEW:
        entry_review.draw(page, draft)
    else:
        entry_form.draw(page, draft)
