"""Ranks inside one peer group: product rule 6.12."""

from __future__ import annotations

import polars as pl

from scorecard import frames
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.province import Province

RANKS = pl.Schema(
    {
        "plan": pl.String,
        "target": pl.String,
        "unit": pl.String,
        "peer_group": pl.String,
        "rank": pl.Int32,
        "ranked": pl.Int32,
        "unranked": pl.String,
    }
)
"""One row per target that is a ratio × unit: its place among the `ranked` units of its peer group, 1 for the best.

`rank` is null exactly when `unranked` says why: no_peer_group, not_concerned (it owes no report for the month, or said
that it does not apply), not_reported, no_cases or too_small.
"""

_GROUP = ["plan", "target", "peer_group"]
_BITS = 64


def ranks(by_unit: pl.DataFrame, province: Province) -> pl.DataFrame:
    """Rank the units of a scoreboard by unit (frames.SCOREBOARD); return RANKS in the order of its rows.

    Only units that reported for the month, with a denominator of at least `minimum_denominator`, are ranked. Ties
    share a rank, and the next rank is left out. Ratios are compared exactly, up to denominators of 2^31.
    """
    frames.check(by_unit, frames.SCOREBOARD)
    return ranks_of(by_unit.lazy(), province).collect()


def ranks_of(sides: pl.LazyFrame, province: Province) -> pl.LazyFrame:
    """Rank units by a numerator and a denominator; return RANKS.

    `sides` holds plan, target, unit, numerator, denominator, denominator_decimals, reported_units and expected_units as
    the scoreboard does, of any window.
    """
    held = (
        sides.with_row_index("place").join(_targets(province), on=["plan", "target"]).join(_peers(province), on="unit")
    )
    order = exact_order(pl.col("numerator"), pl.col("denominator"))
    best_first = order * pl.when("rising_is_good").then(-1).otherwise(1)
    able = pl.col("unranked").is_null()
    placed = (
        held.with_columns(unranked=_unranked())
        .with_columns(order=pl.when(able).then(best_first))
        .with_columns(
            rank=pl.col("order").rank("min").over(_GROUP).cast(pl.Int32),
            ranked=able.sum().over(_GROUP).cast(pl.Int32),
        )
    )
    return placed.sort("place").select(RANKS.names())


def exact_order(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """Return a whole number (Int128) that orders ratios as they are: equal for equal ratios, apart for all others.

    Two ratios with denominators below 2^31 differ by more than 2^-62, so the first 64 binary places tell them apart.
    """
    order: pl.Expr = numerator.cast(pl.Int128) * pl.lit(2**_BITS, pl.Int128) // denominator.cast(pl.Int128)
    return order


def _targets(province: Province) -> pl.LazyFrame:
    rows = [
        (target.plan_id, target.id, indicator.rising_is_good, target.limits.minimum_denominator)
        for target in province.targets
        if target.indicator_id and (indicator := province.indicators[target.indicator_id]).kind is IndicatorKind.RATIO
    ]
    schema = {"plan": pl.String, "target": pl.String, "rising_is_good": pl.Boolean, "smallest": pl.Int64}
    return pl.LazyFrame(rows, schema, orient="row")


def _peers(province: Province) -> pl.LazyFrame:
    rows = [(unit.id, unit.peer_group) for unit in province.units.members]
    return pl.LazyFrame(rows, {"unit": pl.String, "peer_group": pl.String}, orient="row")


def _unranked() -> pl.Expr:
    smallest = pl.col("smallest") * pl.lit(10, pl.Int64).pow(pl.col("denominator_decimals").cast(pl.UInt32))
    silent = (pl.col("reported_units") == 0) | pl.col("numerator").is_null()
    return (
        pl.when(pl.col("peer_group").is_null())
        .then(pl.lit("no_peer_group"))
        .when((pl.col("reported_units") == 0) & (pl.col("expected_units") == 0))
        .then(pl.lit("not_concerned"))
        .when(silent)
        .then(pl.lit("not_reported"))
        .when(pl.col("denominator") == 0)
        .then(pl.lit("no_cases"))
        .when(pl.col("denominator") < smallest)
        .then(pl.lit("too_small"))
    )
