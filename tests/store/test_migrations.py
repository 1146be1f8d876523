"""Tables appear once, whole, and whoever starts first."""

import subprocess
import sys
from pathlib import Path

import pytest

from scorecard.store import open_store
from scorecard.store.database import Session, open_database
from scorecard.store.errors import StoreError
from scorecard.store.migrations import MIGRATIONS, migrate

_ROOT = Path(__file__).parents[2]
_AT = "2025-10-03T08:00:00.000000Z"


def _applied(url: str) -> list[tuple[int, str]]:
    database = open_database(url)
    with database.reading() as session:
        found = session.rows("SELECT position, name FROM schema_migrations ORDER BY position")
    database.close()
    return found


def test_every_migration_is_recorded_once_in_order(url: str) -> None:
    for _ in range(2):
        open_store(url).close()
    assert _applied(url) == list(enumerate((migration.__name__ for migration in MIGRATIONS), start=1))


def test_a_failing_migration_leaves_nothing_behind(url: str) -> None:
    def create_half(session: Session) -> None:
        session.run("CREATE TABLE half (id BIGINT)")
        raise RuntimeError("power cut")

    def create_whole(session: Session) -> None:
        session.run("CREATE TABLE half (id BIGINT)")

    create_whole.__name__ = "create_half"
    database = open_database(url)
    with pytest.raises(RuntimeError):
        migrate(database, (create_half,), at=_AT)
    migrate(database, (create_whole,), at=_AT)
    with database.reading() as session:
        assert session.rows("SELECT count(*) FROM half") == [(0,)]
    database.close()
    assert _applied(url) == [(1, "create_half")]


def test_a_database_of_a_newer_version_is_refused(url: str) -> None:
    def from_the_future(session: Session) -> None:
        session.run("CREATE TABLE future (id BIGINT)")

    database = open_database(url)
    migrate(database, (*MIGRATIONS, from_the_future), at=_AT)
    database.close()
    with pytest.raises(StoreError) as refusal:
        open_store(url)
    assert refusal.value.reason == "store.newer_version"
    assert refusal.value.parameters == {"migrations": "from_the_future"}


def test_several_processes_can_start_at_once(url: str) -> None:
    program = "import sys; from scorecard.store import open_store; open_store(sys.argv[1]).close()"
    starts = [subprocess.Popen([sys.executable, "-c", program, url], cwd=_ROOT) for _ in range(4)]
    assert [start.wait(timeout=60) for start in starts] == [0, 0, 0, 0]
    assert len(_applied(url)) == len(MIGRATIONS)
