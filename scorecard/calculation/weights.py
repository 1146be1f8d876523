"""What units weigh in the coverage of a scope: the cases that they had before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.calculation.grid import NEVER, Amounts, Grid
from scorecard.calculation.series import Flags, Matrix, Places, quotient

YEAR = 12


@dataclass(frozen=True)
class Members:
    """Units alive in the scope of each pair (scope × indicator) from `since` to `until`, in order of pairs.

    `row` is the row of the indicator × unit.
    """

    pair: Places
    row: Places
    since: Places
    until: Places
    pairs: int

    def some(self, chosen: Places) -> Members:
        """Return some of the members."""
        return Members(self.pair[chosen], self.row[chosen], self.since[chosen], self.until[chosen], self.pairs)

    def totals(self, by_member: NDArray[Any]) -> NDArray[Any]:
        """Add up over the members of each pair."""
        starts = np.flatnonzero(np.diff(self.pair, prepend=NEVER))
        found = np.zeros((self.pairs, by_member.shape[1]), by_member.dtype)
        if len(starts):
            found[self.pair[starts]] = np.add.reduceat(by_member, starts, axis=0)
        return found


@dataclass(frozen=True)
class Past:
    """Denominators by unit × indicator (rows) and the last month of their period, see past."""

    denominators: Amounts
    reports: Amounts
    months: range
    asked: range

    def weights(self, members: Members, required: Places, expected: Flags) -> Matrix:
        """Weigh each of `expected` by its past, by the mean of the others' where it has none, else all alike."""
        own = self._same(members.row, required)
        own = np.where(np.isnan(own), self._recent()[members.row], own)
        known = expected & ~np.isnan(own)
        total, count = members.totals(np.where(known, own, 0.0)), members.totals(known.astype(np.int64))
        mean = np.divide(total, count, out=np.ones(total.shape), where=count > 0)
        weight = np.where(np.isnan(own), mean[members.pair], own)
        nothing = members.totals(np.where(expected, weight, 0.0)) <= 0
        return np.where(nothing[members.pair], 1.0, weight)

    def _same(self, row: Places, required: Places) -> Matrix:
        """Return what was reported for the period due a year before; NaN where nothing."""
        column = required - YEAR - self.months.start
        place = (row[:, None], np.maximum(column, 0))
        return np.where((column >= 0) & (self.reports[place] > 0), self.denominators[place].astype(np.float64), np.nan)

    def _recent(self) -> Matrix:
        """Return the mean of the reports of the twelve months before each month asked for; NaN where there are none."""
        end = np.asarray(self.asked, np.int64) - self.months.start
        total, count = (np.pad(np.cumsum(each, axis=1), ((0, 0), (1, 0))) for each in (self.denominators, self.reports))
        above, below = (each[:, end] - each[:, np.maximum(end - YEAR, 0)] for each in (total, count))
        return quotient(above.astype(np.float64), below.astype(np.float64))


def past(grid: Grid, months: range, heirs: Sequence[tuple[int, int]]) -> Past:
    """Lay out past denominators on today's units; `heirs` are units with those that took them over whole."""
    shape = (grid.indicators * grid.units, len(months))
    denominators, reports = (np.zeros(shape, np.int64) for _ in range(2))
    chosen = np.flatnonzero(grid.complete[:-1] & (grid.last[:-1] >= months.start))
    place = (grid.indicator_row[chosen], grid.last[chosen] - months.start)
    np.add.at(denominators, place, grid.denominator[chosen])
    reports[place] = 1
    if heirs:
        by_unit = [each.reshape(grid.indicators, grid.units, len(months)) for each in (denominators, reports)]
        own = [each.copy() for each in by_unit]
        for unit, heir in heirs:
            by_unit[0][:, heir] += own[0][:, unit]
            by_unit[1][:, heir] |= own[1][:, unit]
    return Past(denominators, reports, months, grid.months)
