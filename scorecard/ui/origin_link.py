"""The way from a number to where it is from."""

from __future__ import annotations

from html import escape

import streamlit as st

from scorecard.domain.period import Month
from scorecard.ui import links, plan_filters, target_filters
from scorecard.ui.guard import PageContext
from scorecard.ui.navigation import ORIGIN
from scorecard.ui.target_line import TargetLine


def parameters(line: TargetLine) -> dict[str, str]:
    """Return what stands in the address of a line."""
    own = {
        plan_filters.PLAN: line.plan_id,
        target_filters.TARGET: line.target_id,
        plan_filters.MONTH: str(Month(line.month)),
    }
    unit = {target_filters.UNIT: line.unit_id} if line.unit_id else {}
    day = {plan_filters.KNOWN_ON: line.known_on.isoformat()} if line.known_on else {}
    return own | unit | day


def draw(page: PageContext, line: TargetLine) -> None:
    """Draw the link «Từ đâu ra?» of a line."""
    way, text = links.to(ORIGIN, parameters(line)), page.texts("origin.ask")
    st.html(f'<a class="origin-way" href="{escape(way)}">{escape(text)}</a>')
