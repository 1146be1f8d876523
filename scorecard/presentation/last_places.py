"""Whom a lead unit has to press: the units ranked last in the targets that it leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from scorecard.domain.unit import Unit
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.record_table import Cell, Column, records_html
from scorecard.presentation.standing import Standing, read_standings
from scorecard.presentation.texts import Texts, in_language
from scorecard.presentation.unit_comparison import peer_kinds

_SHOWN = 5
_COLUMNS = (("unit", False), ("rank", True), ("rate", True), ("parts", True), ("short", True))


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPlaces:
    """The last of one peer group in one target, worst first; units that are not ranked are only counted."""

    caption: str
    rows: tuple[tuple[str, ...], ...]

    def html(self, texts: Texts) -> str:
        """Return the table."""
        columns = [Column(texts(f"unit.column_{name}"), numeric) for name, numeric in _COLUMNS]
        return records_html(self.caption, columns, [[Cell(text) for text in row] for row in self.rows])


def last_places(
    lead: Unit, targets: Sequence[str], by_unit: pl.DataFrame, ranks: pl.DataFrame, amounts: Amounts
) -> Iterator[LastPlaces]:
    """Yield the last of each peer group below the lead unit's own level, for each target (by id) that it leads.

    `by_unit` and `ranks` are SCOREBOARD and RANKS of one plan and month.
    """
    units = amounts.province.units.by_id
    below = [each for each in set(ranks["unit"]) if units[each].level != lead.level]
    wanted = ranks.filter(pl.col("target").is_in(targets) & pl.col("unit").is_in(below))
    for (target_id, group), places in wanted.group_by("target", "peer_group", maintain_order=True):
        ranked = places.filter(pl.col("rank").is_not_null())
        if group is None or ranked.height < 2:
            continue
        last = ranked.sort("rank", descending=True, maintain_order=True).head(_SHOWN)
        of_target = by_unit.filter((pl.col("target") == target_id) & pl.col("unit").is_in(last["unit"].implode()))
        standings = {each.unit: each for each in read_standings(of_target, amounts.province)}
        yield LastPlaces(
            caption=_caption(standings[last["unit"][0]], places, last.height, ranked.height, amounts),
            rows=tuple(_row(standings[unit], rank, ranked.height, amounts) for unit, rank in _ranked(last)),
        )


def _ranked(places: pl.DataFrame) -> list[tuple[str, int]]:
    return list(places.select("unit", "rank").iter_rows())


def _caption(standing: Standing, places: pl.DataFrame, shown: int, ranked: int, amounts: Amounts) -> str:
    texts, count = amounts.formats.texts, amounts.formats.count
    return texts(
        "unit.last_places",
        target=in_language(texts, standing.target.name, standing.target.name_en),
        shown=count(shown),
        ranked=count(ranked),
        kinds=peer_kinds(places["unit"], amounts.province),
        unranked=count(places.height - ranked),
    )


def _row(standing: Standing, rank: int, ranked: int, amounts: Amounts) -> tuple[str, ...]:
    count = amounts.formats.count
    return (
        amounts.province.units.by_id[standing.unit].name,
        f"{count(rank)}/{count(ranked)}",
        amounts.value(standing) or "",
        amounts.parts(standing) or "",
        amounts.missing(standing) or amounts.formats.texts("unit.nothing_short"),
    )
