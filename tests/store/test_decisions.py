"""Decisions and approvals: which revision is in force, and what happened to a return."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scorecard.domain.access import EVERY_UNIT, AccessRefusedError, Scope
from scorecard.domain.review import Decision
from scorecard.store import Batch, ConflictError, EventKind, ReturnDecision, Store, StoreError, open_store
from scorecard.store.database import open_database
from scorecard.store.drafts import DraftKey
from scorecard.store.migrations import MIGRATIONS, create_decisions_and_approvals, migrate
from tests.store.batches import COMMUNE, LATER, NOW, PROVINCE, SEPTEMBER, a_batch, a_draft, a_figure

_OTHER = "05909@2025-07-01"


def _decision(decision: Decision = Decision.APPROVED, **changes: object) -> ReturnDecision:
    content = {
        "unit_id": COMMUNE,
        "form_id": "online-services",
        "period": SEPTEMBER,
        "decision": decision,
        "expected_revision": 1,
        "expected_decisions": 0,
        "element_ids": ("received", "online"),
    } | changes
    return ReturnDecision(**content)


def _decide(store: Store, *decisions: ReturnDecision) -> None:
    store.record(
        Batch(
            kind=EventKind.RETURNS_APPROVED,
            province_id=PROVINCE,
            person_id="reviewer",
            at=LATER,
            decisions=decisions,
        )
    )


def _submit(store: Store, value: str = "100", **changes: object) -> None:
    store.record(a_batch(a_draft(a_figure("received", value), a_figure("online", "80"), **changes), approved=False))


def _in_force(store: Store, known_at: datetime | None = None) -> dict[str, int]:
    return dict(store.figures(PROVINCE, known_at).select("element", "amount").rows())


def test_the_last_approval_is_that_of_the_elements_and_months_asked_for(store: Store) -> None:
    month = SEPTEMBER.last
    assert store.last_approval(PROVINCE, {"received"}, month) is None
    _submit(store)
    assert store.last_approval(PROVINCE, {"received"}, month) is None
    _decide(store, _decision())
    assert store.last_approval(PROVINCE, {"received", "other"}, month) == LATER
    assert store.last_approval(PROVINCE, {"received"}, month, LATER) == LATER
    assert store.last_approval(PROVINCE, {"received"}, month, NOW) is None
    assert store.last_approval(PROVINCE, {"received"}, month.plus(-1)) is None
    assert store.last_approval(PROVINCE, {"other"}, month) is None
    assert store.last_approval(PROVINCE, set(), month) is None
    assert store.last_approval("other", {"received"}, month) is None


def test_a_figure_is_in_force_from_its_approval_on(store: Store) -> None:
    _submit(store)
    assert _in_force(store) == {}
    assert dict(store.pending_figures(PROVINCE).select("element", "amount").rows()) == {"received": 100, "online": 80}
    _decide(store, _decision())
    assert _in_force(store) == {"received": 100, "online": 80}
    assert _in_force(store, NOW) == {}
    assert store.pending_figures(PROVINCE).is_empty()
    assert store.verify() == ()


def test_a_correction_waits_beside_what_is_in_force(store: Store) -> None:
    _submit(store)
    _decide(store, _decision())
    _submit(store, "110")
    assert _in_force(store) == {"received": 100, "online": 80}
    assert dict(store.pending_figures(PROVINCE).select("element", "amount").rows()) == {"received": 110}
    approved = store.last_figures(PROVINCE, EVERY_UNIT, COMMUNE, SEPTEMBER, approved=True)
    last = store.last_figures(PROVINCE, EVERY_UNIT, COMMUNE, SEPTEMBER)
    assert (approved["received"].figure.value, last["received"].figure.value) == (Decimal(100), Decimal(110))
    _decide(store, _decision(expected_revision=2, expected_decisions=1))
    assert _in_force(store) == {"received": 110, "online": 80}


def test_the_version_of_the_figures_moves_with_what_comes_into_force_and_with_nothing_else(store: Store) -> None:
    def versions() -> tuple[int, int]:
        return store.data_version(), store.figures_version()

    assert versions() == (0, 0)
    _submit(store)
    assert versions() == (1, 0)
    _decide(store, _decision())
    assert versions() == (2, 2)
    _submit(store, "110")
    assert versions() == (3, 2)
    _decide(store, _decision(expected_revision=2, expected_decisions=1))
    assert versions() == (4, 4)


def test_a_decision_that_is_no_approval_puts_nothing_in_force(store: Store) -> None:
    _submit(store)
    _decide(
        store,
        _decision(Decision.SENT_BACK, until=date(2025, 10, 12), reason="Cộng thiếu", notes={"received": "Thiếu 5"}),
    )
    assert _in_force(store) == {}
    record = store.return_record(PROVINCE, EVERY_UNIT, COMMUNE, "online-services", SEPTEMBER)
    (made,) = record.decisions
    assert (made.decision, made.submission, made.until) == (Decision.SENT_BACK, 1, date(2025, 10, 12))
    assert (made.reason, made.notes) == ("Cộng thiếu", {"received": "Thiếu 5"})
    assert (made.recorded_by, made.recorded_at, made.event) == ("reviewer", LATER, 2)


@pytest.mark.parametrize("stale", [{"expected_revision": 0}, {"expected_decisions": 1}])
def test_a_decision_on_what_has_changed_is_refused(store: Store, stale: dict[str, int]) -> None:
    _submit(store)
    with pytest.raises(ConflictError) as conflict:
        _decide(store, _decision(**stale))
    assert conflict.value.revision == 1
    assert {each.figure.element_id for each in conflict.value.newer} == {"received", "online"}
    assert store.data_version() == 1


def test_a_submission_over_a_decision_that_its_author_did_not_see_is_refused(store: Store) -> None:
    _submit(store)
    _decide(store, _decision())
    with pytest.raises(ConflictError):
        _submit(store, "110", expected_revision=1, expected_decisions=0)
    assert _in_force(store) == {"received": 100, "online": 80}


def test_only_the_units_in_scope_are_read(store: Store) -> None:
    _submit(store)
    store.record(a_batch(a_draft(a_figure(unit_id=_OTHER)), approved=False))
    own = Scope(frozenset({"05908"}))
    assert [each.unit_id for each in store.returns(PROVINCE, own)] == [COMMUNE]
    assert [each.unit_id for each in store.returns(PROVINCE, EVERY_UNIT)] == [COMMUNE, _OTHER]
    assert store.returns(PROVINCE, Scope(frozenset())) == ()
    assert store.returns(PROVINCE, Scope(frozenset({"0590_", "%"}))) == ()
    for read in (
        lambda: store.last_figures(PROVINCE, own, _OTHER, SEPTEMBER),
        lambda: store.revisions(PROVINCE, own, _OTHER, "received", SEPTEMBER),
        lambda: store.return_record(PROVINCE, own, _OTHER, "online-services", SEPTEMBER),
    ):
        with pytest.raises(AccessRefusedError):
            read()


def test_an_approval_behind_the_programs_back_is_found(store: Store, tamper: object) -> None:
    _submit(store)
    _decide(store, _decision())
    tamper("UPDATE approvals SET recorded_by = 'somebody-else' WHERE element = 'received'")
    (found,) = store.verify()
    assert found.row is not None
    assert (found.row.table, found.row.name, found.event) == ("approvals", "received", 2)


@pytest.mark.parametrize("table", ["decisions", "approvals"])
def test_decisions_and_approvals_are_never_changed(store: Store, table: str) -> None:
    _submit(store)
    _decide(store, _decision())
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET recorded_by = 'x'"):
        with pytest.raises(StoreError, match="never updated or deleted"), store._database.writing() as session:
            session.run(statement)


def test_what_was_reported_before_there_was_a_review_stays_in_force_as_it_was_known(url: str) -> None:
    database = open_database(url)
    migrate(database, MIGRATIONS[:2], at="2025-10-03T08:00:00.000000Z")
    assert MIGRATIONS[2] is create_decisions_and_approvals
    with database.writing() as session:
        reported = "2025-10-03T08:00:00.000000Z"
        session.run(
            f"INSERT INTO events VALUES (1, 'return_submitted', '{PROVINCE}', '{reported}', 'x', '{{}}', '', 'h', '')"
        )
        session.run(
            f"INSERT INTO returns VALUES ('{PROVINCE}', '{COMMUNE}', 24308, 24308, 'online-services', 1, '',"
            f" '{reported}', 'x', 1, 'h')"
        )
        session.run(
            f"INSERT INTO figures VALUES ('{PROVINCE}', '{COMMUNE}', 24308, 24308, 'received', 1, 100, 0, 'number', '',"
            f" '', '{reported}', 'x', 1, 'h')"
        )
    database.close()
    old = open_store(url)
    assert _in_force(old, NOW) == {"received": 100}
    (record,) = old.returns(PROVINCE, EVERY_UNIT)
    assert [each.decision for each in record.decisions] == [Decision.APPROVED]
    assert [event.kind for event in old.events()] == ["return_submitted", "earlier_figures_approved"]
    old.close()


def _key(**changes: object) -> DraftKey:
    content = {
        "province_id": PROVINCE,
        "unit_id": COMMUNE,
        "form_id": "online-services",
        "period": SEPTEMBER,
        "person_id": "an",
    } | changes
    return DraftKey(**content)


def test_a_draft_is_kept_for_its_author_until_it_is_dropped(store: Store) -> None:
    store.drafts.save(_key(), {"received": "1.23"}, NOW)
    store.drafts.save(_key(), {"received": "1.234", "ghi chú": "«x»"}, LATER)
    store.drafts.save(_key(person_id="binh"), {"received": "9"}, NOW)
    found = store.drafts.find(_key())
    assert found is not None
    assert (found.content, found.saved_at) == ({"received": "1.234", "ghi chú": "«x»"}, LATER)
    assert [each.key for each in store.drafts.of_person(PROVINCE, "an")] == [_key()]
    store.drafts.drop(_key())
    assert store.drafts.find(_key()) is None
    assert store.drafts.find(_key(person_id="binh")) is not None
    assert store.data_version() == 0, "a draft is no figure: it leaves no event"


def test_a_draft_is_found_after_the_program_was_closed(url: str) -> None:
    store = open_store(url)
    store.drafts.save(_key(), {"received": "1"}, datetime(2025, 10, 3, 8, tzinfo=UTC))
    store.close()
    again = open_store(url)
    assert again.drafts.find(_key()) is not None
    again.close()
