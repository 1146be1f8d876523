"""The scoreboard: every target of a province judged for one month, from definitions and figures alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import polars as pl

from scorecard import frames
from scorecard.calculation import path
from scorecard.calculation.board import boards_of_totals
from scorecard.calculation.judgement import judgement
from scorecard.calculation.lines import reported
from scorecard.calculation.needed import with_needs
from scorecard.calculation.sources import Sources
from scorecard.domain.period import Month
from scorecard.domain.province import Province


def scoreboard(
    province: Province,
    figures: pl.DataFrame | pl.LazyFrame,
    as_of: Month,
    *,
    plan_ids: Collection[str] | None = None,
    by_unit: bool = False,
) -> pl.DataFrame:
    """Judge all targets (of the named plans) as of a month; return frames.SCOREBOARD.

    `figures` is frames.FIGURES; figures of periods that end after `as_of` are not looked at. A target «each»
    has a row for every unit alive in the month, any other target one row. With `by_unit` every target has a row
    for each unit that answers for its figures, see Lines; a target without such a unit keeps its one row.
    Sorted in the order of the plans, units in the order of protocol.
    """
    latest = _told(province, figures, as_of, plan_ids, by_unit=by_unit, since=as_of.index).sort("row")
    return frames.check(latest.select(frames.SCOREBOARD.names()), frames.SCOREBOARD)


def status_history(
    province: Province,
    figures: pl.DataFrame | pl.LazyFrame,
    as_of: Month,
    *,
    plan_ids: Collection[str] | None = None,
    by_unit: bool = False,
    inherited: bool = False,
) -> pl.DataFrame:
    """Judge every month of every row from the start of its plan to `as_of`; columns as SCOREBOARD, and `row`.

    With `inherited`, a unit was there as long as those were that went over into it entirely, see Scopes.
    """
    return _told(province, figures, as_of, plan_ids, by_unit=by_unit, since=0, inherited=inherited)


def _told(
    province: Province,
    figures: pl.DataFrame | pl.LazyFrame,
    as_of: Month,
    plan_ids: Collection[str] | None,
    *,
    by_unit: bool,
    since: int,
    inherited: bool = False,
) -> pl.DataFrame:
    """Judge every month of every row and return those since a month; columns as SCOREBOARD, and `row`."""
    frames.check(figures.lazy(), frames.FIGURES)
    given = reported(figures, as_of)
    found, rows = [pl.DataFrame(schema={"row": pl.Int32, **frames.SCOREBOARD})], 0
    for totals in boards_of_totals(province, None if plan_ids is None else frozenset(plan_ids), as_of):
        board = replace(totals, reported=given, inherited=inherited) if by_unit else totals
        statuses = judgement(Sources(board, figures)).statuses().lazy().filter(pl.col("month") >= since)
        found.append(_columns(with_needs(_short_of(statuses))).with_columns(pl.col("row") + rows))
        rows += board.rows.height
    return pl.concat(found)


def _short_of(rows: pl.LazyFrame) -> pl.LazyFrame:
    open_verdict = ~pl.col("status").is_in(["not_applicable", "not_due", "no_data", "met"])
    counted = pl.col("steps_total").is_null() & pl.col("value").is_not_null()
    return rows.with_columns(short_by=pl.when(open_verdict & counted).then("short_by"))


def _columns(rows: pl.LazyFrame) -> pl.DataFrame:
    milestone = pl.col("steps_total").is_not_null()
    shaped = rows.with_columns(
        goal=pl.when(~milestone).then("goal"),
        expected=pl.col("expected").round(path.SHARE_DECIMALS),
        crosses_boundaries=pl.col("outside").fill_null(False),
    )
    kinds = (pl.col(name).cast(kind) for name, kind in frames.SCOREBOARD.items())
    return shaped.select("row", *kinds).collect(engine="in-memory")
