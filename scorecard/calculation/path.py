"""How far the way to the goal is done, and how far it should be: baseline, expected today, P, E and R."""

from __future__ import annotations

import polars as pl

SHARE_DECIMALS = 9
_SEGMENT = ["row", "segment_start"]
_AT = ["row", "month"]


def against_goals(judged: pl.LazyFrame, conditions: pl.LazyFrame) -> pl.LazyFrame:
    """Hold each value against all conditions of its goal, exactly, in whole numbers.

    `met` is null when it cannot be known (last year's value is missing). `low` and `high` bound the part whose
    path is followed; `lead_upper` ÷ `lead_lower` is that of the better side, exactly, and `lead_strict` says that it
    must be passed. `short_by` counts the further cases that would meet the goal, null where none would help.
    """
    relative = pl.col("relative")
    lower = pl.col("goal_lower").cast(pl.Int128)
    goal_upper = (
        pl.when(relative)
        .then(pl.col("previous_upper") * lower + pl.col("goal_upper") * pl.col("previous_lower"))
        .otherwise(pl.col("goal_upper").cast(pl.Int128))
    )
    goal_lower = pl.when(relative).then(lower * pl.col("previous_lower")).otherwise(lower)
    held = judged.join(conditions, on=["target", "month"]).with_columns(goal_upper=goal_upper, goal_lower=goal_lower)
    bound = pl.col("goal_upper").cast(pl.Float64) / pl.col("goal_lower").cast(pl.Float64)
    leads_up = pl.col("leading") & pl.col("comparator").is_in([">=", ">", "="])
    leads_down = pl.col("leading") & pl.col("comparator").is_in(["<=", "<", "="])
    leads = pl.when("rising_is_good").then(leads_up).otherwise(leads_down)
    return (
        held.with_columns(gap=pl.col("goal_upper") * pl.col("lower") - pl.col("upper") * pl.col("goal_lower"))
        .with_columns(holds=_holds(), more=_more_cases())
        .group_by(_AT)
        .agg(
            met=pl.col("holds").all(ignore_nulls=False),
            low=bound.filter(leads_up).first(),
            high=bound.filter(leads_down).first(),
            lead_upper=pl.col("goal_upper").filter(leads).first(),
            lead_lower=pl.col("goal_lower").filter(leads).first(),
            lead_strict=pl.col("comparator").filter(leads).first().is_in([">", "<"]),
            short_by=pl.when((pl.col("more").is_null() & ~pl.col("holds")).any())
            .then(None)
            .otherwise(pl.col("more").filter(~pl.col("holds")).max()),
        )
    )


def _holds() -> pl.Expr:
    gap, comparator = pl.col("gap"), pl.col("comparator")
    return (
        pl.when(comparator == ">=")
        .then(gap <= 0)
        .when(comparator == ">")
        .then(gap < 0)
        .when(comparator == "=")
        .then(gap == 0)
        .when(comparator == "<=")
        .then(gap >= 0)
        .otherwise(gap > 0)
    )


