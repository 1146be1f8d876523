"""Which statuses of the overview are looked at; the choice stands in the address."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from scorecard.domain.status import Status
from scorecard.ui import address
from scorecard.ui.guard import PageContext

_STATUS = "trang-thai"


def choose_status(page: PageContext, counts: Mapping[Status, int]) -> Status | None:
    """Ask whether only one status is looked at; each choice tells how many targets have it."""
    wanted = st.query_params.get(_STATUS)
    current = Status(wanted) if wanted in set(Status) else None
    with st.container(horizontal=True, key="counts"):
        for status, count in counts.items():
            st.button(
                page.texts("overview.count", count=count, status=page.texts(f"status.{status}")),
                key=f"{'chosen' if status is current else 'count' if count else 'none'}-{status}",
                on_click=address.remember,
                args=(_STATUS, None if status is current else status.value),
            )
    return current
