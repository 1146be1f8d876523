"""Sums of flows over windows of months, without looking at each month of a window."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from scorecard.calculation.grid import NEVER, Amounts
from scorecard.calculation.series import Flags, Places
from scorecard.calculation.slots import Slots

_Placed = tuple[Places, Places]


@dataclass(frozen=True)
class Parts:
    """What some rows add up to, month by month; `month` is the last that it speaks of, NEVER where there is nothing."""

    numerator: Amounts
    denominator: Amounts
    month: Places
    approximate: Flags
    outside: Flags

    def of(self, rows: Places) -> Parts:
        """Return the parts of some rows."""
        return Parts(
            self.numerator[rows], self.denominator[rows], self.month[rows], self.approximate[rows], self.outside[rows]
        )


def nothing(shape: tuple[int, ...]) -> Parts:
    """Return rows without anything."""
    numerator, denominator = (np.zeros(shape, np.int64) for _ in range(2))
    approximate, outside = (np.zeros(shape, np.bool_) for _ in range(2))
    return Parts(numerator, denominator, np.full(shape, NEVER, np.int64), approximate, outside)


@dataclass(frozen=True)
class Flows:
    """Complete flows on `rows` rows (`row`) of matrices with a column for each month.

    `covered` are the flows, by number, that a longer one repeats: its `cover_first` and `cover_last`, see sides.covers.
    A flow counts on its own period, and counts back on the next longer one that repeats it, so that every window
    that holds the longer one has it once.
    """

    frame: pl.DataFrame
    covered: pl.DataFrame
    rows: int
    months: range

    @property
    def lengths(self) -> Collection[int]:
        """Lengths of all periods, in months."""
        return self._places.keys()

    def matrix(self, amounts: Amounts, length: int) -> Amounts:
        """Lay out amounts of the flows by the last month of the periods of one length."""
        total = np.zeros(self.rows * len(self.months), np.int64)
        (own, place), (covering, covered) = self._places[length]
        total[place] = amounts[own]
        np.subtract.at(total, covered, amounts[covering])
        return total.reshape(self.rows, -1)

    def by_month(self, name: str) -> Amounts:
        """Lay out a column of the flows by month, so that the months of any window add up to the window."""
        total = np.zeros((self.rows, len(self.months)), np.int64)
        for length in self.lengths:
            total += self.matrix(self.numbers(name), length)
        return total

    def there(self, length: int) -> Places:
        """Return the months in which a period of some length ends, NEVER elsewhere."""
        found = np.full(self.rows * len(self.months), NEVER, np.int64)
        own, place = self._places[length][0]
        found[place] = self.numbers("last")[own]
        return found.reshape(self.rows, -1)

    def told(self) -> Flags:
        """Say in which months anything ends."""
        found = np.zeros(self.rows * len(self.months), np.bool_)
        for (_, own), (_, covered) in self._places.values():
            found[own] = found[covered] = True
        return found.reshape(self.rows, -1)

    def numbers(self, name: str) -> Amounts:
        """Return a column of the flows."""
        return self.frame[name].cast(pl.Int64).to_numpy()

    @cached_property
    def _places(self) -> Mapping[int, tuple[_Placed, _Placed]]:
        """The flows with an own and with a longer, covering period of each length, each with its place in a matrix."""
        own = np.arange(self.frame.height), self.numbers("first"), self.numbers("last")
        covered, *by = (self.covered[name].cast(pl.Int64).to_numpy() for name in ("flow", "cover_first", "cover_last"))
        lengths = np.flatnonzero(np.bincount(own[2] - own[1] + 1)).tolist()
        return {each: (self._placed(*own, each), self._placed(covered, by[0], by[1], each)) for each in lengths}

    def _placed(self, flow: Places, first: Places, last: Places, length: int) -> _Placed:
        """Return the flows with a period of some length that ends in one of the months, and where they stand."""
        chosen = np.flatnonzero((last - first + 1 == length) & (last >= self.months.start))
        flow, last = flow[chosen], last[chosen]
        return flow, self.numbers("row")[flow] * len(self.months) + last - self.months.start


def windows(flows: Flows, slots: Slots, slot: Places, window_start: Places, months: range) -> Parts:
    """Sum flows over the window of each row and month: from `window_start` to the month.

    `slot` says whose flows count, by row and month. A flow counts that lies in the window, unless a longer one that
    repeats it does too.
    """
    if not len(slots.starts):
        return nothing(slot.shape)
    there = slot >= 0
    place, column = np.where(there, slot, 0), np.asarray(months, np.int64)[None, :] - flows.months.start
    numerator, denominator, approximate, outside = (np.zeros(slot.shape, np.int64) for _ in range(4))
    month = np.full(slot.shape, NEVER, np.int64)
    uncertain, one = flows.numbers("approximate"), np.ones(flows.frame.height, np.int64)
    for length in flows.lengths:
        begin = window_start + (length - 1)
        last = np.maximum.accumulate(slots.latest(flows.there(length)), axis=1)[place, column]
        np.maximum(month, np.where(last >= begin, last, NEVER), out=month)
        window = (place, np.clip(begin - flows.months.start, 0, column + 1), column + 1)
        numerator += _between(slots.totals(flows.matrix(flows.numbers("numerator"), length)), *window)
        denominator += _between(slots.totals(flows.matrix(flows.numbers("denominator"), length)), *window)
        if uncertain.any():
            approximate += _between(slots.totals(flows.matrix(uncertain, length)), *window)
        if not slots.member.all():
            outside += _between(slots.totals(flows.matrix(one, length), but=slots.member), *window)
    return Parts(numerator, denominator, np.where(there, month, NEVER), approximate > 0, outside > 0)


def _between(totals: Amounts, place: Places, begin: Places, end: Places) -> Amounts:
    width = totals.shape[1] + 1
    run = np.zeros((totals.shape[0], width), np.int64)
    np.cumsum(totals, axis=1, out=run[:, 1:])
    flat, row = run.ravel(), place * width
    found: Amounts = flat[row + end] - flat[row + begin]
    return found
