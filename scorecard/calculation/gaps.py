"""Who carries the gap to a goal: product rule 6.10."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import polars as pl

from scorecard import frames
from scorecard.calculation.board import Board
from scorecard.calculation.contributions import contributions
from scorecard.calculation.ranking import RANKS, exact_order
from scorecard.calculation.schedule import leading_part
from scorecard.calculation.sources import Sources
from scorecard.calculation.unit_maps import heirs_by
from scorecard.domain.goal import Comparator, Threshold
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province

GAPS = pl.Schema(
    {
        "target": pl.String,
        "unit": pl.String,
        "contributor": pl.String,
        "numerator": pl.Int64,
        "numerator_decimals": pl.Int8,
        "denominator": pl.Int64,
        "denominator_decimals": pl.Int8,
        "short_upper": pl.Int128,
        "short_lower": pl.Int128,
        "short_by": pl.Int64,
        "share": pl.Float64,
        "rank": pl.Int32,
    }
)
"""One row per line of the board (`target` and `unit`) × unit that has a part in its value (`contributor`).

Only ratios with a fixed goal. `contributor` is null for what the formula itself adds. Parts of units that went over
entirely stand on their heir of the map that was asked for; what has no such heir stays on the old unit.

`short_upper` ÷ `short_lower` is goal × denominator − numerator in cases, negative for a surplus (for a goal that must
not be passed: numerator − goal × denominator); the rows of a line add up to its shortfall exactly, on every map.
`short_by` is the same in whole cases, 0 for a surplus. `share` of all that is short; null where nobody is. `rank` 1 is
the largest, ties share it.
"""

_LINE = ["target", "unit"]
_REACH = frozenset({Comparator.AT_LEAST, Comparator.ABOVE, Comparator.EQUAL})


def gaps(board: Board, figures: pl.DataFrame, moved: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return GAPS of the board's lines, the largest first.

    `moved` are unit_maps.HEIRS: who stands on whom; those of the board's month where it is not given.
    """
    standing = heirs(board) if moved is None else moved
    parts = on_heirs(contributions(board, figures).lazy(), standing).join(_goals(board), on="target")
    scales = {side: _ten_to(f"{side}_decimals") for side in ("numerator", "denominator")}
    upper = pl.col("goal_upper") * pl.col("denominator") * scales["numerator"]
    upper -= pl.col("goal_lower") * pl.col("numerator") * scales["denominator"]
    lower = pl.col("goal_lower") * scales["numerator"] * scales["denominator"]
    short = pl.col("short_upper").clip(0)
    total = short.sum().over(_LINE).cast(pl.Float64)
    return (
        parts.join(_decimals(board, figures), on="target")
        .with_columns(short_upper=upper.cast(pl.Int128) * pl.col("sign"), short_lower=lower.cast(pl.Int128))
        .with_columns(
            short_by=((short + pl.col("short_lower") - 1) // pl.col("short_lower")).cast(pl.Int64),
            share=pl.when(total > 0).then(short.cast(pl.Float64) / total),
            rank=pl.col("short_upper").rank("min", descending=True).over(_LINE).cast(pl.Int32),
        )
        .sort(*_LINE, "rank", "contributor", nulls_last=True)
        .select(GAPS.names())
        .collect()
    )


def on_heirs(parts: pl.LazyFrame, moved: pl.DataFrame) -> pl.LazyFrame:
    """Put what units brought on those of unit_maps.HEIRS; who has no heir keeps its own."""
    return (
        parts.join(moved.lazy(), on="contributor", how="left")
        .with_columns(contributor=pl.coalesce("heir", "contributor"))
        .group_by(*_LINE, "contributor")
        .agg(pl.col("numerator").sum(), pl.when(pl.col("denominator").count() > 0).then(pl.col("denominator").sum()))
    )


def heirs(board: Board) -> pl.DataFrame:
    """Return unit_maps.HEIRS of the board's month."""
    return heirs_by(board.descent, board.province, board.as_of)


def fixed_goal(province: Province, target: Target, month: Month) -> Threshold | None:
    """Return the goal that a ratio is held against, where it asks for more of what is good or less of what is bad."""
    if target.indicator_id is None:
        return None
    indicator, goal = province.indicators[target.indicator_id], leading_part(target.goal_at(month)[0])
    if indicator.kind is not IndicatorKind.RATIO or not isinstance(goal, Threshold):
        return None
    return goal if (goal.comparator in _REACH) == indicator.rising_is_good else None


def medians(by_unit: pl.DataFrame, places: pl.DataFrame) -> Mapping[tuple[str, str], Fraction]:
    """Return the median of the ranked units of each peer group, by target and unit of that group.

    `by_unit` is frames.SCOREBOARD by unit, `places` its RANKS. Of an even number of units the lower one of the two in
    the middle; as numerator ÷ denominator of the scoreboard, without their decimals.
    """
    frames.check(places, RANKS)
    group = ["plan", "target", "peer_group"]
    held = (
        places.join(by_unit.select("plan", "target", "unit", "numerator", "denominator"), on=["plan", "target", "unit"])
        .filter(pl.col("unranked").is_null())
        .with_columns(order=exact_order(pl.col("numerator"), pl.col("denominator")))
        .sort("order", "unit")
    )
    middle = held.group_by(group, maintain_order=True).agg(pl.col("numerator", "denominator").get((pl.len() - 1) // 2))
    told = places.select(*group, "unit").join(middle, on=group)
    return {
        (target, unit): Fraction(numerator, denominator)
        for target, unit, numerator, denominator in told.select(
            "target", "unit", "numerator", "denominator"
        ).iter_rows()
    }


def _goals(board: Board) -> pl.LazyFrame:
    rows = [
        (target.id, *goal.value.as_integer_ratio(), 1 if goal.comparator in _REACH else -1)
        for target in board.targets
        if (goal := fixed_goal(board.province, target, board.as_of)) is not None
    ]
    schema = {"target": pl.String, "goal_upper": pl.Int128, "goal_lower": pl.Int128, "sign": pl.Int128}
    return pl.LazyFrame(rows, schema, orient="row")


def _decimals(board: Board, figures: pl.DataFrame) -> pl.LazyFrame:
    scales = Sources(board, figures).scales.select("indicator", "numerator_decimals", "denominator_decimals")
    return board.rows.lazy().select("target", "indicator").unique().join(scales, on="indicator").drop("indicator")


def _ten_to(decimals: str) -> pl.Expr:
    return pl.lit(10, pl.Int64).pow(pl.col(decimals).cast(pl.UInt32)).cast(pl.Int128)
