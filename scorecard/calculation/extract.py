"""The figures that can matter for a board, picked while a Parquet file streams past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from scorecard.calculation.board import Board

YEAR = 12
REMEMBERED_MONTHS = 36
"""A forecast looks back so many months from the month asked for, and over the whole plan where it is longer."""

_HOLDER = ["unit", "element"]


@dataclass(frozen=True)
class Extract:
    """The figures of a board (frames.FIGURES), of the terms it uses (frame TERMS), that ended by its month."""

    board: Board
    figures: pl.LazyFrame
    terms: pl.DataFrame

    @cached_property
    def first(self) -> int:
        """The month from which all figures matter.

        Who is missing weighs what it had in the same period of the year before, and periods due may be long.
        """
        board = self.board
        longest = max((rule.every.months for form in board.province.forms for rule in form.reporters), default=1)
        return min(board.months.start - YEAR - longest + 1, board.as_of.index - REMEMBERED_MONTHS + 1)

    @property
    def months(self) -> range:
        """The months of `recent`."""
        return range(self.first, self.board.as_of.index + 1)

    @cached_property
    def recent(self) -> pl.LazyFrame:
        """Figures from `first` on."""
        return self._of(self.terms["element"]).filter(pl.col("last_month") >= self.first)

    @cached_property
    def begun(self) -> pl.DataFrame:
        """Units × elements with a figure from `first` on that repeats older ones."""
        begun = self.recent.filter(pl.col("first_month") < self.first)
        return begun.select(_HOLDER).unique().collect(engine="streaming")

    @cached_property
    def latest(self) -> pl.DataFrame:
        """The last figures before `first` of each unit × element whose values are held until the next report."""
        holding = self.terms.filter(
            pl.col("indicator").is_in(self.terms.filter(~pl.col("flow"))["indicator"].implode())
        )
        early = self._of(holding["element"]).filter(pl.col("last_month") < self.first)
        last = early.group_by(_HOLDER).agg(pl.col("last_month").max()).collect(engine="streaming")
        since = early.filter(pl.col("last_month") >= (last["last_month"].min() if last.height else self.first))
        return since.join(last.lazy(), on=[*_HOLDER, "last_month"], how="semi").collect(engine="streaming")

    def before(self, holders: pl.DataFrame) -> pl.LazyFrame:
        """Return everything older than `first` of some units × elements."""
        early = self._of(holders["element"]).filter(
            (pl.col("last_month") < self.first) & pl.col("unit").is_in(holders["unit"].unique().implode())
        )
        return early.join(holders.lazy(), on=_HOLDER, how="semi")

    def _of(self, elements: Iterable[str]) -> pl.LazyFrame:
        ended = pl.col("last_month") <= self.board.as_of.index
        return self.figures.filter(pl.col("element").is_in(sorted(set(elements))) & ended)
