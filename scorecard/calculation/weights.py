"""What units weigh in the coverage of a scope: the cases that they had before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
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
    """Denominators of the records of a grid from the first of some months on, laid out on today's units.

    `heirs` are units with those that took them over whole, by place.
    """

    grid: Grid
    months: range
    heirs: Sequence[tuple[int, int]]

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

    @cached_property
    def _reported(self) -> tuple[Amounts, Flags]:
        """Denominators by unit × indicator (rows) and the last month of their period, and where there are any."""
        grid, months = self.grid, self.months
        shape = (grid.indicators * grid.units, len(months))
        denominators, reports = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
        chosen = np.flatnonzero(grid.complete[:-1] & (grid.last[:-1] >= months.start))
        place = grid.indicator_row[chosen] * np.int64(len(months)) + grid.last[chosen] - months.start
        np.add.at(denominators.ravel(), place, grid.denominator[chosen])
        reports.ravel()[place] = True
        by_unit = [each.reshape(grid.indicators, grid.units, len(months)) for each in (denominators, reports)]
        own = [each.copy() for each in by_unit] if self.heirs else by_unit
        for unit, heir in self.heirs:
            by_unit[0][:, heir] += own[0][:, unit]
            by_unit[1][:, heir] |= own[1][:, unit]
        return denominators, reports

    def _same(self, row: Places, required: Places) -> Matrix:
        """Return what was reported for the period due a year before; NaN where nothing."""
        column = required - YEAR - self.months.start
        place = (row[:, None], np.maximum(column, 0))
        denominators, reports = (each[place] for each in self._reported)
        return np.where((column >= 0) & reports, denominators.astype(np.float64), np.nan)

    def _recent(self) -> Matrix:
        """Return the mean of the reports of the twelve months before each month asked for; NaN where there are none."""
        end = np.asarray(self.grid.months, np.int64) - self.months.start
        totals = (np.pad(np.cumsum(each, axis=1, dtype=np.int64), ((0, 0), (1, 0))) for each in self._reported)
        above, below = (each[:, end] - each[:, np.maximum(end - YEAR, 0)] for each in totals)
        return quotient(above.astype(np.float64), below.astype(np.float64))
