"""The audit trail as people read it: pages of events, what one event wrote, and figures that were changed later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scorecard.domain.figure import RecordedFigure
from scorecard.domain.period import Month, Period
from scorecard.store.database import Database, Row, Session
from scorecard.store.records import receipt_code
from scorecard.store.rows import COLUMNS, moment, recorded_figure
from scorecard.store.trail_query import TrailQuery, where

_EVENT = "e.id, e.kind, e.recorded_at, e.recorded_by, e.details, e.previous_hash, e.hash"
_FIGURES_OF_EVENTS = (
    "SELECT event, province, unit, first_month, last_month, element, revision FROM figures"
    " UNION SELECT event, province, unit, first_month, last_month, element, revision FROM approvals"
)
_RETURNS_OF_EVENTS = (
    "SELECT event, unit, form, first_month, last_month FROM returns"
    " UNION ALL SELECT event, unit, form, first_month, last_month FROM decisions"
)
_MOST_PARAMETERS = 10_000
_FIGURE_KEY = ("province", "unit", "first_month", "last_month", "element")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEvent:
    """One event and how much it wrote.

    `figures` counts all figures written, `revised` those of them that replaced an earlier revision. `unit_id` and
    `form_id` are None unless all returns written are of one; `period` spans them all, None where there are none.
    """

    id: int
    kind: str
    recorded_at: datetime
    recorded_by: str
    details: Mapping[str, str]
    previous_hash: str
    hash: str
    figures: int
    revised: int
    units: int
    unit_id: str | None
    form_id: str | None
    period: Period | None

    @property
    def code(self) -> str:
        """What stands on the receipt of this event."""
        return receipt_code(self.id, self.hash)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFigure:
    """One figure that an event wrote, and the revision that it replaced; `before` is None for a first one."""

    after: RecordedFigure
    before: RecordedFigure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedUnit:
    """How many figures a unit has on record, and how many of them were changed after they were first reported."""

    unit_id: str
    reported: int
    corrected: int


class Trail:
    """Reads of one store; each sees one state of it. Raises StoreError as the store does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, wanted: TrailQuery, limit: int, offset: int) -> tuple[tuple[TrailEvent, ...], int]:
        """Return events that are wanted, newest first, and how many there are in all; only the page is read."""
        with self._database.reading() as session:
            condition, parameters = where(wanted, session.engine.name)
            ((total,),) = session.rows(f"SELECT count(*) FROM events e WHERE {condition}", parameters)
            rows = session.rows(
                f"SELECT {_EVENT} FROM events e WHERE {condition} ORDER BY e.id DESC LIMIT ? OFFSET ?",
                (*parameters, limit, offset),
            )
            return _with_amounts(session, rows), total

    def event(self, province_id: str, number: int) -> TrailEvent | None:
        """Return one event of a province or of none, None when there is no such event."""
        condition = "e.province IN (?, '') AND e.id = ?"
        with self._database.reading() as session:
            rows = session.rows(f"SELECT {_EVENT} FROM events e WHERE {condition}", (province_id, number))
            return next(iter(_with_amounts(session, rows)), None)

    def written(self, number: int, limit: int, offset: int) -> tuple[WrittenFigure, ...]:
        """Return figures that an event wrote or approved, by unit, period and element."""
        own = COLUMNS["figures"].split(", ")
        columns = ", ".join(f"{table}.{column}" for table in ("f", "b") for column in own)
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {columns} FROM figures f LEFT JOIN figures b"
                f" ON {_same_figure()} AND b.revision = f.revision - 1 WHERE f.event = ? OR EXISTS"
                f" (SELECT 1 FROM approvals a WHERE a.event = ? AND {_same_figure('a')} AND a.revision = f.revision)"
                " ORDER BY f.unit, f.first_month, f.last_month, f.element, f.revision LIMIT ? OFFSET ?",
                (number, number, limit, offset),
            )
        return tuple(_written(row[: len(own)], row[len(own) :]) for row in rows)

    def people(self, province_id: str) -> tuple[str, ...]:
        """Return the ids of everybody who ever recorded something for a province or for none."""
        with self._database.reading() as session:
            rows = session.rows(
                "SELECT DISTINCT recorded_by FROM events WHERE province IN (?, '') ORDER BY 1", (province_id,)
            )
        return tuple(person for (person,) in rows)

    def began(self, province_id: str) -> datetime | None:
        """Return when the first event was recorded, None for an empty trail."""
        with self._database.reading() as session:
            ((first,),) = session.rows("SELECT min(recorded_at) FROM events WHERE province IN (?, '')", (province_id,))
        return moment(first) if first else None

    def units(self, province_id: str) -> tuple[ReportedUnit, ...]:
        """Return every unit that has figures on record, by id.

        «Not reported» before anything else is no figure yet; whatever is recorded after the first figure changes it.
        """
        with self._database.reading() as session:
            rows = session.rows(
                "SELECT unit, count(began), count(CASE WHEN began < latest THEN 1 END) FROM"
                " (SELECT unit, max(revision) AS latest,"
                " min(CASE WHEN state <> 'not_reported' THEN revision END) AS began"
                f" FROM figures WHERE province = ? GROUP BY {', '.join(_FIGURE_KEY)}) AS kept"
                " GROUP BY unit ORDER BY unit",
                (province_id,),
            )
        return tuple(ReportedUnit(unit_id=unit, reported=n, corrected=corrected) for unit, n, corrected in rows if n)

    def changed(self, province_id: str, unit_id: str) -> tuple[RecordedFigure, ...]:
        """Return all revisions of each figure of a unit that has more than one, in the order of recording."""
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {COLUMNS['figures']} FROM figures f WHERE province = ? AND unit = ? AND EXISTS"
                f" (SELECT 1 FROM figures b WHERE {_same_figure()} AND b.revision = 2)"
                " ORDER BY event, first_month, last_month, element, revision",
                (province_id, unit_id),
            )
        return tuple(recorded_figure(row) for row in rows)


