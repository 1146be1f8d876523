"""The store: figures, returns and events, append-only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import polars as pl

from scorecard import frames
from scorecard.domain.figure import RecordedFigure
from scorecard.domain.period import Period
from scorecard.store.database import Database, open_database, sqlite_path
from scorecard.store.ledger import rows_in_force, write
from scorecard.store.migrations import migrate
from scorecard.store.records import Alteration, Batch, Event, EventKind, Receipt, RecordedReturn
from scorecard.store.rows import COLUMNS, EVENT_COLUMNS, event_of, recorded_figure, recorded_return, time_text
from scorecard.store.trail import Trail
from scorecard.store.verification import alterations

_END_OF_TIME = "9999"
_FIGURE = ("unit", "element", "first_month", "last_month")
_REVISIONS = pl.Schema({**frames.FIGURES, "revision": pl.Int32()})


class Store:
    """Everything that was ever reported. Safe to share between threads; other processes may write too.

    Every method raises StoreError when the database cannot be reached or refuses.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def data_version(self) -> int:
        """Return a number that grows with every write (the last event's), 0 for an empty store."""
        with self._database.reading() as session:
            ((version,),) = session.rows("SELECT coalesce(max(id), 0) FROM events")
        found: int = version
        return found

    def chain_end(self) -> tuple[int, str]:
        """Return how many events there are and the hash of the last; to be noted outside the database."""
        with self._database.reading() as session:
            last = session.rows("SELECT id, hash FROM events ORDER BY id DESC LIMIT 1")
        return (last[0][0], last[0][1]) if last else (0, "")

    def figures(self, province_id: str, known_at: datetime | None = None) -> pl.DataFrame:
        """Return frames.FIGURES of a province: one row per unit × element × period, the revision in force.

        With `known_at`, the revision that was in force at that instant (included). Sorted by unit, element, period.
        """
        limit = time_text(known_at) if known_at else _END_OF_TIME
        with self._database.reading() as session:
            rows = session.rows(
                "SELECT unit, element, first_month, last_month, amount, decimals, state, revision FROM figures"
                " WHERE province = ? AND recorded_at <= ?",
                (province_id, limit),
            )
        revisions = pl.DataFrame(rows, schema=_REVISIONS, orient="row").sort(*_FIGURE, "revision")
        return revisions.unique(_FIGURE, keep="last", maintain_order=True).drop("revision")

    def in_force(self, province_id: str, unit_id: str, period: Period) -> Mapping[str, RecordedFigure]:
        """Return the figures in force of one unit and period, by element."""
        with self._database.reading() as session:
            rows = rows_in_force(session, province_id, unit_id, period.first.index, period.last.index)
        return {row[4]: recorded_figure(row) for row in rows}

    def revisions(self, province_id: str, unit_id: str, element_id: str, period: Period) -> tuple[RecordedFigure, ...]:
        """Return every revision of one figure, oldest first; empty when it was never reported."""
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

    def returns(self, province_id: str, period: Period) -> tuple[RecordedReturn, ...]:
        """Return every revision of every return for a period, oldest first."""
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {COLUMNS['returns']} FROM returns WHERE province = ?"
                " AND first_month = ? AND last_month = ? ORDER BY event, revision",
                (province_id, period.first.index, period.last.index),
            )
        return tuple(recorded_return(row) for row in rows)

    def latest_return(self, province_id: str, unit_id: str, form_id: str, period: Period) -> RecordedReturn | None:
        """Return the revision in force of one return, None when nothing was ever recorded."""
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {COLUMNS['returns']} FROM returns WHERE province = ? AND unit = ? AND form = ?"
                " AND first_month = ? AND last_month = ? ORDER BY revision DESC LIMIT 1",
                (province_id, unit_id, form_id, period.first.index, period.last.index),
            )
        return recorded_return(rows[0]) if rows else None

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

        Raises ConflictError when a return is no longer at its expected revision, AmountError when a value does
        not fit.
        """
        with self._database.writing() as session:
            return write(session, batch)

    def verify(self) -> tuple[Alteration, ...]:
        """Recompute every hash; return what is not as it was recorded, empty when all is well."""
        with self._database.reading() as session:
            return tuple(alterations(session))


def store_exists(url: str) -> bool:
    """Say whether there is a store to open; the server of a `postgresql://` URL is not asked."""
    path = sqlite_path(url)
    return path is None or path.exists()


def open_store(url: str) -> Store:
    """Open `sqlite:///path` or `postgresql://…`, creating or upgrading its tables.

    Raises StoreError for any other URL, an unreachable database, or one of a newer version.
    """
    database = open_database(url)
    try:
        migrate(database, at=time_text(datetime.now(UTC)))
    except BaseException:
        database.close()
        raise
    return Store(database)
