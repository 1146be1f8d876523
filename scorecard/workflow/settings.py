"""How this copy of the program is set up; the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VIETNAM = timezone(timedelta(hours=7))
DEMO_TODAY = date(2025, 10, 3)


class Mode(StrEnum):
    """Demo: sample figures, roles to pick, this machine only. Production: real figures, accounts."""

    DEMO = "demo"
    PRODUCTION = "production"


class SettingsError(Exception):
    """The program may not start like this; `reason` is a key of the text file, with its parameters."""

    def __init__(self, reason: str, **parameters: str) -> None:
        super().__init__(f"{reason} {parameters}")
        self.reason = reason
        self.parameters = parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says; `demo_today` is the day that the demo pretends it is."""

    mode: Mode
    database_url: str
    targets: Path
    demo_today: date = DEMO_TODAY

    def now(self, clock: datetime) -> datetime:
        """Return the moment at which something is recorded, in Vietnamese time: in demo mode on the demo's day."""
        local = clock.astimezone(VIETNAM)
        return datetime.combine(self.demo_today, local.timetz()) if self.mode is Mode.DEMO else local

    def today(self, clock: datetime) -> date:
        """Return the day it is in Việt Nam, or the day that the demo pretends it is."""
        return self.now(clock).date()


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read SCORECARD_MODE, SCORECARD_DATABASE_URL and SCORECARD_TARGETS; each has a default for the demo.

    Raises SettingsError for a mode that does not exist.
    """
    name = environment.get("SCORECARD_MODE") or Mode.DEMO.value
    if name not in set(Mode):
        raise SettingsError("settings.unknown_mode", mode=name)
    mode = Mode(name)
    file = ROOT / "data" / ("demo.db" if mode is Mode.DEMO else "scorecard.db")
    return Settings(
        mode=mode,
        database_url=environment.get("SCORECARD_DATABASE_URL") or f"sqlite:///{file}",
        targets=Path(environment.get("SCORECARD_TARGETS") or ROOT / "targets"),
    )


def environment_of(settings: Settings, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment in which another process of the program reads these settings."""
    return {
        **environment,
        "SCORECARD_MODE": settings.mode.value,
        "SCORECARD_DATABASE_URL": settings.database_url,
        "SCORECARD_TARGETS": str(settings.targets),
    }


def require_startable(settings: Settings, address: str | None) -> None:
    """Raise SettingsError unless the program may start, listening on this address (None: on all).

    Production needs accounts, which this version does not have. The demo has no passwords, so it listens on this
    machine only.
    """
    if settings.mode is Mode.PRODUCTION:
        raise SettingsError("settings.no_accounts")
    if not _is_loopback(address):
        raise SettingsError("settings.demo_is_local", address=address or "0.0.0.0")  # noqa: S104 - named, not bound


def _is_loopback(address: str | None) -> bool:
    if address == "localhost":
        return True
    try:
        return address is not None and ip_address(address).is_loopback
    except ValueError:
        return False
