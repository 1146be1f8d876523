"""Accounts on both engines: rows that change, each change with its event, no secret in any event."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from scorecard.domain.access import Role
from scorecard.domain.account import Account, AccountError, SignInMethod
from scorecard.store import EventKind, Store, StoreError, Visitor
from tests.store.batches import NOW

AN = Account(login="an", name="Nguyễn An", role=Role.REPORTER, unit_codes=frozenset({"05908", "19"}))
HASH = "$argon2id$fake"


def test_an_account_comes_back_as_it_was_created_with_its_event(store: Store) -> None:
    store.accounts.create(AN, HASH, "command-line", NOW)
    assert store.accounts.find("an") == AN
    assert store.accounts.all() == (AN,)
    assert store.accounts.password_hash("an") == HASH
    (event,) = store.events()
    assert (event.kind, event.province_id, event.recorded_by) == ("account_created", "", "command-line")
    assert event.details == {"login": "an", "name": "Nguyễn An", "role": "reporter", "units": "05908 19"}
    assert store.verify() == ()


def test_an_unknown_login_has_no_account_and_no_password(store: Store) -> None:
    assert not store.accounts.exist()
    assert store.accounts.find("an") is None
    assert store.accounts.password_hash("an") is None
    assert store.accounts.of_subject("s") is None


def test_a_login_is_never_given_twice(store: Store) -> None:
    store.accounts.create(AN, HASH, "command-line", NOW)
    with pytest.raises(AccountError) as refusal:
        store.accounts.create(replace(AN, name="Trần An"), HASH, "command-line", NOW)
    assert refusal.value.reason == "accounts.login_taken"
    assert len(store.events()) == 1
    assert store.accounts.find("an") == AN


def test_a_change_is_recorded_with_what_it_became(store: Store) -> None:
    store.accounts.create(AN, None, "command-line", NOW)
    head = replace(AN, role=Role.HEAD, unit_codes=frozenset({"05908"}), subject="sso 42", has_password=False)
    store.accounts.change(head, EventKind.ACCOUNT_CHANGED, "quan.tri", NOW)
    assert store.accounts.find("an") == head
    assert store.accounts.of_subject("sso 42") == head
    assert store.events()[1].details == {
        "login": "an",
        "name": "Nguyễn An",
        "role": "head",
        "units": "05908",
        "subject": "sso 42",
    }


def test_two_accounts_are_never_the_same_subject(store: Store) -> None:
    store.accounts.create(replace(AN, subject="sso 42"), None, "command-line", NOW)
    with pytest.raises(StoreError):
        store.accounts.create(replace(AN, login="binh", subject="sso 42"), None, "command-line", NOW)
    assert len(store.events()) == 1


def test_disabling_ends_the_sessions_in_the_same_write(store: Store) -> None:
    store.accounts.create(AN, HASH, "command-line", NOW)
    token = store.sign_ins.open_session("an", SignInMethod.PASSWORD, Visitor(), NOW)
    store.accounts.change(replace(AN, disabled=True), EventKind.ACCOUNT_DISABLED, "quan.tri", NOW)
    assert store.sign_ins.who(token, NOW) is None
    assert store.sign_ins.sessions(NOW) == ()
    assert [event.kind for event in store.events()] == ["account_created", "account_disabled"]


def test_a_new_password_ends_the_sessions_and_lifts_the_lock_and_its_event_says_no_word_of_it(store: Store) -> None:
    store.accounts.create(AN, HASH, "command-line", NOW)
    token = store.sign_ins.open_session("an", SignInMethod.PASSWORD, Visitor(), NOW)
    for _ in range(5):
        store.sign_ins.begin("an", Visitor(), NOW)
    assert set(store.sign_ins.locks(NOW)) == {"an"}
    store.accounts.set_password("an", "$argon2id$other", must_change=True, by="quan.tri", at=NOW)
    assert store.accounts.password_hash("an") == "$argon2id$other"
    assert store.accounts.find("an") == replace(AN, must_change_password=True, signed_in_at=NOW)
    assert store.sign_ins.who(token, NOW) is None
    assert store.sign_ins.locks(NOW) == {}
    event = store.events()[-1]
    assert (event.kind, event.recorded_by, event.details) == ("account_password_set", "quan.tri", {"login": "an"})
    assert all("argon2" not in str(each) for each in store.events())


def test_the_trail_of_accounts_hangs_in_the_same_chain(store: Store, tamper: Callable[..., None]) -> None:
    store.accounts.create(AN, HASH, "command-line", NOW)
    store.accounts.change(replace(AN, role=Role.HEAD), EventKind.ACCOUNT_CHANGED, "an", NOW + timedelta(minutes=1))
    assert store.verify() == ()
    tamper("UPDATE events SET recorded_by = 'quan.tri' WHERE id = 2")
    assert [alteration.event for alteration in store.verify()] == [2]
