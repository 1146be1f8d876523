"""Accounts: rows that change, each change with its event in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from scorecard.domain.access import Role
from scorecard.domain.account import Account, AccountError
from scorecard.store.database import Database, Row, Session
from scorecard.store.ledger import write
from scorecard.store.records import Batch, EventKind
from scorecard.store.rows import moment

ACCOUNT_COLUMNS = (
    "accounts.login, accounts.name, accounts.role, accounts.units, accounts.disabled, accounts.password_hash,"
    " accounts.must_change_password, accounts.subject, accounts.signed_in_at"
)


class Accounts:
    """Who may sign in. `by` is the login of who changes something, or «command-line»; no event holds a secret."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Account, ...]:
        """Return every account by login, disabled ones included."""
        with self._database.reading() as session:
            return tuple(account_of(row) for row in _rows(session, "1 = 1 ORDER BY login"))

    def exist(self) -> bool:
        """Say whether there is any account."""
        with self._database.reading() as session:
            return bool(session.rows("SELECT 1 FROM accounts LIMIT 1"))

    def find(self, login: str) -> Account | None:
        """Return an account, None when there is none of that login."""
        with self._database.reading() as session:
            return _first(_rows(session, "login = ?", login))

    def of_subject(self, subject: str) -> Account | None:
        """Return the account that is this subject at the province's sign-on."""
        with self._database.reading() as session:
            return _first(_rows(session, "subject = ?", subject))

    def password_hash(self, login: str) -> str | None:
        """Return the hash of the password, None when there is no such account or it has no password."""
        with self._database.reading() as session:
            rows = session.rows("SELECT password_hash FROM accounts WHERE login = ?", (login,))
        return rows[0][0] if rows else None

    def create(self, account: Account, password_hash: str | None, by: str, at: datetime) -> None:
        """Add an account; AccountError when the login is taken."""
        with self._database.writing() as session:
            if _rows(session, "login = ?", account.login):
                raise AccountError("accounts.login_taken", login=account.login)
            session.run(
                "INSERT INTO accounts (login, name, role, units, disabled, password_hash, must_change_password,"
                " subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (account.login, *_content(account), password_hash, int(account.must_change_password), account.subject),
            )
            note(session, EventKind.ACCOUNT_CREATED, account.login, by, at, _details(account))

    def change(self, account: Account, kind: EventKind, by: str, at: datetime) -> None:
        """Set name, role, units, subject and whether it is disabled; sessions of a disabled account end."""
        with self._database.writing() as session:
            session.run(
                "UPDATE accounts SET name = ?, role = ?, units = ?, disabled = ?, subject = ? WHERE login = ?",
                (*_content(account), account.subject, account.login),
            )
            if account.disabled:
                session.run("DELETE FROM sessions WHERE login = ?", (account.login,))
            note(session, kind, account.login, by, at, _details(account))

    def set_password(self, login: str, password_hash: str, *, must_change: bool, by: str, at: datetime) -> None:
        """Set the password, end every session of the account and lift its lock."""
        with self._database.writing() as session:
            session.run(
                "UPDATE accounts SET password_hash = ?, must_change_password = ? WHERE login = ?",
                (password_hash, int(must_change), login),
            )
            session.run("DELETE FROM sessions WHERE login = ?", (login,))
            session.run("UPDATE sign_ins SET counts = 0 WHERE login = ?", (login,))
            note(session, EventKind.ACCOUNT_PASSWORD_SET, login, by, at, {})


def account_of(row: Row) -> Account:
    """Make an account of the values of ACCOUNT_COLUMNS."""
    login, name, role, units, disabled, password_hash, must_change, subject, signed_in_at = row
    return Account(
        login=login,
        name=name,
        role=Role(role),
        unit_codes=frozenset(units.split()),
        disabled=bool(disabled),
        has_password=password_hash is not None,
        must_change_password=bool(must_change),
        subject=subject,
        signed_in_at=moment(signed_in_at) if signed_in_at else None,
    )


def note(session: Session, kind: EventKind, login: str, by: str, at: datetime, details: Mapping[str, str]) -> None:
    """Append the event of a change to an account; it belongs to no province."""
    write(session, Batch(kind=kind, province_id="", person_id=by, at=at, details={"login": login, **details}))


def _rows(session: Session, condition: str, *parameters: object) -> list[Row]:
    return session.rows(f"SELECT {ACCOUNT_COLUMNS} FROM accounts WHERE {condition}", parameters)


def _first(rows: list[Row]) -> Account | None:
    return account_of(rows[0]) if rows else None


def _content(account: Account) -> Row:
    return account.name, account.role.value, _units(account), int(account.disabled)


def _units(account: Account) -> str:
    return " ".join(sorted(account.unit_codes))


def _details(account: Account) -> dict[str, str]:
    details = {"name": account.name, "role": account.role.value, "units": _units(account)}
    return details | ({"subject": account.subject} if account.subject else {})
