"""«Từ đâu ra?»: one number, its formula in words, and the counts that make it up, unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import polars as pl

from scorecard.domain.period import Month, Period
from scorecard.domain.plan import Plan
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation import document_text
from scorecard.presentation.explanation_numbers import exact
from scorecard.presentation.explanation_value import formula_line
from scorecard.presentation.origin_sums import OriginSums, Sum, sum_of
from scorecard.presentation.record_table import Cell, Column
from scorecard.presentation.recorded import Names
from scorecard.presentation.standing import Standing, read_standings
from scorecard.presentation.sum_table import RowGroup, sum_table_html
from scorecard.presentation.texts import in_language
from scorecard.presentation.unit_search import is_found


@dataclass(frozen=True)
class Origin:
    """One line of a scoreboard (`line`, frames.SCOREBOARD of one row) with the ORIGINS of it.

    `heirs` names the unit of today that stands for an old one.
    """

    line: pl.DataFrame
    figures: pl.DataFrame
    heirs: Mapping[str, str]
    plan: Plan
    names: Names

    @property
    def amounts(self) -> Amounts:
        """What prints values."""
        return Amounts(self.names.formats, self.names.province)

    @cached_property
    def standing(self) -> Standing:
        """The line."""
        return read_standings(self.line, self.names.province)[0]

    @cached_property
    def sums(self) -> OriginSums:
        """What the figures add up to."""
        start = self.line["window_start"][0]
        begins = None if start is None else Month(start)
        return OriginSums(self.figures, self.standing, begins, self.amounts, self.names)

    def months(self, figures: pl.DataFrame) -> Period:
        """Return the months from the first of some ORIGINS, or of the window, to the one shown."""
        starts = [*figures["first_month"].drop_nulls(), *self.line["window_start"].drop_nulls()]
        return Period(Month(min(starts, default=self.standing.month.index)), self.standing.month)

    def sentence(self) -> str:
        """Write the number as what it is made of."""
        texts, standing = self.names.formats.texts, self.standing
        printed = self.amounts.value(standing)
        if printed is None or standing.numerator is None or self.figures.is_empty():
            return texts("origin.nothing", month=self.names.formats.month(standing.month))
        units, formats = self.figures["contributor"].drop_nulls().n_unique(), self.names.formats
        made_of = texts("origin.of_one") if units == 1 else texts("origin.of_units", units=formats.count(units))
        if standing.denominator is None:
            return texts("origin.sentence", value=printed, made_of=made_of)
        above, below = exact(standing.numerator, formats), exact(standing.denominator, formats)
        return texts("origin.sentence_ratio", value=printed, numerator=above, denominator=below, made_of=made_of)

    def facts(self, known_on: str | None) -> tuple[tuple[str, str], ...]:
        """Return what is said of the number beside its counts; `known_on` is the day it is shown as known on."""
        return tuple((self.names.formats.texts(f"origin.fact_{name}"), text) for name, text in self._facts(known_on))

    def units_html(self, link: Callable[[str], str], typed: str = "") -> str:
        """Return the table of the units whose names hold what was typed, the largest first; the sums are of all."""
        texts = self.names.formats.texts
        columns = [*self.sums.columns(texts("origin.column_unit")), Column(texts("origin.column_months"), numeric=True)]
        rows = [self._unit_row(*each, link) for each in self._by_unit() if is_found(self._name(each[0]), typed)]
        foot = (Cell(texts("origin.sum")), *self.sums.cells(self.sums.whole), Cell(""))
        return sum_table_html(texts("origin.table_units"), columns, [RowGroup(rows=rows)], [foot])

    @property
    def units(self) -> int:
        """How many rows the table of units has."""
        return len(self._by_unit())

    def _facts(self, known_on: str | None) -> Iterator[tuple[str, str]]:
        standing, indicator, formats = self.standing, self.standing.indicator, self.names.formats
        if indicator is not None:
            yield "formula", formula_line(indicator, standing.value_month or standing.month, self.amounts)
        else:
            yield "formula", formats.texts("origin.steps", total=formats.count(len(standing.target.steps)))
        if self.sums.window_start is not None:
            yield "window", self.names.span(Period(self.sums.window_start, standing.month))
        elif standing.value_month is not None:
            yield "window", formats.texts("origin.latest", month=formats.month(standing.value_month))
        if standing.expected_units:
            reported, expected = (formats.count(n or 0) for n in (standing.reported_units, standing.expected_units))
            yield "reported", formats.texts("origin.reported", reported=reported, expected=expected)
        if standing.coverage is not None:
            yield "coverage", formats.texts("origin.coverage", share=formats.share(standing.coverage))
        yield "document", document_text(self.plan, self.amounts)
        if indicator is not None:
            yield "source", indicator.source_system
        yield from self._found_in()
        if standing.target.note:
            yield "note", standing.target.note
        if standing.crosses_boundaries:
            yield "boundaries", formats.texts("overview.across_boundaries")
        if known_on:
            yield "known_on", known_on

    def _found_in(self) -> Iterator[tuple[str, str]]:
        places: dict[str, list[str]] = {}
        for element, _ in self.sums.parts:
            known = self.names.province.elements.get(element or "")
            if known is not None and known.found_in:
                places.setdefault(known.found_in, []).append(
                    in_language(self.names.formats.texts, known.label, known.label_en)
                )
        for place, labels in places.items():
            yield "found_in", f"{place} ({'; '.join(dict.fromkeys(labels))})"

    def _by_unit(self) -> Sequence[tuple[str | None, tuple[str, ...], Sum]]:
        """Return unit of today, the units that reported for it, and their sums; the largest first."""
        heir = pl.col("contributor").replace(dict(self.heirs))
        found = [
            (key, tuple(own["contributor"].drop_nulls().unique(maintain_order=True)), own)
            for (key,), own in self.figures.group_by(heir, maintain_order=True)
        ]
        summed = [(None if key is None else str(key), units, sum_of(own)) for key, units, own in found]
        return sorted(summed, key=_size)

    def _name(self, unit_id: str | None) -> str:
        return self.names.formats.texts("gap.constant") if unit_id is None else self.names.unit(unit_id)

    def _unit_row(
        self, unit_id: str | None, units: Sequence[str], found: Sum, link: Callable[[str], str]
    ) -> tuple[Cell, ...]:
        texts, others = self.names.formats.texts, len([each for each in units if each != unit_id])
        notes = (texts("origin.with_old", count=self.names.formats.count(others)),) if others else ()
        first = Cell(self._name(unit_id), notes, None if unit_id is None else link(unit_id))
        return (first, *self.sums.cells(found), self.sums.months(found, units))


def _size(row: tuple[str | None, tuple[str, ...], Sum]) -> tuple[Fraction, Fraction, str]:
    unit_id, _, found = row
    return -found.side(upper=False), -found.side(upper=True), unit_id or ""
