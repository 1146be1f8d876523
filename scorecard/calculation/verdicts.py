"""The nine statuses: product rule 6.7, first match wins, with a margin for improving."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scorecard.frames import STATUS

_NONE = -1
_RULES = (
    ("on_track", "on_path"),
    ("off_track", "far_behind_path"),
    ("off_track", "forecast_far_short"),
    ("off_track", "falling_twice"),
    ("at_risk", "behind_path"),
    ("at_risk", "forecast_short"),
    ("at_risk", "margin_not_reached"),
)
"""What the path says: status and reason, first match wins; the last where no other does."""
_RULE_STATUS = np.array([STATUS.categories.to_list().index(status) for status, _ in _RULES])
_BEFORE = ((False, False), (True, False), (True, True))
"""What the month before may have been: neither, worse than on track, off track."""
_MEMORY = np.array([{"at_risk": 1, "off_track": 2}.get(status, 0) for status in [*STATUS.categories, ""]])
"""Which of _BEFORE each status is; the last stands for none."""


def met_by_now(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add `met_by_now`: met, or once met where the value is counted from the start of the plan and never falls."""
    met, place = pl.col("met").fill_null(False), pl.int_range(pl.len())
    start = pl.when(pl.col("row").ne_missing(pl.col("row").shift(1))).then(place).forward_fill()
    ever = (pl.when(met).then(place).forward_fill() >= start).fill_null(False)
    return rows.with_columns(met_by_now=met | (pl.col("cumulative") & ever))


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
    that lacks its value ends the row. Never across a break of definitions. `rows` stand in order of rows and months.
    """
    value, seen = pl.col("judged_value").round(9), pl.col("value_month")
    first = pl.col("row").ne_missing(pl.col("row").shift(1))
    begins = first | pl.col("segment_start").ne_missing(pl.col("segment_start").shift(1))
    new = value.is_null() | first | seen.ne_missing(seen.shift(1))
    before = pl.when(~begins).then(value.shift(1))
    change = (value - before) * (pl.col("goal") - pl.col("baseline")).sign()
    fell = ((change < 0) & (pl.col("ratio") < 1)).fill_null(False)
    reports = rows.with_columns(new=new, fell=fell, segment=begins.cum_sum())
    last_fell, last_segment = (pl.when("new").then(name).forward_fill().shift(1) for name in ("fell", "segment"))
    twice = pl.col("fell") & (last_fell & (last_segment == pl.col("segment"))).fill_null(False)
    return reports.with_columns(falling=pl.when("new").then(twice).forward_fill()).drop("new", "fell", "segment")


def with_memory(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `status` with its `reason`, `previous_status` and `status_since`: worse at once, better with the margin only.

    `rows` holds every month of every row, in their order. What the path would say is found for each thing that the
    month before may have said, so that only the choice goes month by month.
    """
    by_rule = rows.select(_path_rule(worse, bad).alias(f"{worse}{bad}") for worse, bad in _BEFORE)
    rule = np.stack([by_rule[name].to_numpy() for name in by_rule.columns])
    verdict = rows["verdict"].to_physical().cast(pl.Int64).fill_null(_NONE).to_numpy()
    starts = np.flatnonzero(np.diff(rows["row"].to_numpy(), prepend=-1))
    lengths = np.diff(starts, append=rows.height)
    status, chosen = np.full(rows.height, _NONE), np.zeros(rows.height, np.int64)
    previous, since = np.full(rows.height, _NONE), rows["month"].to_numpy().copy()
    for month in range(int(lengths.max(initial=0))):
        cell = starts[lengths > month] + month
        previous[cell] = status[cell - 1] if month else _NONE
        chosen[cell] = rule[_MEMORY[previous[cell]], cell]
        status[cell] = np.where(verdict[cell] == _NONE, _RULE_STATUS[chosen[cell]], verdict[cell])
        lasting = cell[previous[cell] == status[cell]]
        since[lasting] = since[lasting - 1]
    reasons = pl.Series([reason for _, reason in _RULES])
    return rows.with_columns(
        status=_named(status),
        previous_status=_named(previous),
        status_since=pl.Series(since),
        reason=pl.coalesce("why", reasons.gather(chosen)),
    )


def _named(status: NDArray[np.int64]) -> pl.Series:
    return STATUS.categories.cast(STATUS).gather(pl.Series(status).replace(_NONE, None))


def _path_rule(worse: bool, bad: bool) -> pl.Expr:
    """Judge by pace R and forecast F (product rule 6.7), by the number of the rule; without a forecast by R alone.

    After a worse status every limit stands higher by the margin, that of the forecast no higher than can be reached.
    """
    ratio, forecast = pl.col("ratio"), pl.col("forecast_path")
    good, enough = pl.col("on_track_ratio"), pl.col("off_track_ratio")
    arrives = (forecast >= _arrival(worse)).fill_null(True)
    lags = ~(ratio >= _raised(enough, bad))
    will_lag = lags & ~(forecast >= _arrival(bad)).fill_null(False)
    far_short = (forecast < _raised(pl.col("off_track_forecast"), bad)) & ~(ratio >= _raised(good, bad))
    conditions = [
        (ratio >= _raised(good, worse)) & arrives,
        will_lag,
        far_short.fill_null(False),
        pl.col("falling") & (ratio < good),
        ratio < good,
        (forecast < 1).fill_null(False),
    ]
    rule = pl.lit(len(conditions), pl.Int8)
    for number, condition in reversed(list(enumerate(conditions))):
        rule = pl.when(condition).then(pl.lit(number, pl.Int8)).otherwise(rule)
    return rule


def _raised(limit: pl.Expr, worse: bool) -> pl.Expr:
    return (limit + (pl.col("improving_margin") if worse else 0.0)).round(9)


def _arrival(worse: bool) -> pl.Expr:
    reachable = pl.col("farthest_path").clip(1.0).fill_null(math.inf)
    return pl.min_horizontal(_raised(pl.lit(1.0), worse), reachable)
