"""The scoreboard: every target of a province judged for one month, from definitions and figures alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import polars as pl

from scorecard import frames
from scorecard.calculation import path, verdicts
from scorecard.calculation.board import board_of_totals
from scorecard.calculation.lines import reported
from scorecard.calculation.measurement import Measures
from scorecard.calculation.needed import with_needs
from scorecard.calculation.outlook import outlook
from scorecard.calculation.ranges import ranges
from scorecard.calculation.series import Places
from scorecard.calculation.sources import Sources
from scorecard.domain.period import Month
from scorecard.domain.province import Province

_BASELINE = ("row", "month", "segment_start", "in_plan", "stated_value", "stated_month", "starts", "from_zero")
_SHAPED = ("goal", "expected", "crosses_boundaries")


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
    history = status_history(province, figures, as_of, plan_ids=plan_ids, by_unit=by_unit)
    latest = history.filter(pl.col("month") == as_of.index).sort("row")
    return frames.check(latest.select(frames.SCOREBOARD.names()), frames.SCOREBOARD)


def status_history(
    province: Province,
    figures: pl.DataFrame | pl.LazyFrame,
    as_of: Month,
    *,
    plan_ids: Collection[str] | None = None,
    by_unit: bool = False,
) -> pl.DataFrame:
    """Judge every month of every row from the start of its plan to `as_of`; columns as SCOREBOARD, and `row`."""
    wanted = None if plan_ids is None else frozenset(plan_ids)
    frames.check(figures.lazy(), frames.FIGURES)
    board = board_of_totals(province, wanted, as_of)
    if by_unit:
        board = replace(board, reported=reported(figures, as_of))
    if not board.targets:
        return pl.DataFrame(schema={"row": pl.Int32, **frames.SCOREBOARD})
    sources = Sources(board, figures)
    rows = _rows(sources).lazy()
    decided = verdicts.falling(verdicts.first_verdicts(verdicts.met_by_now(path.follow(rows))))
    return _columns(
        with_needs(_short_of(verdicts.with_memory(decided.collect(engine="in-memory")).lazy())).collect(
            engine="in-memory"
        )
    )


def _rows(sources: Sources) -> pl.DataFrame:
    """Return every month of every row from the start of its plan, with all that its status follows from."""
    cells, board = sources.cells, sources.board
    measures, chosen = Measures(sources), cells.in_plan
    usable = _judged(measures.frame()).select(_BASELINE, value="judged_value").collect(engine="in-memory").lazy()
    baselines = path.baselines(usable).select(pl.all().gather(pl.lit(pl.Series(chosen))))
    judged = _judged(measures.frame(chosen)).collect(engine="in-memory")
    conditions = path.conditions_by_part(board.conditions, board.target_months)
    goals = path.against_goals(
        pl.concat([judged.lazy(), cells.by_target(conditions, chosen)], how="horizontal"), len(conditions.columns) // 5
    )
    found = [goals.drop(conditions.columns), baselines, _looking_ahead(sources, chosen)]
    latest = judged.lazy().filter(pl.col("month") == board.as_of.index)
    return (
        pl.concat(found, how="horizontal")
        .join(_ranges(sources, latest), on=["row", "month"], how="left", maintain_order="left")
        .collect(engine="in-memory")
    )


def _looking_ahead(sources: Sources, chosen: Places) -> pl.LazyFrame:
    """Return the columns of outlook by cell; null where there is no forecast."""
    found, cells = outlook(sources).collect(engine="in-memory"), sources.cells
    cell = cells.number(found["row"].to_numpy(), found["month"].to_numpy())
    place = np.full(len(cells.row), found.height)
    place[cell] = np.arange(found.height)
    taken = pl.Series(place[chosen]).replace(found.height, None)
    return found.lazy().drop("row", "month").select(pl.all().gather(pl.lit(taken)))


def _ranges(sources: Sources, latest: pl.LazyFrame) -> pl.LazyFrame:
    return ranges(sources, latest).with_columns(month=pl.lit(sources.board.as_of.index, pl.Int32))


def _judged(rows: pl.LazyFrame) -> pl.LazyFrame:
    spoken = pl.col("value_month").is_not_null() & (pl.col("value_month") >= pl.col("spoken_from"))
    one = pl.col("single")
    there = spoken.fill_null(False).cast(pl.Int64)
    current = (
        ~pl.col("has_flow")
        | (pl.col("reported_units") > 0)
        | (pl.col("value_month") == pl.col("month"))
        | (pl.col("expected_units").fill_null(0) == 0)
    )
    return (
        rows.with_columns(
            spoken=spoken.fill_null(False),
            reported_units=pl.when(one).then(there).otherwise(pl.col("reported_units").fill_null(0)),
            expected_units=pl.when(one).then(1).otherwise(pl.col("expected_units").fill_null(0)),
            coverage=pl.when(one).then(there.cast(pl.Float64)).otherwise(pl.col("coverage")),
            current=current.fill_null(False),
            value=pl.when(pl.col("lower") != 0).then(
                pl.col("upper").cast(pl.Float64) / pl.col("lower").cast(pl.Float64)
            ),
        )
        .with_columns(
            judged_value=pl.when(
                pl.col("spoken")
                & pl.col("current")
                & ~(pl.col("coverage") < pl.col("minimum_coverage")).fill_null(False)
            ).then("value"),
            minimum_coverage=pl.when(one).then(0.0).otherwise("minimum_coverage"),
            steps_done=pl.when(pl.col("steps_total").is_not_null()).then(
                pl.col("numerator") // pl.col("denominator_scale").cast(pl.Int64)
            ),
        )
        .with_columns(_lateness())
    )


def _lateness() -> list[pl.Expr]:
    open_steps = pl.col("late_days").list.slice(pl.col("steps_done").clip(0))
    known = pl.col("steps_done").is_not_null()
    return [
        pl.when(known).then(open_steps.list.max().fill_null(0).clip(0)).alias("step_late_days"),
        (pl.col("late_days").list.eval(pl.element() >= 0).list.sum()).cast(pl.Int64).alias("steps_wanted"),
    ]


def _short_of(rows: pl.LazyFrame) -> pl.LazyFrame:
    open_verdict = ~pl.col("status").is_in(["not_applicable", "not_due", "no_data", "met"])
    counted = pl.col("steps_total").is_null() & pl.col("value").is_not_null()
    return rows.with_columns(short_by=pl.when(open_verdict & counted).then("short_by"))


def _columns(rows: pl.DataFrame) -> pl.DataFrame:
    milestone = pl.col("steps_total").is_not_null()
    return rows.select(
        "row",
        *(
            pl.col(name).cast(kind)
            for name, kind in frames.SCOREBOARD.items()
            if name in rows.columns and name not in _SHAPED
        ),
        goal=pl.when(~milestone).then("goal"),
        expected=pl.col("expected").round(path.SHARE_DECIMALS),
        crosses_boundaries=pl.col("outside").fill_null(False),
    )
