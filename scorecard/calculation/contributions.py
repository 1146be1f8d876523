"""Who brought how much to a value: the exact sums of each row, split over the units that reported them."""

from __future__ import annotations

import polars as pl

from scorecard.calculation import sides, values
from scorecard.calculation.board import Board
from scorecard.calculation.lines import reported
from scorecard.calculation.measurement import measure
from scorecard.calculation.scopes import EARLIEST
from scorecard.calculation.sources import Sources
from scorecard.calculation.terms import Measured, segments
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province

CONTRIBUTIONS = pl.Schema(
    {
        "target": pl.String,
        "unit": pl.String,
        "contributor": pl.String,
        "numerator": pl.Int64,
        "denominator": pl.Int64,
    }
)
"""One row per line of the scoreboard (`target` and `unit`) × unit whose figures are in its value (`contributor`).

`contributor` is null for what the formula itself adds (the size of a list). `denominator` is null where the value
is no ratio. Both stand at the decimals of the scoreboard's line.
"""

_LINE = ["row", "target", "unit", "indicator", "scope"]
_SPAN = ["since", "until", "member", "lineal"]


def contributions(board: Board, figures: pl.DataFrame, month: Month | None = None) -> pl.DataFrame:
    """Split the value of each line of a board over units; return CONTRIBUTIONS.

    With an earlier `month` it is the value of that month, told by the units that count in the month of the board:
    the past on today's map. `figures` is frames.FIGURES. The parts of a line add up to its numerator and denominator
    exactly; a line without a value has none. Scores, ranks and milestones are picked, not summed, and have none either.
    """
    if not board.targets:
        return pl.DataFrame(schema=CONTRIBUTIONS)
    province, as_of = board.province, board.as_of
    decimals = figures.group_by("element").agg(pl.col("decimals").max())
    measured = Measured(province, board.targets, dict(decimals.iter_rows()))
    lines = shown_lines(board, month or as_of).join(measured.scales().lazy(), on="indicator").filter(~pl.col("single"))
    both = sides.sides(figures.lazy().filter(pl.col("last_month") <= as_of.index), measured.terms()).collect().lazy()
    pairs = line_units(lines, board, today=month is not None).collect().lazy()
    reported = pl.concat([_flows(both, pairs), _stocks(both, pairs, board, measured)])
    whole = (
        reported.join(lines, on="row")
        .with_columns(parts=pl.col("flow").n_unique().over("row"))
        .filter(pl.col("parts") == pl.col("has_flow").cast(pl.Int8) + pl.col("has_stock").cast(pl.Int8))
    )
    by_unit = whole.group_by("row", "contributor").agg(pl.col("numerator", "denominator").sum())
    constant = _constants(whole.select("row").unique(), lines, measured.constants(board.months))
    return (
        pl.concat([by_unit, constant])
        .join(lines, on="row")
        .with_columns(denominator=pl.when("is_ratio").then("denominator"))
        .sort("row", "contributor", nulls_last=True)
        .select(CONTRIBUTIONS.names())
        .collect()
    )


def silent_units(province: Province, figures: pl.DataFrame, as_of: Month, target: Target) -> tuple[str, ...]:
    """Return the ids of the units that owe a target's figures for a month and did not report, in order of protocol."""
    board = Board(province, (target,), as_of, reported(figures, as_of))
    owing = (pl.col("month") == as_of.index) & (pl.col("expected_units") > 0) & (pl.col("reported_units") == 0)
    return tuple(measure(Sources(board, figures)).filter(owing).sort("row").collect()["unit"])


def shown_lines(board: Board, month: Month) -> pl.LazyFrame:
    """Say of each line of a board which month's value it shows in a month, and where the window of that begins."""
    months = board.target_months.lazy()
    shown = months.filter(pl.col("month") == month.index).select("target", month="spoken_of")
    windows = shown.join(months, on=["target", "month"]).select("target", "month", "window_start")
    return (
        board.rows.lazy()
        .join(windows, on="target")
        .select(*_LINE, "month", "not_before", window_start=pl.max_horizontal("window_start", "not_before"))
    )


def line_units(lines: pl.LazyFrame, board: Board, *, today: bool) -> pl.LazyFrame:
    """Make of each line and each unit that counts for it a scope of its own, so that nothing is summed over units.

    Those count that do in the month spoken of, or `today`, in the month of the board.
    """
    use = board.scope_frames[1].lazy()
    if today:
        use = use.filter(pl.col("until") == pl.col("until").max()).with_columns(since=pl.lit(EARLIEST, pl.Int32))
    pair = pl.format("{}|{}", "row", "contributor")
    return (
        lines.join(use.rename({"unit": "contributor"}), on="scope")
        .filter(pl.col("month").is_between("since", "until"))
        .with_columns(pair=pair, scope=pair, line="row", unit="contributor")
    )


def _flows(both: pl.LazyFrame, pairs: pl.LazyFrame) -> pl.LazyFrame:
    rows = pairs.select("scope", "indicator", "month", "window_start", row="pair")
    found = values.flow_values(sides.flows(both), pairs, rows).rename({"row": "pair"})
    return _of_pairs(found.join(pairs, on=["pair", "month"], suffix="_pair"), flow=True)


def _stocks(both: pl.LazyFrame, pairs: pl.LazyFrame, board: Board, measured: Measured) -> pl.LazyFrame:
    spans, months = segments(measured.indicators), board.months
    held = sides.held(both, spans, board.descent, months.start, months.stop - 1)
    found = values.stock_values(values.whole_units(held), pairs.select("scope", "indicator", "unit", *_SPAN))
    of_lines = found.join(pairs, on=["scope", "indicator", "month"], suffix="_pair")
    return _of_pairs(of_lines.filter(pl.col("value_month").max().over("line") >= pl.col("not_before")), flow=False)


def _of_pairs(found: pl.LazyFrame, *, flow: bool) -> pl.LazyFrame:
    return found.select(pl.col("line").alias("row"), "contributor", "numerator", "denominator", flow=pl.lit(flow))


def _constants(rows: pl.LazyFrame, lines: pl.LazyFrame, constants: pl.DataFrame) -> pl.LazyFrame:
    return (
        rows.join(lines, on="row")
        .join(constants.lazy(), on=["indicator", "month"])
        .select(
            "row",
            contributor=pl.lit(None, pl.String),
            numerator="numerator_constant",
            denominator="denominator_constant",
        )
    )
