"""Figures laid out by element and by unit and period, so that a formula is added up without looking for its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scorecard.calculation.grid import Amounts
from scorecard.calculation.series import Flags, Places

_GIVEN, _NOT_APPLICABLE, _APPROXIMATE = 1, 2, 4
_TENS = 10 ** np.arange(19, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Term:
    """An element of a formula: what it is multiplied by, and the decimals that the sum has."""

    element: str
    in_numerator: bool
    factor: int
    decimals: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What a formula adds up to, by key; all there is of it where not `complete`.

    Where not complete, it is `excused` if the unit said that a part does not apply to it.
    """

    numerator: Amounts
    denominator: Amounts
    complete: Flags
    excused: Flags
    approximate: Flags


@dataclass(frozen=True)
class Tallies:
    """Figures by number: of the element in `elements`, of the unit in `units`, and what is `said` beside the amount.

    A key is a unit × period that has any figure. Keys are numbered in the order of last and first months.
    """

    figures: pl.DataFrame
    units: int
    elements: Sequence[str]

    @cached_property
    def place(self) -> NDArray[np.uint32]:
        """Unit of each key."""
        return (self._packed[0] % self.units).astype(np.uint32)

    @cached_property
    def first(self) -> NDArray[np.int32]:
        """First month of each key."""
        lengths = self._lengths
        months = self.last - lengths[len(lengths) - 1 - self._packed[0] // self.units % len(lengths)]
        return months.astype(np.int32)

    @cached_property
    def last(self) -> NDArray[np.int32]:
        """Last month of each key."""
        months = self._packed[0] // (self.units * len(self._lengths)) + self._start
        return months.astype(np.int32)

    def add_up(self, terms: Iterable[Term], parts: int) -> Sums:
        """Add up a formula of so many parts; it is complete where each was given."""
        count = len(self.place)
        numerator, denominator = (np.zeros(count, np.int64) for _ in range(2))
        excused, approximate = (np.zeros(count, np.bool_) for _ in range(2))
        given = np.zeros(count, np.int16)
        for term in terms:
            row = self.elements.index(term.element)
            amount, decimals, said = (matrix[row] for matrix in self._by_element)
            side = numerator if term.in_numerator else denominator
            side += amount * (term.factor * _TENS[term.decimals - decimals])
            given += said & _GIVEN
            excused |= (said & _NOT_APPLICABLE) > 0
            approximate |= (said & _APPROXIMATE) > 0
        return Sums(numerator, denominator, given == parts, excused, approximate)

    @cached_property
    def _by_element(self) -> tuple[Amounts, NDArray[np.int8], NDArray[np.int8]]:
        """Lay out amount, decimals and what is said: one row per element, one column per key."""
        shape = (len(self.elements), len(self.place))
        place = self.figures["element"].to_numpy() * np.int64(shape[1]) + self._packed[1]
        amount, decimals, said = np.zeros(shape, np.int64), np.zeros(shape, np.int8), np.zeros(shape, np.int8)
        amount.ravel()[place] = self.figures["amount"].to_numpy()
        decimals.ravel()[place] = self.figures["decimals"].to_numpy()
        said.ravel()[place] = self.figures["said"].to_numpy()
        return amount, decimals, said

    @cached_property
    def _start(self) -> int:
        return int(self._last.min()) if len(self._last) else 0

    @cached_property
    def _last(self) -> NDArray[np.int32]:
        return self.figures["last_month"].to_numpy()

    @cached_property
    def _length(self) -> NDArray[np.int32]:
        length: NDArray[np.int32] = self._last - self.figures["first_month"].to_numpy()
        return length

    @cached_property
    def _lengths(self) -> Places:
        """Every length of a period, less one month."""
        return np.flatnonzero(np.bincount(self._length))

    @cached_property
    def _packed(self) -> tuple[Places, Places]:
        """Pack unit and period into a number: those that there are, in order, and the key of each figure."""
        rank = np.zeros(int(self._lengths.max(initial=0)) + 1, np.int64)
        rank[self._lengths] = np.arange(len(self._lengths))[::-1]
        period = (self._last - self._start) * np.int64(len(self._lengths)) + rank[self._length]
        packed = period * self.units + self.figures["place"].to_numpy()
        there = np.zeros(int(packed.max(initial=-1)) + 1, np.bool_)
        there[packed] = True
        return np.flatnonzero(there), np.cumsum(there, dtype=np.int32)[packed] - 1


def tallies(figures: pl.LazyFrame, units: pl.Series, elements: Sequence[str]) -> Tallies:
    """Lay out the figures (frames.FIGURES) of some units and elements."""
    state = pl.col("state")
    said = [
        pl.when(pl.col("amount").is_not_null()).then(_GIVEN).otherwise(0),
        pl.when(state == "not_applicable").then(_NOT_APPLICABLE).otherwise(0),
        pl.when(state == "approximate").then(_APPROXIMATE).otherwise(0),
    ]
    numbered = figures.select(
        _number("unit", units).alias("place"),
        _number("element", pl.Series(elements)),
        "first_month",
        "last_month",
        pl.col("amount").fill_null(0),
        "decimals",
        said=pl.sum_horizontal(said).cast(pl.Int8),
    ).drop_nulls(["place", "element"])
    return Tallies(numbered.collect(engine="streaming"), len(units), elements)


def _number(name: str, names: pl.Series) -> pl.Expr:
    return pl.col(name).cast(pl.Enum(names), strict=False).to_physical()
