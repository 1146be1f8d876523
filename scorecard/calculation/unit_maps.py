"""The units of today and those that reported: the same figures on either map, product rule 6.13."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl

from scorecard.calculation.scopes import EARLIEST, Scopes, alive_months
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit, Units
from scorecard.domain.unit_map import UnitMap

HEIRS = pl.Schema({"contributor": pl.String, "heir": pl.String})
"""Each unit that no longer exists in a month, with the unit of then that all of it went over into.

A unit that was split is not among them, unless all its parts came together again.
"""


def map_month(province: Province, as_of: Month, today: date) -> Month:
    """Return the first month from `as_of` on that has the units of today."""
    units = province.units.members
    born = [alive_months(unit)[0] for unit in units if unit.valid_from and unit.valid_from <= today]
    gone = [alive_months(unit)[1] + 1 for unit in units if unit.valid_to and unit.valid_to < today]
    return Month(max([as_of.index, *born, *gone]))


def line_of_today(province: Province, drawn: Month) -> tuple[Unit, ...]:
    """Return the units of the province in a month, with all that became a part of it, however long ago.

    Those are also units that left no heir but stood under the province or under what became a part of it, as districts.
    """
    units = province.units
    today = units.within(province.root_code, drawn.last_day)
    line = units.with_ancestors(unit.id for unit in today)
    tops = {units.by_id[unit_id].code for unit_id in line if units.by_id[unit_id].parent is None}
    return tuple(unit for unit in units.members if unit.id in line or _top(unit, province) in tops)


def has_another_map(province: Province, since: Month, as_of: Month, drawn: Month) -> bool:
    """Say whether units with peers, that were there between two months, are not there in the month `drawn`."""
    return any(
        unit.peer_group is not None and _there(unit, since, as_of) and not unit.alive_on(drawn.last_day)
        for unit in line_of_today(province, drawn)
    )


def taken_over(province: Province, unit: Unit, since: Month, as_of: Month) -> tuple[Unit, ...]:
    """Return the units that went over into one entirely and were there in two months or between them.

    None of before the day on which a part of another unit came to it: what was reported then is not its own past.
    """
    scopes, known = Scopes(province, EARLIEST, as_of.index), province.units.by_id
    first = Month(max(since.index, scopes.began_anew(unit)))
    line = scopes.lineage([unit.id]) - {unit.id}
    return tuple(known[old] for old in sorted(line) if _there(known[old], first, as_of))


def parts_taken(province: Province, unit: Unit, since: Month, as_of: Month) -> tuple[Unit, ...]:
    """Return the units of which a part came to one, or to those it is made of, after a month; none came entirely."""
    scopes, known = Scopes(province, EARLIEST, as_of.index), province.units.by_id
    line, (origins, _) = scopes.lineage([unit.id]), scopes.links
    taken = {link.from_id for each in line for link in origins.get(each, ()) if link.effective > since.first_day}
    return tuple(known[old] for old in sorted(taken - line))


def as_reported(province: Province, since: Month, as_of: Month, drawn: Month) -> Province:
    """Return the province with every unit standing for itself: nobody inherits from anybody.

    Its units are those of line_of_today, all directly below the root, whatever they belonged to. Those that ceased to
    exist after `since` are there until `as_of`, so that what they reported stands somewhere.
    """
    return replace(province, units=Units(tuple(_apart(province, since, as_of, drawn))))


def heirs_on(unit_map: UnitMap, province: Province, drawn: Month) -> pl.DataFrame:
    """Return HEIRS of a map drawn in a month; none where every unit stands for itself."""
    if unit_map is UnitMap.AS_REPORTED:
        return pl.DataFrame(schema=HEIRS)
    return heirs_by(Scopes(province, EARLIEST, drawn.index).descent(), province, drawn)


def heirs_by(descent: pl.DataFrame, province: Province, drawn: Month) -> pl.DataFrame:
    """Return HEIRS of a month from the DESCENT of all units until then."""
    alive = [unit.id for unit in province.units.alive_on(drawn.last_day)]
    found = descent.filter(pl.col("whole") & pl.col("unit").is_in(alive))
    return found.select(contributor="ancestor", heir="unit")


def _apart(province: Province, since: Month, as_of: Month, drawn: Month) -> Iterator[Unit]:
    for unit in line_of_today(province, drawn):
        parent = None if unit.code == province.root_code else province.root_code
        died = unit.valid_to
        lasting = died is not None and since.first_day <= died < as_of.last_day
        yield replace(unit, parent=parent, valid_to=as_of.last_day if lasting else died)


def _top(unit: Unit, province: Province) -> str | None:
    """Return the code at the top of a unit at its end; None for one that has no end."""
    return None if unit.valid_to is None else province.units.root_code(unit, unit.valid_to)


def _there(unit: Unit, since: Month, as_of: Month) -> bool:
    first, last = alive_months(unit)
    return first <= as_of.index and last >= since.index
