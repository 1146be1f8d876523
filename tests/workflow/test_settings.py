from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scorecard.workflow.settings import (
    ROOT,
    Mode,
    Settings,
    SettingsError,
    environment_of,
    read_settings,
    require_startable,
)

_DEMO = Settings(mode=Mode.DEMO, database_url="sqlite:///x.db", targets=Path("targets"))
_PRODUCTION = Settings(mode=Mode.PRODUCTION, database_url="sqlite:///x.db", targets=Path("targets"))
_CLOCK = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # 01:30 of the 23rd in Việt Nam


def test_without_any_setting_it_is_the_demo() -> None:
    assert read_settings({}) == Settings(
        mode=Mode.DEMO,
        database_url=f"sqlite:///{ROOT}/data/demo.db",
        targets=ROOT / "targets",
        demo_today=date(2025, 10, 3),
    )


def test_production_has_a_database_of_its_own() -> None:
    assert read_settings({"SCORECARD_MODE": "production"}).database_url == f"sqlite:///{ROOT}/data/scorecard.db"


def test_every_setting_is_handed_to_the_next_process() -> None:
    given = {
        "SCORECARD_MODE": "production",
        "SCORECARD_DATABASE_URL": "postgresql://db/scorecard",
        "SCORECARD_TARGETS": "elsewhere",
    }
    assert environment_of(read_settings(given), {"PATH": "/bin"}) == given | {"PATH": "/bin"}


def test_a_mode_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SettingsError) as refusal:
        read_settings({"SCORECARD_MODE": "prod"})
    assert (refusal.value.reason, refusal.value.parameters) == ("settings.unknown_mode", {"mode": "prod"})


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "localhost", "::1"])
def test_the_demo_starts_on_this_machine(address: str) -> None:
    require_startable(_DEMO, address)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.5", "demo.example.vn"])  # noqa: S104
def test_the_demo_refuses_to_be_reached_from_elsewhere(address: str | None) -> None:
    with pytest.raises(SettingsError) as refusal:
        require_startable(_DEMO, address)
    assert refusal.value.reason == "settings.demo_is_local"


def test_production_does_not_start_without_accounts() -> None:
    with pytest.raises(SettingsError) as refusal:
        require_startable(_PRODUCTION, "127.0.0.1")
    assert refusal.value.reason == "settings.no_accounts"


def test_in_the_demo_it_is_always_the_third_of_october() -> None:
    assert _DEMO.today(_CLOCK) == date(2025, 10, 3)
    assert _DEMO.now(_CLOCK).isoformat() == "2025-10-03T01:30:00+07:00"


def test_in_production_the_day_is_that_of_viet_nam() -> None:
    assert _PRODUCTION.today(_CLOCK) == date(2026, 11, 23)
    assert _PRODUCTION.now(_CLOCK) == _CLOCK
