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
    repeated = (pl.col("cover_first") >= pl.col("window_start")) & (pl.col("cover_last") <= pl.col("month"))
    inside = (pl.col("first") >= pl.col("window_start")) & (pl.col("last") <= pl.col("month"))
    return (
        row_months.join(spans, on="scope")
        .filter(pl.col("month").is_between("since", "until"))
        .join(totals, on=["scope", "indicator", "since"])
        .filter(inside & ~repeated.fill_null(False))
        .group_by("row", "month")
        .agg(
            pl.col("numerator", "denominator").sum(),
            pl.col("approximate", "outside").any(),
            value_month=pl.col("last").max(),
        )
    )


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


def stock_series(stock: pl.LazyFrame, use: pl.LazyFrame) -> pl.LazyFrame:
    """Sum what is held month by month, told by the units that count in a span: as flow_series.

    Only months in which one of these units reported.
    """
    return (
        stock.join(use.filter("lineal"), on=["indicator", "unit"])
        .filter(pl.col("month") <= pl.col("until"))
        .group_by("scope", "indicator", "since", "month")
        .agg(pl.col("numerator", "denominator").sum(), told=pl.col("last").max())
        .filter(pl.col("told") == pl.col("month"))
        .drop("told")
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


def single_values(stock: pl.LazyFrame, use: pl.LazyFrame) -> pl.LazyFrame:
    """Pick one unit's value for each scope × indicator × month: the province's own, else the only one there is."""
    preferred = (
        _in_scope(stock, use)
        .filter(pl.col("priority") == pl.col("priority").min().over(_TOTALS))
        .filter((pl.col("priority") == 0) | (pl.len().over(_TOTALS) == 1))
    )
    return (
        preferred.sort("last", "tie", descending=[True, False])
        .unique(_TOTALS, keep="first", maintain_order=True)
        .select(*_TOTALS, "numerator", "denominator", "approximate", value_month="last", outside=~pl.col("member"))
    )


def _in_scope(stock: pl.LazyFrame, use: pl.LazyFrame) -> pl.LazyFrame:
    return stock.join(use.filter("lineal"), on=["indicator", "unit"]).filter(
        pl.col("month").is_between("since", "until")
    )


def row_values(row_months: pl.LazyFrame, flow: pl.LazyFrame, stock: pl.LazyFrame, scales: pl.LazyFrame) -> pl.LazyFrame:
    """Put the parts of each row and month together, with the exact value as `upper` ÷ `lower`.

    Where a formula mixes flows and stocks, both parts must be there. `lower` is 0 when the denominator is. What is
    held from before `not_before` is left out: the row was not the same units then.
    """
    parts = ["numerator", "denominator"]
    held = row_months.join(stock, on=_TOTALS).filter(pl.col("value_month") >= pl.col("not_before"))
    joined = (
        row_months.join(scales, on="indicator")
        .join(flow, on=_AT, how="left")
        .join(held.select(*_AT, *parts, "value_month", "approximate", "outside"), on=_AT, how="left", suffix="_stock")
    )
    total = [
        pl.when(pl.col("has_flow") & pl.col("has_stock"))
        .then(pl.col(part) + pl.col(f"{part}_stock"))
        .when(pl.col("has_stock"))
        .then(pl.col(f"{part}_stock"))
        .otherwise(pl.col(part))
        .alias(part)
        for part in parts
    ]
    return (
        joined.with_columns(
            *total,
            value_month=pl.max_horizontal("value_month", "value_month_stock"),
            approximate=pl.col("approximate").fill_null(False) | pl.col("approximate_stock").fill_null(False),
            outside=pl.col("outside").fill_null(False) | pl.col("outside_stock").fill_null(False),
        )
        .with_columns(
            pl.col("numerator") + pl.col("numerator_constant"),
            pl.when("is_ratio").then(pl.col("denominator") + pl.col("denominator_constant")).alias("denominator"),
        )
        .select(
            "row",
            "month",
            "segment_start",
            *parts,
            "value_month",
            "approximate",
            "outside",
            *_exact(),
            window_start=pl.when("has_flow").then("window_start"),
        )
    )


def _exact() -> list[pl.Expr]:
    below = pl.when("is_ratio").then(pl.col("denominator")).otherwise(1)
    sign = pl.when(below < 0).then(-1).otherwise(1).cast(pl.Int128)
    return [
        (pl.col("numerator").cast(pl.Int128) * pl.col("numerator_scale") * sign).alias("upper"),
        pl.when(pl.col("numerator").is_not_null())
        .then(below.cast(pl.Int128) * pl.col("denominator_scale") * sign)
        .alias("lower"),
    ]
