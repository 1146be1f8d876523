"""The nine statuses: product rule 6.7, first match wins, with a margin for improving."""

from __future__ import annotations

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
    before = pl.col("previous_status")
    ratio, margin = pl.col("ratio"), pl.col("improving_margin")
    worse_than_good = before.is_in(["at_risk", "off_track"]).fill_null(False)
    was_bad = (before == "off_track").fill_null(False)
    good, enough = pl.col("on_track_ratio"), pl.col("off_track_ratio")
    reaches_good = ratio >= (good + pl.when(worse_than_good).then(margin).otherwise(0.0)).round(9)
    reaches_enough = ratio >= (enough + pl.when(was_bad).then(margin).otherwise(0.0)).round(9)
    falling_now = pl.col("falling") & (ratio < good)
    status = (
        pl.when(reaches_good)
        .then(pl.lit("on_track", STATUS))
        .when(~reaches_enough | falling_now)
        .then(pl.lit("off_track", STATUS))
        .otherwise(pl.lit("at_risk", STATUS))
    )
    reason = (
        pl.when(reaches_good)
        .then(pl.lit("on_path"))
        .when(~reaches_enough)
        .then(pl.lit("far_behind_path"))
        .when(falling_now)
        .then(pl.lit("falling_twice"))
        .when(ratio >= good)
        .then(pl.lit("margin_not_reached"))
        .otherwise(pl.lit("behind_path"))
    )
    return [status.alias("on_path"), reason.alias("on_path_why")]
