from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scorecard.workflow.settings import (
    ROOT,
    Mode,
    Settings,
    SettingsError,
    SignOn,
    environment_of,
    read_settings,
    require_startable,
)

_DEMO = Settings(mode=Mode.DEMO, database_url="sqlite:///x.db", targets=Path("targets"))
_PRODUCTION = Settings(
    mode=Mode.PRODUCTION,
    database_url="sqlite:///x.db",
    targets=Path("targets"),
    public_url="https://chitieu.example.vn",
    secret="qX7v-Zr2LkT9mPw4_hYbN8sUe3JcG6aDfR1oWiE5tVx0",
)
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


@pytest.mark.parametrize(
    "secret",
    [
        "changeme",
        "x" * 64,
        "ab" * 40,
        "secret" * 10,
        "0123456789ghijklmnopqrstuvwxyzghijklm",
        "Scorecard-x8Gq2Lr5Tz7Wb9Nd4Kf-Scorecard",
        "x8Gq2Lr5Tz7Wb9Nd4KfH3Jm6Pv1Yc0S",
    ],
)
def test_production_does_not_start_with_a_default_or_easy_secret(secret: str) -> None:
    assert _refusal(replace(_PRODUCTION, secret=secret)) == "settings.weak_secret"


def test_production_does_not_start_without_a_secret() -> None:
    assert _refusal(replace(_PRODUCTION, secret="")) == "settings.no_secret"


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", None])  # noqa: S104
def test_production_with_all_it_needs_may_listen_anywhere(address: str | None) -> None:
    require_startable(_PRODUCTION, address)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "settings.no_public_url"),
        ("http://chitieu.example.vn", "settings.public_url_needs_https"),
        ("http://192.168.1.5:8501", "settings.public_url_needs_https"),
        ("chitieu.example.vn", "settings.bad_public_url"),
        ("https://chitieu.example.vn/app", "settings.bad_public_url"),
        ("ftp://chitieu.example.vn", "settings.bad_public_url"),
    ],
)
def test_production_needs_the_address_that_people_type_encrypted(url: str, reason: str) -> None:
    assert _refusal(replace(_PRODUCTION, public_url=url)) == reason


@pytest.mark.parametrize("url", ["https://chitieu.example.vn", "http://127.0.0.1:8501", "http://localhost:8501"])
def test_an_encrypted_address_or_this_machine_will_do(url: str) -> None:
    require_startable(replace(_PRODUCTION, public_url=url), None)


def test_the_sign_on_is_set_whole_or_not_at_all() -> None:
    whole = {
        "SCORECARD_OIDC_ISSUER": "https://sso.example.vn/realms/tinh/",
        "SCORECARD_OIDC_CLIENT_ID": "chitieu",
        "SCORECARD_OIDC_CLIENT_SECRET": "s3",
    }
    assert read_settings(whole).sign_on == SignOn(
        issuer="https://sso.example.vn/realms/tinh", client_id="chitieu", client_secret="s3"
    )
    with pytest.raises(SettingsError) as refusal:
        read_settings(dict(list(whole.items())[:2]))
    assert refusal.value.parameters == {"missing": "SCORECARD_OIDC_CLIENT_SECRET"}
    assert read_settings({}).sign_on is None


def test_the_sign_on_must_be_encrypted_too() -> None:
    provider = SignOn(issuer="http://sso.example.vn", client_id="x", client_secret="y")
    assert _refusal(replace(_PRODUCTION, sign_on=provider)) == "settings.issuer_needs_https"


def test_secrets_do_not_appear_where_settings_are_printed() -> None:
    provider = SignOn(issuer="https://sso.example.vn", client_id="x", client_secret="hidden-too")
    printed = repr(replace(_PRODUCTION, sign_on=provider))
    assert _PRODUCTION.secret not in printed
    assert "hidden-too" not in printed


def _refusal(settings: Settings) -> str:
    with pytest.raises(SettingsError) as refusal:
        require_startable(settings, "127.0.0.1")
    return refusal.value.reason


def test_in_the_demo_it_is_always_the_third_of_october() -> None:
    assert _DEMO.today(_CLOCK) == date(2025, 10, 3)
    assert _DEMO.now(_CLOCK).isoformat() == "2025-10-03T01:30:00+07:00"


def test_in_production_the_day_is_that_of_viet_nam() -> None:
    assert _PRODUCTION.today(_CLOCK) == date(2026, 11, 23)
    assert _PRODUCTION.now(_CLOCK) == _CLOCK
