"""Links from one page to another: everything a page shows stands in its address."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from scorecard.ui import session
from scorecard.ui.navigation import PageSpec


def to(spec: PageSpec, parameters: Mapping[str, str]) -> str:
    """Return the address of a page with what it is to show; who one is in the demo, and the language, are kept."""
    kept = {name: st.query_params[name] for name in (session.PERSON, session.LANGUAGE) if name in st.query_params}
    query = urlencode(kept | dict(parameters))
    return f"/{spec.url}?{query}" if query else f"/{spec.url}"
