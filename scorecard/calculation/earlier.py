"""What each unit had in earlier periods, with what it took over whole from the units that it was made of."""

from __future__ import annotations

import polars as pl

from scorecard.calculation.scopes import Scopes, alive_months
from scorecard.domain.province import Province

KEY = ["unit", "element", "first_month", "last_month"]
YEAR = 12
_FIGURE = ["element", "first_month", "last_month"]

EARLIER: dict[str, pl.DataType | type[pl.DataType]] = {
    "previous": pl.Int64,
    "last_year": pl.Int64,
    "latest": pl.Int64,
    "own": pl.List(pl.Int64),
    "trend": pl.List(pl.Int64),
}
"""What was approved before a figure, for periods as long as its own; whole numbers at the decimals of the figure.

`previous` is the period right before, `last_year` the same one a year before, `latest` the last one there is, `own`
the last `most` there are, oldest first, `trend` the last `most` periods, oldest first, null where nothing was.
"""


def on_scale(figures: pl.DataFrame, scales: pl.DataFrame) -> pl.DataFrame:
    """Bring figures to the decimals of their element (`scales`: element, decimals)."""
    scale = pl.lit(10, pl.Int64).pow((pl.col("decimals_right") - pl.col("decimals")).cast(pl.UInt32))
    scaled = figures.join(scales, on="element")
    return scaled.select(*KEY, amount=pl.col("amount") * scale, decimals="decimals_right")


def scales(*figures: pl.DataFrame) -> pl.DataFrame:
    """Return the most decimals that each element has in any of the figures."""
    every = pl.concat([each.select("element", "decimals") for each in figures])
    return every.group_by("element").agg(pl.col("decimals").max())


def with_earlier(province: Province, approved: pl.DataFrame, figures: pl.DataFrame, most: int) -> pl.DataFrame:
    """Add EARLIER to figures; both frames are on one scale, see on_scale.

    A unit's earlier value is its own, or the sum of those that went over into it entirely, where each of them that was
    there at the period's end has one. The order of the figures stays.
    """
    period = pl.col("last_month") - pl.col("first_month") + 1
    past = _past(province, approved, figures).rename({"first_month": "past_first", "last_month": "past_last"})
    length = pl.col("past_last") - pl.col("past_first") + 1
    held = (
        figures.join(past, on=["unit", "element"])
        .filter((length == period) & (pl.col("past_last") < pl.col("first_month")))
        .sort("past_last")
        .group_by(KEY)
        .agg(
            previous=_where(pl.col("past_last") == pl.col("first_month") - 1),
            last_year=_where(pl.col("past_first") == pl.col("first_month") - YEAR),
            latest=pl.col("past").last(),
            own=pl.col("past").tail(most),
            **{str(back): _where(_periods_before(back)) for back in range(most, 0, -1)},
        )
        .with_columns(trend=pl.concat_list([str(back) for back in range(most, 0, -1)]))
        .select(*KEY, *EARLIER)
    )
    nothing = pl.lit([], pl.List(pl.Int64))
    return figures.join(held, on=KEY, how="left", maintain_order="left").with_columns(
        own=pl.col("own").fill_null(nothing),
        trend=pl.col("trend").fill_null(pl.lit([None] * most, pl.List(pl.Int64))),
    )


def _where(condition: pl.Expr) -> pl.Expr:
    return pl.col("past").filter(condition).first()


def _periods_before(back: int) -> pl.Expr:
    length = pl.col("last_month") - pl.col("first_month") + 1
    return pl.col("past_first") == pl.col("first_month") - back * length


def _past(province: Province, approved: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    made_of = _made_of(province, figures)
    told = approved.drop_nulls("amount").rename({"unit": "origin"}).join(made_of, on="origin").filter(_there())
    owing = approved.select("last_month").unique().join(made_of, how="cross").filter(_there())
    wanted = owing.group_by("unit", "last_month").agg(wanted=pl.len())
    return (
        told.group_by("unit", *_FIGURE)
        .agg(past=pl.col("amount").sum(), told=pl.len())
        .join(wanted, on=["unit", "last_month"])
        .filter(pl.col("told") == pl.col("wanted"))
        .select("unit", *_FIGURE, "past")
    )


def _made_of(province: Province, figures: pl.DataFrame) -> pl.DataFrame:
    """Say of each unit which units went over into it entirely, itself among them, and when those were there."""
    known = province.units.by_id
    last = figures["last_month"].max()
    scopes = Scopes(province, 0, last if isinstance(last, int) else 0)
    rows = [
        (unit, origin, *alive_months(known[origin]))
        for unit in figures["unit"].unique().sort()
        if unit in known
        for origin in sorted(scopes.lineage([unit]))
    ]
    schema = {"unit": pl.String, "origin": pl.String, "since": pl.Int32, "until": pl.Int32}
    return pl.DataFrame(rows, schema, orient="row")


def _there() -> pl.Expr:
    return pl.col("last_month").is_between("since", "until")
