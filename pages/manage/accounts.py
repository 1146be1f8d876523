"""Accounts: who is signed in, who may sign in, who was refused."""

from __future__ import annotations

import streamlit as st

from scorecard.ui import account_lists
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import ACCOUNTS
from scorecard.workflow.settings import Mode

page = open_page(ACCOUNTS)
st.title(page.texts("accounts.heading"), anchor=False)

if page.settings.mode is Mode.DEMO:
    st.info(page.texts("accounts.demo_advice"))
else:
    account_lists.draw_sessions(page)
    account_lists.draw_accounts(page)
    account_lists.draw_sign_ins(page)
