"""What several areas test with: the real program with the real sample figures, on a database of its own."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.definitions import read_province
from scorecard.store import open_store
from scorecard.ui import cache
from scorecard.workflow.demo import prepare_demo
from scorecard.workflow.exchange import read_exchange
from scorecard.workflow.settings import ROOT

OpenApp = Callable[..., AppTest]


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample figures, to be copied, never to be written to."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    assert province is not None
    store = open_store(f"sqlite:///{path}")
    folder = ROOT / "data" / "sample"
    sample = read_exchange(folder / "thai-nguyen.csv", province)
    waiting = read_exchange(folder / "waiting" / "thai-nguyen.csv", province)
    prepare_demo(store, province, sample, datetime(2025, 10, 2, 17, tzinfo=UTC), "sample", waiting)
    store.close()
    return path


@pytest.fixture
def demo_database(demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo's database that a test may write to, and that the program opens."""
    path = tmp_path / "demo.db"
    shutil.copyfile(demo_template, path)
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{path}")
    return path


@pytest.fixture
def open_app(demo_database: Path) -> Iterator[OpenApp]:
    """Open the program as one of the demo's persons: `open_app("chair")`; nobody is chosen without a name."""

    def forget() -> None:
        for cached in (
            cache.settings,
            cache.store,
            cache.scoreboard,
            cache.ledger_units,
            cache.account_names,
            cache.desk,
            cache.completeness,
            cache.submissions,
            cache.edition_board,
            cache.live_board,
        ):
            cached.clear()

    forget()

    def open_as(person: str | None = None, **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in ({"vai": person} if person else {}).items() | address.items():
            app.query_params[name] = value
        return app.run()

    yield open_as
    forget()
