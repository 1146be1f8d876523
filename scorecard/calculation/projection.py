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
    """How the ways erred in the trials made so many months `ahead`: count and mean error by way, known at each point.

    `missed` are all errors by way, month and line. A point holds those of `seasonal` against one another where last
    year's way was tried often enough (`with_last_year`), else those `known` of the other ways.
    """

    ahead: int
    count: Matrix
    error: Matrix
    missed: Matrix
    known: Flags
    seasonal: Flags
    with_last_year: Flags

    def square(self, question: Question, way: Places, at: Places) -> Matrix:
        """Return the mean square of the errors of one way each, at some points."""
        rows, lines = self.known.shape
        month, line = np.arange(rows)[:, None], question.line[at]
        tried = np.where(self.with_last_year[at], self.seasonal[:, line], self.known[:, line])
        tried &= month <= question.month[at] - self.ahead
        missed = self.missed.ravel().take(month * lines + (way[at] * rows * lines + line))
        mean: Matrix = run_up(np.where(tried, np.square(missed), 0))[-1] / self.count[at]
        return mean


def project(series: Series, question: Question) -> Projection:
    """Say the rate asked for, by the way that erred least in the trials that could have been made until then."""
    answers = np.stack(_ways(series, question, _last_year(series, question)))
    answers = np.clip(answers, 0, question.cap[question.line])
    trials = [_trials(series, months, question) for months in range(1, LONGEST_TRIAL + 1)]
    chosen = _longest(trials, question)
    points = [np.flatnonzero(chosen == each.ahead) for each in trials]
    count, error = np.ones(len(chosen)), np.full(answers.shape, np.nan)
    for each, at in zip(trials, points, strict=True):
        count[at], error[:, at] = each.count[at], each.error[:, at]
    tried = np.where(np.isnan(error) | np.isnan(answers), np.inf, error)
    tried[1:] *= np.where(count < MANY_TRIALS, CONVINCING, 1)
    way = tried.round(_DECIMALS).argmin(axis=0)
    square = np.full(len(chosen), np.nan)
    for each, at in zip(trials, points, strict=True):
        square[at] = each.square(question, way, at)
    asked = question.of(series.point) & (question.of(series.points) >= FEWEST_POINTS) & (question.last > 0)
    known = asked & (chosen > 0)
    further = np.maximum(question.last / np.maximum(chosen, 1), 1)
    spread = np.sqrt(square) * further**_GROWTH
    return Projection(
        method=np.where(asked, way, -1),
        rate=np.where(asked, _of(answers, way), np.nan),
        error=np.where(known, _of(error, way), np.nan),
        margin=np.where(known, _DEVIATIONS * (1 + 1 / count) * spread, np.nan),
        trial=np.where(known, chosen, 0),
        trials=np.where(known, count, 0).astype(np.int64),
    )


def _longest(trials: Sequence[_Trials], question: Question) -> Places:
    """Say for each point the longest trials, no longer than what is asked, of which there are enough; 0 for none."""
    longest = np.zeros(len(question.month), np.int64)
    for each in trials:
        longest[(each.count >= FEWEST_TRIALS) & (question.last >= each.ahead)] = each.ahead
    return longest


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


def _trials(series: Series, months: int, question: Question) -> _Trials:
    """Try every way from every earlier point; all ways on the same points.

    Last year's way is tried where it could be three times, and the others then on its points alone.
    """
    alone = question.single | series.levels
    missed = _missed(series, months, alone, question.cap)
    known = series.reported_between(1, months) & (series.points > 1) & ~np.isnan(missed[:-1]).any(axis=0)
    begun = _began_a_year_before(series.span, np.where(alone, months, 1))
    seasonal = known & ~np.isnan(missed[-1]) & begun
    count, of_last_year = (_until(each, months, question, each) for each in (known, seasonal))
    with_last_year = of_last_year >= _TRIALS_LAST_YEAR
    error = np.full((len(METHODS), len(count)), np.nan)
    error[:-1] = _until(missed[:-1], months, question, known)
    if with_last_year.any():
        np.copyto(error, _until(missed, months, question, seasonal), where=with_last_year)
    count = np.where(with_last_year, of_last_year, count)
    return _Trials(months, count, error / np.maximum(count, 1), missed, known, seasonal, with_last_year)


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


def _until(values: NDArray[Any], months: int, question: Question, tried: Flags) -> Matrix:
    """Return totals of what was tried in all months that lie `months` or more before each point."""
    *ways, rows, lines = values.shape
    total = np.zeros((*ways, rows + 1, lines))
    np.copyto(total[..., 1:, :], values, where=tried)
    end = np.maximum(question.month - months + 1, 0)
    found: Matrix = run_up(total).reshape(*ways, -1).take(end * lines + question.line, axis=-1)
    return found


def _of(by_way: Matrix, way: Places) -> Matrix:
    found: Matrix = np.take_along_axis(by_way, way[None], axis=0)[0]
    return found
