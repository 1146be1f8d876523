"""The list of the audit trail: filters, events, pages, a copy to take along."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from scorecard.presentation.audit import trail_csv, trail_html
from scorecard.presentation.recorded import Names
from scorecard.store import TrailQuery
from scorecard.ui import audit_filters, paging
from scorecard.ui.guard import PageContext
from scorecard.workflow.audit import export_trail, read_trail

EVENT = "su-kien"
_PAGE = "trang"


def draw(page: PageContext, names: Names) -> None:
    """Open with how many events were found, then a page of them."""
    texts = page.texts
    st.title(texts("audit.title"), anchor=False)
    wanted = audit_filters.choose(page, names)
    found = read_trail(page.store, page.person, wanted, paging.current(_PAGE, wanted))
    everything = wanted == TrailQuery(province_id=page.province.id)
    if not found.total:
        st.markdown(texts("audit.empty" if everything else "audit.found_none"))
        if not everything:
            st.button(texts("audit.clear"), on_click=audit_filters.clear)
        return
    key = "audit.found_all" if everything else "audit.found_some"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{texts(key, count=page.formats.count(found.total))}**", width="content")
        _draw_export(page, names, wanted)
    st.html(trail_html(found.events, names, _link))
    paging.draw(_PAGE, found.number, found.pages, texts)


def _draw_export(page: PageContext, names: Names, wanted: TrailQuery) -> None:
    texts = page.texts
    st.download_button(
        texts("audit.export"),
        data=partial(_copy, page, names, wanted),
        file_name=texts("audit.file_name", day=page.today.isoformat()),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
    st.markdown(texts("audit.export_note"), width="content")


def _link(number: int) -> str:
    """Return the address of one event that keeps what is chosen here, so that the way back leads to the same list."""
    return "?" + urlencode({**st.query_params.to_dict(), EVENT: number})


def _copy(page: PageContext, names: Names, wanted: TrailQuery) -> bytes:
    """Make the copy when it is asked for; whether the person may have it is checked at that moment."""
    now = page.settings.now(datetime.now(UTC))
    return trail_csv(export_trail(page.store, page.person, wanted, now), names)
