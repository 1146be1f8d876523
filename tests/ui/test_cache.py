from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.definitions import read_province
from scorecard.domain.access import Person, Role
from scorecard.domain.period import Month
from scorecard.store import open_store
from scorecard.ui import cache
from scorecard.workflow.exchange import read_exchange
from scorecard.workflow.importing import import_figures
from scorecard.workflow.settings import ROOT, read_settings

OpenApp = Callable[..., AppTest]
SEPTEMBER = Month.parse("2025-09").index


def test_a_figure_written_by_another_process_is_on_the_next_page(open_app: OpenApp, demo_database: Path) -> None:
    app = open_app("chair")
    assert "75/76" in " ".join(element.value for element in app.markdown)
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    assert province is not None
    row = b"period,unit,element,value,state,note\n2025-09,van-phong-ubnd,essential_services_online,76,,test\n"
    administrator = Person("test", "test", Role.ADMINISTRATOR)
    now = datetime(2025, 10, 3, tzinfo=UTC)
    store = open_store(f"sqlite:///{demo_database}")
    import_figures(store, province, administrator, read_exchange(row, province), now, "test")
    store.close()
    assert "76/76" in " ".join(element.value for element in app.run().markdown)


def test_a_scoreboard_is_made_once_per_version_of_data_and_definitions(demo_database: Path) -> None:
    cache.scoreboard.clear()
    province = cache.province(read_settings({}))
    store = open_store(f"sqlite:///{demo_database}")
    first = cache.scoreboard(1, "a", SEPTEMBER, "kh-222-2024", _store=store, _province=province)
    store.close()
    again = cache.scoreboard(1, "a", SEPTEMBER, "kh-222-2024", _store=None, _province=province)
    assert again.equals(first)
    for version, digest in ((2, "a"), (1, "b")):
        with pytest.raises(AttributeError):
            cache.scoreboard(version, digest, SEPTEMBER, "kh-222-2024", _store=None, _province=province)
