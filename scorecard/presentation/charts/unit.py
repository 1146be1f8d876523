"""The charts of one unit's page: for each target that ranks units, its place among peers and its rate by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from scorecard.presentation.amounts import Amounts
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.own_rate import own_rate
from scorecard.presentation.charts.peer_strip import peer_strip
from scorecard.presentation.charts.style import Palette
from scorecard.presentation.standing import Standing, read_standings


def unit_charts(
    by_unit: pl.DataFrame,
    ranks: pl.DataFrame,
    history: pl.DataFrame,
    unit_id: str,
    amounts: Amounts,
    palette: Palette,
) -> Mapping[str, tuple[Drawing, Drawing | None]]:
    """Return by target both charts of a unit; a target in which fewer than two of its peers are ranked is left out.

    `by_unit` and `ranks` are SCOREBOARD and RANKS of one plan for a month, `history` SCOREBOARD of the months up to it.
    """
    drawn = {}
    own_history = history.filter(pl.col("unit") == unit_id)
    for target_id in ranks.filter(pl.col("unit") == unit_id)["target"]:
        strip = peer_strip(list(_ranked(by_unit, ranks, target_id, unit_id, amounts)), unit_id, amounts, palette)
        if strip is not None:
            rows = own_history.filter(pl.col("target") == target_id)
            drawn[target_id] = strip, own_rate(read_standings(rows, amounts.province), amounts, palette)
    return drawn


def _ranked(
    by_unit: pl.DataFrame, ranks: pl.DataFrame, target_id: str, unit_id: str, amounts: Amounts
) -> Iterator[tuple[Standing, int]]:
    """Yield the ranked units of a unit's peer group in a target, with their ranks."""
    group = amounts.province.units.by_id[unit_id].peer_group
    peers = ranks.filter((pl.col("target") == target_id) & (pl.col("peer_group") == group))
    placed = dict(peers.filter(pl.col("rank").is_not_null()).select("unit", "rank").iter_rows())
    rows = by_unit.filter((pl.col("target") == target_id) & pl.col("unit").is_in(list(placed)))
    for standing in read_standings(rows, amounts.province):
        yield standing, placed[standing.unit]
