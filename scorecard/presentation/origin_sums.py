"""The figures behind a number, added up by unit or by period: rows whose sums are its numerator and denominator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from scorecard import frames
from scorecard.calculation.origins import ORIGINS
from scorecard.domain.form import Measure
from scorecard.domain.period import Month, Period
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_numbers import exact
from scorecard.presentation.record_table import Cell, Column
from scorecard.presentation.recorded import Names
from scorecard.presentation.standing import Standing

_MOST_NAMED = 3

Part = tuple[str | None, bool]
"""An element (None: the formula itself) and whether it stands in the numerator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What some figures add up to, exact, by part; `periods` are theirs, by element."""

    parts: Mapping[Part, Fraction]
    periods: Mapping[str, frozenset[Period]]

    def side(self, *, upper: bool) -> Fraction:
        """Return the numerator or denominator."""
        return sum((value for (_, above), value in self.parts.items() if above is upper), Fraction(0))


@dataclass(frozen=True)
class OriginSums:
    """Sums of ORIGINS of one line, as `standing` shows it; a window of flows begins with `window_start`."""

    figures: pl.DataFrame
    standing: Standing
    window_start: Month | None
    amounts: Amounts
    names: Names

    def __post_init__(self) -> None:
        frames.check(self.figures, ORIGINS)

    def by(self, *keys: pl.Expr | str) -> Iterator[tuple[tuple[Any, ...], Sum]]:
        """Add up the figures by some columns, in the order of the figures."""
        for key, own in self.figures.group_by(*keys, maintain_order=True):
            yield key, sum_of(own)

    @cached_property
    def whole(self) -> Sum:
        """All of them."""
        return sum_of(self.figures)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the formula that have figures, those above first."""
        found = self.figures.select("element", "in_numerator").unique(maintain_order=True).rows()
        named = [part for part in found if part[0] is not None]
        return tuple(sorted(named, key=lambda part: not part[1]))

    @property
    def is_ratio(self) -> bool:
        """Whether anything stands in the denominator."""
        return self.standing.denominator is not None

    @property
    def _sides(self) -> tuple[bool, ...]:
        """The sides that need a column of their own, because no single element is all of it."""
        every = self.figures.select("element", "in_numerator").unique().rows()
        sides = (True, False) if self.is_ratio else (True,)
        return tuple(side for side in sides if [above for _, above in every].count(side) > 1 or (None, side) in every)

    def columns(self, first: str) -> list[Column]:
        """Return the headings of a table of sums whose first column is named; see cells."""
        texts = self.amounts.formats.texts
        parts = [
            texts(f"origin.column_{'above' if above else 'below'}", element=self.names.element(element or ""))
            for element, above in self.parts
        ]
        sides = [texts(f"origin.{'numerator' if upper else 'denominator'}") for upper in self._sides]
        rate = [texts("origin.column_rate")] if self.is_ratio else []
        return [Column(first), *(Column(heading, numeric=True) for heading in (*parts, *sides, *rate))]

    def cells(self, found: Sum) -> list[Cell]:
        """Return the numbers of one row: each part, each side, the rate."""
        formats = self.amounts.formats
        parts = [self._part(found, part) for part in self.parts]
        sides = [exact(found.side(upper=upper), formats) for upper in self._sides]
        rate = [self.rate(found)] if self.is_ratio else []
        return [Cell(text) for text in (*parts, *sides, *rate)]

    def rate(self, found: Sum) -> str:
        """Print numerator ÷ denominator as the number itself is printed."""
        above, below = (found.side(upper=upper) for upper in (True, False))
        if not below:
            return self.amounts.formats.texts("overview.no_cases")
        return self.amounts.on_scale(self.standing, above / below) or ""

    def months(self, found: Sum, units: Sequence[str]) -> Cell:
        """Say which months a row speaks of: how many of the window, which are missing, or since when a stock stands."""
        flows = [period for element, own in found.periods.items() if self._is_flow(element) for period in own]
        stocks = [period for element, own in found.periods.items() if not self._is_flow(element) for period in own]
        if flows and self.window_start is not None:
            return self._flow_months(flows, units, self.window_start)
        return self._stock_month(max(each.last for each in stocks)) if stocks else Cell("")

    def _part(self, found: Sum, part: Part) -> str:
        if part not in found.parts:
            return self.amounts.formats.texts("origin.none")
        return exact(found.parts[part], self.amounts.formats)

    def _is_flow(self, element: str) -> bool:
        known = self.amounts.province.elements.get(element)
        return known is not None and known.measure is Measure.FLOW

    def _flow_months(self, flows: Iterable[Period], units: Sequence[str], start: Month) -> Cell:
        formats = self.amounts.formats
        told = {index for each in flows for index in range(each.first.index, each.last.index + 1)}
        window = range(start.index, self.standing.month.index + 1)
        missing = [Month(index) for index in window if index not in told and self._alive(units, Month(index))]
        text = formats.texts("origin.months", told=len(told), of=len(told) + len(missing))
        if not missing:
            return Cell(text)
        if len(missing) <= _MOST_NAMED:
            named = ", ".join(formats.month(month) for month in missing)
            return Cell(text, (formats.texts("origin.missing_months", months=named),))
        last = formats.month(missing[-1])
        return Cell(text, (formats.texts("origin.missing_many", count=formats.count(len(missing)), last=last),))

    def _stock_month(self, last: Month) -> Cell:
        formats = self.amounts.formats
        older = last < self.standing.month
        return Cell(formats.month(last), (formats.texts("origin.older"),) if older else ())

    def _alive(self, units: Sequence[str], month: Month) -> bool:
        known = self.amounts.province.units.by_id
        return any(known[each].alive_on(month.last_day) for each in units if each in known)


def sum_of(figures: pl.DataFrame) -> Sum:
    """Add up ORIGINS exactly."""
    parts: dict[Part, Fraction] = {}
    periods: dict[str, frozenset[Period]] = {}
    told = figures.group_by("element", "in_numerator", "side_decimals", maintain_order=True).agg(
        pl.col("counted").sum(), pl.col("first_month", "last_month")
    )
    for element, above, decimals, counted, firsts, lasts in told.iter_rows():
        parts[element, above] = parts.get((element, above), Fraction(0)) + Fraction(counted, 10**decimals)
        if element is not None:
            own = {Period(Month(a), Month(b)) for a, b in zip(firsts, lasts, strict=True)}
            periods[element] = periods.get(element, frozenset()) | own
    return Sum(parts=parts, periods=periods)
