"""Who reads the audit trail, and takes a copy of it along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scorecard.domain.access import Permission, Person, require
from scorecard.store import Batch, EventKind, Store, TrailEvent, TrailQuery, WrittenFigure

EVENTS_A_PAGE = 50
FIGURES_A_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """Events of one page, newest first; `number` counts from 1 up to `pages`, `total` are all events found."""

    events: tuple[TrailEvent, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """One event and one page of the figures that it wrote; `number` counts from 1 up to `pages`."""

    event: TrailEvent
    figures: tuple[WrittenFigure, ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailOutline:
    """What a trail can be narrowed to: who ever recorded something, and since when (None: nothing yet)."""

    people: tuple[str, ...]
    began: datetime | None


def read_trail(store: Store, person: Person | None, wanted: TrailQuery, number: int) -> TrailPage:
    """Return one page of events; a number beyond the last page shows the last. Raises AccessRefusedError."""
    require(person, Permission.VIEW_AUDIT)
    events, total = store.trail.page(wanted, EVENTS_A_PAGE, _offset(number, EVENTS_A_PAGE))
    pages = _pages(total, EVENTS_A_PAGE)
    if number > pages:
        return read_trail(store, person, wanted, pages)
    return TrailPage(events=events, total=total, number=max(number, 1), pages=pages)


def read_event(
    store: Store, person: Person | None, province_id: str, event_number: int, number: int
) -> EventPage | None:
    """Return one event with a page of its figures, None when there is no such event. Raises AccessRefusedError."""
    require(person, Permission.VIEW_AUDIT)
    event = store.trail.event(province_id, event_number)
    if event is None:
        return None
    pages = _pages(event.figures, FIGURES_A_PAGE)
    shown = min(max(number, 1), pages)
    figures = store.trail.written(event.id, FIGURES_A_PAGE, _offset(shown, FIGURES_A_PAGE))
    return EventPage(event=event, figures=figures, number=shown, pages=pages)


def outline_trail(store: Store, person: Person | None, province_id: str) -> TrailOutline:
    """Return what the trail can be narrowed to. Raises AccessRefusedError."""
    require(person, Permission.VIEW_AUDIT)
    return TrailOutline(people=store.trail.people(province_id), began=store.trail.began(province_id))


def export_trail(store: Store, person: Person | None, wanted: TrailQuery, now: datetime) -> tuple[TrailEvent, ...]:
    """Return every event found, newest first, and record that the person took a copy of them along.

    Reading leaves no event, a copy does: it names people and what they did, and nothing here guards it any more.
    The copy does not hold its own event. Raises AccessRefusedError: then nothing is recorded.
    """
    actor = require(person, Permission.VIEW_AUDIT)
    _, total = store.trail.page(wanted, 0, 0)
    events, _ = store.trail.page(wanted, total, 0)
    store.record(
        Batch(
            kind=EventKind.TRAIL_EXPORTED,
            province_id=wanted.province_id,
            person_id=actor.id,
            at=now,
            details={"events": str(len(events)), **_narrowed(wanted)},
        )
    )
    return events


def _narrowed(wanted: TrailQuery) -> dict[str, str]:
    """Name what a copy was narrowed to; the unit under another name than that of an event about it."""
    given = {
        "since": wanted.since and wanted.since.isoformat(),
        "before": wanted.before and wanted.before.isoformat(),
        "of_person": wanted.person_id,
        "of_unit": wanted.unit_id,
        "of_kind": wanted.kind,
        "with_text": wanted.text,
    }
    return {name: value for name, value in given.items() if value}


def _pages(total: int, size: int) -> int:
    return max(1, -(-total // size))


def _offset(number: int, size: int) -> int:
    return (max(number, 1) - 1) * size
