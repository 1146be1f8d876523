"""Where a unit stands among its peers, and whether it climbed since the month before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from scorecard import frames
from scorecard.calculation.ranking import RANKS
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.standing import Standing

_ALONE = "no_peers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The rank of a unit among the `ranked` units of its peer group, 1 for the best.

    `rank` is None exactly when `unranked` says why: a reason of RANKS, or that nobody else is ranked. `climbed` is by
    how many places it is better than the month before, negative for worse; None when it was not ranked then.
    """

    rank: int | None
    ranked: int
    unranked: str | None
    climbed: int | None


def read_places(now: pl.DataFrame, before: pl.DataFrame | None, unit_id: str) -> Mapping[str, Place]:
    """Return the places of a unit by target, from RANKS of one plan for a month and for the one before."""
    earlier = {} if before is None else {target: place for target, place in _places(before, unit_id) if place.rank}
    return {target: _since(place, earlier.get(target)) for target, place in _places(now, unit_id)}


def place_text(place: Place, standing: Standing, amounts: Amounts) -> str:
    """Print a place: «hạng 47/88 (tăng 6 bậc)», or why there is none."""
    texts, count = amounts.formats.texts, amounts.formats.count
    if place.rank is None:
        return texts("place.unranked", reason=texts(f"place.{place.unranked}", **_told(standing, amounts)))
    rank = texts("place.rank", rank=count(place.rank), ranked=count(place.ranked))
    if place.climbed is None:
        return rank
    key = "climbed" if place.climbed > 0 else "fell" if place.climbed < 0 else "same"
    return texts(f"place.{key}", place=rank, steps=count(abs(place.climbed)))


def _told(standing: Standing, amounts: Amounts) -> dict[str, str]:
    smallest = standing.target.limits.minimum_denominator
    counted_in = amounts.counted_in(standing.indicator, standing.month) if standing.indicator else ""
    return {"month": amounts.formats.month(standing.month), "smallest": amounts.formats.counted(smallest, counted_in)}


def _places(ranks: pl.DataFrame, unit_id: str) -> list[tuple[str, Place]]:
    own = frames.check(ranks, RANKS).filter(pl.col("unit") == unit_id)
    return [
        (
            target,
            Place(
                rank=None if alone else rank,
                ranked=ranked,
                unranked=_ALONE if alone else unranked,
                climbed=None,
            ),
        )
        for target, rank, ranked, unranked in own.select("target", "rank", "ranked", "unranked").iter_rows()
        for alone in [rank is not None and ranked == 1]
    ]


def _since(place: Place, earlier: Place | None) -> Place:
    if place.rank is None or earlier is None or earlier.rank is None:
        return place
    return Place(rank=place.rank, ranked=place.ranked, unranked=None, climbed=earlier.rank - place.rank)
