"""Whose figures the line of a unit holds: its own, or also those of the units that it was made of."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.domain.collation import sort_key
from scorecard.domain.unit import Unit
from scorecard.domain.unit_map import UnitMap
from scorecard.presentation.formats import Formats


def past_sentence(unit: Unit, former: Sequence[Unit], unit_map: UnitMap, formats: Formats) -> str:
    """Say what the lines hold; `former` are the units that went over into the unit entirely, at least one."""
    if unit_map is UnitMap.TODAY:
        return formats.texts("unit.past_today", unit=unit.name, units=_names(former))
    return formats.texts("unit.past_as_reported", unit=unit.name)


def broken_sentence(unit: Unit, split: Sequence[Unit], formats: Formats) -> str:
    """Say that the lines begin where a part of others came to the unit; `split` are those others, at least one."""
    return formats.texts("unit.past_broken", unit=unit.name, units=_names(split))


def _names(units: Sequence[Unit]) -> str:
    return ", ".join(sorted({each.name for each in units}, key=sort_key))
