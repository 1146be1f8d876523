"""Whose figures are added up for what: the units of each scope × indicator, span by span of months."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from scorecard.calculation.grid import NEVER, Amounts
from scorecard.calculation.series import Flags, Places


@dataclass(frozen=True)
class Slots:
    """Runs of contributors: `slot` numbers the runs, `row` is each one's row in the matrices summed.

    `pair`, `since` and `until` say what each slot is for; `member` whether a contributor is alive in the span.
    """

    slot: Places
    row: Places
    member: Flags
    pair: Places
    since: Places
    until: Places

    @cached_property
    def starts(self) -> Places:
        """First contributor of each slot."""
        starts: Places = np.flatnonzero(np.diff(self.slot, prepend=NEVER))
        return starts

    def totals(self, matrix: Amounts, *, but: Flags | None = None) -> Amounts:
        """Add up the rows of each slot, leaving out some contributors."""
        taken = matrix[self.row]
        if but is not None:
            taken[but] = 0
        return taken if len(self.starts) == len(self.row) else np.add.reduceat(taken, self.starts, axis=0)

    def latest(self, matrix: Places) -> Places:
        """Return the largest of the rows of each slot."""
        taken = matrix[self.row]
        return taken if len(self.starts) == len(self.row) else np.maximum.reduceat(taken, self.starts, axis=0)

    def by_month(self, pairs: int, months: range) -> Places:
        """Return the slot of each pair (row) in each month (column), NEVER where it has none."""
        found = np.full((pairs, len(months)), NEVER, np.int64)
        for column, month in enumerate(months):
            there = (self.since <= month) & (month <= self.until)
            found[self.pair[there], column] = np.flatnonzero(there)
        return found


def slots(use: pl.DataFrame) -> Slots:
    """Make slots of contributors: `pair`, `since`, `until`, `row`, `member`."""
    sorted_use = use.sort("pair", "since")
    new = pl.struct("pair", "since").rle_id().cast(pl.Int64)
    numbered = sorted_use.with_columns(slot=new)
    first = numbered.unique("slot", keep="first", maintain_order=True)
    pair, since, until = (first[name].cast(pl.Int64).to_numpy() for name in ("pair", "since", "until"))
    return Slots(
        slot=numbered["slot"].to_numpy(),
        row=numbered["row"].cast(pl.Int64).to_numpy(),
        member=numbered["member"].to_numpy(),
        pair=pair,
        since=since,
        until=until,
    )
