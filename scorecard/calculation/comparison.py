"""The units of a target side by side: what each brought in the last three months, and its rank among its peers."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from scorecard.calculation.board import targets_of
from scorecard.calculation.ranking import ranks_of
from scorecard.calculation.schedule import leading_part
from scorecard.calculation.unit_values import UnitValues
from scorecard.domain.goal import Scale, Threshold
from scorecard.domain.indicator import IndicatorKind, Window
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.domain.unit_map import UnitMap

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
it is judged; at the same decimals.

`rank`, `ranked` and `unranked` as in RANKS, and two reasons more: `split` for a unit that took over a part of another
since then, without a share that anybody stated; `former` for what a unit reported that stands in no other row, so that
all rows add up to what was reported (its `peer_group` is null where no other row has that group). A unit of today is
ranked when all reported that it is made of. `quarter` 1 holds the best fourth, null where there is no rank.

`moved` says by how many ranks it rose (below zero: fell) since the month before, among the units that have a rank in
both months, on the same map; null for one without. `crosses_boundaries` marks what units that no longer exist brought.
"""

_KEY = ["plan", "target", "unit"]
_SIDES = ["numerator", "denominator"]
_QUARTERS = 4
MONTHS_POOLED = 3
"""How many months are summed before units are compared."""


def comparison(
    province: Province,
    figures: pl.DataFrame,
    as_of: Month,
    plan_id: str,
    unit_map: UnitMap = UnitMap.TODAY,
    drawn: Month | None = None,
) -> pl.DataFrame:
    """Compare the units of each target of a plan in a month, on a map; return COMPARISON.

    `drawn` is the month whose units are today's, see unit_maps.map_month; `as_of` itself where it is not given. Targets
    are those with a ratio and a fixed goal that at least two units of one peer group answer for. `figures` is
    frames.FIGURES; figures of periods that end after `as_of` are not looked at.
    """
    targets = tuple(each for each in targets_of(province, frozenset({plan_id})) if _can_be_compared(each, province))
    if not targets:
        return pl.DataFrame(schema=COMPARISON)
    known = figures.filter(pl.col("last_month") <= as_of.index)
    judged = UnitValues(province, targets, known, as_of, drawn or as_of, MONTHS_POOLED)
    compared = replace(
        judged,
        province=_over_three_months(province),
        targets=tuple(replace(target, cumulative=False) for target in targets),
    )
    own, pooled = judged.on(unit_map), compared.on(unit_map)
    now, before = (pooled.filter(pl.col("month") == month) for month in (as_of.index, as_of.index - 1))
    ranked = (
        now.join(ranks_of(now, province), on=_KEY, maintain_order="left")
        .join(_moved(now, before, province), on=_KEY, how="left", maintain_order="left")
        .join(
            own.filter(pl.col("month") == as_of.index).select(*_KEY, pl.col(_SIDES).name.prefix("own_")),
            on=_KEY,
            maintain_order="left",
        )
        .filter(pl.col("peer_group").is_not_null() & (pl.len().over("target", "peer_group") > 1))
        .with_columns(
            quarter=(pl.col("rank") - 1) * _QUARTERS // pl.col("ranked") + 1,
            unranked=pl.when("split").then(pl.lit("split")).otherwise("unranked"),
        )
    )
    former = [_former(compared, unit_map, ranked)] if compared.has_left_over else []
    order = pl.col("target").cast(pl.Enum([target.id for target in targets]))
    return (
        pl.concat([ranked, *former], how="diagonal")
        .sort(order, maintain_order=True)
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


def _former(compared: UnitValues, unit_map: UnitMap, ranked: pl.LazyFrame) -> pl.LazyFrame:
    """Return what stands in no row of `ranked`, of its targets, with the peer group where a row has that too."""
    groups = ranked.select("target", "peer_group").unique()
    return (
        compared.left_over(unit_map)
        .join(_peer_groups(compared.province), on="unit", maintain_order="left")
        .filter(pl.col("of_group").is_not_null())
        .join(groups, on="target", how="semi", maintain_order="left")
        .join(groups.with_columns(of_group="peer_group"), on=["target", "of_group"], how="left", maintain_order="left")
        .with_columns(unranked=pl.lit("former"))
    )


def _peer_groups(province: Province) -> pl.LazyFrame:
    rows = [(unit.id, unit.peer_group) for unit in province.units.members]
    return pl.LazyFrame(rows, {"unit": pl.String, "of_group": pl.String}, orient="row")
