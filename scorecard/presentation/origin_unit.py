"""«Từ đâu ra?» of one unit: every figure of the window, and every revision of it with who, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from scorecard.domain.period import Month, Period
from scorecard.presentation.explanation_numbers import exact
from scorecard.presentation.origin import Origin
from scorecard.presentation.origin_sums import OriginSums, sum_of
from scorecard.presentation.record_table import Cell, Column, records_html
from scorecard.presentation.recorded import Names
from scorecard.presentation.sum_table import RowGroup, sum_table_html
from scorecard.store import KeptFigure

_PERIOD = ("first_month", "last_month", "contributor")
_HISTORY = ("figure", "before", "after", "written", "reason", "receipt", "approved")


def part_sentence(origin: Origin, unit_id: str) -> str:
    """Write a unit that has no line of its own any more as a part of the total."""
    sums, names = origin.sums, origin.names
    above, below = (exact(sums.whole.side(upper=upper), names.formats) for upper in (True, False))
    parts = f"{above}/{below}" if sums.is_ratio else above
    return names.formats.texts("origin.sentence_part", unit=names.unit(unit_id), parts=parts)


def figures_html(origin: Origin, unit_id: str, beyond: pl.DataFrame) -> str:
    """Return the unit's figures period by period; their sums stand at the foot.

    `beyond` are ORIGINS that count for the unit in the total only, from before its boundaries were those of today.
    """
    texts, sums = origin.names.formats.texts, origin.sums
    columns = sums.columns(texts("origin.column_period"))
    groups = [RowGroup(heading=texts("origin.group_own"), rows=list(_rows(sums, origin.figures, unit_id)))]
    foot = [(Cell(texts("origin.sum")), *sums.cells(sums.whole))]
    if not beyond.is_empty():
        groups.append(RowGroup(heading=texts("origin.group_beyond"), rows=list(_rows(sums, beyond, unit_id))))
        every = sum_of(pl.concat([origin.figures, beyond]))
        foot.append((Cell(texts("origin.sum_in_total")), *sums.cells(every)))
    return sum_table_html(texts("origin.table_figures"), columns, groups, foot)


def history_html(kept: Sequence[KeptFigure], names: Names) -> str:
    """Return every revision: before and after, who, when, why, the receipt, who put it in force and when."""
    texts = names.formats.texts
    columns = [Column(texts(f"origin.history_{name}"), numeric=name in ("before", "after")) for name in _HISTORY]
    caption = texts("origin.history_count", count=names.formats.count(len(kept)))
    return records_html(caption, columns, [_revision(each, names) for each in kept])


def _rows(sums: OriginSums, figures: pl.DataFrame, unit_id: str) -> Iterator[tuple[Cell, ...]]:
    ordered = figures.filter(pl.col("element").is_not_null()).sort(*_PERIOD)
    for (first, last, contributor), own in ordered.group_by(*_PERIOD, maintain_order=True):
        name = sums.names.span(Period(Month(int(str(first))), Month(int(str(last)))))
        notes = () if contributor == unit_id else (sums.names.unit(str(contributor)),)
        yield Cell(name, notes), *sums.cells(sum_of(own))
    constant = figures.filter(pl.col("element").is_null())
    if not constant.is_empty():
        yield Cell(sums.names.formats.texts("gap.constant")), *sums.cells(sum_of(constant))


def _revision(each: KeptFigure, names: Names) -> tuple[Cell, ...]:
    texts, after = names.formats.texts, each.after
    approved = texts("origin.not_approved")
    if each.approved_at is not None:
        approved = names.moment(each.approved_at)
    return (
        Cell(
            names.element(after.figure.element_id), (names.span(after.figure.period), names.unit(after.figure.unit_id))
        ),
        Cell(names.figure(each.before.figure) if each.before else texts("origin.first")),
        Cell(names.figure(after.figure), (after.figure.note,)),
        Cell(names.moment(after.recorded_at), (names.person(after.recorded_by),)),
        Cell(after.reason or texts("origin.no_reason")),
        Cell(each.code),
        Cell(approved, (names.person(each.approved_by),) if each.approved_by else ()),
    )
