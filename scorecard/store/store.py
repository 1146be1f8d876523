"""The store: figures, returns and events, append-only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import polars as pl

from scorecard import frames
from scorecard.domain.access import Scope
from scorecard.domain.figure import RecordedFigure
from scorecard.domain.period import Month, Period
from scorecard.domain.review import ReturnRecord
from scorecard.store.accounts import Accounts
from scorecard.store.database import Database, Row
from scorecard.store.drafts import Drafts
from scorecard.store.histories import Histories
from scorecard.store.justifications import Justifications
from scorecard.store.ledger import approved_last, approved_rows, known_rows, last_rows, write
from scorecard.store.meetings import Meetings
from scorecard.store.records import Alteration, Batch, Event, EventKind, Receipt
from scorecard.store.rows import (
    COLUMNS,
    EVENT_COLUMNS,
    SAME_REVISION,
    event_of,
    recorded_figure,
    return_records,
    until_text,
)
from scorecard.store.scoping import condition_of, require_inside
from scorecard.store.sign_ins import SignIns
from scorecard.store.trail import Trail
from scorecard.store.verification import alterations

_FIGURE = ("unit", "element", "first_month", "last_month")
_REVISIONS = pl.Schema({**frames.FIGURES, "revision": pl.Int32()})
_REVISION_COLUMNS = "f.unit, f.element, f.first_month, f.last_month, f.amount, f.decimals, f.state, f.revision"
_RETURN_KEY = ("province", "unit", "first_month", "last_month", "form")


class Store:
    """Everything that was ever reported. Safe to share between threads; other processes may write too.

    Every method raises StoreError when the database cannot be reached or refuses.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.accounts = Accounts(database)
        self.sign_ins = SignIns(database)
        self.drafts = Drafts(database)
        self.histories = Histories(database)
        self.justifications = Justifications(database)
        self.meetings = Meetings(database)

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def data_version(self) -> int:
        """Return a number that grows with every write (the last event's), 0 for an empty store."""
        return self._last_event("SELECT max(id) FROM events")

    def figures_version(self) -> int:
        """Return a number that grows whenever figures come into force (the last approval's event), 0 before any did."""
        return self._last_event("SELECT max(event) FROM approvals")

    def _last_event(self, query: str) -> int:
        with self._database.reading() as session:
            ((event,),) = session.rows(query)
        return event or 0

    def chain_end(self) -> tuple[int, str]:
        """Return how many events there are and the hash of the last; to be noted outside the database."""
        with self._database.reading() as session:
            last = session.rows("SELECT id, hash FROM events ORDER BY id DESC LIMIT 1")
        return (last[0][0], last[0][1]) if last else (0, "")

    def figures(self, province_id: str, known_at: datetime | None = None) -> pl.DataFrame:
        """Return frames.FIGURES of a province: one row per unit × element × period, the approved revision in force.

        With `known_at`, the revision that was in force at that instant (included). Sorted by unit, element, period.
        """
        limit = until_text(known_at)
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {_REVISION_COLUMNS} FROM figures f JOIN approvals a ON {SAME_REVISION}"
                " WHERE f.province = ? AND a.recorded_at <= ?",
                (province_id, limit),
            )
        return _latest(rows)

    def last_approval(
        self, province_id: str, elements: Collection[str], until: Month, known_at: datetime | None = None
    ) -> datetime | None:
        """Return when a figure of these elements, of a period ending by a month, was last approved; None if never."""
        with self._database.reading() as session:
            return approved_last(session, province_id, elements, until.index, until_text(known_at))

    def pending_figures(self, province_id: str) -> pl.DataFrame:
        """Return frames.FIGURES of the last revisions that were submitted and not, or not yet, approved."""
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {_REVISION_COLUMNS} FROM figures f WHERE f.province = ?"
                f" AND NOT EXISTS (SELECT 1 FROM approvals a WHERE {SAME_REVISION})"
                " AND NOT EXISTS (SELECT 1 FROM figures newer WHERE newer.province = f.province"
                " AND newer.unit = f.unit AND newer.first_month = f.first_month AND newer.last_month = f.last_month"
                " AND newer.element = f.element AND newer.revision > f.revision)",
                (province_id,),
            )
        return _latest(rows)

    def last_figures(
        self, province_id: str, scope: Scope, unit_id: str, period: Period, *, approved: bool = False
    ) -> Mapping[str, RecordedFigure]:
        """Return the last figures reported by one unit for a period, by element; with `approved`, those in force.

        Raises AccessRefusedError for a unit outside the scope.
        """
        require_inside(scope, unit_id)
        key = province_id, unit_id, period.first.index, period.last.index
        with self._database.reading() as session:
            rows = approved_rows(session, *key) if approved else last_rows(session, *key)
        return {row[4]: recorded_figure(row) for row in rows}

    def known_figures(self, province_id: str, scope: Scope, unit_id: str, until: Month) -> Mapping[str, RecordedFigure]:
        """Return the last figure with a number that one unit reported for a period ending by a month, by element.

        Raises AccessRefusedError for a unit outside the scope.
        """
        require_inside(scope, unit_id)
        with self._database.reading() as session:
            rows = known_rows(session, province_id, unit_id, until.index)
        return {row[4]: recorded_figure(row) for row in rows}

    def revisions(
        self, province_id: str, scope: Scope, unit_id: str, element_id: str, period: Period
    ) -> tuple[RecordedFigure, ...]:
        """Return every revision of one figure, oldest first; empty when it was never reported.

        Raises AccessRefusedError for a unit outside the scope.
        """
        require_inside(scope, unit_id)
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {COLUMNS['figures']} FROM figures WHERE province = ? AND unit = ?"
                " AND first_month = ? AND last_month = ? AND element = ? ORDER BY revision",
                (province_id, unit_id, period.first.index, period.last.index, element_id),
            )
        return tuple(recorded_figure(row) for row in rows)

    def history(self, province_id: str) -> tuple[RecordedFigure, ...]:
        """Return every revision of every figure of a province, in the order in which they were recorded."""
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {COLUMNS['figures']} FROM figures WHERE province = ?",
                (province_id,),
            )
        return tuple(recorded_figure(row) for row in sorted(rows, key=lambda row: (row[13], row[:6])))

    def approved_revisions(self, province_id: str) -> frozenset[tuple[str, str, Period, int]]:
        """Return which revisions of which figures (unit, element, period) were ever put in force."""
        with self._database.reading() as session:
            rows = session.rows(
                "SELECT unit, element, first_month, last_month, revision FROM approvals WHERE province = ?",
                (province_id,),
            )
        return frozenset(
            (unit, element, Period(Month(a), Month(b)), revision) for unit, element, a, b, revision in rows
        )

    def returns(self, province_id: str, scope: Scope, period: Period | None = None) -> tuple[ReturnRecord, ...]:
        """Return what happened to every return of the units in scope, for one period or all, by period, unit and form.

        A return that nobody ever submitted or decided on is not among them.
        """
        months = (period.first.index, period.last.index) if period else (None, None)
        return self._records(scope, (province_id, None, *months, None))

    def return_record(self, province_id: str, scope: Scope, unit_id: str, form_id: str, period: Period) -> ReturnRecord:
        """Return what happened to one return, an empty record when nothing did.

        Raises AccessRefusedError for a unit outside the scope.
        """
        require_inside(scope, unit_id)
        key = province_id, unit_id, period.first.index, period.last.index, form_id
        found = self._records(scope, key)
        return found[0] if found else ReturnRecord(unit_id=unit_id, form_id=form_id, period=period)

    def _records(self, scope: Scope, key: tuple[object, ...]) -> tuple[ReturnRecord, ...]:
        given = {column: value for column, value in zip(_RETURN_KEY, key, strict=True) if value is not None}
        inside, codes = condition_of(scope)
        where = " AND ".join([inside, *(f"{column} = ?" for column in given)])
        parameters = (*codes, *given.values())
        with self._database.reading() as session:
            returns, decisions = (
                session.rows(f"SELECT {COLUMNS[table]} FROM {table} WHERE {where}", parameters)
                for table in ("returns", "decisions")
            )
        return return_records(returns, decisions)

    def events(self, province_id: str | None = None) -> tuple[Event, ...]:
        """Return the audit trail, oldest first, of one province or of all."""
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {EVENT_COLUMNS} FROM events WHERE province = ? OR ? = 1 ORDER BY id",
                (province_id or "", int(province_id is None)),
            )
        return tuple(event_of(row) for row in rows)

    @property
    def trail(self) -> Trail:
        """The audit trail, to be read page by page."""
        return Trail(self._database)

    def holds(self, kind: EventKind, province_id: str | None = None) -> bool:
        """Say whether something of a kind was ever recorded, for one province or any."""
        with self._database.reading() as session:
            found = session.rows(
                "SELECT 1 FROM events WHERE kind = ? AND (province = ? OR ? = 1) LIMIT 1",
                (kind.value, province_id or "", int(province_id is None)),
            )
        return bool(found)

    def record(self, batch: Batch) -> Receipt:
        """Write a batch and its event in one transaction, or nothing.

        Raises ConflictError when what is corrected is not as its author saw it, AmountError when a value does not fit.
        """
        with self._database.writing() as session:
            return write(session, batch)

    def verify(self) -> tuple[Alteration, ...]:
        """Recompute every hash; return what is not as it was recorded, empty when all is well."""
        with self._database.reading() as session:
            return tuple(alterations(session))


def _latest(rows: list[Row]) -> pl.DataFrame:
    revisions = pl.DataFrame(rows, schema=_REVISIONS, orient="row").sort(*_FIGURE, "revision")
    return revisions.unique(_FIGURE, keep="last", maintain_order=True).drop("revision")
