"""Accounts and sessions: what they are, and the rules for logins, passwords, locks and how long a session lives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scorecard.domain.access import UNIT_BOUND_ROLES, Person, Role

IDLE_LIFE = timedelta(hours=8)
"""A session that nobody used for so long has ended."""
WHOLE_LIFE = timedelta(hours=12)
"""A session has ended so long after the sign-in, however much it was used."""
MOST_FAILURES = 5
FAILURE_SPAN = timedelta(minutes=15)
LOCK_LIFE = timedelta(minutes=15)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200

_LEAST_BESIDE_LOGIN = 8
_LEAST_DIFFERENT_LETTERS = 5

COMMAND_LINE = "command-line"
"""Who acts when somebody works at the command line; no account has this login."""

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who may sign in. The login never changes and is never used again: it stands in the audit trail.

    `subject` is who this is at the province's sign-on, None until the first sign-on; an account may have both a
    password and a subject. `signed_in_at` (UTC) is the last time, None for never.
    """

    login: str
    name: str
    role: Role
    unit_codes: frozenset[str] = frozenset()
    disabled: bool = False
    has_password: bool = True
    must_change_password: bool = False
    subject: str | None = None
    signed_in_at: datetime | None = None

    @property
    def person(self) -> Person:
        """Who this account acts as."""
        return Person(self.login, self.name, self.role, self.unit_codes)


class SignInMethod(StrEnum):
    """How somebody showed who they are."""

    PASSWORD = "password"  # noqa: S105 - a word, not a secret
    SIGN_ON = "sign_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserSession:
    """One signed-in browser. `id` names it and opens nothing; all moments are UTC."""

    id: str
    login: str
    born_at: datetime
    used_at: datetime
    method: SignInMethod
    address: str
    agent: str

    def is_alive(self, now: datetime) -> bool:
        """Say whether it still counts; at its last moment it no longer does."""
        return now < self.used_at + IDLE_LIFE and now < self.born_at + WHOLE_LIFE


class SignInOutcome(StrEnum):
    """What became of an attempt."""

    REFUSED = "refused"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRecord:
    """One attempt as it is remembered; `login` is None when nobody has that login."""

    login: str | None
    at: datetime
    outcome: SignInOutcome
    address: str


class AccountError(Exception):
    """An account cannot be as asked; `reason` is a key of the text file, with its parameters."""

    def __init__(self, reason: str, **parameters: object) -> None:
        super().__init__(f"{reason} {parameters}")
        self.reason = reason
        self.parameters = parameters


def normal_login(typed: str) -> str:
    """Return a login as it is kept: without surrounding space, in small letters."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def normal_password(typed: str) -> str:
    """Return a password as it is hashed: the same letters whether a keyboard composes accents or not."""
    return unicodedata.normalize("NFC", typed)


def require_sound(account: Account) -> None:
    """Raise AccountError for a login that cannot be typed safely, no name, or units that do not fit the role."""
    if not _LOGIN.fullmatch(account.login) or account.login == COMMAND_LINE:
        raise AccountError("accounts.bad_login", login=account.login)
    if not account.name.strip():
        raise AccountError("accounts.no_name")
    if account.role in UNIT_BOUND_ROLES and not account.unit_codes:
        raise AccountError("accounts.needs_units", role=account.role.value)
    if account.role not in UNIT_BOUND_ROLES and account.unit_codes:
        raise AccountError("accounts.takes_no_units", role=account.role.value)


def require_good_password(password: str, login: str) -> None:
    """Raise AccountError unless the password has 12 to 200 characters, 5 different ones, 8 of them beside the login."""
    kept = normal_password(password)
    if len(kept) < SHORTEST_PASSWORD:
        raise AccountError("accounts.short_password", least=SHORTEST_PASSWORD)
    if len(kept) > LONGEST_PASSWORD:
        raise AccountError("accounts.long_password", most=LONGEST_PASSWORD)
    own = kept.casefold().replace(login, "")
    if len(own) < _LEAST_BESIDE_LOGIN or len(set(kept)) < _LEAST_DIFFERENT_LETTERS:
        raise AccountError("accounts.easy_password")


def locked_until(failures: Sequence[datetime], now: datetime) -> datetime | None:
    """Return the end of the lock that failures (ascending) put on a login, None when it is not locked.

    Five failures in less than 15 minutes lock for 15 minutes from the fifth; at that moment the lock is gone.
    """
    starts = (
        last
        for first, last in zip(failures, failures[MOST_FAILURES - 1 :], strict=False)
        if last - first < FAILURE_SPAN and last + LOCK_LIFE > now
    )
    latest = max(starts, default=None)
    return None if latest is None else latest + LOCK_LIFE
