"""Where a value comes from: every figure that counts in it, on which side, with which sign."""

from __future__ import annotations

import polars as pl

from scorecard import frames
from scorecard.calculation import sides
from scorecard.calculation.board import Board
from scorecard.calculation.contributions import line_units, shown_lines
from scorecard.calculation.terms import Measured, segments
from scorecard.calculation.values import in_window

_Columns = dict[str, pl.DataType | type[pl.DataType]]
_ORIGIN_COLUMNS: _Columns = {
    "target": pl.String,
    "unit": pl.String,
    "contributor": pl.String,
    "element": pl.String,
    "in_numerator": pl.Boolean,
    "factor": pl.Int64,
    "first_month": pl.Int32,
    "last_month": pl.Int32,
    "amount": pl.Int64,
    "decimals": pl.Int8,
    "state": frames.FIGURE_STATE,
    "counted": pl.Int64,
    "side_decimals": pl.Int8,
}
ORIGINS = pl.Schema(_ORIGIN_COLUMNS)
"""One row per line of the board (`target` and `unit`) × figure that counts in its value × side it counts on.

`counted` is what the figure adds to its side, at the `side_decimals` of the line: its amount times `factor`. What the
formula itself adds (the size of a list, the steps of a milestone) is a row without contributor, element and period. The
rows of a side add up to the numerator or denominator of the line exactly; a line without a value has none.
"""

_COUNTED = [name for name in ORIGINS.names() if name not in ("target", "unit")]
_RECORD = ["indicator", "group", "first", "last"]
_USED = ["row", "contributor", *_RECORD, "flow"]


def origins(board: Board, figures: pl.DataFrame) -> pl.DataFrame:
    """Return ORIGINS of the lines of a board in its month; `figures` is frames.FIGURES."""
    if not board.targets:
        return pl.DataFrame(schema=ORIGINS)
    decimals = figures.group_by("element").agg(pl.col("decimals").max())
    measured = Measured(board.province, board.targets, dict(decimals.iter_rows()))
    lines = shown_lines(board, board.as_of).join(measured.scales().lazy(), on="indicator")
    known = figures.lazy().filter(pl.col("last_month") <= board.as_of.index)
    both = sides.sides(known, measured.terms()).collect().lazy()
    pairs = line_units(lines, board, today=False).collect().lazy()
    used = pl.concat([_flows(both, pairs), _stocks(both, pairs, board, measured)])
    kinds = pl.col("has_flow").cast(pl.Int8) + pl.col("has_stock").cast(pl.Int8)
    whole = used.join(lines.select("row", "indicator", "has_flow", "has_stock"), on=["row", "indicator"]).filter(
        pl.col("flow").n_unique().over("row") == kinds
    )
    counted = _figures(whole, known, measured.terms()).collect().lazy()
    added = _constants(counted.select("row").unique(), lines, measured, board)
    return (
        pl.concat([counted, added], how="diagonal")
        .join(lines.select("row", "target", "unit"), on="row")
        .sort("row", "contributor", "element", "in_numerator", "first_month", "last_month", nulls_last=True)
        .select(ORIGINS.names())
        .cast(ORIGINS)
        .collect()
    )


def _flows(both: pl.LazyFrame, pairs: pl.LazyFrame) -> pl.LazyFrame:
    found = sides.flows(both).join(pairs, on=["indicator", "unit"], suffix="_pair")
    return found.filter(in_window()).select(_USED)


def _stocks(both: pl.LazyFrame, pairs: pl.LazyFrame, board: Board, measured: Measured) -> pl.LazyFrame:
    """Return the records held in the month: of sums those of every unit, else the one whose value is picked."""
    month = board.as_of.index
    held = sides.held(both.filter(~pl.col("flow")), segments(measured.indicators), board.descent, month, month)
    own = ["row", "contributor"]
    there = (
        held.filter((pl.len() == pl.col("groups_needed").first()).over("indicator", "unit"))
        .filter(pl.col("complete").all().over("indicator", "unit"))
        .join(pairs.filter("lineal"), on=["indicator", "unit"], suffix="_pair")
        .with_columns(told=pl.col("last").max().over(own))
    )
    first = pl.col("priority") == pl.col("priority").min().over("row")
    alone = (pl.col("priority") == 0) | (pl.col("contributor").n_unique().over("row") == 1)
    latest = pl.struct(-pl.col("told"), "tie", "contributor").rank("dense").over("row") == 1
    summed, picked = there.filter(~pl.col("single")), there.filter("single").filter(first).filter(alone).filter(latest)
    return pl.concat([summed, picked]).filter(pl.col("told").max().over("row") >= pl.col("not_before")).select(_USED)


def _figures(whole: pl.LazyFrame, figures: pl.LazyFrame, terms: pl.DataFrame) -> pl.LazyFrame:
    own = figures.rename({"unit": "contributor"})
    wanted = pl.lit(10, pl.Int64).pow((pl.col("decimals_wanted") - pl.col("decimals")).cast(pl.UInt32))
    return (
        whole.join(terms.lazy(), on=["indicator", "group"])
        .filter(pl.col("last").is_between("since", "until"))
        .join(
            own,
            left_on=["contributor", "element", "first", "last"],
            right_on=["contributor", "element", "first_month", "last_month"],
        )
        .with_columns(counted=pl.col("amount") * pl.col("factor") * wanted.cast(pl.Int64))
        .rename({"first": "first_month", "last": "last_month", "decimals_wanted": "side_decimals"})
        .select("row", *_COUNTED)
    )


def _constants(rows: pl.LazyFrame, lines: pl.LazyFrame, measured: Measured, board: Board) -> pl.LazyFrame:
    added = measured.constants([board.as_of.index]).lazy()
    told = rows.join(lines, on="row").join(added, on="indicator")
    return pl.concat(
        told.select(
            "row",
            in_numerator=pl.lit(side == "numerator"),
            factor=pl.lit(1, pl.Int64),
            counted=f"{side}_constant",
            side_decimals=pl.col(f"{side}_decimals").fill_null(0),
        )
        for side in ("numerator", "denominator")
    ).filter(pl.col("counted") != 0)
