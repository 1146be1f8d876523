"""Which part of a number is looked at: a former unit, one element; both stand in the address."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from scorecard.ui import address
from scorecard.ui.guard import PageContext

PART, ELEMENT = "phan-cua", "so-lieu"
_ALL = "tat-ca"


def part_of(units: Collection[str]) -> str | None:
    """Return the unit in the address whose part of a total is looked at, None where it has none."""
    wanted = st.query_params.get(PART)
    return wanted if wanted in units else None


def choose_element(page: PageContext, elements: Mapping[str, str]) -> Sequence[str]:
    """Ask of which element the revisions are looked at; of all unless told otherwise."""
    if len(elements) < 2:
        return list(elements)
    chosen = address.choose(
        ELEMENT,
        (_ALL, *elements),
        label=page.texts("origin.element"),
        show=lambda each: page.texts("origin.all_elements") if each == _ALL else elements[each],
        default=_ALL,
        width=420,
    )
    return list(elements) if chosen in (None, _ALL) else [str(chosen)]
