"""The ledger of one unit's corrections in words and tables: facts only, neither praise nor blame."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.calculation.corrections import (
    NEAR_DUE_DAYS,
    Change,
    CorrectedFigure,
    Direction,
    Timing,
    count_changes,
)
from scorecard.presentation.record_table import Cell, Column, records_html
from scorecard.presentation.recorded import Names


def sentence(unit_id: str, reported: int, corrected: Sequence[CorrectedFigure], names: Names) -> str:
    """Say how many figures a unit reported, how many were changed later, how often and how late."""
    texts, count = names.formats.texts, names.formats.count
    unit = names.unit(unit_id)
    if not reported:
        return texts("corrections.nothing_reported", unit=unit)
    if not corrected:
        return texts("corrections.nothing_corrected", unit=unit, reported=count(reported))
    changes = [change for figure in corrected for change in figure.changes]
    told = {"unit": unit, "reported": count(reported), "corrected": count(len(corrected))}
    told["changes"] = count(len(changes))
    if days := max(change.days_since_first for change in changes):
        return texts("corrections.sentence", days=count(days), **told)
    return texts("corrections.sentence_same_day", **told)


def counts_html(corrected: Sequence[CorrectedFigure], names: Names) -> str:
    """Return how many changes came before, near and after the due day, and what they did to the number.

    «No due day» has a line only when there is such a change.
    """
    texts, count = names.formats.texts, names.formats.count
    columns = [
        Column(texts("corrections.column_timing")),
        *(Column(texts(f"corrections.direction_{direction}"), numeric=True) for direction in Direction),
        Column(texts("corrections.column_total"), numeric=True),
    ]
    rows = [
        (
            Cell(texts(f"corrections.timing_{timing}", days=NEAR_DUE_DAYS)),
            *(Cell(count(found[direction])) for direction in Direction),
            Cell(count(found.total())),
        )
        for timing, found in count_changes(corrected).items()
        if timing is not Timing.NO_DUE or found.total()
    ]
    return records_html(texts("corrections.counts"), columns, rows)


def ledger_html(corrected: Sequence[CorrectedFigure], names: Names) -> str:
    """Return the table of corrected figures, each with every change to it, oldest first."""
    texts = names.formats.texts
    numeric = ("first", "now", "difference", "times")
    columns = [
        Column(texts(f"corrections.column_{name}"), numeric=name in numeric)
        for name in ("element", *numeric, "late", "changes")
    ]
    return records_html(texts("corrections.ledger"), columns, [_row(figure, names) for figure in corrected])


def _row(figure: CorrectedFigure, names: Names) -> tuple[Cell, ...]:
    first, last = figure.first.figure, figure.changes[-1]
    texts = names.formats.texts
    difference = (
        texts(f"corrections.no_difference_{figure.direction}")
        if figure.difference is None
        else names.difference(first.element_id, figure.difference)
    )
    days = texts("corrections.days_since_first", days=last.days_since_first)
    changes = tuple(_change(change, names) for change in figure.changes)
    return (
        Cell(names.element(first.element_id), (names.formats.period(first.period),)),
        Cell(names.figure(first)),
        Cell(names.figure(figure.now)),
        Cell(difference),
        Cell(names.formats.count(len(figure.changes))),
        Cell(days if last.days_since_first else texts("corrections.same_day"), (_against_due(last, names),)),
        Cell("", changes),
    )


def _change(change: Change, names: Names) -> str:
    told = {
        "when": names.moment(change.after.recorded_at),
        "who": names.person(change.after.recorded_by),
        "before": names.figure(change.before),
        "after": names.figure(change.after.figure),
    }
    if reason := change.after.reason.rstrip("."):
        return names.formats.texts("corrections.change", reason=reason, **told)
    return names.formats.texts("corrections.change_without_reason", **told)


def _against_due(change: Change, names: Names) -> str:
    days, texts = change.days_past_due, names.formats.texts
    if days is None:
        return texts("corrections.no_due")
    key = "on_due" if days == 0 else "after_due" if days > 0 else "before_due"
    return texts(f"corrections.{key}", days=abs(days))
