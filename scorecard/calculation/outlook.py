"""What each row is heading for: its series on the units of each month, and the value forecast at its deadline."""

from __future__ import annotations

import math

import numpy as np
import polars as pl

from scorecard.calculation import forecast
from scorecard.calculation.extract import REMEMBERED_MONTHS
from scorecard.calculation.grid import NEVER
from scorecard.calculation.series import Flags, Matrix, Places
from scorecard.calculation.sources import Sources

_LINE = ["row", "slot", "segment_start"]
_ASKED = ["month", "in_plan", "segment_start", "due_month", "due_window_start"]
_SIDES = ["numerator", "denominator"]
_SUMMED = ["known_upper", "known_lower", "expected_volume"]
_SCALED = [
    "forecast",
    "forecast_low",
    "forecast_high",
    "forecast_rate",
    "forecast_recent",
    "forecast_earlier",
    "forecast_error",
]


def outlook(sources: Sources) -> pl.LazyFrame:
    """Return row × month of the plan with the columns of forecast.FORECASTS, on the scale of the value.

    `known_numerator` and `known_denominator` are what the window of the deadline holds by now, at the decimals of the
    row; they and the expected volume are null for stocks. A series never crosses a break of definition, nor a day on
    which a unit of the row took over a part of another; it is told by the units that count in the month looked ahead
    from. Scores, ranks and milestones have none, nor has a formula that adds flows to stocks or to plain numbers.
    """
    asked = _asked(sources)
    lines = _lines(asked, sources)
    questions = asked.join(lines.select("line", *_LINE), on=_LINE).rename({"due_window_start": "from_month"})
    found = forecast.forecasts(
        lines.select(forecast.LINES.names()), _reported(lines, sources), questions.select(forecast.QUESTIONS.names())
    )
    own = lines.lazy().select("line", "row", "scale", "levels")
    return (
        found.lazy()
        .join(own, on="line")
        .with_columns(
            pl.col(_SCALED) * pl.col("scale"), pl.when(~pl.col("levels")).then(pl.col(_SUMMED)).cast(pl.Int64)
        )
        .rename({"known_upper": "known_numerator", "known_lower": "known_denominator"})
        .drop("line", "scale", "levels")
    )


def _asked(sources: Sources) -> pl.DataFrame:
    """Say of each row and month on which series it looks ahead: that of which slot, since when."""
    cells, rows = sources.cells, _rows(sources)
    flow, stock = (
        slots.by_month(sources.pairs.height, sources.board.months)[sources.pair]
        for slots in (sources.flow_slots, sources.stock_slots)
    )
    slot = np.where(
        rows["summed"].to_numpy()[:, None], flow, np.where(rows["levels"].to_numpy()[:, None], stock, NEVER)
    )
    months = cells.by_target(sources.board.target_months).select(_ASKED)
    own = pl.LazyFrame({"slot": cells.flat(slot)})
    first = pl.max_horizontal("segment_start", "not_before")
    return (
        pl.concat([cells.by_row(rows.select("row", "not_before")), months, own], how="horizontal")
        .filter(pl.col("in_plan") & (pl.col("slot") >= 0))
        .with_columns(segment_start=first, due_window_start=pl.max_horizontal("due_window_start", "not_before"))
        .collect(engine="in-memory")
    )


def _rows(sources: Sources) -> pl.DataFrame:
    """Say of each row whether its series is `summed` from flows or made of `levels`; neither for the rest."""
    added = sources.measured.constants(sources.board.months)["indicator"].unique()
    flow, stock, one = pl.col("has_flow"), pl.col("has_stock"), pl.col("single")
    return sources.rows.with_columns(
        summed=~one & flow & ~stock & ~pl.col("indicator").is_in(added.implode()), levels=~one & stock & ~flow
    )


