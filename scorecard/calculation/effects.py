"""By how much the province's values rest on submitted figures being right."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from scorecard import frames
from scorecard.calculation.board import Board
from scorecard.calculation.contributions import contributions
from scorecard.calculation.earlier import KEY
from scorecard.calculation.schedule import superseded_from
from scorecard.calculation.sources import Sources
from scorecard.calculation.suspicion import SUSPICIONS
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan, Target
from scorecard.domain.province import Province

EFFECTS = pl.Schema(
    {
        "unit": pl.String,
        "form": pl.String,
        "last_month": pl.Int32,
        "target": pl.String,
        "points": pl.Float64,
        "cases": pl.Float64,
        "weight": pl.Float64,
    }
)
"""One row per unit × form × last month of a period × target of the province's total that the form feeds.

`points` is the share (0-1) with the submitted figures minus the one with what was to be expected of them, null for a
count; `cases` the same for what is counted above. `weight`, never negative, makes both comparable: the points, or the
cases as a share of the larger of the two totals.
"""

_LINE = ["target", "contributor"]


def effects(province: Province, approved: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return EFFECTS of the figures in `rows` (suspicion.SUSPICIONS) beside the approved ones (frames.FIGURES).

    A unit's figures for a period are replaced together by what was to be expected of each; one of which nothing was to
    be expected is taken out, so that its whole contribution is the effect. The others of the province, approved and
    submitted, stay. Windows, stocks held and units that went over into others count as in the scoreboard.
    """
    frames.check(rows, SUSPICIONS)
    submitted = _overlaid(approved, rows.select(frames.FIGURES.names()))
    found = [_of_month(province, submitted, rows, Month(month)) for month in rows["last_month"].unique().sort()]
    return pl.concat([pl.DataFrame(schema=EFFECTS), *found])


def _of_month(province: Province, submitted: pl.DataFrame, rows: pl.DataFrame, month: Month) -> pl.DataFrame:
    own = rows.filter(pl.col("last_month") == month.index)
    fed = pl.DataFrame(_fed(province, month), {"target": pl.String, "form": pl.String}, orient="row")
    fed = fed.filter(pl.col("form").is_in(own["form"].unique().implode()))
    if fed.is_empty():
        return pl.DataFrame(schema=EFFECTS)
    board = Board(province, tuple(t for t in province.targets if t.id in set(fed["target"])), month)
    with_them = contributions(board, submitted)
    without = contributions(board, _overlaid(submitted, _expected(own)))
    scales = board.rows.select("target", "indicator").join(Sources(board, submitted).scales.collect(), on="indicator")
    moved = _moved(with_them, without, scales).filter(pl.col("contributor").is_in(own["unit"].unique().implode()))
    told = own.select("form", contributor="unit").unique()
    return (
        moved.join(fed, on="target")
        .join(told, on=["contributor", "form"])
        .with_columns(unit="contributor", last_month=pl.lit(month.index, pl.Int32))
        .sort("unit", "form", "target")
        .select(EFFECTS.names())
        .cast(EFFECTS)
    )


def _overlaid(figures: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([figures.join(newer, on=KEY, how="anti"), newer])


def _expected(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the figures as they were to be expected; those that are no numbers stay as they are."""
    number = pl.col("amount").is_not_null()
    known = pl.col("expected").is_not_null()
    return rows.select(
        *KEY,
        amount=pl.when(number & known).then(pl.col("expected").round()).cast(pl.Int64),
        decimals="decimals",
        state=pl.when(number & ~known).then(pl.lit("not_reported", frames.FIGURE_STATE)).otherwise("state"),
    ).select(frames.FIGURES.names())


def _moved(with_them: pl.DataFrame, without: pl.DataFrame, scales: pl.DataFrame) -> pl.DataFrame:
    """Hold the total as it is against the total with one unit's contribution replaced; exact until the last step."""
    total = with_them.group_by("target").agg(above=pl.col("numerator").sum(), below=pl.col("denominator").sum())
    both = with_them.join(without, on=_LINE, how="full", coalesce=True, suffix="_without").join(total, on="target")
    numerator, denominator = (
        pl.col(name).fill_null(0) - pl.col(f"{name}_without").fill_null(0) for name in ("numerator", "denominator")
    )
    above, below = pl.col("above").cast(pl.Int128), pl.col("below").cast(pl.Int128)
    above_without, below_without = above - numerator, below - denominator
    apart = _share(above * below_without - above_without * below, below * below_without)
    points = pl.when(below_without == 0).then(_share(above, below)).otherwise(apart)
    largest = pl.max_horizontal(above, above_without, pl.lit(1, pl.Int128)).cast(pl.Float64)
    ratio = pl.col("is_ratio")
    return (
        both.join(scales, on="target")
        .with_columns(
            points=pl.when(ratio & (below > 0)).then(points),
            cases=numerator / pl.lit(10.0).pow(pl.col("numerator_decimals")),
            part=numerator.abs() / largest,
        )
        .with_columns(weight=pl.when(ratio).then(pl.col("points").abs().fill_null(0.0)).otherwise("part"))
    )


def _share(above: pl.Expr, below: pl.Expr) -> pl.Expr:
    """Divide sums at the decimals of the board."""
    scaled = above.cast(pl.Float64) * pl.col("numerator_scale").cast(pl.Float64)
    return scaled / (below.cast(pl.Float64) * pl.col("denominator_scale").cast(pl.Float64))


def _fed(province: Province, month: Month) -> Iterator[tuple[str, str]]:
    """Name the targets that speak of a total in a month, with each form that they need."""
    plans = {plan.id: plan for plan in province.plans}
    for target in province.targets:
        if target.indicator_id and _in_force(province, target, plans[target.plan_id], month):
            version = province.indicators[target.indicator_id].version_at(month)
            sides = (version.numerator, version.denominator)
            elements = [each for side in sides if side is not None for each in side.elements]
            for form in dict.fromkeys(province.elements[each].form_id for each in elements):
                yield target.id, form


def _in_force(province: Province, target: Target, plan: Plan, month: Month) -> bool:
    ended = superseded_from(province, plan)
    begun = target.starts <= month.last_day and month.first_day <= target.due
    return begun and target.scope.each is None and (ended is None or ended > month.last_day)
