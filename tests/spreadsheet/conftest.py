"""An office with a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scorecard.store import open_store
from tests.spreadsheet.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store = open_store(f"sqlite:///{tmp_path / 'figures.db'}")
    yield Office(store)
    store.close()
