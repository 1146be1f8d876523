"""Monthly series as matrices: what was reported in each month, and what can be read off its past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

LONGEST_POOL = 3
"""The last months are held against as many months before, at most so many each."""
PACE_MONTHS = 6
"""The pace of a level is taken over so many months."""
VOLUME_MONTHS = 12
"""The expected volume is that of the reports of so many months."""
_PAD = 2 * VOLUME_MONTHS


@dataclass(frozen=True)
class Series:
    """One row per month, one column per series; a `point` is a month in which something was reported.

    `upper` ÷ `lower` is the rate of a month (a count has 1 below), both 0 where there is no point. Where `levels`,
    the rate of a month is what is held, and says nothing of the months before. What is read off the past stands in
    the row of the month up to which it was read.
    """

    upper: Matrix
    lower: Matrix
    point: Flags
    levels: Flags

    @cached_property
    def months(self) -> Places:
        """Row numbers, as a column."""
        return np.arange(self.point.shape[0], dtype=np.int64)[:, None]

    @cached_property
    def last_point(self) -> Places:
        """Row of the last point up to each month, -1 before the first."""
        found: Places = np.maximum.accumulate(np.where(self.point, self.months, -1), axis=0)
        return found

    @cached_property
    def points(self) -> Places:
        """How many points there are up to each month."""
        return run_up(self.point.astype(np.int64))

    @cached_property
    def span(self) -> Places:
        """Months from the first point to each month, both counted."""
        first = np.where(self.point.any(axis=0), self.point.argmax(axis=0), self.point.shape[0])
        months: Places = np.maximum(self.months - first + 1, 0)
        return months

    @cached_property
    def step(self) -> Places:
        """Fewest months from one report to the next, so far; 1 where there are not yet two."""
        before = np.concatenate([np.full((1, self.point.shape[1]), -1), self.last_point[:-1]])
        gap = np.where(self.point & (before >= 0), self.months - before, self.point.shape[0])
        fewest: Places = np.minimum.accumulate(gap, axis=0)
        return np.where(fewest < self.point.shape[0], fewest, 1)

    @cached_property
    def rate(self) -> Matrix:
        """Rate of each point; NaN elsewhere."""
        return quotient(self.upper, self.lower)

    @cached_property
    def held(self) -> Matrix:
        """Rate of the last point up to each month; NaN before the first."""
        found = self.rate.copy()
        for row in range(1, len(found)):
            np.copyto(found[row], found[row - 1], where=~self.point[row])
        return found

    @cached_property
    def pool(self) -> Places:
        """Length of the last months and of those before them: half of what there is, three at most."""
        return np.clip(self.span // 2, 1, LONGEST_POOL)

    @cached_property
    def recent(self) -> Matrix:
        """Rate of the last months taken together; of a level, its last rate."""
        return either(self.levels, lambda: self.rate, lambda: self._pooled(0))

    @cached_property
    def earlier(self) -> Matrix:
        """Rate of as many months before the last ones, taken together; of a level, its rate half a year before."""
        return either(self.levels, lambda: self._held_before(self.pace_months), lambda: self._pooled(1))

    @cached_property
    def pace_months(self) -> Places:
        """Months that lie between `earlier` and `recent`."""
        return either(self.levels, lambda: np.clip(self.span - 1, 1, PACE_MONTHS), lambda: self.pool)

    @cached_property
    def centre(self) -> Matrix:
        """Months from the middle of the last months to each month; 0 for a level."""
        return np.where(self.levels, 0, (self.pool - 1) / 2)

    @cached_property
    def pace(self) -> Matrix:
        """Change of the rate from one month to the next."""
        change: Matrix = (self.recent - self.earlier) / self.pace_months
        return change

    @cached_property
    def volume(self) -> Matrix:
        """Mean of what stands below in the reports of a year; 0 before the first point."""
        reports = self._total(self._points, 0, VOLUME_MONTHS)
        below = self._total(self._lower, 0, VOLUME_MONTHS)
        return np.divide(below, reports, out=np.zeros_like(below), where=reports > 0)

    def between(self, first: int, last: int) -> Matrix:
        """Return the rate over the months from `first` to `last` after each month (0 is the month itself)."""
        width = last - first + 1
        return either(
            self.levels,
            lambda: self._held_before(np.full_like(self.months, -last)),
            lambda: quotient(self._total(self._upper, -last, width), self._total(self._lower, -last, width)),
        )

    def reported_between(self, first: int, last: int) -> Flags:
        """Say whether there is a point in the months from `first` to `last` after each month, all of them known."""
        count = self._total(self._points, -last, last - first + 1)
        found: Flags = (count > 0) & (self.months + last < self.point.shape[0])
        return found

    def over(self, first: Places, last: Places, line: Places) -> tuple[Matrix, Matrix]:
        """Return upper and lower over the months in rows `first` to `last` of some columns; 0 for an empty run."""
        top = len(self._upper) - 1
        start, end = (np.clip(row + _PAD, 0, top) for row in (first, np.maximum(last + 1, first)))
        upper, lower = (total[end, line] - total[start, line] for total in (self._upper, self._lower))
        return upper, lower

    @cached_property
    def _upper(self) -> Matrix:
        return _padded(self.upper)

    @cached_property
    def _lower(self) -> Matrix:
        return _padded(self.lower)

    @cached_property
    def _points(self) -> Matrix:
        return _padded(self.point.astype(np.float64))

    def _held_before(self, months: Places) -> Matrix:
        """Return what was held so many months before each month; NaN before the first month of all."""
        return np.where(self.months >= months, at(self.held, self.months - months), np.nan)

    def _pooled(self, back: int) -> Matrix:
        found = np.full_like(self.upper, np.nan)
        for width in range(1, LONGEST_POOL + 1):
            above, below = (self._total(total, back * width, width) for total in (self._upper, self._lower))
            np.copyto(found, quotient(above, below), where=self.pool == width)
        return found

    def _total(self, padded: Matrix, back: int, width: int) -> Matrix:
        """Return totals over `width` months, the last of them `back` months before each month."""
        rows, end = self.point.shape[0], _PAD + 1 - back
        total: Matrix = padded[end : end + rows] - padded[end - width : end - width + rows]
        return total


def at(matrix: Matrix, rows: Places) -> Matrix:
    """Return the values of each column in other rows; those of the first or last row for rows beyond."""
    places = np.broadcast_to(np.clip(rows, 0, matrix.shape[0] - 1), (rows.shape[0], matrix.shape[1]))
    found: Matrix = np.take_along_axis(matrix, places, axis=0)
    return found


def either(chosen: Flags, when: Callable[[], NDArray[Any]], otherwise: Callable[[], NDArray[Any]]) -> NDArray[Any]:
    """Choose by column, or by element of the last axis; what is chosen nowhere is not computed."""
    if chosen.all():
        return when()
    return np.where(chosen, when(), otherwise()) if chosen.any() else otherwise()


def quotient(above: Matrix, below: Matrix) -> Matrix:
    """Divide; NaN where nothing stands below."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


def run_up(matrix: NDArray[Any]) -> NDArray[Any]:
    """Make totals from the first month to each month of a matrix, in its place; months are the last axis but one."""
    for row in range(1, matrix.shape[-2]):
        matrix[..., row, :] += matrix[..., row - 1, :]
    return matrix


def _padded(matrix: Matrix) -> Matrix:
    """Return running totals with zeros before and the last total after, wide enough for every shift."""
    rows, columns = matrix.shape
    total = np.zeros((rows + 1 + 2 * _PAD, columns))
    total[_PAD + 1 : _PAD + 1 + rows] = matrix
    run_up(total[_PAD + 1 : _PAD + 1 + rows])
    total[_PAD + 1 + rows :] = total[_PAD + rows]
    return total
