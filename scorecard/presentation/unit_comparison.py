"""How the units of a target compare: how many are where, and who leads each peer group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import polars as pl

from scorecard.calculation.bands import EDGES, NO_DATA, NOT_APPLICABLE, bands
from scorecard.calculation.ranking import ranks
from scorecard.domain.province import Province
from scorecard.presentation.amounts import Amounts, plain_share
from scorecard.presentation.texts import in_language

_SHOWN = 3


def unit_lines(by_unit: pl.DataFrame, amounts: Amounts) -> Iterator[str]:
    """Say of each target of a scoreboard by unit how many units are in each band and which are first and last.

    Only targets with more than one unit. Units that are not ranked are counted, never listed as last.
    """
    targets = {target.id: target for target in amounts.province.targets}
    places = ranks(by_unit, amounts.province)
    for (target_id,), rows in bands(by_unit).group_by("target", maintain_order=True):
        if rows["units"].sum() > 1:
            target = targets[str(target_id)]
            yield ""
            yield in_language(amounts.formats.texts, target.name, target.name_en)
            yield amounts.formats.texts("comparison.bands", bands="; ".join(_band_parts(rows, amounts)))
            yield from _rank_lines(places.filter(pl.col("target") == target_id), amounts)


def _band_parts(rows: pl.DataFrame, amounts: Amounts) -> Iterator[str]:
    formats, above = amounts.formats, None
    for band, units in rows.select("band", "units").iter_rows():
        if band in (NO_DATA, NOT_APPLICABLE):
            label = formats.texts(f"comparison.{band}")
        else:
            label = _range(Fraction(band), above, amounts)
            above = Fraction(band)
        yield formats.texts("comparison.band", label=label, count=formats.count(units))


def _range(low: Fraction, high: Fraction | None, amounts: Amounts) -> str:
    formats = amounts.formats
    if high is None:
        return formats.texts("comparison.from", low=plain_share(low, formats))
    if low < min(EDGES):
        return formats.texts("comparison.below", high=plain_share(high, formats))
    return formats.texts("comparison.between", low=plain_share(low, formats), high=plain_share(high, formats))


def _rank_lines(places: pl.DataFrame, amounts: Amounts) -> Iterator[str]:
    texts, formats = amounts.formats.texts, amounts.formats
    for (group,), rows in places.group_by("peer_group", maintain_order=True):
        ranked = rows.filter(pl.col("rank").is_not_null()).sort("rank", maintain_order=True)
        if group is None or ranked.height < 2:
            continue
        first, last = (", ".join(_places(part, amounts)) for part in (ranked.head(_SHOWN), ranked.tail(_SHOWN)))
        told = {
            "group": peer_kinds(rows["unit"], amounts.province),
            "ranked": formats.count(ranked.height),
            "first": first,
            "last": last,
        }
        yield texts("comparison.ranks", unranked=formats.count(rows.height - ranked.height), **told)


def peer_kinds(units: Iterable[str], province: Province) -> str:
    """Name a peer group by the kinds of its units, given by their ids."""
    return ", ".join(dict.fromkeys(province.kinds[province.units.by_id[unit].kind] for unit in units))


def _places(ranked: pl.DataFrame, amounts: Amounts) -> Iterator[str]:
    units = amounts.province.units.by_id
    for unit, rank in ranked.select("unit", "rank").iter_rows():
        yield amounts.formats.texts("comparison.place", rank=amounts.formats.count(rank), unit=units[unit].name)