def _same_figure(other: str = "b") -> str:
    return " AND ".join(f"{other}.{column} = f.{column}" for column in _FIGURE_KEY)


def _written(after: Row, before: Row) -> WrittenFigure:
    return WrittenFigure(after=recorded_figure(after), before=None if before[0] is None else recorded_figure(before))


def _with_amounts(session: Session, rows: Sequence[Row]) -> tuple[TrailEvent, ...]:
    found: list[TrailEvent] = []
    for start in range(0, len(rows), _MOST_PARAMETERS):
        some = rows[start : start + _MOST_PARAMETERS]
        ids = tuple(row[0] for row in some)
        among = f"event IN ({', '.join('?' * len(ids))}) GROUP BY event"
        counts = "count(*), count(CASE WHEN revision > 1 THEN 1 END)"
        figures = session.rows(f"SELECT event, {counts} FROM ({_FIGURES_OF_EVENTS}) x WHERE {among}", ids)
        returns = session.rows(
            "SELECT event, count(DISTINCT unit), min(unit), count(DISTINCT form), min(form), min(first_month),"
            f" max(last_month) FROM ({_RETURNS_OF_EVENTS}) x WHERE {among}",
            ids,
        )
        counted, touched = {row[0]: row for row in figures}, {row[0]: row for row in returns}
        found += [_event(row, counted.get(row[0]), touched.get(row[0])) for row in some]
    return tuple(found)


def _event(row: Row, counted: Row | None, touched: Row | None) -> TrailEvent:
    number, kind, at, by, details, previous_hash, own_hash = row
    _, figures, revised = counted or (number, 0, 0)
    _, units, unit, forms, form, first, last = touched or (number, 0, None, 0, None, None, None)
    return TrailEvent(
        id=number,
        kind=kind,
        recorded_at=moment(at),
        recorded_by=by,
        details=json.loads(details),
        previous_hash=previous_hash,
        hash=own_hash,
        figures=figures,
        revised=revised,
        units=units,
        unit_id=unit if units == 1 else None,
        form_id=form if forms == 1 else None,
        period=None if first is None else Period(Month(first), Month(last)),
    )
