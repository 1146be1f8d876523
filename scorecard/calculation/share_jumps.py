"""Rates whose share moved far from one period to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from scorecard.calculation.earlier import KEY
from scorecard.domain.formula import Formula
from scorecard.domain.indicator import Indicator, IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.suspicion import Flag, SuspicionLimits

_JUMP_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "unit": pl.String,
    "element": pl.String,
    "first_month": pl.Int32,
    "last_month": pl.Int32,
    "jump": pl.String,
    "share_of": pl.String,
    "share_now": pl.List(pl.Int64),
    "share_before": pl.List(pl.Int64),
}
JUMPS = pl.Schema(_JUMP_COLUMNS)
"""One row per unit × period × first element of the upper half of a rate that jumped; see suspicion.SUSPICIONS."""

_RATE = ["share_of", "order", "element_of", "unit", "first_month", "last_month"]


def share_jumps(province: Province, figures: pl.DataFrame, limits: SuspicionLimits) -> pl.DataFrame:
    """Return JUMPS of the rates that take in a submitted figure (`candidate`); figures carry earlier.EARLIER.

    A share is told where all its elements are there in both periods and both denominators reach the smallest one that
    the province ranks by. It jumped when it moved by more than `moved_points`, or by more than half of them to exactly
    0% or 100%. The first rate, in the order of the definitions, speaks for an element.
    """
    terms = pl.DataFrame(_terms(province, figures["last_month"].unique().sort()), _TERMS, orient="row")
    most = (
        figures.select("element", "decimals").unique().join(terms.select("element", "share_of").unique(), on="element")
    )
    finest = most.group_by("share_of").agg(finest=pl.col("decimals").max())
    part = pl.col("factor") * pl.lit(10, pl.Int64).pow((pl.col("finest") - pl.col("decimals")).cast(pl.UInt32))
    above = pl.col("above")
    return (
        figures.drop_nulls("amount")
        .join(terms, on=["element", "last_month"])
        .join(finest, on="share_of")
        .with_columns(now=pl.col("amount") * part, before=pl.col("previous") * part)
        .group_by(_RATE)
        .agg(
            pl.col("candidate").any(),
            pl.col("needed").first(),
            there=pl.col("before").count(),
            now_above=pl.col("now").filter(above).sum(),
            now_below=pl.col("now").filter(~above).sum(),
            before_above=pl.col("before").filter(above).sum(),
            before_below=pl.col("before").filter(~above).sum(),
            smallest=pl.lit(10, pl.Int64).pow(pl.col("finest").first().cast(pl.UInt32))
            * province.limits.minimum_denominator,
        )
        .filter("candidate", pl.col("there") == pl.col("needed"))
        .filter((pl.col("now_below") >= pl.col("smallest")) & (pl.col("before_below") >= pl.col("smallest")))
        .with_columns(jump=_jump(limits), element="element_of")
        .filter(pl.col("jump").is_not_null())
        .sort("order")
        .unique(KEY, keep="first", maintain_order=True)
        .with_columns(
            share_now=pl.concat_list("now_above", "now_below"),
            share_before=pl.concat_list("before_above", "before_below"),
        )
        .select(JUMPS.names())
    )


def _jump(limits: SuspicionLimits) -> pl.Expr:
    now, before, below, below_before = (
        pl.col(name).cast(pl.Int128) for name in ("now_above", "before_above", "now_below", "before_below")
    )
    moved = (now * below_before - before * below).abs()
    points, scale = limits.moved_points.as_integer_ratio()
    whole = below * below_before
    half = 2 * scale * moved > points * whole
    return (
        pl.when(half & (now == below))
        .then(pl.lit(Flag.JUMPED_TO_ALL.value))
        .when(half & (now == 0))
        .then(pl.lit(Flag.JUMPED_TO_NONE.value))
        .when(scale * moved > points * whole)
        .then(pl.lit(Flag.SHARE_MOVED.value))
    )


_TERMS = pl.Schema(
    {
        "share_of": pl.String,
        "order": pl.Int32,
        "element_of": pl.String,
        "last_month": pl.Int32,
        "needed": pl.UInt32,
        "above": pl.Boolean,
        "element": pl.String,
        "factor": pl.Int64,
    }
)


def _terms(province: Province, months: Iterable[int]) -> Iterator[tuple[object, ...]]:
    for month in months:
        for order, indicator in enumerate(province.indicators.values()):
            upper, lower = _sides(indicator, month)
            if lower is None or not upper.elements:
                continue
            needed = len(upper.terms) + len(lower.terms)
            for above, side in ((True, upper), (False, lower)):
                for term in side.terms:
                    yield indicator.id, order, upper.elements[0], month, needed, above, term.element, term.factor


def _sides(indicator: Indicator, month: int) -> tuple[Formula, Formula | None]:
    """Return both halves of a rate made of elements alone; no lower half for anything else."""
    version = indicator.version_at(Month(month))
    plain = version.denominator is not None and all(
        term.element is not None for side in (version.numerator, version.denominator) for term in side.terms
    )
    return version.numerator, version.denominator if plain and indicator.kind is IndicatorKind.RATIO else None
