"""Links from one page to another: everything a page shows stands in its address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.ui import plan_filters, session, target_filters
from scorecard.ui.navigation import PAGES, TARGET, PageSpec


def to_target(plan: Plan, month: Month, known_on: date | None) -> str:
    """Return the address of the page of one target of a plan at a month, up to the target's id."""
    known = {plan_filters.KNOWN_ON: known_on.isoformat()} if known_on else {}
    shown = {plan_filters.PLAN: plan.id, plan_filters.MONTH: str(month)} | known
    return f"{to(TARGET, shown)}&{target_filters.TARGET}="


def to(spec: PageSpec, parameters: Mapping[str, str]) -> str:
    """Return the address of a page with what it is to show; who one is in the demo, and the language, are kept."""
    kept = {name: st.query_params[name] for name in (session.PERSON, session.LANGUAGE) if name in st.query_params}
    path = "/" if spec is PAGES[0] else f"/{spec.url}"
    query = urlencode(kept | dict(parameters))
    return f"{path}?{query}" if query else path
