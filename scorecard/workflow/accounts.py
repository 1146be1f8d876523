"""Looking after accounts: who may have one, in which role and for which units. Never who someone really is."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import datetime

from scorecard.domain.access import AccessRefusedError, Permission, Person, Role, require
from scorecard.domain.account import (
    COMMAND_LINE,
    Account,
    AccountError,
    normal_login,
    require_good_password,
    require_sound,
)
from scorecard.store import EventKind, Store
from scorecard.workflow.passwords import first_password, hash_password
from scorecard.workflow.remark import tidy

OPERATOR = Person(COMMAND_LINE, COMMAND_LINE, Role.ADMINISTRATOR)
"""Whoever works at the command line; only they look after administrators."""


def initialise(store: Store, login: str, name: str, password: str, now: datetime) -> None:
    """Create the first administrator; AccountError when the store has accounts or holds the figures of the demo."""
    if store.holds(EventKind.DEMO_PREPARED):
        raise AccountError("accounts.a_demo")
    if store.accounts.exist():
        raise AccountError("accounts.initialised_before")
    account = Account(login=normal_login(login), name=tidy(name), role=Role.ADMINISTRATOR)
    require_sound(account)
    require_good_password(password, account.login)
    store.accounts.create(account, hash_password(password), OPERATOR.id, now)


def create_account(
    store: Store, actor: Person, account: Account, unit_codes: Container[str], now: datetime
) -> str | None:
    """Create an account and return the password to hand over once, None for one that only uses the sign-on.

    `unit_codes` are those of the province. Raises AccountError, and AccessRefusedError for an administrator who is
    not made at the command line.
    """
    created = replace(account, login=normal_login(account.login), name=tidy(account.name))
    _require_power(actor, created.role)
    _require_fit(created, unit_codes)
    if not created.has_password:
        store.accounts.create(created, None, actor.id, now)
        return None
    password = first_password()
    created = replace(created, must_change_password=True)
    store.accounts.create(created, hash_password(password), actor.id, now)
    return password


def set_role(
    store: Store,
    actor: Person,
    login: str,
    role: Role,
    units: frozenset[str],
    unit_codes: Container[str],
    now: datetime,
) -> None:
    """Give an account another role, with the units that go with it."""
    _require_power(actor, role)
    changed = replace(_found(store, actor, login), role=role, unit_codes=units)
    _require_fit(changed, unit_codes)
    _require_another_administrator(store, changed)
    store.accounts.change(changed, EventKind.ACCOUNT_CHANGED, actor.id, now)


def reset_password(store: Store, actor: Person, login: str, now: datetime) -> str:
    """Set a password to be handed over once and changed on first use; lift a lock, end all sessions."""
    account = _found(store, actor, login)
    password = first_password()
    store.accounts.set_password(account.login, hash_password(password), must_change=True, by=actor.id, at=now)
    return password


def disable(store: Store, actor: Person, login: str, now: datetime) -> None:
    """Let nobody in by this account any more and end its sessions; it stays, since the audit trail names it."""
    disabled = replace(_found(store, actor, login), disabled=True)
    _require_another_administrator(store, disabled)
    store.accounts.change(disabled, EventKind.ACCOUNT_DISABLED, actor.id, now)


def enable(store: Store, actor: Person, login: str, now: datetime) -> None:
    """Let the account in again."""
    account = replace(_found(store, actor, login), disabled=False)
    store.accounts.change(account, EventKind.ACCOUNT_ENABLED, actor.id, now)


def end_sessions(store: Store, actor: Person, login: str, now: datetime, session_id: str | None = None) -> int:
    """End the sessions of an account, or one of them; return how many there were."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    if store.accounts.find(login) is None:
        raise AccountError("accounts.no_such_login", login=login)
    return store.sign_ins.end_sessions(login, actor.id, now, session_id)


def _found(store: Store, actor: Person, login: str) -> Account:
    account = store.accounts.find(normal_login(login))
    if account is None:
        raise AccountError("accounts.no_such_login", login=login)
    _require_power(actor, account.role)
    return account


def _require_power(actor: Person, role: Role) -> None:
    require(actor, Permission.MANAGE_ACCOUNTS)
    if role is Role.ADMINISTRATOR and actor != OPERATOR:
        raise AccessRefusedError("access.administrators_by_command_line")


def _require_fit(account: Account, unit_codes: Container[str]) -> None:
    require_sound(account)
    unknown = sorted(code for code in account.unit_codes if code not in unit_codes)
    if unknown:
        raise AccountError("accounts.unknown_unit", unit=", ".join(unknown))


def _require_another_administrator(store: Store, changed: Account) -> None:
    def keeps(account: Account) -> bool:
        return account.role is Role.ADMINISTRATOR and not account.disabled

    if not keeps(changed) and not any(keeps(each) for each in store.accounts.all() if each.login != changed.login):
        raise AccountError("accounts.last_administrator", login=changed.login)
