"""Attempts and sessions on both engines."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from scorecard.domain.access import Role
from scorecard.domain.account import Account, SignInMethod, SignInOutcome
from scorecard.store import Store, Visitor
from tests.store.batches import NOW

AN = Account(login="an", name="Nguyễn An", role=Role.VIEWER)
BINH = replace(AN, login="binh", must_change_password=True)
HERE = Visitor(address="10.0.0.7", agent="Firefox")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def accounts(store: Store) -> None:
    for account in (AN, BINH):
        store.accounts.create(account, "hash", "command-line", NOW)


def fail(store: Store, login: str, times: int = 5) -> None:
    for number in range(times):
        attempt = store.sign_ins.begin(login, HERE, NOW + number * MINUTE)
        assert attempt.locked_until is None
        store.sign_ins.refuse(attempt, NOW + number * MINUTE)


def test_the_fifth_failure_locks_and_a_locked_login_counts_nothing_more(store: Store) -> None:
    fail(store, "an")
    until = NOW + 19 * MINUTE
    for _ in range(3):
        assert store.sign_ins.begin("an", HERE, NOW + 5 * MINUTE).locked_until == until
    assert store.sign_ins.locks(NOW + 5 * MINUTE) == {"an": until}
    assert len(store.sign_ins.recent(100)) == 5
    assert store.sign_ins.begin("an", HERE, until).locked_until is None
    assert store.sign_ins.begin("binh", HERE, NOW + 5 * MINUTE).locked_until is None


def test_the_lock_of_an_account_is_one_event_and_that_of_nobody_is_none(store: Store) -> None:
    fail(store, "an")
    fail(store, "nobody")
    for login in ("an", "nobody"):
        assert store.sign_ins.begin(login, HERE, NOW + 5 * MINUTE).locked_until is not None
    kinds = [(event.kind, event.details["login"]) for event in store.events()]
    assert kinds[2:] == [("account_locked", "an")]


def test_a_success_takes_its_own_attempt_and_the_failures_before_it_out_of_the_count(store: Store) -> None:
    fail(store, "an", times=4)
    store.sign_ins.accept(store.sign_ins.begin("an", HERE, NOW + 4 * MINUTE))
    fail(store, "an", times=4)
    assert store.sign_ins.locks(NOW + 5 * MINUTE) == {}


def test_many_attempts_at_once_are_no_more_than_five(store: Store) -> None:
    with ThreadPoolExecutor(12) as pool:
        attempts = list(pool.map(lambda _: store.sign_ins.begin("an", HERE, NOW), range(12)))
    assert sum(attempt.locked_until is None for attempt in attempts) == 5
    assert sum(attempt.locks for attempt in attempts if attempt.locked_until is None) == 1


def test_attempts_are_remembered_with_their_address_but_not_the_name_of_nobody(store: Store) -> None:
    store.sign_ins.begin("my password by mistake", HERE, NOW)
    store.sign_ins.open_session("an", SignInMethod.PASSWORD, HERE, NOW + MINUTE)
    latest, first = store.sign_ins.recent(10)
    assert (latest.login, latest.outcome, latest.at) == ("an", SignInOutcome.SIGNED_IN, NOW + MINUTE)
    assert (first.login, first.outcome, first.address) == (None, SignInOutcome.REFUSED, "10.0.0.7")
    assert store.sign_ins.recent(1) == (latest,)
    with store._database.reading() as session:
        assert "mistake" not in str(session.rows("SELECT * FROM sign_ins"))


def test_attempts_are_forgotten_those_of_nobody_within_hours(store: Store) -> None:
    fail(store, "an", times=1)
    fail(store, "nobody", times=1)
    store.sign_ins.begin("binh", HERE, NOW + 2 * HOUR)
    assert [record.login for record in store.sign_ins.recent(10)] == ["binh", "an"]
    store.sign_ins.begin("binh", HERE, NOW + timedelta(days=91))
    assert [record.login for record in store.sign_ins.recent(10)] == ["binh"]


def test_a_token_stands_for_its_account_until_its_session_ends(store: Store) -> None:
    token = store.sign_ins.open_session("an", SignInMethod.PASSWORD, HERE, NOW)
    other = store.sign_ins.open_session("an", SignInMethod.PASSWORD, HERE, NOW)
    assert len(token) >= 43
    assert store.sign_ins.who(token, NOW) == replace(AN, signed_in_at=NOW)
    store.sign_ins.end_session(token)
    assert store.sign_ins.who(token, NOW) is None
    assert store.sign_ins.who(other, NOW) is not None
    assert store.sign_ins.who("", NOW) is None
    with store._database.reading() as session:
        assert token not in str(session.rows("SELECT * FROM sessions"))


def test_a_session_that_is_used_lives_on_but_never_longer_than_twelve_hours(store: Store) -> None:
    token = store.sign_ins.open_session("an", SignInMethod.PASSWORD, HERE, NOW)
    idle = store.sign_ins.open_session("binh", SignInMethod.PASSWORD, HERE, NOW)
    assert store.sign_ins.who(token, NOW + 7 * HOUR) is not None
    assert store.sign_ins.who(idle, NOW + 8 * HOUR) is None
    assert [each.login for each in store.sign_ins.sessions(NOW + 9 * HOUR)] == ["an"]
    assert store.sign_ins.who(token, NOW + 12 * HOUR - MINUTE) is not None
    assert store.sign_ins.who(token, NOW + 12 * HOUR) is None
    assert store.sign_ins.sessions(NOW + 12 * HOUR) == ()


def test_use_is_noted_at_most_every_five_minutes(store: Store) -> None:
    token = store.sign_ins.open_session("an", SignInMethod.PASSWORD, HERE, NOW)
    store.sign_ins.who(token, NOW + 4 * MINUTE)
    assert store.sign_ins.sessions(NOW + HOUR)[0].used_at == NOW
    store.sign_ins.who(token, NOW + 5 * MINUTE)
    assert store.sign_ins.sessions(NOW + HOUR)[0].used_at == NOW + 5 * MINUTE


def test_whoever_came_by_the_sign_on_has_no_password_to_change(store: Store) -> None:
    by_password = store.sign_ins.open_session("binh", SignInMethod.PASSWORD, HERE, NOW)
    by_sign_on = store.sign_ins.open_session("binh", SignInMethod.SIGN_ON, HERE, NOW)
    needs = [store.sign_ins.who(token, NOW).must_change_password for token in (by_password, by_sign_on)]
    assert needs == [True, False]


def test_sessions_are_listed_and_ended_by_somebody_else_with_an_event(store: Store) -> None:
    tokens = [store.sign_ins.open_session("an", SignInMethod.PASSWORD, HERE, NOW + n * MINUTE) for n in range(3)]
    kept = store.sign_ins.open_session("binh", SignInMethod.SIGN_ON, HERE, NOW - MINUTE)
    last, *_ = listed = store.sign_ins.sessions(NOW + HOUR)
    assert [each.login for each in listed] == ["an", "an", "an", "binh"]
    assert (last.address, last.agent, last.method) == ("10.0.0.7", "Firefox", SignInMethod.PASSWORD)
    assert store.sign_ins.end_sessions("an", "quan.tri", NOW, only=last.id) == 1
    assert [store.sign_ins.who(token, NOW) is None for token in tokens] == [False, False, True]
    assert store.sign_ins.end_sessions("binh", "quan.tri", NOW, only=listed[1].id) == 0
    assert store.sign_ins.end_sessions("an", "quan.tri", NOW) == 2
    assert store.sign_ins.who(kept, NOW) is not None
    ended = [event for event in store.events() if event.kind == "account_sessions_ended"]
    assert [(event.recorded_by, event.details) for event in ended] == [
        ("quan.tri", {"login": "an", "count": "1"}),
        ("quan.tri", {"login": "an", "count": "2"}),
    ]
