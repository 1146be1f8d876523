"""Where a series will go: four ways to say it, tried on its own past; the one that erred least is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.calculation.series import Flags, Matrix, Places, Series, either, quotient, run_up
from scorecard.domain.status import ForecastMethod

FEWEST_POINTS = 4
LONGEST_TRIAL = 3
"""The ways are tried so many months ahead, or fewer where the deadline is nearer."""
FEWEST_TRIALS = 2
"""So many trials say how wide the range is."""
MANY_TRIALS = 5
CONVINCING = 10
"""With fewer trials than MANY_TRIALS another way must err so many times less than the last rate to be used."""
_TRIALS_LAST_YEAR = 3
_YEAR = 12
_DECIMALS = 9
"""Errors that agree to so many decimals are equal."""
_DEVIATIONS = 1.2815515655446004
"""A normal error lies within so many standard deviations in 80 of 100 cases."""
_GROWTH = 0.25
"""An error grows with this power of the months ahead; found on simulated series, see benchmarks/README.md."""


METHODS = tuple(ForecastMethod)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at some points, by row (`month`) and column (`line`): the rate from `first` to `last` months later.

    `last` is 0 where nothing is asked. `single` lines are asked for one month, `first` being `last`, the others for a
    run of months. No rate is above the `cap` of its line; both are told of all lines.
    """

    month: Places
    line: Places
    first: Places
    last: Places
    single: Flags
    cap: Matrix

    def of(self, matrix: NDArray[Any]) -> NDArray[Any]:
        """Return the points of a matrix."""
        found: NDArray[Any] = matrix[self.month, self.line]
        return found


@dataclass(frozen=True, slots=True)
class Projection:
    """The answer at each point; NaN, 0 or -1 where there is none.

    `method` is a place in METHODS. `error` is the mean error of the way used in its `trials`, made `trial` months
    ahead; the true rate lies within `margin` of `rate` in about 80 of 100 cases.
    """

    method: Places
    rate: Matrix
    error: Matrix
    margin: Matrix
    trial: Places
    trials: Places


@dataclass(frozen=True, slots=True)
class _Trials:
    """How the ways erred in the trials known at each point: count, mean error and mean square, by way."""

    ahead: Matrix
    count: Matrix
    error: Matrix
    square: Matrix


def project(series: Series, question: Question) -> Projection:
    """Say the rate asked for, by the way that erred least in the trials that could have been made until then."""
    answers = np.stack(_ways(series, question, _last_year(series, question)))
    answers = np.clip(answers, 0, question.cap[question.line])
    trials = _known_trials(series, question)
    asked = question.of(series.point) & (question.of(series.points) >= FEWEST_POINTS) & (question.last > 0)
    known = asked & (trials.ahead > 0)
    tried = np.where(np.isnan(trials.error) | np.isnan(answers), np.inf, trials.error)
    tried[1:] *= np.where(trials.count < MANY_TRIALS, CONVINCING, 1)
    way = tried.round(_DECIMALS).argmin(axis=0)
    count = np.maximum(trials.count, 1)
    further = np.maximum(question.last / np.maximum(trials.ahead, 1), 1)
    spread = np.sqrt(_of(trials.square, way)) * further**_GROWTH
    return Projection(
        method=np.where(asked, way, -1),
        rate=np.where(asked, _of(answers, way), np.nan),
        error=np.where(known, _of(trials.error, way), np.nan),
        margin=np.where(known, _DEVIATIONS * (1 + 1 / count) * spread, np.nan),
        trial=np.where(known, trials.ahead, 0).astype(np.int64),
        trials=np.where(known, trials.count, 0).astype(np.int64),
    )


def _ways(series: Series, question: Question, last_year: Matrix) -> Sequence[Matrix]:
    """Return the rates asked for, by way."""
    rate, recent, pace = (question.of(each) for each in (series.rate, series.recent, series.pace))
    ahead = (question.first + question.last) / 2 + question.of(series.centre)
    return rate, recent, recent + pace * ahead, last_year


