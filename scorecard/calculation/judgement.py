"""The status of rows month by month, from what they measure, their goals, their outlook and their own past."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from scorecard.calculation import path, verdicts
from scorecard.calculation.measurement import Measures
from scorecard.calculation.outlook import outlook
from scorecard.calculation.ranges import ranges
from scorecard.calculation.series import Places
from scorecard.calculation.sources import Sources

_BASELINE = ("row", "month", "segment_start", "in_plan", "stated_value", "stated_month", "starts", "from_zero")


@dataclass(frozen=True)
class Judgement:
    """The statuses of the rows of a board."""

    sources: Sources

    def statuses(self, rows: range) -> pl.DataFrame:
        """Return every month of some rows from the start of its plan, with its status and all that it follows from."""
        decided = verdicts.falling(verdicts.first_verdicts(verdicts.met_by_now(path.follow(self._followed(rows)))))
        return verdicts.with_memory(decided.collect(engine="in-memory"))

    def _followed(self, rows: range) -> pl.LazyFrame:
        cells = self.sources.cells
        block, chosen = cells.of_rows(rows), cells.in_plan(rows)
        usable = _judged(self._measures.frame(block)).select(_BASELINE, value="judged_value")
        baselines = path.baselines(usable.collect(engine="in-memory")).lazy()
        own = baselines.select(pl.all().gather(pl.lit(pl.Series(chosen - block.start))))
        judged = _judged(self._measures.frame(chosen))
        held = pl.concat([judged, cells.by_target(self._conditions, chosen)], how="horizontal")
        goals = path.against_goals(held, len(self._conditions.columns) // len(path.CONDITION))
        parts = [goals.drop(self._conditions.columns), own, self._looking_ahead(chosen)]
        found: pl.LazyFrame = pl.concat(parts, how="horizontal")
        return found.join(self._ranges.lazy(), on=["row", "month"], how="left", maintain_order="left")

    @cached_property
    def _measures(self) -> Measures:
        return Measures(self.sources)

    @cached_property
    def _conditions(self) -> pl.DataFrame:
        return path.conditions_by_part(self.sources.board.conditions, self.sources.board.target_months)

    @cached_property
    def _ranges(self) -> pl.DataFrame:
        as_of = self.sources.board.as_of.index
        latest = self._measures.frame(np.flatnonzero(self.sources.cells.month == as_of))
        found = ranges(self.sources, latest).with_columns(month=pl.lit(as_of, pl.Int32))
        return found.collect(engine="in-memory")

    @cached_property
    def _outlook(self) -> tuple[pl.DataFrame, Places]:
        """The columns of outlook, and where each cell stands in them; the number of rows for no forecast."""
        found, cells = outlook(self.sources).collect(engine="in-memory"), self.sources.cells
        place = np.full(len(cells.row), found.height)
        place[cells.number(found["row"].to_numpy(), found["month"].to_numpy())] = np.arange(found.height)
        return found.drop("row", "month"), place

    def _looking_ahead(self, chosen: Places) -> pl.LazyFrame:
        found, place = self._outlook
        taken = pl.Series(place[chosen]).replace(found.height, None)
        return found.lazy().select(pl.all().gather(pl.lit(taken)))


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
