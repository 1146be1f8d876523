"""A real store for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scorecard.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'figures.db'}")
    yield opened
    opened.close()