def _last_year(series: Series, question: Question) -> Matrix:
    """Return the rate of the same months of the year before, where they lie in the past; of a level, that of the last.

    A run that begins before the first point says nothing.
    """
    first, last = (question.month + each - _YEAR for each in (question.first, question.last))
    rates = quotient(*series.over(first, last, question.line))
    if series.levels.any():
        held = series.held[np.clip(last, 0, series.point.shape[0] - 1), question.line]
        rates = np.where(series.levels[question.line], held, rates)
    begun = _began_a_year_before(question.of(series.span), question.first)
    return np.where(begun & (question.last <= _YEAR), rates, np.nan)


def _began_a_year_before(span: Places, months: Places) -> Flags:
    """Say whether a series of so many months had begun a year before what lies that many months ahead."""
    begun: Flags = span > _YEAR - months
    return begun


def _known_trials(series: Series, question: Question) -> _Trials:
    """Take at each point the longest trials, no longer than what is asked, of which there are enough."""
    points = len(question.month)
    ahead, count = np.zeros(points), np.zeros(points)
    error, square = (np.full((len(METHODS), points), np.nan) for _ in range(2))
    for months in range(1, LONGEST_TRIAL + 1):
        trials = _trials(series, months, question)
        better = (trials.count >= FEWEST_TRIALS) & (question.last >= months)
        np.copyto(ahead, trials.ahead, where=better)
        np.copyto(count, trials.count, where=better)
        np.copyto(error, trials.error, where=better)
        np.copyto(square, trials.square, where=better)
    return _Trials(ahead, count, error, square)


def _trials(series: Series, months: int, question: Question) -> _Trials:
    """Try every way from every earlier point; all ways on the same points.

    Last year's way is tried where it could be three times, and the others then on its points alone.
    """
    alone = question.single | series.levels
    missed = _missed(series, months, alone, question.cap)
    known = series.reported_between(1, months) & (series.points > 1) & ~np.isnan(missed[:-1]).any(axis=0)
    begun = _began_a_year_before(series.span, np.where(alone, months, 1))
    seasonal = known & ~np.isnan(missed[-1]) & begun
    count, of_last_year = (_until(each.astype(np.int64), months, question) for each in (known, seasonal))
    with_last_year = of_last_year >= _TRIALS_LAST_YEAR
    error, square = either(
        with_last_year,
        lambda: _errors(missed, seasonal, months, question),
        lambda: _errors(missed, known, months, question),
    )
    count = np.where(with_last_year, of_last_year, count).astype(np.float64)
    error[-1][~with_last_year] = np.nan
    total = np.maximum(count, 1)
    return _Trials(np.full_like(count, months), count, error / total, square / total)


def _missed(series: Series, months: int, alone: Flags, cap: Matrix) -> Matrix:
    """Return by how much each way misses what comes so many months later, or until then."""
    actual, last_year = (_told(series, months, alone, back) for back in (0, _YEAR))
    ahead = (np.where(alone, months, 1) + months) / 2 + series.centre
    ways = (series.rate, series.recent, series.recent + series.pace * ahead, last_year)
    missed = np.empty((len(METHODS), *actual.shape))
    for out, rate in zip(missed, ways, strict=True):
        np.clip(rate, 0, cap, out=out)
    missed -= actual
    return np.abs(missed, out=missed)


def _told(series: Series, months: int, alone: Flags, back: int) -> Matrix:
    """Return the rate so many months later, or until then, but `back` months before."""
    last = months - back
    return either(alone, lambda: series.between(last, last), lambda: series.between(1 - back, last))


def _errors(missed: Matrix, tried: Flags, months: int, question: Question) -> Matrix:
    """Return the errors and their squares in the trials known at each point, added up, by way."""
    errors = np.where(tried, missed, 0)
    squares = errors**2
    return np.stack([_until(errors, months, question), _until(squares, months, question)])


def _until(values: NDArray[Any], months: int, question: Question) -> NDArray[Any]:
    """Return totals over all months that lie `months` or more before each point; `values` become running totals."""
    end = question.month - months
    return np.where(end >= 0, run_up(values)[..., np.maximum(end, 0), question.line], 0)


def _of(by_way: Matrix, way: Places) -> Matrix:
    found: Matrix = np.take_along_axis(by_way, way[None], axis=0)[0]
    return found