def _lines(asked: pl.DataFrame, sources: Sources) -> pl.DataFrame:
    """Number the series; `scale` times what is reported is the value, and `cap` the largest that can be reported."""
    scale = pl.col("numerator_scale").cast(pl.Float64) / pl.col("denominator_scale").cast(pl.Float64)
    return (
        asked.select(_LINE)
        .unique()
        .sort(_LINE)
        .join(_rows(sources), on="row", maintain_order="left")
        .with_columns(scale=pl.when("levels").then(1.0).otherwise(scale))
        .with_columns(
            line=pl.int_range(pl.len(), dtype=pl.Int32),
            cap=pl.when("is_ratio").then(1 / pl.col("scale")).otherwise(math.inf),
        )
    )


def _reported(lines: pl.DataFrame, sources: Sources) -> pl.DataFrame:
    """Return frame forecast.REPORTED: of each line its own months, up to the one asked for."""
    found = [_flows(lines.filter("summed"), sources), _levels(lines.filter("levels"), sources)]
    return pl.concat(found).filter(pl.col("lower") > 0)


def _flows(lines: pl.DataFrame, sources: Sources) -> pl.DataFrame:
    flows, slots = sources.flows, sources.flow_slots
    if not lines.height or not flows.lengths:
        return pl.DataFrame(schema=forecast.REPORTED)
    sums = [slots.totals(flows.by_month(name)) for name in ("numerator", "denominator")]
    told = slots.totals(flows.told().astype(np.int64)) > 0
    remembered = sources.board.as_of.index - REMEMBERED_MONTHS + 1
    since = np.minimum(_first(lines, sources), remembered)
    line, slot, column = _own_months(lines, since, told, slots.until, flows.months)
    ratio = lines["is_ratio"].to_numpy()[line]
    above, below = (each[slot, column].astype(np.float64) for each in sums)
    return _told(lines, line, column + flows.months.start, above, np.where(ratio, below, 1.0))


def _levels(lines: pl.DataFrame, sources: Sources) -> pl.DataFrame:
    stocks, slots, months = sources.holdings, sources.stock_slots, sources.board.months
    if not lines.height:
        return pl.DataFrame(schema=forecast.REPORTED)
    told = slots.latest(stocks.last) == np.asarray(months)[None, :]
    line, slot, column = _own_months(lines, _first(lines, sources), told, slots.until, months)
    indicator = lines["indicator_number"].to_numpy()[line]
    above, below = (
        (slots.totals(held)[slot, column] + added[indicator, column]).astype(np.float64)
        * lines[f"{name}_scale"].cast(pl.Float64).to_numpy()[line]
        for name, held, added in zip(_SIDES, (stocks.numerator, stocks.denominator), sources.constants, strict=True)
    )
    below = np.where(
        lines["is_ratio"].to_numpy()[line], below, lines["denominator_scale"].cast(pl.Float64).to_numpy()[line]
    )
    lower = np.where(below > 0, 1.0, 0.0)
    return _told(lines, line, column + months.start, np.divide(above, below, out=lower.copy(), where=below > 0), lower)


def _first(lines: pl.DataFrame, sources: Sources) -> Places:
    """Return the first month of each line's row, whatever other plans the board shows."""
    first: Places = sources.cells.first[lines["row"].to_numpy()]
    return first


def _own_months(
    lines: pl.DataFrame, remembered: Places, told: Flags, until: Places, months: range
) -> tuple[Places, Places, Places]:
    """Return line, slot and column of all months that a line remembers, in which something of it was told."""
    slot = lines["slot"].to_numpy()
    month, since = np.asarray(months)[None, :], np.maximum(lines["segment_start"].to_numpy(), remembered)[:, None]
    line, column = np.nonzero(told[slot] & (month >= since) & (month <= until[slot][:, None]))
    return line, slot[line], column


def _told(lines: pl.DataFrame, line: Places, month: Places, upper: Matrix, lower: Matrix) -> pl.DataFrame:
    number = lines["line"].to_numpy()[line]
    return pl.DataFrame({"line": number, "month": month, "upper": upper, "lower": lower}).cast(forecast.REPORTED)
