"""Drafts: kept for their author, announced to colleagues, closed to everybody else."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from scorecard.domain.access import EVERY_UNIT, AccessRefusedError, Person, Role
from scorecard.domain.period import Period
from scorecard.store import Store
from scorecard.workflow.drafts import colleagues, drop_draft, own_drafts, save_draft, saved_draft
from scorecard.workflow.owed import OwedReturn, find_return
from tests.builders import a_form, a_province

PROVINCE, SEPTEMBER = a_province(), Period.parse("2025-09")
NOW = datetime(2025, 10, 3, 1, 30, tzinfo=UTC)
HEAD = Person("head", "x", Role.HEAD, frozenset({"05908"}))
REPORTER = Person("reporter", "x", Role.REPORTER, frozenset({"05908"}))
STRANGERS = [
    Person("other", "x", Role.HEAD, frozenset({"05909"})),
    Person("reviewer", "x", Role.REVIEWER),
    Person("chair", "x", Role.CHAIR_OFFICE),
    None,
]


@pytest.fixture
def owed(store: Store) -> OwedReturn:
    found = find_return(store, PROVINCE, EVERY_UNIT, "05908", a_form(), SEPTEMBER, date(2025, 10, 3))
    assert found is not None
    return found


def test_a_draft_is_kept_exactly_and_the_last_one_counts(store: Store, owed: OwedReturn) -> None:
    save_draft(store, PROVINCE, HEAD, owed, {"received-number": "1.2"}, NOW)
    save_draft(store, PROVINCE, HEAD, owed, {"received-number": "1.23 "}, NOW + timedelta(minutes=1))
    kept = saved_draft(store, PROVINCE, HEAD, owed)
    assert kept is not None
    assert (kept.content, kept.saved_at) == ({"received-number": "1.23 "}, NOW + timedelta(minutes=1))
    assert own_drafts(store, PROVINCE, HEAD) == {(owed.unit.id, owed.form.id, SEPTEMBER): kept}
    assert store.data_version() == 0
    drop_draft(store, PROVINCE, HEAD, owed)
    assert saved_draft(store, PROVINCE, HEAD, owed) is None


def test_a_colleague_is_told_who_types_and_since_when_and_not_what(store: Store, owed: OwedReturn) -> None:
    save_draft(store, PROVINCE, HEAD, owed, {"received-number": "12"}, NOW)
    assert colleagues(store, PROVINCE, REPORTER, owed) == {"head": NOW}
    assert colleagues(store, PROVINCE, HEAD, owed) == {}
    assert saved_draft(store, PROVINCE, REPORTER, owed) is None


@pytest.mark.parametrize("stranger", STRANGERS)
@pytest.mark.parametrize(
    "act",
    [
        lambda store, person, owed: save_draft(store, PROVINCE, person, owed, {"a": "1"}, NOW),
        lambda store, person, owed: saved_draft(store, PROVINCE, person, owed),
        lambda store, person, owed: drop_draft(store, PROVINCE, person, owed),
        lambda store, person, owed: colleagues(store, PROVINCE, person, owed),
    ],
)
def test_nobody_else_gets_near_a_draft(
    store: Store, owed: OwedReturn, stranger: Person | None, act: Callable[..., object]
) -> None:
    save_draft(store, PROVINCE, HEAD, owed, {"received-number": "12"}, NOW)
    with pytest.raises(AccessRefusedError):
        act(store, stranger, owed)
    assert saved_draft(store, PROVINCE, HEAD, owed) is not None


def test_who_moved_to_another_unit_no_longer_sees_the_drafts_of_the_old_one(store: Store, owed: OwedReturn) -> None:
    save_draft(store, PROVINCE, HEAD, owed, {"received-number": "12"}, NOW)
    moved = Person("head", "x", Role.HEAD, frozenset({"05909"}))
    assert own_drafts(store, PROVINCE, moved) == {}
