"""Attempts to sign in, and the sessions that successful ones opened."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scorecard.domain.account import (
    FAILURE_SPAN,
    LOCK_LIFE,
    WHOLE_LIFE,
    Account,
    BrowserSession,
    SignInMethod,
    SignInOutcome,
    SignInRecord,
    locked_until,
)
from scorecard.store.accounts import ACCOUNT_COLUMNS, account_of, note
from scorecard.store.database import Database, Row, Session
from scorecard.store.records import EventKind
from scorecard.store.rows import moment, time_text

TOUCHED_EVERY = timedelta(minutes=5)
KEPT = timedelta(days=90)
KEPT_OF_NOBODY = timedelta(hours=1)

_SESSION_COLUMNS = (
    "sessions.token_hash, sessions.login, sessions.born_at, sessions.used_at, sessions.method,"
    " sessions.address, sessions.agent"
)
_ID_LENGTH = 16
_MATTERS = FAILURE_SPAN + LOCK_LIFE


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Where an attempt came from: network address and the browser's own name of itself, cut to what is kept."""

    address: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A password about to be looked at. When `locked_until` is set it must not be looked at.

    `locks`: if the password is wrong, this failure locks the login.
    """

    id: str
    login: str
    locked_until: datetime | None
    locks: bool = False


class SignIns:
    """Attempts and sessions. A token is never stored, only its SHA-256; nor is a login that nobody has."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, login: str, visitor: Visitor, at: datetime) -> Attempt:
        """Count an attempt as a failure before the password is looked at, so that many at once are no more than five.

        A locked login counts nothing, so that whoever goes on trying neither prolongs the lock nor fills the table.
        """
        with self._database.writing() as session:
            _forget(session, at)
            failures = _failures(session, login, at)
            locked = locked_until(failures, at)
            attempt = Attempt(
                id=_new_id(),
                login=login,
                locked_until=locked,
                locks=locked_until((*failures, at), at) is not None,
            )
            if locked is None:
                _remember(session, login, at, SignInOutcome.REFUSED, visitor, attempt.id)
        return attempt

    def refuse(self, attempt: Attempt, at: datetime) -> None:
        """Leave the attempt a failure; record the lock when it was the one too many on an account."""
        if not attempt.locks:
            return
        with self._database.writing() as session:
            if session.rows("SELECT 1 FROM accounts WHERE login = ?", (attempt.login,)):
                note(session, EventKind.ACCOUNT_LOCKED, attempt.login, attempt.login, at, {})

    def accept(self, attempt: Attempt) -> None:
        """Take the attempt back, and count none of the failures before it."""
        with self._database.writing() as session:
            session.run("DELETE FROM sign_ins WHERE id = ?", (attempt.id,))
            session.run("UPDATE sign_ins SET counts = 0 WHERE login_hash = ?", (_sha256(attempt.login),))

    def locks(self, at: datetime) -> Mapping[str, datetime]:
        """Return the logins of accounts that are locked, with the end of the lock."""
        with self._database.reading() as session:
            rows = session.rows(
                "SELECT login, at FROM sign_ins WHERE login IS NOT NULL AND counts = 1 AND at > ? ORDER BY at",
                (time_text(at - _MATTERS),),
            )
        failures: dict[str, list[datetime]] = {}
        for login, text in rows:
            failures.setdefault(login, []).append(moment(text))
        found = {login: locked_until(times, at) for login, times in failures.items()}
        return {login: end for login, end in found.items() if end is not None}

    def recent(self, limit: int) -> tuple[SignInRecord, ...]:
        """Return the last attempts that were refused or let in, newest first."""
        with self._database.reading() as session:
            rows = session.rows(
                "SELECT login, at, outcome, address FROM sign_ins ORDER BY at DESC, id LIMIT ?", (limit,)
            )
        return tuple(
            SignInRecord(login=login, at=moment(at), outcome=SignInOutcome(outcome), address=address)
            for login, at, outcome, address in rows
        )

    def open_session(self, login: str, method: SignInMethod, visitor: Visitor, at: datetime) -> str:
        """Open a session and return its token, which is not kept."""
        token = secrets.token_urlsafe(32)
        now = time_text(at)
        with self._database.writing() as session:
            session.run(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)",
                (_sha256(token), login, now, now, method.value, visitor.address, visitor.agent),
            )
            session.run("UPDATE accounts SET signed_in_at = ? WHERE login = ?", (now, login))
            _remember(session, login, at, SignInOutcome.SIGNED_IN, visitor)
        return token

    def who(self, token: str, at: datetime) -> Account | None:
        """Return who a token stands for, None when its session has ended, expired or never was.

        Notes that the session was used, at most every five minutes.
        """
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {_SESSION_COLUMNS}, {ACCOUNT_COLUMNS} FROM sessions"
                " JOIN accounts ON accounts.login = sessions.login WHERE token_hash = ?",
                (_sha256(token),),
            )
        if not rows:
            return None
        found, account = _session_of(rows[0][:7]), account_of(rows[0][7:])
        if account.disabled or not found.is_alive(at):
            return None
        if at - found.used_at >= TOUCHED_EVERY:
            with self._database.writing() as session:
                session.run("UPDATE sessions SET used_at = ? WHERE token_hash = ?", (time_text(at), _sha256(token)))
        # Whoever came by the province's sign-on has shown no password that should be changed.
        return replace(account, must_change_password=False) if found.method is SignInMethod.SIGN_ON else account

    def sessions(self, at: datetime) -> tuple[BrowserSession, ...]:
        """Return the sessions that are alive, the last used first."""
        with self._database.reading() as session:
            rows = session.rows(f"SELECT {_SESSION_COLUMNS} FROM sessions ORDER BY used_at DESC, token_hash")
        return tuple(found for found in map(_session_of, rows) if found.is_alive(at))

    def end_session(self, token: str) -> None:
        """End the session of a token, as its owner asks."""
        with self._database.writing() as session:
            session.run("DELETE FROM sessions WHERE token_hash = ?", (_sha256(token),))

    def end_sessions(self, login: str, by: str, at: datetime, only: str | None = None) -> int:
        """End the sessions of an account, or the one of that id, for somebody else; return how many."""
        condition = "login = ? AND (? = '' OR substr(token_hash, 1, ?) = ?)"
        parameters = (login, only or "", _ID_LENGTH, only or "")
        with self._database.writing() as session:
            count = len(session.rows(f"SELECT 1 FROM sessions WHERE {condition}", parameters))
            if count:
                session.run(f"DELETE FROM sessions WHERE {condition}", parameters)
                note(session, EventKind.ACCOUNT_SESSIONS_ENDED, login, by, at, {"count": str(count)})
        return count


