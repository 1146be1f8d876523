"""What several areas test with: the real program with the real sample figures, on a database of its own."""

import functools
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from inspect import signature
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.caching.cache_utils import CachedFunc
from streamlit.testing.v1 import AppTest

from scorecard.definitions import read_province
from scorecard.store import open_store
from scorecard.ui import cache
from scorecard.workflow.demo import prepare_demo
from scorecard.workflow.exchange import read_exchange
from scorecard.workflow.settings import ROOT

OpenApp = Callable[..., AppTest]


# AppTest looks through every installed package for components, each time anew.
manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)


def fill_demo(path: Path, *, waiting: bool = True) -> None:
    """Make a database with the sample figures, and with returns that wait for approval unless told otherwise."""
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    assert province is not None
    store = open_store(f"sqlite:///{path}")
    folder, name = ROOT / "data" / "sample", "thai-nguyen.csv"
    sample = read_exchange(folder / name, province)
    later = read_exchange(folder / "waiting" / name, province) if waiting else None
    prepare_demo(store, province, sample, datetime(2025, 10, 2, 17, tzinfo=UTC), "sample", later)
    store.close()


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample figures, to be copied, never to be written to."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    fill_demo(path)
    return path


@pytest.fixture
def demo_database(demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo's database that a test may write to, and that the program opens."""
    path = tmp_path / "demo.db"
    shutil.copyfile(demo_template, path)
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{path}")
    return path


def versions(database: Path) -> dict[str, int]:
    """Return the versions that caches go by: the last event, and the last that put figures in force."""
    with closing(sqlite3.connect(database)) as connection:
        ((last, last_approval),) = connection.execute(
            "SELECT (SELECT max(id) FROM events), (SELECT max(event) FROM approvals)"
        )
    return {"data_version": last, "figures_version": last_approval}


def forget(*still_true: str) -> None:
    """Empty every cache but those whose first argument, the version that they go by, is still that of the sample."""
    for cached in vars(cache).values():
        if isinstance(cached, CachedFunc) and next(iter(signature(cached).parameters), "") not in still_true:
            cached.clear()


@pytest.fixture
def open_app(demo_template: Path, demo_database: Path) -> Iterator[OpenApp]:
    """Open the program as one of the demo's persons: `open_app("chair")`; nobody is chosen without a name.

    What was worked out from the sample as it is stays for the next test, unless this one wrote or opened another store.
    """
    shown = os.environ["SCORECARD_DATABASE_URL"]
    forget(*versions(demo_template))

    def open_as(person: str | None = None, **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in ({"vai": person} if person else {}).items() | address.items():
            app.query_params[name] = value
        return app.run()

    yield open_as
    same_store = os.environ["SCORECARD_DATABASE_URL"] == shown
    forget(*dict(versions(demo_database).items() & versions(demo_template).items() if same_store else ()))
