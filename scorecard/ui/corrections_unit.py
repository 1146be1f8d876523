"""Whose ledger of corrections is looked at; the unit stands in the address."""

from __future__ import annotations

import streamlit as st

from scorecard.domain.access import AccessRefusedError, Permission, require
from scorecard.presentation.recorded import Names
from scorecard.ui import address
from scorecard.ui.guard import PageContext
from scorecard.ui.record_names import ledger_units
from scorecard.workflow.corrections import LedgerUnit

_UNIT = "don-vi"


def choose(page: PageContext, names: Names) -> LedgerUnit | None:
    """Ask for one of the units that the person may read; None when there is none yet.

    An address that names a unit which is not theirs is refused in words, and the script ends.
    """
    _require_readable(page, names)
    offered = {each.unit.id: each for each in ledger_units(page)}
    if len(offered) > 1:
        chosen = address.choose(
            _UNIT,
            tuple(offered),
            label=page.texts("corrections.unit"),
            show=lambda unit_id: _label(page, names, offered[unit_id]),
            default=next(iter(offered)),
            width=640,
        )
        return offered[chosen] if chosen else None
    return next(iter(offered.values()), None)


def _require_readable(page: PageContext, names: Names) -> None:
    wanted = st.query_params.get(_UNIT)
    if wanted is not None and wanted in page.province.units.by_id:
        try:
            require(page.person, Permission.VIEW_RETURNS, wanted.partition("@")[0])
        except AccessRefusedError as refused:
            st.warning(page.texts(refused.reason, **refused.parameters | {"unit": names.unit(wanted)}))
            st.button(page.texts("corrections.own_unit"), on_click=address.remember, args=(_UNIT, None))
            st.stop()


def _label(page: PageContext, names: Names, each: LedgerUnit) -> str:
    count = page.formats.count
    return page.texts(
        "corrections.unit_counted",
        unit=names.unit(each.unit.id),
        corrected=count(each.corrected),
        reported=count(each.reported),
    )
