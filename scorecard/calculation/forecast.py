"""The value expected at the deadline: what is known of its window, and the rest as the series is projected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise

import numpy as np
import polars as pl

from scorecard.calculation.projection import METHODS, Projection, Question, project
from scorecard.calculation.series import Flags, Matrix, Places, Series, quotient
from scorecard.frames import FORECAST_EVIDENCE, FORECAST_METHOD

REPORTED = pl.Schema(
    {"line": pl.Int32, "month": pl.Int32, "upper": pl.Float64, "lower": pl.Float64},
)
"""One row per line × month in which something was reported; a line is a row of the scoreboard as its units stood in
one span of months, between two breaks.

`upper` ÷ `lower` is the rate of the month: the flow of the month, with 1 below for a count; what is held, over 1.
"""

LINES = pl.Schema({"line": pl.Int32, "levels": pl.Boolean, "is_ratio": pl.Boolean, "cap": pl.Float64})
"""One row per line: whether its values are held (`levels`) or summed, whether they are ratios, and their maximum."""

QUESTIONS = pl.Schema({"line": pl.Int32, "month": pl.Int32, "due_month": pl.Int32, "from_month": pl.Int32})
"""One row per line × month looked ahead from: the deadline, and the first month of the window that ends there."""

_FORECAST_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.Int32,
    "month": pl.Int32,
    "forecast": pl.Float64,
    "forecast_low": pl.Float64,
    "forecast_high": pl.Float64,
    **FORECAST_EVIDENCE,
    "known_upper": pl.Float64,
    "known_lower": pl.Float64,
    "expected_volume": pl.Float64,
    "last_point": pl.Int32,
}
FORECASTS = pl.Schema(_FORECAST_COLUMNS)
"""One row per question that has an answer, on the scale of `upper` ÷ `lower`.

