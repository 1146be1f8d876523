"""One event of the audit trail: everything it says of itself, and every figure that it wrote."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.audit import event_html, figures_html
from scorecard.presentation.recorded import Names
from scorecard.ui import address, audit_list, paging
from scorecard.ui.guard import PageContext
from scorecard.workflow.audit import read_event

_PAGE = "trang-so"


def draw(page: PageContext, names: Names, number: int) -> None:
    """Show one event, or say that there is none of that number."""
    texts = page.texts
    title = texts("audit.event_title", number=number)
    st.set_page_config(page_title=title)
    st.title(title, anchor=False)
    st.button(texts("audit.back"), icon=":material/arrow_back:", on_click=_leave)
    found = read_event(page.store, page.person, page.province.id, number, paging.current(_PAGE, number))
    if found is None:
        st.warning(texts("audit.event_missing", number=number))
        return
    st.html(event_html(found.event, names))
    if found.figures:
        st.html(figures_html(found.figures, names))
    paging.draw(_PAGE, found.number, found.pages, texts)


def _leave() -> None:
    address.remember(audit_list.EVENT, None)
    address.remember(_PAGE, None)
