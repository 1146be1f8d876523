"""Who may look after accounts, and what an account cannot become."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scorecard.domain.access import AccessRefusedError, Person, Role
from scorecard.domain.account import Account, AccountError, SignInMethod
from scorecard.store import Batch, EventKind, Store, Visitor
from scorecard.workflow import accounts
from scorecard.workflow.accounts import OPERATOR
from scorecard.workflow.identity import SignInRefusedError, sign_in

NOW = datetime(2025, 10, 3, 8, 0, tzinfo=UTC)
PASSWORD = "cánh đồng lúa xanh"
ADMINISTRATOR = Person("quan.tri", "Quản trị", Role.ADMINISTRATOR)
UNITS = frozenset({"05908", "so-khcn"})
AN = Account(login="an", name="Nguyễn An", role=Role.VIEWER)


@pytest.fixture(autouse=True)
def initialised(store: Store) -> None:
    accounts.initialise(store, "Quan.Tri", " Quản trị ", PASSWORD, NOW)


def reason(call: Callable[[], object]) -> str:
    with pytest.raises((AccountError, AccessRefusedError)) as refusal:
        call()
    return str(refusal.value.reason)


def test_the_first_administrator_signs_in_at_once(store: Store) -> None:
    assert sign_in(store, "quan.tri", PASSWORD, Visitor(), NOW)
    found = store.accounts.find("quan.tri")
    assert found is not None
    assert (found.role, found.name, found.must_change_password) == (Role.ADMINISTRATOR, "Quản trị", False)


def test_a_store_is_initialised_once_and_never_one_of_the_demo(store: Store) -> None:
    again = lambda: accounts.initialise(store, "other", "Khác", PASSWORD, NOW)  # noqa: E731
    assert reason(again) == "accounts.initialised_before"
    store.record(Batch(kind=EventKind.DEMO_PREPARED, province_id="thai-nguyen", person_id="demo", at=NOW))
    assert reason(again) == "accounts.a_demo"


def test_an_account_gets_a_first_password_that_must_be_changed(store: Store) -> None:
    password = accounts.create_account(store, ADMINISTRATOR, AN, UNITS, NOW)
    assert password is not None
    token = sign_in(store, "an", password, Visitor(), NOW)
    found = store.sign_ins.who(token, NOW)
    assert found is not None
    assert found.must_change_password
    assert store.events()[-1].recorded_by == "quan.tri"
    assert password not in str(store.events())


def test_an_account_for_the_sign_on_alone_gets_none(store: Store) -> None:
    account = Account(login="an", name="An", role=Role.REPORTER, unit_codes=frozenset({"05908"}), has_password=False)
    assert accounts.create_account(store, OPERATOR, account, UNITS, NOW) is None
    assert store.accounts.password_hash("an") is None


def test_units_must_exist(store: Store) -> None:
    account = Account(login="an", name="An", role=Role.REPORTER, unit_codes=frozenset({"05908", "99999"}))
    assert reason(lambda: accounts.create_account(store, OPERATOR, account, UNITS, NOW)) == "accounts.unknown_unit"
    assert store.accounts.find("an") is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_looks_after_accounts(store: Store, role: Role) -> None:
    somebody = Person("x", "X", role, frozenset({"05908"}))
    for call in (
        lambda: accounts.create_account(store, somebody, AN, UNITS, NOW),
        lambda: accounts.reset_password(store, somebody, "quan.tri", NOW),
        lambda: accounts.disable(store, somebody, "quan.tri", NOW),
        lambda: accounts.end_sessions(store, somebody, "quan.tri", NOW),
    ):
        assert reason(call) in ("access.role_lacks_manage_accounts", "access.administrators_by_command_line")
    assert len(store.events()) == 1


def test_administrators_are_made_and_changed_at_the_command_line_only(store: Store) -> None:
    accounts.create_account(store, OPERATOR, AN, UNITS, NOW)
    second = Account(login="binh", name="Bình", role=Role.ADMINISTRATOR)
    for call in (
        lambda: accounts.create_account(store, ADMINISTRATOR, second, UNITS, NOW),
        lambda: accounts.set_role(store, ADMINISTRATOR, "an", Role.ADMINISTRATOR, frozenset(), UNITS, NOW),
        lambda: accounts.reset_password(store, ADMINISTRATOR, "quan.tri", NOW),
        lambda: accounts.disable(store, ADMINISTRATOR, "quan.tri", NOW),
    ):
        assert reason(call) == "access.administrators_by_command_line"
    accounts.create_account(store, OPERATOR, second, UNITS, NOW)
    assert {each.login for each in store.accounts.all() if each.role is Role.ADMINISTRATOR} == {"binh", "quan.tri"}


def test_the_last_administrator_stays(store: Store) -> None:
    lower = lambda: accounts.set_role(store, OPERATOR, "quan.tri", Role.VIEWER, frozenset(), UNITS, NOW)  # noqa: E731
    assert reason(lambda: accounts.disable(store, OPERATOR, "quan.tri", NOW)) == "accounts.last_administrator"
    assert reason(lower) == "accounts.last_administrator"
    accounts.create_account(store, OPERATOR, Account(login="binh", name="B", role=Role.ADMINISTRATOR), UNITS, NOW)
    accounts.disable(store, OPERATOR, "binh", NOW)
    assert reason(lower) == "accounts.last_administrator"
    accounts.enable(store, OPERATOR, "binh", NOW)
    lower()


def test_another_role_takes_effect_in_an_open_session(store: Store) -> None:
    accounts.create_account(store, OPERATOR, AN, UNITS, NOW)
    token = store.sign_ins.open_session("an", SignInMethod.PASSWORD, Visitor(), NOW)
    accounts.set_role(store, OPERATOR, "an", Role.REPORTER, frozenset({"05908"}), UNITS, NOW)
    found = store.sign_ins.who(token, NOW)
    assert found is not None
    assert (found.person.role, found.person.unit_codes) == (Role.REPORTER, frozenset({"05908"}))
    assert reason(lambda: accounts.set_role(store, OPERATOR, "an", Role.HEAD, frozenset(), UNITS, NOW)) == (
        "accounts.needs_units"
    )


def test_a_reset_lifts_the_lock(store: Store) -> None:
    accounts.create_account(store, OPERATOR, AN, UNITS, NOW)
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            sign_in(store, "an", "sai", Visitor(), NOW)
    password = accounts.reset_password(store, OPERATOR, "AN", NOW)
    assert sign_in(store, "an", password, Visitor(), NOW)


def test_what_is_asked_of_an_unknown_login_is_refused(store: Store) -> None:
    for call in (
        lambda: accounts.reset_password(store, OPERATOR, "nobody", NOW),
        lambda: accounts.disable(store, OPERATOR, "nobody", NOW),
        lambda: accounts.enable(store, OPERATOR, "nobody", NOW),
        lambda: accounts.end_sessions(store, OPERATOR, "nobody", NOW),
    ):
        assert reason(call) == "accounts.no_such_login"
