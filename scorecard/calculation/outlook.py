"""What each row is heading for: its series on the units of each month, and the value forecast at its deadline."""

from __future__ import annotations

import math

import polars as pl

from scorecard.calculation import forecast, values
from scorecard.calculation.sources import Sources

REMEMBERED_MONTHS = 36
"""A forecast looks back so many months from the month asked for, and over the whole plan where it is longer."""

_LINE = ["row", "since", "segment_start"]
_SLOT = ["scope", "indicator", "since"]
_SUMMED = ["known_upper", "known_lower", "expected_volume"]
_SCALED = [
    "forecast",
    "forecast_low",
    "forecast_high",
    "forecast_rate",
    "forecast_recent",
    "forecast_earlier",
    "forecast_error",
]


def outlook(sources: Sources) -> pl.LazyFrame:
    """Return row × month of the plan with the columns of forecast.FORECASTS, on the scale of the value.

    `known_numerator` and `known_denominator` are what the window of the deadline holds by now, at the decimals of the
    row; they and the expected volume are null for stocks. A series never crosses a break of definition, nor a day on
    which a unit of the row took over a part of another; it is told by the units that count in the month looked ahead
    from. Scores, ranks and milestones have none, nor has a formula that adds flows to stocks or to plain numbers.
    """
    asked = _asked(sources)
    lines = _lines(asked)
    reported = _reported(lines, sources)
    questions = asked.join(lines.lazy(), on=_LINE).select("line", "month", "due_month", from_month="due_window_start")
    found = forecast.forecasts(
        lines.select(forecast.LINES.names()), reported.collect(), questions.select(forecast.QUESTIONS.names()).collect()
    )
    own = lines.lazy().select("line", "row", "scale", "levels")
    return (
        found.lazy()
        .join(own, on="line")
        .with_columns(
            pl.col(_SCALED) * pl.col("scale"), pl.when(~pl.col("levels")).then(pl.col(_SUMMED)).cast(pl.Int64)
        )
        .rename({"known_upper": "known_numerator", "known_lower": "known_denominator"})
        .drop("line", "scale", "levels")
    )


def _asked(sources: Sources) -> pl.LazyFrame:
    """Say of each row and month on which series it looks ahead."""
    constant = pl.any_horizontal(pl.col("numerator_constant", "denominator_constant") != 0)
    summed = pl.col("has_flow") & ~pl.col("has_stock") & ~constant.any().over("row")
    levels = pl.col("has_stock") & ~pl.col("has_flow")
    spans = sources.use.select("scope", "since", "until").unique()
    return (
        sources.row_months.join(sources.scales.filter(~pl.col("single")), on="indicator")
        .filter(summed | levels)
        .filter("in_plan")
        .join(spans, on="scope")
        .filter(pl.col("month").is_between("since", "until"))
        .with_columns(segment_start=pl.max_horizontal("segment_start", "not_before"), levels="has_stock")
    )


def _lines(asked: pl.LazyFrame) -> pl.DataFrame:
    """Number the series; `scale` times what is reported is the value, and `cap` the largest that can be reported."""
    scale = pl.col("numerator_scale").cast(pl.Float64) / pl.col("denominator_scale").cast(pl.Float64)
    return (
        asked.select(*_LINE, "scope", "indicator", "levels", "is_ratio", scale=scale)
        .unique()
        .sort(_LINE)
        .with_columns(scale=pl.when("levels").then(1.0).otherwise("scale"))
        .with_columns(
            line=pl.int_range(pl.len(), dtype=pl.Int32),
            cap=pl.when("is_ratio").then(1 / pl.col("scale")).otherwise(math.inf),
        )
        .collect()
    )


def _reported(lines: pl.DataFrame, sources: Sources) -> pl.LazyFrame:
    """Return frame forecast.REPORTED: of each line its own months, up to the one asked for."""
    board = sources.board
    first = min(board.months.start, board.as_of.index - REMEMBERED_MONTHS + 1)
    told = pl.concat([_flows(sources), _levels(sources)])
    return (
        lines.lazy()
        .join(told, on=_SLOT)
        .filter(pl.col("month") >= pl.max_horizontal("segment_start", pl.lit(first, pl.Int32)))
        .select(forecast.REPORTED.names())
    )


def _flows(sources: Sources) -> pl.LazyFrame:
    below = pl.when("is_ratio").then(pl.col("denominator")).otherwise(1)
    return (
        values.flow_series(sources.flows, sources.use)
        .join(sources.scales.filter(~pl.col("has_stock")), on="indicator")
        .with_columns(below=below)
        .filter(pl.col("below") > 0)
        .select(*_SLOT, "month", upper=pl.col("numerator").cast(pl.Float64), lower=pl.col("below").cast(pl.Float64))
    )


def _levels(sources: Sources) -> pl.LazyFrame:
    constants = sources.measured.constants(sources.board.months).lazy()
    sides = [
        ((pl.col(side) + pl.col(f"{side}_constant").fill_null(0)) * pl.col(f"{side}_scale"))
        .cast(pl.Float64)
        .alias(side)
        for side in ("numerator", "denominator")
    ]
    below = pl.when("is_ratio").then(pl.col("denominator")).otherwise(pl.col("denominator_scale").cast(pl.Float64))
    return (
        values.stock_series(sources.stocks, sources.use)
        .join(sources.scales.filter(~pl.col("has_flow")), on="indicator")
        .join(constants, on=["indicator", "month"], how="left")
        .with_columns(sides)
        .with_columns(below=below)
        .filter(pl.col("below") > 0)
        .select(*_SLOT, "month", upper=pl.col("numerator") / pl.col("below"), lower=pl.lit(1.0))
    )
