import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from scorecard.ui import cache
from scorecard.ui.health import health
from tests.ui.requests import get

Ask = Callable[[], tuple[int, dict[str, object]]]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    monkeypatch.chdir(Path(__file__).parents[2])
    cache.settings.clear()
    cache.store.clear()

    def answer() -> tuple[int, dict[str, object]]:
        found = get(Starlette(routes=[Route("/suc-khoe", health)]), "/suc-khoe")
        return found.status, json.loads(found.text)

    yield answer
    cache.settings.clear()
    cache.store.clear()


def test_a_monitor_is_told_that_all_is_well_and_nothing_more(demo_database: Path, ask: Ask) -> None:
    assert ask() == (200, {"status": "ok"})


def test_a_monitor_is_told_when_the_store_cannot_be_read_and_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    (tmp_path / "broken.db").write_text("this is not a database" * 100)
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{tmp_path}/broken.db")
    assert ask() == (503, {"status": "unavailable"})
