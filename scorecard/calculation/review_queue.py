"""Which submitted returns to look at first: effect on the province's total times suspicion."""

from __future__ import annotations

import polars as pl

from scorecard import frames
from scorecard.calculation.effects import EFFECTS
from scorecard.calculation.suspicion import SUSPICIONS
from scorecard.domain.suspicion import SuspicionLimits

RETURN = ["unit", "form", "first_month", "last_month"]

REVIEW_QUEUE = pl.Schema(
    {
        "unit": pl.String,
        "form": pl.String,
        "first_month": pl.Int32,
        "last_month": pl.Int32,
        "flagged": pl.Int64,
        "suspicion": pl.Float64,
        "target": pl.String,
        "points": pl.Float64,
        "cases": pl.Float64,
        "weight": pl.Float64,
        "urgency": pl.Float64,
    }
)
"""One row per submitted return, the most urgent first.

`flagged` counts its figures with flags; 0 may be approved together with others. `suspicion` is 1 at the limit from
which a figure is flagged. `target` is the one on which it has the largest effect, with that effect (see EFFECTS); null
where it feeds no total. `urgency` = weight × suspicion.
"""


def review_queue(rows: pl.DataFrame, effects: pl.DataFrame, limits: SuspicionLimits | None = None) -> pl.DataFrame:
    """Return REVIEW_QUEUE of figures scored (suspicion.SUSPICIONS) with their effects (effects.EFFECTS).

    The suspicion of a return is that of its worst figure: score ÷ limit, at most `most_suspicion`, at least 1 where
    anything is flagged, and 1 for a number that nothing could be held against (its effect is then all it brings). A
    figure without a number has none. Equal urgency keeps the order of the figures.
    """
    limits = limits or SuspicionLimits()
    frames.check(rows, SUSPICIONS)
    frames.check(effects, EFFECTS)
    largest = effects.sort("weight", descending=True, maintain_order=True).unique(
        ["unit", "form", "last_month"], keep="first", maintain_order=True
    )
    flagged = pl.col("flags").list.len() > 0
    score = (pl.col("score") / float(limits.score)).clip(upper_bound=limits.most_suspicion).fill_null(1.0)
    suspicion = pl.when(flagged).then(score.clip(lower_bound=1.0)).otherwise(score)
    return (
        rows.with_columns(suspicion=pl.when(pl.col("amount").is_not_null()).then(suspicion).otherwise(0.0))
        .group_by(RETURN, maintain_order=True)
        .agg(pl.col("suspicion").max(), flagged=flagged.sum().cast(pl.Int64))
        .join(largest, on=["unit", "form", "last_month"], how="left", maintain_order="left")
        .with_columns(pl.col("weight").fill_null(0.0))
        .with_columns(urgency=pl.col("weight") * pl.col("suspicion"))
        .sort("urgency", "suspicion", descending=True, maintain_order=True)
        .select(REVIEW_QUEUE.names())
    )
