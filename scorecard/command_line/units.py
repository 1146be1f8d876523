"""Which unit a command speaks of: by its code or id, with a hint where there is none."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches

from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scorecard.presentation.texts import Texts

_NEAR, _ALIKE = 3, 0.5


def find_unit(province: Province, name: str, as_of: Month, texts: Texts) -> Unit | None:
    """Return the unit of that code or id in the month; None when there is none, with those that may be meant."""
    alive = province.units.within(province.root_code, as_of.last_day)
    found = next((unit for unit in alive if name in (unit.code, unit.id)), None)
    if found is None:
        near = ", ".join(f"{unit.code} {unit.name}" for unit in _meant(province, name, alive)) or "—"
        print(texts("status_table.unknown_unit", unit=name, period=as_of, near=near), file=sys.stderr)
    return found


def _meant(province: Province, name: str, alive: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return what became of the unit that once had the code or id, else the units that are written alike."""
    gone = {unit.id: unit.name for unit in province.units.members if name in (unit.code, unit.id)}
    heirs = tuple(unit for unit in alive if not gone.keys().isdisjoint(province.units.with_ancestors([unit.id])))
    sought = next(iter(gone.values()), name).casefold()
    written = {spelling.casefold(): unit for unit in alive for spelling in (unit.code, unit.name)}
    alike = get_close_matches(sought, written, n=_NEAR, cutoff=_ALIKE)
    return heirs or tuple({written[each].id: written[each] for each in alike}.values())
