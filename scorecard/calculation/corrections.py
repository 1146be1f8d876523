"""Which figures were changed after they were first reported: by how much, how late, on which side of the due day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from scorecard.domain.figure import Figure, FigureState, RecordedFigure

NEAR_DUE_DAYS = 3


class Direction(StrEnum):
    """What a change did to the number; SAME_NUMBER: only the note or the state changed."""

    UP = "up"
    DOWN = "down"
    SUPPLIED = "supplied"
    WITHDRAWN = "withdrawn"
    SAME_NUMBER = "same_number"


class Timing(StrEnum):
    """When a change came, seen from the due day of the return."""

    BEFORE_DUE = "before_due"
    NEAR_DUE = "near_due"
    AFTER_DUE = "after_due"
    NO_DUE = "no_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One revision that changed a figure.

    `difference` is after − before, None unless both are numbers. `days_since_first` counts days of the calendar from
    the first figure, `days_past_due` from the due day (negative: before it), None where the figure has no due day.
    """

    before: Figure
    after: RecordedFigure
    direction: Direction
    difference: Decimal | None
    days_since_first: int
    days_past_due: int | None

    @property
    def timing(self) -> Timing:
        """Near the due day is up to NEAR_DUE_DAYS before or after it."""
        if self.days_past_due is None:
            return Timing.NO_DUE
        if abs(self.days_past_due) <= NEAR_DUE_DAYS:
            return Timing.NEAR_DUE
        return Timing.BEFORE_DUE if self.days_past_due < 0 else Timing.AFTER_DUE


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedFigure:
    """A figure with every change to it, oldest first; `direction` and `difference` are from the first to now."""

    first: RecordedFigure
    changes: tuple[Change, ...]
    direction: Direction
    difference: Decimal | None

    @property
    def now(self) -> Figure:
        """The figure after the last change."""
        return self.changes[-1].after.figure


def corrected_figures(
    revisions: Iterable[RecordedFigure], due: Callable[[Figure], date | None], zone: tzinfo
) -> tuple[CorrectedFigure, ...]:
    """Return the figures that were changed after they were first reported, the last change first.

    `revisions` are whole histories in order of recording; «not reported» before anything else is no figure yet. `due`
    names the last day on which a figure was in time. Days are those of `zone`.
    """
    histories: defaultdict[tuple[object, ...], list[RecordedFigure]] = defaultdict(list)
    for each in revisions:
        key = (each.figure.unit_id, each.figure.element_id, each.figure.period)
        if histories[key] or each.figure.state is not FigureState.NOT_REPORTED:
            histories[key].append(each)
    found = [_corrected(history, due, zone) for history in histories.values() if len(history) > 1]
    return tuple(sorted(found, key=lambda corrected: -corrected.changes[-1].after.event))


def count_changes(corrected: Iterable[CorrectedFigure]) -> Mapping[Timing, Counter[Direction]]:
    """Count the changes by when they came and what they did; every timing is there, with zero for what never was."""
    found: dict[Timing, Counter[Direction]] = {timing: Counter() for timing in Timing}
    for figure in corrected:
        for change in figure.changes:
            found[change.timing][change.direction] += 1
    return found


def _corrected(
    history: Sequence[RecordedFigure], due: Callable[[Figure], date | None], zone: tzinfo
) -> CorrectedFigure:
    first, last = history[0], history[-1]
    due_day = due(first.figure)

    def day(recorded: RecordedFigure) -> date:
        return recorded.recorded_at.astimezone(zone).date()

    changes = tuple(
        Change(
            before=before.figure,
            after=after,
            direction=_direction(before.figure, after.figure),
            difference=_difference(before.figure, after.figure),
            days_since_first=(day(after) - day(first)).days,
            days_past_due=None if due_day is None else (day(after) - due_day).days,
        )
        for before, after in pairwise(history)
    )
    return CorrectedFigure(
        first=first,
        changes=changes,
        direction=_direction(first.figure, last.figure),
        difference=_difference(first.figure, last.figure),
    )


def _direction(before: Figure, after: Figure) -> Direction:
    difference = _difference(before, after)
    if difference is not None:
        return Direction.UP if difference > 0 else Direction.DOWN if difference < 0 else Direction.SAME_NUMBER
    if before.value is None and after.value is None:
        return Direction.SAME_NUMBER
    return Direction.SUPPLIED if before.value is None else Direction.WITHDRAWN


def _difference(before: Figure, after: Figure) -> Decimal | None:
    return None if before.value is None or after.value is None else after.value - before.value
