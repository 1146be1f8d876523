"""What each row measures in each month: its value, last year's, who reported, what share of cases they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scorecard.calculation import stocks, windows
from scorecard.calculation.grid import NEVER
from scorecard.calculation.reporting import reporting
from scorecard.calculation.series import Flags, Places
from scorecard.calculation.singles import with_singles
from scorecard.calculation.sources import Sources
from scorecard.calculation.windows import Parts

_PARTS = ["numerator", "denominator", "month", "approximate", "outside"]
_STARTS = ["window_start", "segment_start"]


@dataclass(frozen=True)
class Measures:
    """What the rows of a board measure, cell by cell: the value of each (own_values), and who reported (reporting)."""

    sources: Sources
    own: pl.DataFrame
    reports: pl.DataFrame

    def frame(self, chosen: Places | slice = slice(None)) -> pl.LazyFrame:
        """Return some cells with everything needed to judge, see measure."""
        cells, sources = self.sources.cells, self.sources
        own, reports = self.own.lazy(), self.reports.lazy()
        previous = own.select(
            pl.when(pl.col("lower") != 0).then(pl.col("upper", "lower")).name.prefix("previous_"),
            previous_month="value_month",
            previous_segment="segment_start",
        )
        comparable = (pl.col("previous_month") >= pl.col("previous_from")) & (
            pl.col("previous_segment") == pl.col("segment_start")
        )
        found = [
            cells.by_row(sources.rows, chosen),
            cells.by_target(sources.board.target_months.drop("target", "window_start"), chosen),
            _at(own.drop("segment_start"), cells.at("spoken_of", chosen)),
            _at(previous, cells.at("previous", chosen)),
            _at(reports, pl.Series(np.arange(len(cells.row))[chosen])),
        ]
        return pl.concat(found, how="horizontal").with_columns(
            pl.when(comparable).then(pl.col("previous_upper", "previous_lower"))
        )


def measure(sources: Sources) -> pl.LazyFrame:
    """Return row × month from a year before each plan to the month asked for, with everything needed to judge.

    All columns of ROWS and TARGET_MONTHS; the value spoken of in the month (`numerator`, `denominator`, exact
    `upper` ÷ `lower`, `value_month`, `approximate`, `outside`: from units that no longer exist), last year's
    (`previous_upper` ÷ `previous_lower`), `ever` (any figure so far), `alive` (the scope has a unit), coverage,
    `excused` (all who owe a report said that it does not apply to them). In order of rows and months.
    """
    return Measures(sources, own_values(sources), reporting(sources)).frame()


def _at(frame: pl.LazyFrame, cell: pl.Series) -> pl.LazyFrame:
    return frame.select(pl.all().gather(pl.lit(cell)))


def own_values(sources: Sources) -> pl.DataFrame:
    """Return the value of each cell, exactly, as `upper` ÷ `lower`; `lower` is 0 when the denominator is."""
    cells, (parts, there) = sources.cells, _parts(sources)
    scales = sources.rows.select("is_ratio", "has_flow", "numerator_scale", "denominator_scale")
    window = pl.Series("window_start", cells.flat(sources.window_start), dtype=pl.Int32)
    own = pl.LazyFrame({name: cells.flat(getattr(parts, name)) for name in _PARTS} | {"there": cells.flat(there)})
    indicator = sources.rows["indicator_number"].to_numpy()
    above, below = (cells.flat(each[indicator]) for each in sources.constants)
    constants = pl.LazyFrame({"numerator_constant": above, "denominator_constant": below})
    said = [own, cells.by_row(scales), pl.LazyFrame([window, cells.said("segment_start")]), constants]
    numerator = pl.when("there").then(pl.col("numerator") + pl.col("numerator_constant"))
    denominator = pl.col("denominator") + pl.col("denominator_constant")
    return (
        pl.concat(said, how="horizontal")
        .with_columns(
            numerator=numerator,
            denominator=pl.when(pl.col("is_ratio") & pl.col("there")).then(denominator),
            value_month=pl.when(pl.col("month") >= 0).then(pl.col("month").cast(pl.Int32)),
            window_start=pl.when("has_flow").then("window_start"),
        )
        .select("numerator", "denominator", "value_month", "approximate", "outside", *_exact(), *_STARTS)
        .collect(engine="in-memory")
    )


def _exact() -> list[pl.Expr]:
    below = pl.when("is_ratio").then(pl.col("denominator")).otherwise(1)
    sign = pl.when(below < 0).then(-1).otherwise(1).cast(pl.Int128)
    return [
        (pl.col("numerator").cast(pl.Int128) * pl.col("numerator_scale") * sign).alias("upper"),
        pl.when(pl.col("numerator").is_not_null())
        .then(below.cast(pl.Int128) * pl.col("denominator_scale") * sign)
        .alias("lower"),
    ]


def _parts(sources: Sources) -> tuple[Parts, Flags]:
    """Put flows and stocks of each row and month together; say where there is a value.

    Where a formula mixes them, both must be there. What is held from before `not_before` is left out: the row was not
    the same units then.
    """
    months, pairs, pair = sources.board.months, sources.pairs.height, sources.pair
    flow_slot, stock_slot = (each.by_month(pairs, months) for each in (sources.flow_slots, sources.stock_slots))
    flow = windows.windows(sources.flows, sources.flow_slots, flow_slot[pair], sources.window_start, months)
    stock = with_singles(stocks.totals(sources.holdings, sources.stock_slots, stock_slot), sources).of(pair)
    has_flow, has_stock = (sources.rows[name].to_numpy()[:, None] for name in ("has_flow", "has_stock"))
    flows = flow.month >= 0
    holds = (stock.month >= 0) & (stock.month >= sources.rows["not_before"].to_numpy()[:, None])
    parts = Parts(
        numerator=np.where(flows, flow.numerator, 0) + np.where(holds, stock.numerator, 0),
        denominator=np.where(flows, flow.denominator, 0) + np.where(holds, stock.denominator, 0),
        month=np.maximum(flow.month, np.where(holds, stock.month, NEVER)),
        approximate=(flows & flow.approximate) | (holds & stock.approximate),
        outside=(flows & flow.outside) | (holds & stock.outside),
    )
    return parts, np.where(has_stock, holds & (flows | ~has_flow), flows)
