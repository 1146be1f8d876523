"""Which units a comparison shows: today's or those that reported, and what stands on none of them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from scorecard.calculation.unit_maps import line_of_today
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scorecard.domain.unit_map import DrawnMap, UnitMap
from scorecard.presentation.formats import Formats


def map_notes(
    rows: pl.DataFrame, former: int, province: Province, month: Month, shown_on: DrawnMap, formats: Formats
) -> Iterator[str]:
    """Say which units are shown, where there are others: `rows` are COMPARISON without its `former` units."""
    texts, drawn = formats.texts, shown_on.month.last_day
    gone = sum(not province.units.by_id[unit].alive_on(drawn) for unit in rows["unit"])
    if shown_on.kind is UnitMap.AS_REPORTED and (gone or former):
        yield texts("compare.map_as_reported", month=formats.month(month))
    if gone:
        yield texts("compare.map_gone", count=formats.count(gone), all=formats.count(rows.height))
    if across := int(rows["crosses_boundaries"].sum()):
        yield texts("compare.map_today", count=formats.count(across))
    if split := int(rows["unranked"].eq_missing("split").sum()):
        yield texts("compare.map_split", count=formats.count(split))
    if joined := [unit.name for unit in _other_provinces(rows, province, month, shown_on.month)]:
        yield texts("compare.map_joined", provinces=", ".join(joined))


def went_into(unit: Unit, province: Province, formats: Formats) -> str:
    """Name the units that a unit became, wholly or in part."""
    units = province.units
    names = [units.by_id[link.to_id].name for link in units.successions if link.from_id == unit.id]
    return ", ".join(dict.fromkeys(names)) or formats.texts("compare.went_nowhere")


def _other_provinces(rows: pl.DataFrame, province: Province, month: Month, drawn: Month) -> Iterator[Unit]:
    """Yield what stood beside the province in a month, is a part of it in another, and has units among the rows."""
    units, day = province.units, month.last_day
    shown = units.with_ancestors(rows["unit"])
    for unit in line_of_today(province, drawn):
        beside = unit.parent is None and unit.code != province.root_code and unit.alive_on(day)
        if beside and any(each.id in shown for each in units.within(unit.code, day)):
            yield unit
