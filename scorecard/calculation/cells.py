"""The lines of a board month by month: one cell per row × month, in that order, and as matrices of rows × months."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scorecard.calculation.board import Board
from scorecard.calculation.series import Flags, Places

_ALL = slice(None)


@dataclass(frozen=True)
class Cells:
    """The cells of a board: each row from a year before its plan to the month asked for."""

    board: Board

    @cached_property
    def row(self) -> Places:
        """Row of each cell."""
        return np.repeat(np.arange(self.board.rows.height), self._counts[self._target])

    @cached_property
    def month(self) -> Places:
        """Month of each cell."""
        months: Places = np.arange(len(self.row)) - self._offset[self.row] + self.first[self.row]
        return months

    @cached_property
    def place(self) -> Places:
        """Row of frame TARGET_MONTHS of each cell."""
        before = np.cumsum(self._counts) - self._counts
        found: Places = np.arange(len(self.row)) + (before[self._target] - self._offset)[self.row]
        return found

    @cached_property
    def there(self) -> Flags:
        """Which months of the board (columns) each row has."""
        there: Flags = np.asarray(self.board.months)[None, :] >= self.first[:, None]
        return there

    def said(self, name: str, chosen: Places | slice = _ALL) -> pl.Series:
        """Return a column of TARGET_MONTHS by cell, or by some cells."""
        return self.board.target_months[name].gather(self.place[chosen])

    @cached_property
    def in_plan(self) -> Places:
        """The cells from the start of each plan on."""
        chosen: Places = np.flatnonzero(self.said("in_plan").to_numpy())
        return chosen

    def by_row(self, frame: pl.DataFrame | pl.LazyFrame, chosen: Places | slice = _ALL) -> pl.LazyFrame:
        """Return a frame with one row per row of the board by cell, or by some cells."""
        return frame.lazy().select(pl.all().gather(pl.lit(pl.Series(self.row[chosen]))))

    def by_target(self, frame: pl.DataFrame | pl.LazyFrame, chosen: Places | slice = _ALL) -> pl.LazyFrame:
        """Return a frame with the rows of TARGET_MONTHS by cell, or by some cells."""
        return frame.lazy().select(pl.all().gather(pl.lit(pl.Series(self.place[chosen]))))

    def at(self, month: str, chosen: Places | slice = _ALL) -> pl.Series:
        """Return the cell of the same row in another month, named by a column of TARGET_MONTHS; null where none."""
        other, row = self.said(month, chosen).cast(pl.Int64).to_numpy(), self.row[chosen]
        there = (other >= self.first[row]) & (other < self.board.months.stop)
        found = pl.DataFrame({"cell": self._offset[row] + other - self.first[row], "there": there})
        return found.select(pl.when("there").then("cell"))["cell"]

    def number(self, row: Places, month: Places) -> Places:
        """Return the cells of some rows in some months that they have."""
        found: Places = self._offset[row] + month - self.first[row]
        return found

    def matrix(self, name: str) -> Places:
        """Return a column of whole numbers of TARGET_MONTHS as a matrix; 0 where a row has no cell."""
        found = np.zeros((len(self._counts), len(self.board.months)), np.int64)
        target = np.repeat(np.arange(len(self._counts)), self._counts)
        month = self.board.target_months["month"].to_numpy() - self.board.months.start
        found[target, month] = self.board.target_months[name].to_numpy()
        taken: Places = found[self._target]
        return taken

    def flat(self, matrix: NDArray[Any]) -> NDArray[Any]:
        """Return the cells of a matrix."""
        return matrix.ravel() if self.there.all() else matrix[self.there]

    @cached_property
    def _counts(self) -> Places:
        """How many months each target has."""
        return np.array([len(each.months) for each in self.board.schedules], np.int64)

    @cached_property
    def _target(self) -> Places:
        """Number of each row's target."""
        number = {each.target.id: place for place, each in enumerate(self.board.schedules)}
        return self.board.rows["target"].replace_strict(number, return_dtype=pl.Int64).to_numpy()

    @cached_property
    def first(self) -> Places:
        """First month of each row."""
        first: Places = (self.board.months.stop - self._counts)[self._target]
        return first

    @cached_property
    def _offset(self) -> Places:
        """First cell of each row."""
        counts = self._counts[self._target]
        offset: Places = np.cumsum(counts) - counts
        return offset
