"""How this copy of the program is set up; the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
VIETNAM = timezone(timedelta(hours=7))
DEMO_TODAY = date(2025, 10, 3)
SHORTEST_SECRET = 32
_LEAST_DIFFERENT_LETTERS = 12
_EXAMPLES = ("change", "secret", "example", "password", "default", "scorecard", "matkhau", "0123456789", "abcdef")


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
class SignOn:
    """The province's OpenID Connect provider; `login_claim` is the claim that holds the login of an account."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    login_claim: str = "preferred_username"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says; `demo_today` is the day that the demo pretends it is.

    `public_url` is the address that people type, without a path: links, cookies and the check of where a request
    comes from follow it. `secret` signs what a browser keeps for the program.
    """

    mode: Mode
    database_url: str
    targets: Path
    province_id: str = "thai-nguyen"
    public_url: str = ""
    secret: str = field(default="", repr=False)
    sign_on: SignOn | None = None
    demo_today: date = DEMO_TODAY

    @property
    def is_secure(self) -> bool:
        """Say whether people reach the program over https."""
        return self.public_url.startswith("https://")

    def now(self, clock: datetime) -> datetime:
        """Return the moment at which something is recorded, in Vietnamese time: in demo mode on the demo's day."""
        local = clock.astimezone(VIETNAM)
        return datetime.combine(self.demo_today, local.timetz()) if self.mode is Mode.DEMO else local

    def today(self, clock: datetime) -> date:
        """Return the day it is in Việt Nam, or the day that the demo pretends it is."""
        return self.now(clock).date()


def read_settings(environment: Mapping[str, str] = os.environ, mode: Mode | None = None) -> Settings:
    """Read the variables that docs/operations.md lists; the demo needs none. A `mode` given goes before SCORECARD_MODE.

    Raises SettingsError for a mode that does not exist, or half of what the sign-on needs.
    """
    name = mode or environment.get("SCORECARD_MODE") or Mode.DEMO.value
    if name not in set(Mode):
        raise SettingsError("settings.unknown_mode", mode=name)
    file = ROOT / "data" / ("demo.db" if name == Mode.DEMO else "scorecard.db")
    return Settings(
        mode=Mode(name),
        database_url=environment.get("SCORECARD_DATABASE_URL") or f"sqlite:///{file}",
        targets=Path(environment.get("SCORECARD_TARGETS") or ROOT / "targets"),
        province_id=environment.get("SCORECARD_PROVINCE") or "thai-nguyen",
        public_url=(environment.get("SCORECARD_PUBLIC_URL") or "").strip().rstrip("/").lower(),
        secret=environment.get("SCORECARD_SECRET") or "",
        sign_on=_sign_on(environment),
    )


def _sign_on(environment: Mapping[str, str]) -> SignOn | None:
    needed = ("SCORECARD_OIDC_ISSUER", "SCORECARD_OIDC_CLIENT_ID", "SCORECARD_OIDC_CLIENT_SECRET")
    missing = [name for name in needed if not environment.get(name)]
    if len(missing) == len(needed):
        return None
    if missing:
        raise SettingsError("settings.sign_on_incomplete", missing=", ".join(missing))
    issuer, client_id, client_secret = (environment[name] for name in needed)
    return SignOn(
        issuer=issuer.rstrip("/"),
        client_id=client_id,
        client_secret=client_secret,
        login_claim=environment.get("SCORECARD_OIDC_LOGIN_CLAIM") or "preferred_username",
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

    The demo has no passwords, so it listens on this machine only. Production needs a secret of its own and the
    address that people type, over https unless it is this machine.
    """
    if settings.mode is Mode.PRODUCTION:
        _require_secret(settings.secret)
        _require_public_url(settings.public_url)
        if settings.sign_on:
            _require_safe_issuer(settings.sign_on.issuer)
    elif not is_loopback(address):
        raise SettingsError("settings.demo_is_local", address=address or "0.0.0.0")  # noqa: S104 - named, not bound


def _require_secret(secret: str) -> None:
    if not secret:
        raise SettingsError("settings.no_secret")
    different = len(set(secret))
    looks_made_up = any(word in secret.lower() for word in _EXAMPLES)
    if len(secret) < SHORTEST_SECRET or different < _LEAST_DIFFERENT_LETTERS or looks_made_up:
        raise SettingsError("settings.weak_secret", least=str(SHORTEST_SECRET))


def _require_public_url(url: str) -> None:
    if not url:
        raise SettingsError("settings.no_public_url")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or f"{parts.scheme}://{parts.netloc}" != url:
        raise SettingsError("settings.bad_public_url", url=url)
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise SettingsError("settings.public_url_needs_https", url=url)


def _require_safe_issuer(issuer: str) -> None:
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise SettingsError("settings.issuer_needs_https", issuer=issuer)


def is_loopback(address: str | None) -> bool:
    """Say whether an address or host name is this machine."""
    if address == "localhost":
        return True
    try:
        return address is not None and ip_address(address).is_loopback
    except ValueError:
        return False
