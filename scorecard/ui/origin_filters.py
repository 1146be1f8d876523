"""Which unit and element of a number are looked at, and as known on which day; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from scorecard.presentation.recorded import Names
from scorecard.ui import address
from scorecard.ui.guard import PageContext

UNIT, ELEMENT, KNOWN_ON = "don-vi", "so-lieu", "biet-den"
_ALL = "tat-ca"


def choose_unit(page: PageContext, unit_ids: Sequence[str], names: Names, *, has_total: bool) -> str | None:
    """Ask whose number is looked at; None for the total. Any unit that the address names and that exists is offered."""
    wanted = st.query_params.get(UNIT, "")
    added = [wanted] if wanted in page.province.units.by_id and wanted not in unit_ids else []
    options = [*([_ALL] if has_total else []), *unit_ids, *added]
    chosen = address.choose(
        UNIT,
        options,
        label=page.texts("origin.unit"),
        show=lambda each: page.texts("origin.all_units") if each == _ALL else names.unit(each),
        default=options[0] if options else None,
        width=420,
    )
    return None if chosen == _ALL else chosen


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


def known_on() -> date | None:
    """Return the day in the address as of which everything is known, None where there is none or it is no day."""
    try:
        return date.fromisoformat(st.query_params.get(KNOWN_ON, ""))
    except ValueError:
        return None
