"""The units of a target side by side: what each brought in the last three months, and its rank among its peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from scorecard.calculation.board import Board, targets_of
from scorecard.calculation.lines import reported
from scorecard.calculation.measurement import measure
from scorecard.calculation.ranking import ranks_of
from scorecard.calculation.schedule import leading_part
from scorecard.calculation.sources import Sources
from scorecard.domain.goal import Scale, Threshold
from scorecard.domain.indicator import IndicatorKind, Window
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province

COMPARISON = pl.Schema(
    {
        "target": pl.String,
        "unit": pl.String,
        "peer_group": pl.String,
        "numerator": pl.Int64,
        "numerator_decimals": pl.Int8,
        "denominator": pl.Int64,
        "denominator_decimals": pl.Int8,
        "pooled": pl.Boolean,
        "crosses_boundaries": pl.Boolean,
        "own_numerator": pl.Int64,
        "own_denominator": pl.Int64,
        "rank": pl.Int32,
        "ranked": pl.Int32,
        "quarter": pl.Int32,
        "unranked": pl.String,
        "moved": pl.Int32,
    }
)
"""One row per target × unit with peers, in the order of the plan and of protocol.

`numerator` ÷ `denominator` is what is ranked: flows summed over the last three months (`pooled`), what is held as last
reported; null where nothing is. `own_numerator` ÷ `own_denominator` is the same over the target's own window, by which
it is judged; at the same decimals. `rank`, `ranked` and `unranked` as in RANKS; `quarter` 1 holds the best fourth, null
where there is no rank. `moved` says by how many ranks it rose (below zero: fell) since the month before, among the
units that have a rank in both months, on the map of this month; null for one without. `crosses_boundaries` marks what
units that no longer exist brought.
"""

_KEY = ["plan", "target", "unit"]
_SIDES = ["numerator", "denominator"]
_SAID = [*_KEY, "month", *_SIDES, "numerator_decimals", "denominator_decimals"]
_REPORTS = ["reported_units", "expected_units"]
_QUARTERS = 4


def comparison(province: Province, figures: pl.DataFrame, as_of: Month, plan_id: str) -> pl.DataFrame:
    """Compare the units of each target of a plan that are alive in a month; return COMPARISON.

    Targets are those with a ratio and a fixed goal that at least two units of one peer group answer for. `figures` is
    frames.FIGURES; figures of periods that end after `as_of` are not looked at.
    """
    targets = tuple(each for each in targets_of(province, frozenset({plan_id})) if _can_be_compared(each, province))
    if not targets:
        return pl.DataFrame(schema=COMPARISON)
    own = _measured(province, targets, figures, as_of)
    pooled = _measured(_over_three_months(province), [replace(t, cumulative=False) for t in targets], figures, as_of)
    now, before = (pooled.filter(pl.col("month") == month) for month in (as_of.index, as_of.index - 1))
    return (
        now.join(ranks_of(now, province), on=_KEY, maintain_order="left")
        .join(_moved(now, before, province), on=_KEY, how="left", maintain_order="left")
        .join(
            own.filter(pl.col("month") == as_of.index).select(*_KEY, pl.col(_SIDES).name.prefix("own_")),
            on=_KEY,
            maintain_order="left",
        )
        .filter(pl.col("peer_group").is_not_null() & (pl.len().over("target", "peer_group") > 1))
        .with_columns(quarter=(pl.col("rank") - 1) * _QUARTERS // pl.col("ranked") + 1)
        .select(pl.col(name).cast(kind) for name, kind in COMPARISON.items())
        .collect(engine="in-memory")
    )


def _moved(now: pl.LazyFrame, before: pl.LazyFrame, province: Province) -> pl.LazyFrame:
    """Return by how many ranks each unit rose that has a rank in both months; others move nobody."""
    both = [ranks_of(month, province).filter(pl.col("rank").is_not_null()) for month in (now, before)]
    common = both[0].join(both[1], on=_KEY).select(_KEY)
    ranks = [ranks_of(month.join(common, on=_KEY, how="semi"), province) for month in (now, before)]
    moved = pl.col("rank_before") - pl.col("rank")
    return ranks[0].join(ranks[1], on=_KEY, suffix="_before").select(*_KEY, moved=moved)


def _can_be_compared(target: Target, province: Province) -> bool:
    goal = leading_part(target.goal)
    if target.indicator_id is None or not isinstance(goal, Threshold) or goal.scale is not Scale.SHARE:
        return False
    return province.indicators[target.indicator_id].kind is IndicatorKind.RATIO


def _over_three_months(province: Province) -> Province:
    indicators = {each.id: replace(each, window=Window.ROLLING_3) for each in province.indicators.values()}
    return replace(province, indicators=indicators)


def _measured(province: Province, targets: Sequence[Target], figures: pl.DataFrame, as_of: Month) -> pl.LazyFrame:
    """Return what each unit holds of each target in a month and in the one before."""
    board = Board(province, tuple(targets), as_of, reported(figures, as_of))
    return (
        measure(Sources(board, figures))
        .filter(pl.col("month") >= as_of.index - 1)
        .select(
            *_SAID,
            pl.col(_REPORTS).fill_null(0),
            pooled="has_flow",
            crosses_boundaries=pl.col("outside").fill_null(False),
        )
        .collect(engine="in-memory")
        .lazy()
    )
