"""Which units have ever held a pace: product rule 6.9."""

from __future__ import annotations

import polars as pl

from scorecard.calculation import sides, values
from scorecard.calculation.board import Board
from scorecard.calculation.lines import reported
from scorecard.calculation.sources import Sources
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province

LONGEST_RUN = 3

HOLDERS = pl.Schema({"unit": pl.String, "first": pl.Int32, "last": pl.Int32, "rate": pl.Float64})
"""One row per unit that held the pace: its best run of months, with the share (0-1) that it reached in it."""


def pace_holders(
    province: Province, figures: pl.DataFrame, as_of: Month, target: Target, needed_rate: float, months_left: int
) -> pl.DataFrame:
    """Return HOLDERS, the best first: units alive in the month whose cases once reached a rate for a run of months.

    A run is as many months in a row as are left to the deadline, three at most, each of them reported; it may lie in
    the units that went over into one of today entirely, and never crosses a break of definition. Only ratios of flows.
    """
    board = Board(province, (target,), as_of, reported(figures, as_of))
    sources = Sources(board, figures)
    run = max(1, min(months_left, LONGEST_RUN))
    breaks = province.indicators[target.indicator_id].break_months if target.indicator_id else ()
    segment = pl.sum_horizontal(pl.lit(0), *((pl.col("month") >= each.index).cast(pl.Int32) for each in breaks))
    past = figures.lazy().filter(pl.col("last_month") <= as_of.index)
    series = (
        values.flow_series(sides.flows(sides.sides(past, sources.terms)), sources.use)
        .join(sources.scales, on="indicator")
        .join(board.rows.lazy().select("scope", "unit").unique(), on="scope")
        .filter("is_ratio")
        .with_columns(segment=segment)
        .sort("unit", "month")
    )
    scale = pl.col("numerator_scale").cast(pl.Float64) / pl.col("denominator_scale").cast(pl.Float64)
    above, below = (pl.col(side).rolling_sum(run).over("unit", "segment") for side in ("numerator", "denominator"))
    first = pl.col("month").shift(run - 1).over("unit", "segment")
    return (
        series.with_columns(first=first, last="month", rate=above / below * scale, below=below)
        .filter((pl.col("last") - pl.col("first") == run - 1) & (pl.col("below") > 0))
        .filter(pl.col("rate").round(9) >= round(needed_rate, 9))
        .sort("rate", "last", "unit", descending=[True, True, False])
        .unique("unit", keep="first", maintain_order=True)
        .select(HOLDERS.names())
        .collect()
    )
