"""Between which values a total lies: who is missing takes the worst and the best of its own last 12 months."""

from __future__ import annotations

import polars as pl

from scorecard.calculation.missing import late_stocks, owed_periods, silent_periods
from scorecard.calculation.series import Places
from scorecard.calculation.sources import Sources

_MONTHS = 12
_UNIT = ["indicator", "unit"]


def ranges(sources: Sources, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return `value_low` and `value_high` of each row of the month asked for, on the scale of the value.

    `rows` has row, scope, indicator, month, window_start, numerator and denominator (the value of the month) and the
    scales of its indicator. Every period of the window that a unit owed and did not report is missing, and every
    stock not reported for the latest period whose due day has passed. Where a unit has nothing in its last 12 months,
    a share may be anything from 0 to 100% of a usual unit's cases, a count anything up to the largest unit's. Both
    are the value itself where nothing is missing; rows without a value, scores, ranks and milestones have no row here.
    """
    asked = rows.filter(~pl.col("single") & pl.col("lower").ne(0) & (pl.col("has_flow") != pl.col("has_stock")))
    asked = asked.collect(engine="in-memory").lazy()
    length = owed_periods(sources)
    found = [_missing_flows(sources, asked, length), _missing_stocks(sources, asked, length)]
    missing = pl.concat(found).collect(engine="in-memory").lazy()
    boxes = _boxes(sources).lazy()
    all_ = sources.scales.select("indicator", all=pl.col("denominator_scale") / pl.col("numerator_scale"))
    items = (
        missing.join(all_, on="indicator")
        .join(boxes, on=_UNIT, how="left")
        .join(_usual(boxes), on="indicator", how="left")
    )
    return _bounds(asked, _limits(items).collect(engine="in-memory").lazy())


def _missing_flows(sources: Sources, asked: pl.LazyFrame, length: Places) -> pl.LazyFrame:
    """Return row × indicator × unit with the `periods` of the window that were owed and not reported."""
    return (
        _counted(sources, asked.filter("has_flow"))
        .join(silent_periods(sources, length), on=_UNIT)
        .filter((pl.col("first") >= pl.col("window_start")) & (pl.col("last") <= pl.col("month")))
        .group_by("row", *_UNIT)
        .agg(periods=pl.len().cast(pl.Int64))
        .with_columns(numerator_out=pl.lit(0, pl.Int64), denominator_out=pl.lit(0, pl.Int64))
    )


def _missing_stocks(sources: Sources, asked: pl.LazyFrame, length: Places) -> pl.LazyFrame:
    """Return row × indicator × unit whose stock was not reported for the latest period whose due day has passed.

    What is held instead is taken out.
    """
    return (
        _counted(sources, asked.filter("has_stock"))
        .filter("lineal")
        .join(late_stocks(sources, length), on=_UNIT)
        .join(sources.stocks, on=_UNIT, how="left")
        .select(
            "row",
            *_UNIT,
            periods=pl.lit(1, pl.Int64),
            numerator_out=pl.col("numerator").fill_null(0),
            denominator_out=pl.col("denominator").fill_null(0),
        )
    )


def _counted(sources: Sources, asked: pl.LazyFrame) -> pl.LazyFrame:
    """Return each row with the units whose figures count for it in the month asked for."""
    use = sources.use.filter(pl.col("until") >= sources.board.as_of.index).select("scope", *_UNIT, "lineal")
    return asked.select("row", "scope", "indicator", "month", "window_start").join(use, on=["scope", "indicator"])


def _boxes(sources: Sources) -> pl.DataFrame:
    """Return the smallest and largest rate and volume that a unit reported in its last 12 months; a count's, above."""
    recent = pl.col("last") > sources.board.as_of.index - _MONTHS
    rate = pl.col("numerator") / pl.col("denominator")
    above, below = pl.col("numerator").cast(pl.Float64), pl.col("denominator").cast(pl.Float64)
    boxes = (
        sources.records.lazy()
        .with_columns(row=pl.Series(sources.grid.indicator_row))
        .filter(pl.col("complete") & recent)
        .with_columns(rate=pl.when(pl.col("denominator") > 0).then(rate))
        .group_by("row")
        .agg(
            *(pl.col("rate").min().alias("rate_low"), pl.col("rate").max().alias("rate_high")),
            *(below.min().alias("volume_low"), below.max().alias("volume_high"), below.mean().alias("volume")),
            *(above.min().alias("count_low"), above.max().alias("count_high")),
        )
        .collect(engine="in-memory")
    )
    return pl.concat([sources.named(boxes["row"].to_numpy()), boxes.drop("row")], how="horizontal")


def _usual(boxes: pl.LazyFrame) -> pl.LazyFrame:
    return boxes.group_by("indicator").agg(
        usual_volume=pl.col("volume").mean(), largest_count=pl.col("count_high").max()
    )


def _limits(items: pl.LazyFrame) -> pl.LazyFrame:
    """Say of each missing unit between what its part lies; `all` is the rate of 100%."""
    unknown = pl.col("volume").is_null()
    volume = pl.col("usual_volume").fill_null(1.0)
    periods = pl.col("periods")
    return items.select(
        "row",
        "numerator_out",
        "denominator_out",
        rate_low=pl.when(unknown).then(0.0).otherwise(pl.col("rate_low").fill_null(0.0)),
        rate_high=pl.when(unknown).then("all").otherwise(pl.coalesce("rate_high", "all")),
        volume_low=pl.when(unknown).then(volume).otherwise("volume_low") * periods,
        volume_high=pl.when(unknown).then(volume).otherwise("volume_high") * periods,
        count_low=pl.when(unknown).then(0.0).otherwise("count_low") * periods,
        count_high=pl.when(unknown).then(pl.col("largest_count").fill_null(0.0)).otherwise("count_high") * periods,
    )


def _bounds(asked: pl.LazyFrame, items: pl.LazyFrame) -> pl.LazyFrame:
    """Put the missing parts together in the worst and in the best way that their limits allow.

    The lowest ratio takes the largest volume of the units with the lowest rates and the smallest of all others; where
    the one begins and the other ends is tried at every unit.
    """
    out = items.group_by("row").agg(pl.col("numerator_out", "denominator_out", "count_low", "count_high").sum())
    known = (
        asked.join(out, on="row", how="left")
        .with_columns(pl.col("numerator_out", "denominator_out", "count_low", "count_high").fill_null(0))
        .with_columns(
            above=(pl.col("numerator") - pl.col("numerator_out")).cast(pl.Float64),
            below=(pl.col("denominator") - pl.col("denominator_out")).cast(pl.Float64),
            scale=pl.col("numerator_scale").cast(pl.Float64) / pl.col("denominator_scale").cast(pl.Float64),
        )
    )
    sides = known.select("row", "above", "below")
    low, high = (_extreme(sides, items, best=best) for best in (False, True))
    ratio, count, own = pl.col("is_ratio"), pl.col("above"), pl.col("above") / pl.col("below")
    return (
        known.join(low, on="row", how="left")
        .join(high, on="row", how="left")
        .select(
            "row",
            value_low=pl.when(ratio).then(pl.coalesce("low", own)).otherwise(count + pl.col("count_low"))
            * pl.col("scale"),
            value_high=pl.when(ratio).then(pl.coalesce("high", own)).otherwise(count + pl.col("count_high"))
            * pl.col("scale"),
        )
    )


def _extreme(sides: pl.LazyFrame, items: pl.LazyFrame, *, best: bool) -> pl.LazyFrame:
    """Return the lowest or highest ratio of each row with missing parts."""
    name, rate = ("high", "rate_high") if best else ("low", "rate_low")
    small, large = pl.col("volume_low"), pl.col("volume_high")
    rest = [(small * each).sum().over("row") for each in (pl.col(rate), pl.lit(1.0))]
    first = [((large - small) * each).cum_sum().over("row") for each in (pl.col(rate), pl.lit(1.0))]
    tried = (
        items.sort("row", rate, descending=[False, best])
        .select(
            "row", above_more=rest[0] + first[0], below_more=rest[1] + first[1], above_rest=rest[0], below_rest=rest[1]
        )
        .join(sides, on="row")
    )
    options = [
        (pl.col("above") + pl.col(f"above_{kind}")) / (pl.col("below") + pl.col(f"below_{kind}"))
        for kind in ("more", "rest")
    ]
    found = pl.max_horizontal(options) if best else pl.min_horizontal(options)
    picked = pl.col("found").fill_nan(None)
    return tried.select("row", found=found).group_by("row").agg((picked.max() if best else picked.min()).alias(name))