def _remember(
    session: Session, login: str, at: datetime, outcome: SignInOutcome, visitor: Visitor, id: str | None = None
) -> None:
    known = bool(session.rows("SELECT 1 FROM accounts WHERE login = ?", (login,)))
    counts = int(outcome is SignInOutcome.REFUSED)
    row = (id or _new_id(), _sha256(login), login if known else None, time_text(at), outcome.value, counts)
    session.run("INSERT INTO sign_ins VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, visitor.address))


def _forget(session: Session, at: datetime) -> None:
    session.run("DELETE FROM sign_ins WHERE at < ?", (time_text(at - KEPT),))
    session.run("DELETE FROM sign_ins WHERE login IS NULL AND at < ?", (time_text(at - KEPT_OF_NOBODY),))
    session.run("DELETE FROM sessions WHERE born_at < ?", (time_text(at - WHOLE_LIFE),))


def _failures(session: Session, login: str, at: datetime) -> tuple[datetime, ...]:
    rows = session.rows(
        "SELECT at FROM sign_ins WHERE login_hash = ? AND counts = 1 AND at > ? ORDER BY at",
        (_sha256(login), time_text(at - _MATTERS)),
    )
    return tuple(moment(text) for (text,) in rows)


def _new_id() -> str:
    return secrets.token_hex(16)


def _session_of(row: Row) -> BrowserSession:
    token_hash, login, born_at, used_at, method, address, agent = row
    return BrowserSession(
        id=token_hash[:_ID_LENGTH],
        login=login,
        born_at=moment(born_at),
        used_at=moment(used_at),
        method=SignInMethod(method),
        address=address,
        agent=agent,
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