def _more_cases() -> pl.Expr:
    case = pl.col("case") * pl.col("goal_lower")
    gap = pl.col("gap")
    enough = pl.when(pl.col("comparator") == ">").then(gap // case + 1).otherwise((gap + case - 1) // case)
    counts = ~pl.col("single") & pl.col("rising_is_good") & pl.col("comparator").is_in([">=", ">", "="])
    return pl.when(counts & (gap >= 0)).then(enough)


def baselines(usable: pl.LazyFrame) -> pl.LazyFrame:
    """Find the baseline of each row and month: stated, or the last value before the plan, or the first in it.

    `usable` is row × month with `value` null where it may not serve. A taken baseline never lies across a break.
    A count since the plan's start begins at 0. What was taken before the plan is dated the month before it.
    """
    known = usable.filter(pl.col("value").is_not_null()).sort("month")
    before = known.filter(~pl.col("in_plan")).unique(_SEGMENT, keep="last", maintain_order=True)
    inside = known.filter("in_plan").unique(_SEGMENT, keep="first", maintain_order=True)
    stated, from_zero = pl.col("stated_value").is_not_null(), pl.col("from_zero")
    eve = pl.col("starts") - 1
    taken = pl.coalesce(pl.when(from_zero).then(0.0), "last_before", "first_inside")
    month = (
        pl.when(stated)
        .then(pl.col("stated_month"))
        .when(from_zero | pl.col("last_before").is_not_null())
        .then(eve)
        .otherwise(pl.col("first_month"))
    )
    joined = usable.join(before.select(*_SEGMENT, last_before="value"), on=_SEGMENT, how="left").join(
        inside.select(*_SEGMENT, first_inside="value", first_month="month"), on=_SEGMENT, how="left"
    )
    return joined.select(
        *_AT,
        baseline=pl.coalesce("stated_value", taken),
        baseline_month=month.cast(pl.Int32),
        baseline_taken=~stated & taken.is_not_null(),
    )


def follow(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add `goal`, `expected`, `hold` (the baseline is already past the goal), `path_done`, `path_expected`, `ratio`.

    `forecast_path` is the forecast on the same scale, and `farthest_path` what a share of 100% (0% for a goal below
    the baseline) would be on it; null for what is no share.

    Straight lines between dated values, counted in whole months; the steps of a stepped goal are dated values too.
    Milestones count steps instead. Shares are rounded to nine decimals before they meet any limit.
    """
    low, high, baseline = pl.col("low"), pl.col("high"), pl.col("baseline")
    goal = pl.when(baseline > high).then(high).when(baseline < low).then(low).otherwise(pl.coalesce(low, high))
    start = baseline.round(SHARE_DECIMALS)
    above, below = start >= low.round(SHARE_DECIMALS), start <= high.round(SHARE_DECIMALS)
    hold = (low.is_null() | above) & (high.is_null() | below) & pl.coalesce(low, high).is_not_null()
    whole = pl.col("goal") - baseline
    reach = pl.col("expected") - baseline
    milestone = pl.col("steps_total").is_not_null()
    return (
        rows.with_columns(goal=goal, hold=hold.fill_null(False))
        .with_columns(expected=_expected())
        .with_columns(
            path_done=pl.when(milestone)
            .then(pl.col("steps_done") / pl.col("steps_total"))
            .when(~pl.col("hold"))
            .then((pl.col("value") - baseline) / whole),
            path_expected=pl.when(milestone)
            .then(pl.col("steps_wanted") / pl.col("steps_total"))
            .when(~pl.col("hold"))
            .then(reach / whole),
            forecast_path=pl.when(~pl.col("hold")).then((pl.col("forecast") - baseline) / whole),
            farthest_path=pl.when("is_ratio").then(((whole > 0).cast(pl.Float64) - baseline) / whole),
        )
        .with_columns(pl.col("path_done", "path_expected", "forecast_path", "farthest_path").round(SHARE_DECIMALS))
        .with_columns(
            ratio=pl.when(pl.col("path_expected") > 0)
            .then(pl.col("path_done") / pl.col("path_expected"))
            .round(SHARE_DECIMALS)
        )
    )


def _expected() -> pl.Expr:
    month, baseline, goal = pl.col("month"), pl.col("baseline"), pl.col("goal")
    from_baseline = pl.col("lower_month").is_null() | (pl.col("lower_month") <= pl.col("baseline_month"))
    start = pl.when(from_baseline).then(pl.col("baseline_month")).otherwise(pl.col("lower_month"))
    low = pl.when(from_baseline).then(baseline).otherwise(pl.col("lower_value"))
    end, high = pl.coalesce("upper_month", "due_month"), pl.coalesce("upper_value", goal)
    line = low + (high - low) * (month - start) / (end - start)
    never_behind = (
        pl.when(goal >= baseline).then(pl.max_horizontal(line, baseline)).otherwise(pl.min_horizontal(line, baseline))
    )
    return (
        pl.when(pl.col("steps_total").is_not_null() | goal.is_null())
        .then(None)
        .when(pl.col("hold") | (month >= pl.col("due_month")))
        .then(goal)
        .when(month <= pl.col("baseline_month"))
        .then(baseline)
        .otherwise(never_behind)
    )
