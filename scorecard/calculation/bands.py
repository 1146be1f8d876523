"""How many units are where: at or above 80%, from 50% to below 80%, below, and without figures."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import polars as pl

from scorecard import frames

EDGES = (Fraction(1, 2), Fraction(4, 5))
"""Where a band begins; a report of «over 80%» and «50% to under 80%» leaves exactly 80% nowhere (Hà Giang 2021)."""

BANDS = pl.Schema({"plan": pl.String, "target": pl.String, "band": pl.String, "units": pl.Int32})
"""One row per target × band, best first: the share from which the band runs («4/5»), `0` for the lowest.

`no_data` are units without a value for the month, `not_applicable` those to which the target does not apply.
"""

NO_DATA, NOT_APPLICABLE = "no_data", "not_applicable"


def bands(by_unit: pl.DataFrame, edges: Sequence[Fraction] = EDGES) -> pl.DataFrame:
    """Count the units of a scoreboard by unit (frames.SCOREBOARD) in each band; return BANDS.

    Only targets whose values are ratios or parts of a list. Bands are half-open: a value on an edge belongs to the
    band above, decided on whole numbers. Every unit of a target is counted once; bands without units stand with 0.
    """
    frames.check(by_unit, frames.SCOREBOARD)
    ratios = by_unit.lazy().filter(pl.col("denominator_decimals").is_not_null() & pl.col("steps_total").is_null())
    counted = ratios.with_columns(band=_band(edges)).group_by("plan", "target", "band").agg(units=pl.len())
    names = [*(str(edge) for edge in reversed(edges)), "0", NO_DATA, NOT_APPLICABLE]
    order = pl.LazyFrame({"band": names, "place": range(len(names))})
    targets = ratios.with_row_index("row").group_by("plan", "target").agg(pl.col("row").min())
    return (
        targets.join(order, how="cross")
        .join(counted, on=["plan", "target", "band"], how="left")
        .sort("row", "place")
        .select("plan", "target", "band", pl.col("units").fill_null(0).cast(pl.Int32))
        .collect()
    )


def _band(edges: Sequence[Fraction]) -> pl.Expr:
    scales = [
        pl.lit(10, pl.Int128).pow(pl.col(f"{side}_decimals").cast(pl.UInt32)) for side in ("numerator", "denominator")
    ]
    above, below = pl.col("numerator") * scales[1], pl.col("denominator") * scales[0]
    band = pl.lit("0")
    for edge in sorted(edges):
        reached = above * edge.denominator >= below * edge.numerator
        band = pl.when(reached).then(pl.lit(str(edge))).otherwise(band)
    unknown = pl.col("value").is_null() | pl.col("status").is_in(["no_data", "not_due"])
    return (
        pl.when(pl.col("status") == "not_applicable")
        .then(pl.lit(NOT_APPLICABLE))
        .when(unknown)
        .then(pl.lit(NO_DATA))
        .otherwise(band)
    )
