"""The nine statuses: product rule 6.7, first match wins, with a margin for improving."""

from __future__ import annotations

import math

import polars as pl

from scorecard.frames import STATUS


def first_verdicts(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add `verdict` and `why` where they follow from the month alone; null where the path decides."""
    milestone = pl.col("steps_total").is_not_null()
    waiting = (pl.col("month") < pl.col("not_due_before")) & ~pl.col("spoken")
    begun = ~milestone & (pl.col("ratio").is_null() | (pl.col("path_expected") < pl.col("too_early_expected")))
    late, most_days = pl.col("step_late_days"), pl.col("late_step_days")
    rules = [
        (pl.col("superseded"), "not_applicable", "superseded"),
        (~pl.col("alive"), "not_applicable", "no_units"),
        (pl.col("excused") & pl.col("numerator").is_null(), "not_applicable", "not_concerned"),
        (waiting, "not_due", "not_published"),
        (~pl.col("ever"), "no_data", "no_figures"),
        (pl.col("numerator").is_null() | ~pl.col("spoken") | ~pl.col("current"), "no_data", "not_reported"),
        (pl.col("coverage") < pl.col("minimum_coverage"), "no_data", "low_coverage"),
        (pl.col("lower") == 0, "no_data", "no_cases"),
        (pl.col("met").is_null(), "no_data", "no_previous"),
        (pl.col("met_by_now"), "met", "met"),
        (pl.col("month") >= pl.col("due_month"), "missed", "missed"),
        (pl.col("before_review"), "too_early", "before_review"),
        (milestone & (late <= 0), "on_track", "steps_in_time"),
        (milestone & (late <= most_days), "at_risk", "step_just_late"),
        (milestone, "off_track", "step_late"),
        (pl.col("hold"), "off_track", "not_held"),
        (begun, "too_early", "path_just_begun"),
    ]
    verdict = pl.lit(None, STATUS)
    why = pl.lit(None, pl.String)
    for condition, status, reason in reversed(rules):
        verdict = pl.when(condition).then(pl.lit(status, STATUS)).otherwise(verdict)
        why = pl.when(condition).then(pl.lit(reason)).otherwise(why)
    return rows.with_columns(verdict=verdict, why=why)


def falling(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add `falling`: the value fell at each of its last two reports in a row, below its path both times.

    Months between two reports of a quarter or a year say nothing new and keep what the last report said; a month
    that lacks its value ends the row. Never across a break of definitions.
    """
    key = ["row", "segment_start"]
    value, seen = pl.col("judged_value").round(9), pl.col("value_month")
    new = value.is_null() | seen.ne_missing(seen.shift(1).over("row", order_by="month"))
    change = (value - value.shift(1).over(key, order_by="month")) * (pl.col("goal") - pl.col("baseline")).sign()
    reports = rows.filter(new).with_columns(fell=((change < 0) & (pl.col("ratio") < 1)).fill_null(False))
    twice = pl.col("fell") & pl.col("fell").shift(1).over(key, order_by="month").fill_null(False)
    return rows.join(reports.select("row", "month", falling=twice), on=["row", "month"], how="left").with_columns(
        pl.col("falling").forward_fill().over("row", order_by="month")
    )


def with_memory(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `status`, `reason` and `previous_status`, month by month: worse shows at once, better needs the margin.

    `rows` holds every month of every row. The month before counts only when the path decided it too.
    """
    months = rows.sort("month", "row").partition_by("month", maintain_order=True)
    done: list[pl.DataFrame] = []
    previous = pl.DataFrame(schema={"row": pl.Int32, "previous_status": STATUS})
    for month in months:
        judged = month.join(previous, on="row", how="left").with_columns(_path_verdict())
        status = judged.with_columns(status=pl.coalesce("verdict", "on_path"), reason=pl.coalesce("why", "on_path_why"))
        done.append(status.drop("on_path", "on_path_why"))
        previous = status.select("row", previous_status="status")
    return pl.concat(done)


def _path_verdict() -> list[pl.Expr]:
    """Judge by pace R and forecast F (product rule 6.7); without a forecast by R alone.

    After a worse status every limit stands higher by the margin, that of the forecast no higher than can be reached.
    """
    ratio, forecast = pl.col("ratio"), pl.col("forecast_path")
    was_worse = pl.col("previous_status").is_in(["at_risk", "off_track"]).fill_null(False)
    was_bad = (pl.col("previous_status") == "off_track").fill_null(False)
    good, enough = pl.col("on_track_ratio"), pl.col("off_track_ratio")
    in_pace = ratio >= _raised(good, was_worse)
    arrives = (forecast >= _arrival(was_worse)).fill_null(True)
    lags = ~(ratio >= _raised(enough, was_bad))
    will_lag = lags & ~(forecast >= _arrival(was_bad)).fill_null(False)
    far_short = (forecast < _raised(pl.col("off_track_forecast"), was_bad)) & ~(ratio >= _raised(good, was_bad))
    falling_now = pl.col("falling") & (ratio < good)
    rules = [
        (in_pace & arrives, "on_track", "on_path"),
        (will_lag, "off_track", "far_behind_path"),
        (far_short.fill_null(False), "off_track", "forecast_far_short"),
        (falling_now, "off_track", "falling_twice"),
        (ratio < good, "at_risk", "behind_path"),
        ((forecast < 1).fill_null(False), "at_risk", "forecast_short"),
    ]
    status, reason = pl.lit("at_risk", STATUS), pl.lit("margin_not_reached")
    for condition, name, why in reversed(rules):
        status = pl.when(condition).then(pl.lit(name, STATUS)).otherwise(status)
        reason = pl.when(condition).then(pl.lit(why)).otherwise(reason)
    return [status.alias("on_path"), reason.alias("on_path_why")]


def _raised(limit: pl.Expr, after_worse: pl.Expr) -> pl.Expr:
    return (limit + pl.when(after_worse).then("improving_margin").otherwise(0.0)).round(9)


def _arrival(after_worse: pl.Expr) -> pl.Expr:
    reachable = pl.col("farthest_path").clip(1.0).fill_null(math.inf)
    return pl.min_horizontal(_raised(pl.lit(1.0), after_worse), reachable)
