"""Where a series will go: four ways to say it, tried on its own past; the one that erred least is used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorecard.calculation.series import Flags, Matrix, Places, Series, at, quotient
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
    """What is asked of each month: the rate from `first` to `last` months later; `last` is 0 where nothing is.

    `single` lines are asked for one month, `first` being `last`, the others for a run of months. No rate is above
    the `cap` of its line.
    """

    first: Places
    last: Places
    single: Flags
    cap: Matrix


@dataclass(frozen=True, slots=True)
class Projection:
    """The answer, in the row of the point from which one looks ahead; NaN, 0 or -1 where there is none.

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
    """How the ways erred in the trials known by each month: count, mean error and mean square, by way."""

    ahead: Matrix
    count: Matrix
    error: Matrix
    square: Matrix


def project(series: Series, question: Question) -> Projection:
    """Say the rate asked for, by the way that erred least in the trials that could have been made until then."""
    answers = _ways(series, question.first, question.last, _last_year(series, question))
    answers = np.clip(answers, 0, question.cap)
    trials = _known_trials(series, question)
    asked = series.point & (series.points >= FEWEST_POINTS) & (question.last > 0)
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


def _ways(series: Series, first: Places | int, last: Places | int, last_year: Matrix) -> Matrix:
    """Return the rate from `first` to `last` months later, by way."""
    centre = np.where(series.levels, 0, (series.pool - 1) / 2)
    on_pace = series.recent + series.pace * ((np.asarray(first) + np.asarray(last)) / 2 + centre)
    return np.stack([series.rate, series.recent, on_pace, last_year])


def _last_year(series: Series, question: Question) -> Matrix:
    """Return the rate of the same months of the year before, where they lie in the past; of a level, that of the last.

    A run that begins before the first point says nothing.
    """
    first, last = series.months + question.first - _YEAR, series.months + question.last - _YEAR
    above, below = series.over(first, last)
    rates = np.where(series.levels, at(series.held, last), quotient(above, below))
    return np.where(_began_a_year_before(series, question.first) & (question.last <= _YEAR), rates, np.nan)


def _began_a_year_before(series: Series, months: Places) -> Flags:
    """Say whether the series had begun a year before what lies that many months ahead."""
    begun: Flags = series.span > _YEAR - months
    return begun


def _known_trials(series: Series, question: Question) -> _Trials:
    """Take for each month the longest trials, no longer than what is asked, of which there are enough."""
    shape = series.point.shape
    ahead, count = np.zeros(shape), np.zeros(shape)
    error, square = (np.full((len(METHODS), *shape), np.nan) for _ in range(2))
    for months in range(1, LONGEST_TRIAL + 1):
        trials = _trials(series, months, question)
        better = (trials.count >= FEWEST_TRIALS) & (question.last >= months)
        for kept, found in ((ahead, trials.ahead), (count, trials.count)):
            np.copyto(kept, found, where=better)
        for kept, found in ((error, trials.error), (square, trials.square)):
            np.copyto(kept, found, where=better[None])
    return _Trials(ahead, count, error, square)


def _trials(series: Series, months: int, question: Question) -> _Trials:
    """Try every way from every earlier point; all ways on the same points.

    Last year's way is tried where it could be three times, and the others then on its points alone.
    """
    alone = question.single | series.levels
    first = np.where(alone, months, 1)
    actual, last_year = (
        np.where(alone, series.between(months - back, months - back), series.between(1 - back, months - back))
        for back in (0, _YEAR)
    )
    missed = np.abs(np.clip(_ways(series, first, months, last_year), 0, question.cap) - actual)
    known = series.reported_between(1, months) & (series.points > 1) & ~np.isnan(missed[:-1]).any(axis=0)
    seasonal = known & ~np.isnan(missed[-1]) & _began_a_year_before(series, first)
    count, of_last_year = _until(known, months), _until(seasonal, months)
    with_last_year = of_last_year >= _TRIALS_LAST_YEAR
    np.copyto(missed, 0, where=~known)
    error, square = (_until(each, months) for each in (missed, missed**2))
    if with_last_year.any():
        np.copyto(count, of_last_year, where=with_last_year)
        np.copyto(missed, 0, where=~seasonal)
        for kept, each in ((error, missed), (square, missed**2)):
            np.copyto(kept, _until(each, months), where=with_last_year)
    error[-1][~with_last_year] = np.nan
    total = np.maximum(count, 1)
    return _Trials(np.full_like(count, months), count, error / total, square / total)


def _until(values: Matrix | Flags, months: int) -> Matrix:
    """Return totals over all months that lie `months` or more before each month."""
    found: Matrix = np.zeros(values.shape)
    found[..., months:, :] = values[..., :-months, :]
    for row in range(months + 1, values.shape[-2]):
        found[..., row, :] += found[..., row - 1, :]
    return found


def _of(by_way: Matrix, way: Places) -> Matrix:
    found: Matrix = np.take_along_axis(by_way, way[None], axis=0)[0]
    return found
