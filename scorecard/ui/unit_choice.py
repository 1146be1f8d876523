"""Whose page is looked at; the unit stands in the address."""

from __future__ import annotations

import streamlit as st

from scorecard.domain.access import EVERY_UNIT, AccessRefusedError, own_pages
from scorecard.domain.period import Month
from scorecard.domain.unit import Unit
from scorecard.ui import address
from scorecard.ui.guard import PageContext
from scorecard.ui.record_names import names_of

_UNIT = "don-vi"


def choose_unit(page: PageContext, month: Month) -> Unit | None:
    """Return the unit looked at: one's own for who is bound to one; others choose any, None until they do."""
    bound = own_pages(page.person) != EVERY_UNIT
    offered = _own(page, month) if bound else _every(page, month)
    if bound and len(offered) < 2:
        return next(iter(offered.values()), None)
    names = names_of(page)
    chosen = address.choose(
        _UNIT,
        tuple(offered),
        label=page.texts("unit.unit"),
        show=names.unit,
        default=next(iter(offered)) if bound else None,
        placeholder=page.texts("unit.placeholder"),
        width=480,
    )
    return offered[chosen] if chosen else None


def require_own(page: PageContext) -> None:
    """Refuse an address that names a unit whose page the person may not open, in words, and end the script."""
    wanted = page.province.units.by_id.get(st.query_params.get(_UNIT, ""))
    if wanted is not None and not own_pages(page.person).covers(wanted.id):
        refused = AccessRefusedError("access.other_unit", unit=names_of(page).unit(wanted.id))
        st.title(page.texts("unit.refused_title"), anchor=False)
        st.warning(page.texts(refused.reason, **refused.parameters))
        st.button(page.texts("unit.own_unit"), on_click=address.remember, args=(_UNIT, None))
        st.stop()


def _own(page: PageContext, month: Month) -> dict[str, Unit]:
    """Return one's own units as they were in the month, and the one that the address names."""
    units = page.province.units
    found = [_as_in(page, code, month) for code in sorted(page.person.unit_codes) if code in units.by_code]
    asked = units.by_id.get(st.query_params.get(_UNIT, ""))
    return {unit.id: unit for unit in (*([asked] if asked else []), *found)}


def _as_in(page: PageContext, code: str, month: Month) -> Unit:
    """Return the unit that has a code today or had it last, as it was in the month where it had the same name then.

    A code can have been that of another unit before.
    """
    units = page.province.units
    today = units.find(code, page.today) or units.by_code[code][-1]
    then = units.find(code, month.last_day)
    return then if then is not None and then.name == today.name else today


def _every(page: PageContext, month: Month) -> dict[str, Unit]:
    """Return the units of the province in the month, in the order of protocol, and the one that is looked at."""
    units, root = page.province.units, page.province.root_code
    alive = sorted(units.within(root, month.last_day), key=lambda unit: (unit.protocol_order, unit.name))
    asked = (str(st.session_state.get(_UNIT)), st.query_params.get(_UNIT, ""))
    looked_at = [units.by_id[unit_id] for unit_id in asked if unit_id in units.by_id]
    return {unit.id: unit for unit in (*alive, *looked_at) if unit.code != root}
