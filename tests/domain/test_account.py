from datetime import UTC, datetime, timedelta

import pytest

from scorecard.domain.access import Role
from scorecard.domain.account import (
    Account,
    AccountError,
    BrowserSession,
    SignInMethod,
    locked_until,
    normal_login,
    require_good_password,
    require_sound,
)

NOW = datetime(2025, 10, 3, 8, 0, tzinfo=UTC)


def at(*minutes: float) -> tuple[datetime, ...]:
    return tuple(NOW + timedelta(minutes=minute) for minute in minutes)


@pytest.mark.parametrize(
    ("failures", "now", "until"),
    [
        ((), 0, None),
        ((0, 1, 2, 3), 3, None),
        ((0, 1, 2, 3, 4), 4, 19),
        ((0, 1, 2, 3, 14.99), 15, 29.99),
        ((0, 1, 2, 3, 15), 15, None),
        ((0, 1, 2, 3, 4), 18.99, 19),
        ((0, 1, 2, 3, 4), 19, None),
        ((0, 0, 0, 0, 0), 0, 15),
        ((0, 0, 0, 0, 0, 15), 15, None),
        ((0, 1, 2, 3, 4, 20, 21, 22, 23), 23, None),
        ((0, 1, 2, 3, 4, 20, 21, 22, 23, 24), 24, 39),
    ],
)
def test_five_failures_in_fifteen_minutes_lock_for_fifteen_minutes_from_the_fifth(
    failures: tuple[float, ...], now: float, until: float | None
) -> None:
    expected = None if until is None else at(until)[0]
    assert locked_until(at(*failures), at(now)[0]) == expected


@pytest.mark.parametrize(
    ("idle_hours", "age_hours", "alive"),
    [(0, 0, True), (7.99, 7.99, True), (8, 8, False), (0.1, 11.99, True), (0.1, 12, False)],
)
def test_a_session_ends_after_eight_hours_unused_and_after_twelve_in_any_case(
    idle_hours: float, age_hours: float, alive: bool
) -> None:
    session = BrowserSession(
        id="a",
        login="an",
        born_at=NOW - timedelta(hours=age_hours),
        used_at=NOW - timedelta(hours=idle_hours),
        method=SignInMethod.PASSWORD,
        address="",
        agent="",
    )
    assert session.is_alive(NOW) is alive


@pytest.mark.parametrize(
    ("typed", "kept"), [(" An.Nguyen ", "an.nguyen"), ("\uff21\uff2e", "an"), ("an@tinh.gov.vn", "an@tinh.gov.vn")]
)
def test_a_login_is_the_same_however_it_is_typed(typed: str, kept: str) -> None:
    assert normal_login(typed) == kept


@pytest.mark.parametrize("login", ["a", "", "an nguyen", "nguyễn", "-an", "a" * 65, "command-line", "an\n", "AN"])
def test_a_login_that_cannot_be_typed_safely_is_refused(login: str) -> None:
    with pytest.raises(AccountError) as refusal:
        require_sound(Account(login=login, name="An", role=Role.VIEWER))
    assert refusal.value.reason == "accounts.bad_login"


@pytest.mark.parametrize(
    ("role", "units", "reason"),
    [
        (Role.REPORTER, (), "accounts.needs_units"),
        (Role.HEAD, (), "accounts.needs_units"),
        (Role.VIEWER, ("05908",), "accounts.takes_no_units"),
        (Role.ADMINISTRATOR, ("05908",), "accounts.takes_no_units"),
    ],
)
def test_units_go_with_the_roles_that_are_bound_to_units(role: Role, units: tuple[str, ...], reason: str) -> None:
    with pytest.raises(AccountError) as refusal:
        require_sound(Account(login="an", name="An", role=role, unit_codes=frozenset(units)))
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("mười một ch", "accounts.short_password"),
        ("x" * 201, "accounts.long_password"),
        ("aaaaaaaaaaaa", "accounts.easy_password"),
        ("abcabcabcabc", "accounts.easy_password"),
        ("Nguyen.Van.An-2025", "accounts.easy_password"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(password: str, reason: str) -> None:
    with pytest.raises(AccountError) as refusal:
        require_good_password(password, "nguyen.van.an")
    assert refusal.value.reason == reason


def test_a_short_sentence_is_a_good_password_and_accents_count_as_one_letter() -> None:
    require_good_password("cánh đồng lúa", "nguyen.van.an")
    with pytest.raises(AccountError):
        require_good_password("e\u0302\u0301" * 4 + "abcdefg", "an")  # twelve marks more than the eleven letters