`forecast` is (known_upper + forecast_rate × expected_volume) ÷ (known_lower + expected_volume); for a count only the
upper half, and its volume is the number of reports to come; for levels forecast_rate itself. What is known runs from
`from_month` to `last_point`. The last `forecast_pool` months have `forecast_recent`, as many before them
`forecast_earlier`; levels are those of the last month and of so many months before. `forecast_error` is the mean error
of the method used, over `forecast_trials` trials made `forecast_trial` months ahead; it and the range, which holds the
value in about 80 of 100 cases, are null where fewer than two trials were possible. With fewer than four points there is
no forecast, without any no row.
"""

_LINES_AT_ONCE = 1024


@dataclass(frozen=True)
class _Block:
    """Some lines as columns of matrices, one row per month, counted from the first month of all."""

    series: Series
    ratio: Flags
    cap: Matrix
    due: Places
    start: Places

    def asked(self, month: Places, line: Places) -> tuple[Places, Question]:
        """Return which of some places can be answered, and what is asked at the last point before each of these.

        Asked for are the months up to the deadline that lie in the window. A place has an answer as long as the
        deadline is the same as at its last point.
        """
        point = self.series.last_point[month, line]
        there = (point >= 0) & (self.due[month, line] == self.due[np.maximum(point, 0), line])
        answered = np.flatnonzero(there)
        point, line = point[answered], line[answered]
        single = (self.start == self.due).all(axis=0)
        last = np.maximum(self.due[point, line] - point, 0)
        alone = (single | self.series.levels)[line]
        first = np.where(alone, last, np.maximum(self.start[point, line] - point, 1))
        return answered, Question(point, line, first, last, single, self.cap)

    def answers(self, question: Question) -> dict[str, Matrix | Places]:
        """Return the columns of FORECASTS."""
        series, projected = self.series, project(self.series, question)
        answer = _Answer(self, question, projected)
        return {
            "forecast": answer.value(0),
            "forecast_low": answer.value(-1),
            "forecast_high": answer.value(1),
            "method": projected.method,
            "forecast_rate": projected.rate,
            "forecast_recent": question.of(series.recent),
            "forecast_earlier": question.of(series.earlier),
            "forecast_pool": question.of(series.pace_months),
            "forecast_error": projected.error,
            "forecast_trial": projected.trial,
            "forecast_trials": projected.trials,
            "known_upper": answer.known[0],
            "known_lower": answer.known[1],
            "expected_volume": answer.volume,
            "last_point": question.month,
        }


@dataclass(frozen=True)
class _Answer:
    """What a block says to a question."""

    block: _Block
    question: Question
    projected: Projection

    @cached_property
    def known(self) -> tuple[Matrix, Matrix]:
        """What the window holds up to each point."""
        asked = self.question
        start = self.block.start[asked.month, asked.line]
        return self.block.series.over(np.minimum(start, asked.month + 1), asked.month, asked.line)

    @cached_property
    def volume(self) -> Matrix:
        """What will stand below in the months asked for: as many reports as usual, each as large as usual."""
        asked, series = self.question, self.block.series
        run, step = asked.last - asked.first + 1, asked.of(series.step)
        reports = np.maximum((2 * run + step) // (2 * step), 1)
        volume: Matrix = np.rint(asked.of(series.volume) * reports)
        return volume

    def value(self, shift: int) -> Matrix:
        """Return the value at the deadline, with the rate moved up or down by its margin."""
        projected, line = self.projected, self.question.line
        cap, ratio, levels = (each[line] for each in (self.block.cap, self.block.ratio, self.block.series.levels))
        rate = projected.rate if shift == 0 else np.clip(projected.rate + shift * projected.margin, 0, cap)
        upper, lower = self.known
        at_deadline = quotient(upper + rate * self.volume, np.where(ratio, lower + self.volume, 1))
        return np.where(levels, rate, at_deadline)


def forecasts(lines: pl.DataFrame, reported: pl.DataFrame, questions: pl.DataFrame) -> pl.DataFrame:
    """Answer QUESTIONS of LINES from REPORTED; return frame FORECASTS, in no particular order.

    Lines are numbered from 0. A month without a report is answered from the last one before it, as long as the
    deadline is the same.
    """
    if not questions.height or not reported.height:
        return pl.DataFrame(schema=FORECASTS)
    months = pl.concat([reported["month"], questions["month"]])
    first, height = int(months.min()), int(months.max() - months.min()) + 1  # type: ignore[arg-type,operator]
    starts = range(0, lines.height, _LINES_AT_ONCE)
    blocks = [_blocks(frame.sort("line"), starts) for frame in (lines, reported, questions)]
    found = pl.concat(map(partial(_answered, first, height), starts, *blocks))
    methods = {-1: None} | dict(enumerate(METHODS))
    return found.select(
        "line",
        "month",
        pl.exclude("line", "month", "method", "forecast_trial", "forecast_trials", "last_point").fill_nan(None),
        pl.when(pl.col("forecast_trials") > 0).then(pl.col("forecast_trial", "forecast_trials")),
        forecast_method=pl.col("method").replace_strict(methods, return_dtype=FORECAST_METHOD),
        last_point=pl.col("last_point") + first,
    ).select(pl.col(name).cast(kind) for name, kind in FORECASTS.items())


def _blocks(frame: pl.DataFrame, starts: range) -> Iterator[pl.DataFrame]:
    """Cut a frame sorted by line into the rows of each block."""
    ends = frame["line"].to_numpy().searchsorted([*starts, starts.stop])
    return (frame[start:end] for start, end in pairwise(ends.tolist()))


def _answered(
    first: int, months: int, start: int, lines: pl.DataFrame, told: pl.DataFrame, asked: pl.DataFrame
) -> pl.DataFrame:
    """Answer the questions of one block of lines, in so many months from the first of all."""
    shape = (months, lines.height)
    place, question = (_places(frame, start, first) for frame in (told, asked))
    point = np.zeros(shape, np.bool_)
    point[place] = True
    block = _Block(
        series=Series(
            upper=_matrix(shape, place, told["upper"]),
            lower=_matrix(shape, place, told["lower"]),
            point=point,
            levels=lines["levels"].to_numpy(),
        ),
        ratio=lines["is_ratio"].to_numpy(),
        cap=lines["cap"].to_numpy(),
        due=_next_asked(shape, question, asked["due_month"] - first),
        start=_next_asked(shape, question, (asked["from_month"] - first).clip(0)),
    )
    answered, points = block.asked(*question)
    own = asked.select(pl.col("line", "month").gather(pl.Series(answered)))
    return pl.concat([pl.DataFrame(block.answers(points)), own], how="horizontal")


def _places(frame: pl.DataFrame, start: int, first: int) -> tuple[Places, Places]:
    return (frame["month"] - first).cast(pl.Int64).to_numpy(), (frame["line"] - start).cast(pl.Int64).to_numpy()


def _matrix(shape: tuple[int, int], place: tuple[Places, Places], values: pl.Series) -> Matrix:
    matrix = np.zeros(shape)
    matrix[place] = values.to_numpy()
    return matrix


def _next_asked(shape: tuple[int, int], place: tuple[Places, Places], values: pl.Series) -> Places:
    """Return what is asked in each month, or in the next month in which anything is; -1 after the last one."""
    matrix = np.full(shape, -1, np.int64)
    matrix[place] = values.to_numpy()
    for month in range(shape[0] - 2, -1, -1):
        np.copyto(matrix[month], matrix[month + 1], where=matrix[month] < 0)
    return matrix
