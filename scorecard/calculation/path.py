"""How far the way to the goal is done, and how far it should be: baseline, expected today, P, E and R."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

SHARE_DECIMALS = 9
CONDITION = ("comparator", "relative", "goal_upper", "goal_lower", "leading")
"""The columns of a part of a goal."""


def conditions_by_part(conditions: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    """Lay the conditions (frame CONDITIONS) of each row of `months` (target × month) side by side, as `goal_upper 0`…

    Null where a goal has fewer parts than others.
    """
    key = ["target", "month"]
    numbered = conditions.with_columns(part=pl.int_range(pl.len()).over(key))
    parts = range(int(numbered["part"].max() or 0) + 1)  # type: ignore[arg-type]
    found = [
        months.select(key)
        .join(numbered.filter(part=part).drop("part"), on=key, how="left", maintain_order="left")
        .select(pl.exclude(key).name.suffix(f" {part}"))
        for part in parts
    ]
    return pl.concat(found, how="horizontal")


def against_goals(rows: pl.LazyFrame, parts: int) -> pl.LazyFrame:
    """Hold each value against all conditions of its goal (see conditions_by_part), exactly, in whole numbers.

    `met` is null when it cannot be known (last year's value is missing). `low` and `high` bound the part whose
    path is followed; `lead_upper` ÷ `lead_lower` is that of the better side, exactly, and `lead_strict` says that it
    must be passed. `short_by` counts the further cases that would meet the goal, null where none would help.
    """
    every = [_Condition(f" {part}") for part in range(parts)]
    return (
        rows.with_columns(each for part in every for each in part.goal())
        .with_columns(each for part in every for each in part.gap())
        .with_columns(each for part in every for each in part.judged())
        .with_columns(
            met=pl.all_horizontal(part.col("holds") for part in every),
            low=pl.coalesce(pl.when(part.leads_up).then(part.bound) for part in every),
            high=pl.coalesce(pl.when(part.leads_down).then(part.bound) for part in every),
            lead_upper=pl.coalesce(pl.when(part.leads).then(part.col("goal_upper")) for part in every),
            lead_lower=pl.coalesce(pl.when(part.leads).then(part.col("goal_lower")) for part in every),
            lead_strict=pl.coalesce(
                pl.when(part.leads).then(part.col("comparator").is_in([">", "<"])) for part in every
            ),
            short_by=pl.when(~pl.any_horizontal(part.helpless for part in every)).then(
                pl.max_horizontal(pl.when(~part.col("holds")).then(part.col("more")) for part in every)
            ),
        )
    )


@dataclass(frozen=True)
class _Condition:
    """The columns of one condition."""

    suffix: str

    def col(self, name: str) -> pl.Expr:
        return pl.col(name + self.suffix)

    def goal(self) -> list[pl.Expr]:
        """Return the number to hold against, last year's value in it."""
        lower = self.col("goal_lower").cast(pl.Int128)
        upper = self.col("goal_upper").cast(pl.Int128)
        relative = pl.col("previous_upper") * lower + self.col("goal_upper") * pl.col("previous_lower")
        return [
            pl.when(self.col("relative")).then(relative).otherwise(upper).alias("goal_upper" + self.suffix),
            pl.when(self.col("relative"))
            .then(lower * pl.col("previous_lower"))
            .otherwise(lower)
            .alias("goal_lower" + self.suffix),
        ]

    def gap(self) -> list[pl.Expr]:
        gap = self.col("goal_upper") * pl.col("lower") - pl.col("upper") * self.col("goal_lower")
        return [gap.alias("gap" + self.suffix)]

    def judged(self) -> list[pl.Expr]:
        gap, comparator = self.col("gap"), self.col("comparator")
        holds = (
            pl.when(comparator.is_null())
            .then(True)
            .when(comparator == ">=")
            .then(gap <= 0)
            .when(comparator == ">")
            .then(gap < 0)
            .when(comparator == "=")
            .then(gap == 0)
            .when(comparator == "<=")
            .then(gap >= 0)
            .otherwise(gap > 0)
        )
        case = pl.col("case") * self.col("goal_lower")
        enough = pl.when(comparator == ">").then(gap // case + 1).otherwise((gap + case - 1) // case)
        counts = ~pl.col("single") & pl.col("rising_is_good") & comparator.is_in([">=", ">", "="])
        return [
            holds.alias("holds" + self.suffix),
            pl.when(counts & (gap >= 0)).then(enough).alias("more" + self.suffix),
        ]

    @property
    def leads_up(self) -> pl.Expr:
        return self.col("leading") & self.col("comparator").is_in([">=", ">", "="])

    @property
    def leads_down(self) -> pl.Expr:
        return self.col("leading") & self.col("comparator").is_in(["<=", "<", "="])

    @property
    def leads(self) -> pl.Expr:
        return pl.when("rising_is_good").then(self.leads_up).otherwise(self.leads_down)

    @property
    def bound(self) -> pl.Expr:
        return self.col("goal_upper").cast(pl.Float64) / self.col("goal_lower").cast(pl.Float64)

    @property
    def helpless(self) -> pl.Expr:
        """No number of further cases would do."""
        return (self.col("more").is_null() & ~self.col("holds")).fill_null(False)


def baselines(usable: pl.DataFrame) -> pl.DataFrame:
    """Find the baseline of each row and month: stated, or the last value before the plan, or the first in it.

    `usable` is row × month, in that order, with `value` null where it may not serve. A taken baseline never lies across
    a break. A count since the plan's start begins at 0. What was taken before the plan is dated the month before it.
    In the order of `usable`.
    """
    stated, from_zero = pl.col("stated_value").is_not_null(), pl.col("from_zero")
    taken = pl.coalesce(pl.when(from_zero).then(0.0), "last_before", "first_inside")
    month = (
        pl.when(stated)
        .then(pl.col("stated_month"))
        .when(from_zero | pl.col("last_before").is_not_null())
        .then(pl.col("starts") - 1)
        .otherwise(pl.col("first_month"))
    )
    return usable.with_columns(_taken(usable)).select(
        baseline=pl.coalesce("stated_value", taken),
        baseline_month=month.cast(pl.Int32),
        baseline_taken=~stated & taken.is_not_null(),
    )


def _taken(usable: pl.DataFrame) -> list[pl.Series]:
    """Return `last_before` the plan, `first_inside` it and its `first_month`, of each row up to a break."""
    place, known, inside = np.arange(usable.height), usable["value"].is_not_null(), usable["in_plan"]
    segment = usable.select(pl.struct("row", "segment_start").rle_id())["row"].to_numpy()
    starts = np.flatnonzero(np.diff(segment, prepend=-1))
    before = np.maximum.reduceat(np.where(known & ~inside, place, -1), starts)[segment]
    first = np.minimum.reduceat(np.where(known & inside, place, usable.height), starts)[segment]
    last, then = pl.Series(before).replace(-1, None), pl.Series(first).replace(usable.height, None)
    return [
        usable["value"].gather(last).alias("last_before"),
        usable["value"].gather(then).alias("first_inside"),
        usable["month"].gather(then).alias("first_month"),
    ]


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
