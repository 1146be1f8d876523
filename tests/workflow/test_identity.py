"""Signing in by password and by the province's sign-on, with the clock as an argument."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scorecard.domain.access import Role
from scorecard.domain.account import Account, AccountError
from scorecard.store import EventKind, Store, Visitor
from scorecard.workflow import passwords
from scorecard.workflow.identity import SignInRefusedError, change_password, sign_in, sign_on

NOW = datetime(2025, 10, 3, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HERE = Visitor(address="10.0.0.7")
PASSWORD = "cánh đồng lúa xanh"
OTHER = "dòng sông Cầu lững lờ"
HASH = passwords.hash_password(PASSWORD)
AN = Account(login="an", name="Nguyễn An", role=Role.VIEWER)


@pytest.fixture(autouse=True)
def account(store: Store) -> None:
    store.accounts.create(AN, HASH, "command-line", NOW)


def refusal(store: Store, login: str, password: str, now: datetime = NOW) -> SignInRefusedError:
    with pytest.raises(SignInRefusedError) as refused:
        sign_in(store, login, password, HERE, now)
    return refused.value


def test_the_right_password_opens_a_session(store: Store) -> None:
    token = sign_in(store, " An ", PASSWORD, HERE, NOW)
    found = store.sign_ins.who(token, NOW)
    assert found is not None
    assert found.person.id == "an"


def test_accents_typed_in_parts_are_the_same_password(store: Store) -> None:
    assert sign_in(store, "an", "ca\u0301nh đo\u0302\u0300ng lu\u0301a xanh", HERE, NOW)


def test_a_wrong_password_and_an_unknown_login_are_refused_in_the_same_words(store: Store) -> None:
    assert refusal(store, "an", "sai").reason == refusal(store, "nobody", PASSWORD).reason == "sign_in.wrong"


@pytest.mark.parametrize("login", ["an", "nobody"])
def test_the_fifth_failure_locks_whether_the_login_exists_or_not(store: Store, login: str) -> None:
    for number in range(4):
        assert refusal(store, login, "sai", NOW + number * MINUTE).reason == "sign_in.wrong"
    fifth = refusal(store, login, "sai", NOW + 4 * MINUTE)
    assert (fifth.reason, fifth.until) == ("sign_in.locked", NOW + 19 * MINUTE)
    later = refusal(store, login, PASSWORD, NOW + 18 * MINUTE)
    assert (later.reason, later.until) == ("sign_in.locked", NOW + 19 * MINUTE)


def test_when_the_lock_ends_the_right_password_opens_again(store: Store) -> None:
    for _ in range(5):
        refusal(store, "an", "sai")
    assert sign_in(store, "an", PASSWORD, HERE, NOW + 15 * MINUTE)


def test_a_success_starts_the_count_again(store: Store) -> None:
    for _ in range(4):
        refusal(store, "an", "sai")
    sign_in(store, "an", PASSWORD, HERE, NOW)
    for _ in range(4):
        assert refusal(store, "an", "sai").reason == "sign_in.wrong"


def test_only_who_knows_the_password_hears_that_the_account_is_disabled(store: Store) -> None:
    store.accounts.change(replace(AN, disabled=True), EventKind.ACCOUNT_DISABLED, "command-line", NOW)
    assert refusal(store, "an", PASSWORD).reason == "sign_in.disabled"
    assert refusal(store, "an", "sai").reason == "sign_in.wrong"


def test_an_account_without_a_password_opens_with_none(store: Store) -> None:
    store.accounts.create(replace(AN, login="binh", has_password=False), None, "command-line", NOW)
    for typed in ("", "None", PASSWORD):
        assert refusal(store, "binh", typed).reason == "sign_in.wrong"


def test_another_password_ends_all_sessions_and_opens_one(store: Store) -> None:
    first, second = (sign_in(store, "an", PASSWORD, HERE, NOW) for _ in range(2))
    new = change_password(store, first, PASSWORD, OTHER, HERE, NOW)
    assert [store.sign_ins.who(token, NOW) is None for token in (first, second, new)] == [True, True, False]
    assert refusal(store, "an", PASSWORD).reason == "sign_in.wrong"
    assert sign_in(store, "an", OTHER, HERE, NOW)


def test_whoever_sits_at_an_open_session_cannot_guess_the_password_without_end(store: Store) -> None:
    token = sign_in(store, "an", PASSWORD, HERE, NOW)
    reasons = []
    for _ in range(6):
        with pytest.raises(SignInRefusedError) as refused:
            change_password(store, token, "sai", OTHER, HERE, NOW)
        reasons.append(refused.value.reason)
    assert reasons == ["sign_in.wrong_old"] * 4 + ["sign_in.locked"] * 2


def test_the_new_password_must_be_good_and_another_one(store: Store) -> None:
    token = sign_in(store, "an", PASSWORD, HERE, NOW)
    for new, reason in ((PASSWORD, "accounts.same_password"), ("ngắn", "accounts.short_password")):
        with pytest.raises(AccountError) as refused:
            change_password(store, token, PASSWORD, new, HERE, NOW)
        assert refused.value.reason == reason
    with pytest.raises(SignInRefusedError):
        change_password(store, "ended", PASSWORD, OTHER, HERE, NOW)
    assert sign_in(store, "an", PASSWORD, HERE, NOW)


def test_the_first_sign_on_binds_the_account_and_then_only_the_subject_counts(store: Store) -> None:
    token = sign_on(store, "sso 42", "An", HERE, NOW)
    bound = store.sign_ins.who(token, NOW)
    assert bound is not None
    assert (bound.login, bound.subject) == ("an", "sso 42")
    assert sign_on(store, "sso 42", "renamed", HERE, NOW)
    with pytest.raises(SignInRefusedError) as refused:
        sign_on(store, "sso 43", "an", HERE, NOW)
    assert refused.value.reason == "sign_in.no_account"
    changes = [event for event in store.events() if event.kind == "account_changed"]
    assert [event.details["subject"] for event in changes] == ["sso 42"]


@pytest.mark.parametrize("login", ["nobody", ""])
def test_the_sign_on_of_somebody_without_an_account_is_refused_and_makes_none(store: Store, login: str) -> None:
    with pytest.raises(SignInRefusedError) as refused:
        sign_on(store, "sso 42", login, HERE, NOW)
    assert refused.value.reason == "sign_in.no_account"
    assert store.accounts.all() == (AN,)


def test_the_sign_on_of_a_disabled_account_is_refused(store: Store) -> None:
    store.accounts.change(replace(AN, disabled=True), EventKind.ACCOUNT_DISABLED, "command-line", NOW)
    with pytest.raises(SignInRefusedError) as refused:
        sign_on(store, "sso 42", "an", HERE, NOW)
    assert refused.value.reason == "sign_in.disabled"


def test_passwords_are_kept_as_argon2id_each_with_its_own_salt() -> None:
    assert HASH.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.hash_password(PASSWORD) != HASH
    assert passwords.matches(HASH, PASSWORD)
    assert not passwords.matches("not a hash", PASSWORD)


def test_first_passwords_are_good_and_never_the_same() -> None:
    made = {passwords.first_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(each) == 19 and not set(each) & set("ilo01") for each in made)
