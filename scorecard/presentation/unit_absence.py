"""A unit that does not exist in the month looked at: since when or until when it was, and who came before or after."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.domain.period import Month
from scorecard.domain.unit import Unit, Units
from scorecard.presentation.formats import Formats


def absence_lines(unit: Unit, month: Month, units: Units, formats: Formats) -> tuple[str, ...]:
    """Say why a unit has no figures of its own in a month, and whose there are; empty for a unit that exists then."""
    texts, last_day = formats.texts, month.last_day
    if unit.alive_on(last_day):
        return ()
    told = {"unit": unit.name, "month": formats.month(month)}
    if unit.valid_from is not None and unit.valid_from > last_day:
        before = [each.from_id for each in units.successions if each.to_id == unit.id]
        said = texts("unit.not_yet", day=formats.day(unit.valid_from), **told)
        return said, *_named("unit.came_from", before, units, formats)
    after = [each.to_id for each in units.successions if each.from_id == unit.id]
    said = texts("unit.no_more", day=formats.day(unit.valid_to) if unit.valid_to else "", **told)
    return said, *_named("unit.went_into", after, units, formats)


def _named(key: str, unit_ids: Sequence[str], units: Units, formats: Formats) -> tuple[str, ...]:
    names = ", ".join(dict.fromkeys(units.by_id[unit_id].name for unit_id in unit_ids))
    return (formats.texts(key, units=names),) if names else ()
