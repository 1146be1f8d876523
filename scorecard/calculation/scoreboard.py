"""The scoreboard: every target of a province judged for one month, from definitions and figures alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import polars as pl

from scorecard import frames
from scorecard.calculation import path
from scorecard.calculation.board import board_of_totals
from scorecard.calculation.judgement import Judgement
from scorecard.calculation.lines import reported
from scorecard.calculation.needed import with_needs
from scorecard.calculation.sources import Sources
from scorecard.domain.period import Month
from scorecard.domain.province import Province

_ROWS_AT_ONCE = 10_000


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
    sources = _sources(province, figures, as_of, plan_ids, by_unit)
    latest = _told(sources, as_of.index).sort("row")
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
    return _told(_sources(province, figures, as_of, plan_ids, by_unit, inherited), 0)


def _sources(
    province: Province,
    figures: pl.DataFrame | pl.LazyFrame,
    as_of: Month,
    plan_ids: Collection[str] | None,
    by_unit: bool,
    inherited: bool = False,
) -> Sources:
    wanted = None if plan_ids is None else frozenset(plan_ids)
    frames.check(figures.lazy(), frames.FIGURES)
    board = board_of_totals(province, wanted, as_of)
    if by_unit:
        board = replace(board, reported=reported(figures, as_of), inherited=inherited)
    return Sources(board, figures)


def _told(sources: Sources, since: int) -> pl.DataFrame:
    """Judge every month of every row and return those since a month; columns as SCOREBOARD, and `row`.

    Some rows at a time, so that what their statuses follow from never stands in memory for all of them.
    """
    found = [pl.DataFrame(schema={"row": pl.Int32, **frames.SCOREBOARD})]
    if sources.board.targets:
        judgement = Judgement(sources)
        for first in range(0, sources.board.rows.height, _ROWS_AT_ONCE):
            rows = judgement.statuses(range(first, min(first + _ROWS_AT_ONCE, sources.board.rows.height)))
            found.append(_columns(with_needs(_short_of(rows.lazy().filter(pl.col("month") >= since)))))
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
