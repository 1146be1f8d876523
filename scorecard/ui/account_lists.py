"""The lists of the accounts page."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from scorecard.presentation.account_tables import (
    account_table,
    agent_name,
    session_table,
    sign_in_table,
    table_html,
)
from scorecard.ui.guard import PageContext
from scorecard.workflow.accounts import end_sessions
from scorecard.workflow.settings import VIETNAM

_RECENT = 50


def draw_sessions(page: PageContext) -> None:
    """Show who is signed in, and offer to end a session."""
    texts = page.texts
    ended = st.empty()
    sessions = {each.id: each for each in page.store.sign_ins.sessions(datetime.now(UTC))}
    names = {account.login: account.name for account in page.store.accounts.all()}
    title = texts("accounts.sessions_heading", count=len(sessions))
    st.header(title, anchor=False)
    st.markdown(table_html(session_table(sessions.values(), texts), title), unsafe_allow_html=True)

    def label(session_id: str) -> str:
        found = sessions[session_id]
        where = {"address": found.address, "agent": agent_name(found.agent)}
        time = page.formats.moment(found.born_at.astimezone(VIETNAM))
        return texts("accounts.session_label", name=names[found.login], time=time, **where)

    with st.form("end-session", clear_on_submit=True):
        chosen = st.selectbox(
            texts("accounts.end_session_choose"),
            list(sessions),
            index=None,
            format_func=label,
            placeholder=texts("accounts.end_session_placeholder"),
        )
        asked = st.form_submit_button(texts("accounts.end_session"))
    if asked and chosen:
        login = sessions[chosen].login
        end_sessions(page.store, page.person, login, datetime.now(UTC), chosen)
        st.session_state["ended"] = names[login]
        st.rerun()
    if "ended" in st.session_state:
        ended.success(texts("accounts.session_ended", name=st.session_state.pop("ended")))


def draw_accounts(page: PageContext) -> None:
    """Show every account and its state, and where accounts are changed."""
    accounts, locks = page.store.accounts.all(), page.store.sign_ins.locks(datetime.now(UTC))
    title = page.texts("accounts.accounts_heading", count=len(accounts))
    st.header(title, anchor=False)
    st.markdown(table_html(account_table(accounts, locks, page.texts), title), unsafe_allow_html=True)
    st.info(page.texts("accounts.command_line_advice"))


def draw_sign_ins(page: PageContext) -> None:
    """Show the last attempts to sign in."""
    title = page.texts("accounts.sign_ins_heading")
    st.header(title, anchor=False)
    table = sign_in_table(page.store.sign_ins.recent(_RECENT), page.texts)
    st.markdown(table_html(table, title), unsafe_allow_html=True)
