"""Opening a store: where it lies, and whether its tables are there."""

from __future__ import annotations

from datetime import UTC, datetime

from scorecard.store.database import open_database, sqlite_path
from scorecard.store.migrations import migrate
from scorecard.store.rows import time_text
from scorecard.store.store import Store


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
