"""What units reported, laid out as matrices: rows are the units of each group of terms, columns are months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scorecard.calculation.series import Flags, Places

Amounts = NDArray[np.int64]
Records = NDArray[np.int32]
"""Numbers of records, in matrices."""
NEVER = -1
"""Stands for a month, a record or a slot that there is none of."""


@dataclass(frozen=True)
class Grid:
    """Records (see sides.add_up, with the number of their `group`), those that ended later after those before.

    `groups` says of each group its indicator, by number, and whether it is of flows. Rows count `units` units inside
    of groups, or of indicators.
    """

    records: pl.DataFrame
    groups: Sequence[tuple[int, bool]]
    indicators: int
    units: int
    months: range

    @cached_property
    def row(self) -> Places:
        """Row of each record."""
        group, place = (self.records[name].cast(pl.Int64).to_numpy() for name in ("group", "place"))
        rows: Places = group * self.units + place
        return rows

    @cached_property
    def indicator_row(self) -> Places:
        """Row of each record in matrices of indicators × units."""
        indicator = np.array([each for each, _ in self.groups], np.int64)
        rows: Places = self.row + (indicator - np.arange(len(indicator)))[self.row // self.units] * self.units
        return rows

    @cached_property
    def numerator(self) -> Amounts:
        """Upper half of each record; the last of all stands for NEVER, here and below."""
        return self._numbers("numerator", 0)

    @cached_property
    def denominator(self) -> Amounts:
        """Lower half of each record."""
        return self._numbers("denominator", 0)

    @cached_property
    def first(self) -> Places:
        """First month of each record's period."""
        return self._numbers("first", NEVER)[:-1]

    @cached_property
    def last(self) -> Places:
        """Last month of each record's period."""
        return self._numbers("last", NEVER)

    @cached_property
    def needed(self) -> Places:
        """How many groups of flows or stocks the indicator needs beside each record's, itself counted."""
        return self._numbers("groups_needed", 0)

    @cached_property
    def complete(self) -> Flags:
        """Whether each record is complete, and not just excused."""
        return self._numbers("complete", 0).astype(np.bool_)

    @cached_property
    def approximate(self) -> Flags:
        """Whether each record holds an approximate figure."""
        return self._numbers("approximate", 0).astype(np.bool_)

    def groups_of(self, *, flow: bool) -> Mapping[int, Sequence[int]]:
        """Return the groups of flows or of stocks of each indicator that has any."""
        found: dict[int, list[int]] = {}
        for group, (indicator, is_flow) in enumerate(self.groups):
            if is_flow == flow:
                found.setdefault(indicator, []).append(group)
        return found

    def of_group(self, matrix: Records, group: int) -> Records:
        """Return the rows of one group."""
        return matrix[group * self.units : (group + 1) * self.units]

    def held(self, breaks: Mapping[int, Sequence[int]], replaced: Mapping[int, int]) -> Records:
        """Say which record each row holds in each month, NEVER where none.

        A record is held until the next one or until its definition breaks (`breaks`: the months in which an indicator
        begins anew), and only until units that the reporter became report in its place (`replaced`: from which month
        on, by row).
        """
        start, count = self.months.start, len(self.months)
        held = np.full((len(self.groups) * self.units, count), NEVER, np.int32)
        alive = np.flatnonzero(self._unbroken(breaks))
        held[self.row[alive], np.maximum(self.last[alive] - start, 0)] = alive
        for group, (indicator, _) in enumerate(self.groups):
            inside = [month - start for month in breaks.get(indicator, ()) if start < month < start + count]
            for since, until in zip([0, *inside], [*inside, count], strict=True):
                part = self.of_group(held, group)[:, since:until]
                np.maximum.accumulate(part, axis=1, out=part)
        for row, month in replaced.items():
            held[row, max(month - start, 0) :] = NEVER
        return held

    def _unbroken(self, breaks: Mapping[int, Sequence[int]]) -> Flags:
        """Leave out what was reported before a break that lies before the first month."""
        begun = [
            max((month for month in breaks.get(indicator, ()) if month <= self.months.start), default=NEVER)
            for indicator, _ in self.groups
        ]
        unbroken: Flags = self.last[:-1] >= np.array(begun, np.int64)[self.records["group"].cast(pl.Int64).to_numpy()]
        return unbroken

    def _numbers(self, name: str, nothing: int) -> Places:
        return np.append(self.records[name].cast(pl.Int64).to_numpy(), nothing)
