"""The value of each row in each month: flows summed over their window, stocks as last reported, scores picked."""

from __future__ import annotations

import polars as pl

_TOTALS = ["scope", "indicator", "month"]
_AT = ["row", "month"]


def flow_values(flow: pl.LazyFrame, use: pl.LazyFrame, row_months: pl.LazyFrame) -> pl.LazyFrame:
    """Sum flows over each row's window, first over units, then over months.

    `use` says whose figures count (indicator × scope × span of months × unit); `row_months` holds the window
    (`window_start` to `month`). One row per row × month that has any figure in its window.
    """
    period = ["first", "last", "cover_first", "cover_last"]
    totals = (
        flow.join(use, on=["indicator", "unit"])
        .group_by("scope", "indicator", "since", *period)
        .agg(
            pl.col("numerator", "denominator").sum(),
            pl.col("approximate").any(),
            outside=(~pl.col("member")).any(),
        )
    )
    spans = use.select("scope", "since", "until").unique()
    return (
        row_months.join(spans, on="scope")
        .filter(pl.col("month").is_between("since", "until"))
        .join(totals, on=["scope", "indicator", "since"])
        .filter(in_window())
        .group_by("row", "month")
        .agg(
            pl.col("numerator", "denominator").sum(),
            pl.col("approximate", "outside").any(),
            value_month=pl.col("last").max(),
        )
    )


def in_window() -> pl.Expr:
    """Say whether a flow (sides.flows) counts in a window, `window_start` to `month`: inside, not repeated there."""
    repeated = (pl.col("cover_first") >= pl.col("window_start")) & (pl.col("cover_last") <= pl.col("month"))
    inside = (pl.col("first") >= pl.col("window_start")) & (pl.col("last") <= pl.col("month"))
    return inside & ~repeated.fill_null(False)


def flow_series(flow: pl.LazyFrame, use: pl.LazyFrame) -> pl.LazyFrame:
    """Sum flows by the month in which their period ends: scope × indicator × first month of a span × month.

    All months are told by the units that count in the span. A figure that repeats shorter ones brings only what is
    new in it, so that the months of any window add up to the window.
    """
    parts = ["indicator", "unit", "numerator", "denominator"]
    repeated = flow.filter(pl.col("cover_last").is_not_null())
    signed = pl.concat(
        [
            flow.select(*parts, month="last"),
            repeated.select(*parts[:2], -pl.col("numerator", "denominator"), month="cover_last"),
        ]
    )
    return (
        signed.join(use, on=["indicator", "unit"])
        .filter(pl.col("month") <= pl.col("until"))
        .group_by("scope", "indicator", "since", "month")
        .agg(pl.col("numerator", "denominator").sum())
    )


def whole_units(held: pl.LazyFrame) -> pl.LazyFrame:
    """Join the groups of stocks of each unit and month; a unit counts only when all of them are there."""
    return (
        held.filter(~pl.col("flow"))
        .group_by("indicator", "unit", "month")
        .agg(
            pl.col("numerator", "denominator").sum(),
            pl.col("approximate").any(),
            last=pl.col("last").max(),
            whole=pl.col("complete").all() & (pl.len() == pl.col("groups_needed").first()),
        )
        .filter("whole")
        .drop("whole")
    )


def stock_values(stock: pl.LazyFrame, use: pl.LazyFrame) -> pl.LazyFrame:
    """Sum what the units of each scope hold: one row per scope × indicator × month with any."""
    return (
        _in_scope(stock, use)
        .group_by(_TOTALS)
        .agg(
            pl.col("numerator", "denominator").sum(),
            pl.col("approximate").any(),
            value_month=pl.col("last").max(),
            outside=(~pl.col("member")).any(),
        )
    )


def _in_scope(stock: pl.LazyFrame, use: pl.LazyFrame) -> pl.LazyFrame:
    return stock.join(use.filter("lineal"), on=["indicator", "unit"]).filter(
        pl.col("month").is_between("since", "until")
    )
