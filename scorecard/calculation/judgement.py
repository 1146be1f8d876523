"""The status of rows month by month, from what they measure, their goals, their outlook and their own past."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from scorecard.calculation import path, verdicts
from scorecard.calculation.measurement import Measures, own_values
from scorecard.calculation.outlook import outlook
from scorecard.calculation.ranges import ranges
from scorecard.calculation.reporting import reporting
from scorecard.calculation.series import Places
from scorecard.calculation.sources import Sources

_BASELINE = ("row", "month", "segment_start", "in_plan", "stated_value", "stated_month", "starts", "from_zero")


@dataclass(frozen=True)
class Judgement:
    """The statuses of the rows of a board, and what they follow from, see judgement."""

    sources: Sources
    measures: Measures
    conditions: pl.DataFrame
    baselines: pl.DataFrame
    ranges: pl.DataFrame
    outlook: pl.DataFrame
    outlook_of: Places

    def statuses(self) -> pl.DataFrame:
        """Return every month of each row from the start of its plan, with its status and all that it follows from."""
        decided = verdicts.falling(verdicts.first_verdicts(verdicts.met_by_now(path.follow(self._followed()))))
        return verdicts.with_memory(decided.collect(engine="in-memory"))

    def _followed(self) -> pl.LazyFrame:
        cells = self.sources.cells
        held = [_judged(self.measures.frame(cells.in_plan)), cells.by_target(self.conditions, cells.in_plan)]
        parts = len(self.conditions.columns) // len(path.CONDITION)
        goals = path.against_goals(pl.concat(held, how="horizontal"), parts).drop(self.conditions.columns)
        found = pl.concat([goals, self.baselines.lazy(), self._looking_ahead()], how="horizontal")
        return found.join(self.ranges.lazy(), on=["row", "month"], how="left", maintain_order="left")

    def _looking_ahead(self) -> pl.LazyFrame:
        taken = pl.Series(self.outlook_of[self.sources.cells.in_plan]).replace(self.outlook.height, None)
        return self.outlook.lazy().select(pl.all().gather(pl.lit(taken)))


def judgement(sources: Sources) -> Judgement:
    """Find what the statuses of all rows follow from; the forecasts beside the rest, which has no use for them."""
    sources.prepare()
    with ThreadPoolExecutor(max_workers=1) as thread:
        ahead = thread.submit(_outlook, sources)
        measures = Measures(sources, own_values(sources), reporting(sources))
        return Judgement(
            sources,
            measures,
            path.conditions_by_part(sources.board.conditions, sources.board.target_months),
            _baselines(measures),
            _ranges(sources, measures),
            *ahead.result(),
        )


def _baselines(measures: Measures) -> pl.DataFrame:
    """Return the baselines of all rows in every month of their plans."""
    usable = _judged(measures.frame()).select(_BASELINE, value="judged_value").collect(engine="in-memory")
    inside = pl.Series(measures.sources.cells.in_plan)
    return path.baselines(usable).select(pl.all().gather(inside))


def _ranges(sources: Sources, measures: Measures) -> pl.DataFrame:
    as_of = sources.board.as_of.index
    latest = measures.frame(np.flatnonzero(sources.cells.month == as_of))
    found = ranges(sources, latest).with_columns(month=pl.lit(as_of, pl.Int32))
    return found.collect(engine="in-memory")


def _outlook(sources: Sources) -> tuple[pl.DataFrame, Places]:
    """Return the columns of outlook, and where each cell stands in them; the number of rows for no forecast."""
    found, cells = outlook(sources).collect(engine="in-memory"), sources.cells
    place = np.full(len(cells.row), found.height)
    place[cells.number(found["row"].to_numpy(), found["month"].to_numpy())] = np.arange(found.height)
    return found.drop("row", "month"), place


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
