"""Transactions on SQLite or PostgreSQL; above this module the two differ in nothing but their migrations."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from threading import Lock
from typing import Any, Protocol
from urllib.parse import unquote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from scorecard.store.errors import StoreError

Row = tuple[Any, ...]

_BUSY_SECONDS = 30
_IDLE_CONNECTIONS = 8
_WRITER_LOCK = 222_2024


class Cursor(Protocol):
    """What both drivers' cursors can do."""

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> object:
        """Run one statement."""

    def executemany(self, sql: str, rows: Sequence[Sequence[object]], /) -> object:
        """Run one statement for each row."""

    def fetchall(self) -> list[Row]:
        """Return all rows of the last query."""


class Connection(Protocol):
    """What both drivers' connections can do."""

    def cursor(self) -> Cursor:
        """Open a cursor."""

    def close(self) -> None:
        """Close the connection; what was not committed is undone."""


@dataclass(frozen=True, slots=True)
class Engine:
    """One kind of database: how to connect, how a transaction begins, how a parameter is written."""

    name: str
    connect: Callable[[], Connection]
    placeholder: str
    begin_reading: tuple[str, ...]
    begin_writing: tuple[str, ...]
    error: type[Exception]
    is_lost: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Session:
    """Statements inside one transaction; parameters are written `?` on both engines."""

    cursor: Cursor
    engine: Engine

    def run(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """Run one statement."""
        self.cursor.execute(sql.replace("?", self.engine.placeholder), parameters)

    def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement for each row."""
        self.cursor.executemany(sql.replace("?", self.engine.placeholder), rows)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Return the rows of a query."""
        self.run(sql, parameters)
        return self.cursor.fetchall()


class Database:
    """A small pool of connections, shared by the threads of one process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: list[Connection] = []
        self._lock = Lock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read from one snapshot: all queries see the same state."""
        with self._transaction(self._engine.begin_reading) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Write all or nothing, one writer at a time; others wait up to 30 seconds."""
        with self._transaction(self._engine.begin_writing) as session:
            yield session

    def close(self) -> None:
        """Close the idle connections."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def _transaction(self, begin: tuple[str, ...]) -> Iterator[Session]:
        try:
            connection, session = self._begun(begin)
            try:
                yield session
                session.run("COMMIT")
            except BaseException:
                self._abandon(connection, session)
                raise
        except self._engine.error as error:
            raise StoreError("store.failed", detail=str(error).strip()) from error
        self._give_back(connection)

    def _abandon(self, connection: Connection, session: Session) -> None:
        # Closing alone leaves SQLite's lock in place for as long as somebody holds the error with its cursor.
        with suppress(self._engine.error):
            session.run("ROLLBACK")
        connection.close()

    def _begun(self, begin: tuple[str, ...]) -> tuple[Connection, Session]:
        while (connection := self._taken()) is not None:
            try:
                return connection, self._begin(connection, begin)
            except self._engine.error:
                lost = self._engine.is_lost(connection)
                connection.close()
                if not lost:
                    raise
        connection = self._engine.connect()
        try:
            return connection, self._begin(connection, begin)
        except BaseException:
            connection.close()
            raise

    def _begin(self, connection: Connection, begin: tuple[str, ...]) -> Session:
        session = Session(connection.cursor(), self._engine)
        for statement in begin:
            session.run(statement)
        return session

    def _taken(self) -> Connection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _give_back(self, connection: Connection) -> None:
        with self._lock:
            if len(self._idle) < _IDLE_CONNECTIONS:
                self._idle.append(connection)
                return
        connection.close()


def open_database(url: str) -> Database:
    """Return the database of a URL, `sqlite:///path` or `postgresql://…`; connect only when it is used."""
    path = sqlite_path(url)
    if path is not None:
        return Database(_sqlite(path))
    if url.startswith(("postgresql://", "postgres://")):
        return Database(_postgresql(url))
    raise StoreError("store.unknown_url", scheme=_beginning(url))  # what follows may hold a password


def sqlite_path(url: str) -> Path | None:
    """Return the file of a `sqlite:///path` URL, None for any other."""
    if not url.startswith("sqlite:///"):
        return None
    path = unquote(url.removeprefix("sqlite:///"))
    return None if path in ("", ":memory:") else Path(path)


def _sqlite(path: Path) -> Engine:
    def connect() -> Connection:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise sqlite3.OperationalError(str(error)) from error
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            _switch_to_wal(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection

    return Engine("sqlite", connect, "?", ("BEGIN",), ("BEGIN IMMEDIATE",), sqlite3.Error, lambda _: False)


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    # Two processes that create the file at once: SQLite answers «locked» here without waiting for the other.
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _is_lost(connection: psycopg.Connection) -> bool:
    return connection.closed  # the server was restarted while the connection was idle


def _beginning(url: str) -> str:
    return "".join(takewhile(lambda c: c.isalnum() or c in "+-._", url))


def _require_sound_address(url: str) -> None:
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:
        raise StoreError("store.bad_address") from None  # the driver would quote what may be a part of the password
    if any("@" in str(parts.get(name, "")) for name in ("host", "port", "dbname")):
        raise StoreError("store.bad_address")


def _postgresql(url: str) -> Engine:
    _require_sound_address(url)

    def connect() -> Connection:
        connection: Any = psycopg.connect(url, autocommit=True, connect_timeout=10)
        connected: Connection = connection
        return connected

    begin_writing = (
        "BEGIN",
        f"SET LOCAL lock_timeout = '{_BUSY_SECONDS}s'",
        f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})",
    )
    begin_reading = ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",)
    return Engine("postgresql", connect, "%s", begin_reading, begin_writing, psycopg.Error, _is_lost)
