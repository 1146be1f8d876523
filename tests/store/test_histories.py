"""Histories of figures, on both engines: what stood before, the receipt, who put it in force."""

from datetime import timedelta
from decimal import Decimal

import pytest

from scorecard.domain.access import EVERY_UNIT, AccessRefusedError, Scope
from scorecard.domain.period import Period
from scorecard.domain.review import Decision
from scorecard.store import EventKind, KeptFigure, ReturnDecision, Store
from tests.store.batches import COMMUNE, LATER, NOW, PROVINCE, SEPTEMBER, a_batch, a_draft, a_figure

AUGUST = Period.parse("2025-08")
SPAN = Period(AUGUST.first, SEPTEMBER.last)
APPROVED_AT = LATER + timedelta(hours=2)


def submit(store: Store, value: str, **changes: object) -> str:
    period = changes.pop("period", SEPTEMBER)
    draft = a_draft(a_figure("received", value, period=period), reason=str(changes.pop("reason", "")))
    return store.record(a_batch(draft, **{"approved": False} | changes)).code


@pytest.fixture
def codes(store: Store) -> list[str]:
    """A figure of September changed once and then approved, one of August in force at once, and what is not asked."""
    own = [submit(store, "100"), submit(store, "110", at=LATER, reason="Đếm thiếu", person_id="head-05908")]
    decision = ReturnDecision(
        unit_id=COMMUNE,
        form_id="online-services",
        period=SEPTEMBER,
        decision=Decision.APPROVED,
        expected_revision=2,
        expected_decisions=0,
        element_ids=("received",),
    )
    store.record(a_batch(kind=EventKind.RETURNS_APPROVED, decisions=(decision,), at=APPROVED_AT, person_id="reviewer"))
    submit(store, "90", period=AUGUST, approved=True)
    submit(store, "7", period=Period.parse("2025-10"))
    store.record(a_batch(a_draft(a_figure("online", "80"))))
    store.record(a_batch(a_draft(a_figure(unit_id="05910@2025-07-01")), province_id=PROVINCE))
    return own


def kept(store: Store, **changes: object) -> tuple[KeptFigure, ...]:
    wanted = {"scope": EVERY_UNIT, "unit_id": COMMUNE, "elements": ["received"], "months": SPAN} | changes
    return store.histories.of_unit(PROVINCE, **wanted)


def test_each_revision_tells_what_stood_before_who_why_and_who_put_it_in_force(store: Store, codes: list[str]) -> None:
    august, first, second = kept(store)
    assert august.after.figure.period == AUGUST
    assert (august.before, august.approved_at, august.approved_by) == (None, NOW, "reporter-05908")
    assert (first.before, first.approved_at, first.approved_by, first.code) == (None, None, None, codes[0])
    assert second.before == first.after
    assert (second.after.figure.value, second.after.reason) == (Decimal(110), "Đếm thiếu")
    assert (second.after.recorded_at, second.after.recorded_by, second.code) == (LATER, "head-05908", codes[1])
    assert (second.approved_at, second.approved_by) == (APPROVED_AT, "reviewer")


def test_what_was_known_at_a_moment_has_neither_later_revisions_nor_later_approvals(
    store: Store, codes: list[str]
) -> None:
    before_approval = kept(store, months=SEPTEMBER, known_at=APPROVED_AT - timedelta(microseconds=1))
    assert [each.approved_at for each in before_approval] == [None, None]
    assert [each.code for each in kept(store, months=SEPTEMBER, known_at=NOW)] == codes[:1]
    assert kept(store, months=SEPTEMBER, known_at=APPROVED_AT)[1].approved_by == "reviewer"


def test_only_the_elements_and_months_asked_for_are_read(store: Store, codes: list[str]) -> None:
    assert kept(store, elements=[]) == ()
    assert {each.after.figure.element_id for each in kept(store, elements=["online", "received"])} == {
        "online",
        "received",
    }
    assert [each.after.figure.period for each in kept(store, months=AUGUST)] == [AUGUST]


def test_a_unit_outside_the_scope_is_refused(store: Store, codes: list[str]) -> None:
    with pytest.raises(AccessRefusedError):
        kept(store, scope=Scope.of_unit("05910"))
