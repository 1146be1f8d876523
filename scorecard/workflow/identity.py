"""Signing in and out: who somebody is, shown by a password or by the province's sign-on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scorecard.domain.account import (
    LOCK_LIFE,
    Account,
    AccountError,
    SignInMethod,
    normal_login,
    normal_password,
    require_good_password,
)
from scorecard.store import Attempt, EventKind, Store, Visitor
from scorecard.workflow import passwords

_LONGEST_LOGIN = 200


class SignInRefusedError(Exception):
    """Somebody is not let in; `reason` is a key of the text file, `until` the end of a lock (UTC)."""

    def __init__(self, reason: str, until: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.until = until


def sign_in(store: Store, login: str, password: str, visitor: Visitor, now: datetime) -> str:
    """Return the token of a new session, or raise SignInRefusedError.

    Nothing tells whether the login exists: an unknown one costs the same work, gets the same words, and is locked
    after the same five failures. Only who knows the password hears that the account is disabled.
    """
    name = normal_login(login)[:_LONGEST_LOGIN]
    _check(store, name, password, visitor, now, "sign_in.wrong")
    account = store.accounts.find(name)
    if account is None or account.disabled:
        raise SignInRefusedError("sign_in.disabled")
    return store.sign_ins.open_session(name, SignInMethod.PASSWORD, visitor, now)


def sign_on(store: Store, subject: str, login: str, visitor: Visitor, now: datetime) -> str:
    """Return the token of a new session for who the province's provider says this is, or raise SignInRefusedError.

    The account was made beforehand. Its first sign-on binds it to the subject; from then on only the subject
    counts, because a provider may give a name to somebody else.
    """
    account = store.accounts.of_subject(subject) or _unbound(store, normal_login(login))
    if account is None:
        raise SignInRefusedError("sign_in.no_account")
    if account.disabled:
        raise SignInRefusedError("sign_in.disabled")
    if account.subject is None:
        bound = replace(account, subject=subject)
        store.accounts.change(bound, EventKind.ACCOUNT_CHANGED, account.login, now)
    return store.sign_ins.open_session(account.login, SignInMethod.SIGN_ON, visitor, now)


def change_password(store: Store, token: str, old: str, new: str, visitor: Visitor, now: datetime) -> str:
    """Set another password, end all sessions of the account and return the token of a new one.

    Raises SignInRefusedError when the session has ended or the old password is wrong (which counts as a failure),
    AccountError when the new one will not do.
    """
    account = store.sign_ins.who(token, now)
    if account is None:
        raise SignInRefusedError("sign_in.ended")
    require_good_password(new, account.login)
    if normal_password(new) == normal_password(old):
        raise AccountError("accounts.same_password")
    _check(store, account.login, old, visitor, now, "sign_in.wrong_old")
    hashed = passwords.hash_password(new)
    store.accounts.set_password(account.login, hashed, must_change=False, by=account.login, at=now)
    return store.sign_ins.open_session(account.login, SignInMethod.PASSWORD, visitor, now)


def _unbound(store: Store, login: str) -> Account | None:
    account = store.accounts.find(login)
    return account if account and account.subject is None else None


def _check(store: Store, login: str, password: str, visitor: Visitor, now: datetime, wrong: str) -> None:
    attempt = store.sign_ins.begin(login, visitor, now)
    if attempt.locked_until is not None:
        raise SignInRefusedError("sign_in.locked", attempt.locked_until)
    if not passwords.matches(store.accounts.password_hash(login), password):
        raise _refusal(store, attempt, now, wrong)
    store.sign_ins.accept(attempt)


def _refusal(store: Store, attempt: Attempt, now: datetime, wrong: str) -> SignInRefusedError:
    store.sign_ins.refuse(attempt, now)
    return SignInRefusedError("sign_in.locked", now + LOCK_LIFE) if attempt.locks else SignInRefusedError(wrong)
