"""Editions and commitments are kept as recorded, on both engines, and whoever alters them is found out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from scorecard.domain.meeting import Commitment, Result
from scorecard.store import ConflictError, Damage, EventKind, Store, StoreError
from scorecard.store.records import Alteration, RowKey
from scorecard.store.rows import canonical, row_hash
from tests.store.batches import COMMUNE, LATER, NOW, PROVINCE, SEPTEMBER, a_batch, a_draft, a_figure
from tests.store.meetings import DEFINITIONS, PLAN, TARGET, freezing, giving, stating

Tamper = Callable[..., None]
EDITION = RowKey(
    table="editions", province_id=PROVINCE, unit_id=PLAN, period=SEPTEMBER, name="Họp tháng 10", revision=1
)


@pytest.fixture(autouse=True)
def figures(store: Store) -> None:
    store.record(a_batch(a_draft(a_figure("received", "100"), a_figure("online", "80"))))


def commitment(store: Store) -> Commitment:
    (found,) = store.meetings.commitments(PROVINCE)
    return found


def test_an_edition_is_kept_as_it_was_frozen(store: Store) -> None:
    receipt = store.record(freezing(store))
    edition = store.meetings.edition(PROVINCE, 1)
    assert edition is not None
    assert edition.content == {"definitions": DEFINITIONS, "shown": {"vi": "Đã đạt 71,6%"}}
    mark = edition.mark
    assert (mark.number, mark.plan_id, mark.month, mark.name) == (1, PLAN, SEPTEMBER.first, "Họp tháng 10")
    assert (mark.frozen_at, mark.frozen_by, mark.event) == (NOW, "reporter-05908", receipt.event)
    assert store.meetings.editions(PROVINCE) == (mark,)
    assert store.meetings.edition(PROVINCE, 2) is None
    assert store.meetings.edition("bac-ninh", 1) is None
    assert store.events()[-1].kind == EventKind.EDITION_FROZEN
    assert store.verify() == ()


def test_editions_are_numbered_and_the_newest_comes_first(store: Store) -> None:
    for name in ("a", "b"):
        store.record(freezing(store, name=name))
    assert [(mark.number, mark.name) for mark in store.meetings.editions(PROVINCE)] == [(2, "b"), (1, "a")]


def test_an_edition_made_before_something_else_was_written_is_refused(store: Store) -> None:
    made = freezing(store)
    store.record(a_batch(a_draft(a_figure("received", "110"), reason="Cộng thiếu"), at=LATER))
    with pytest.raises(ConflictError):
        store.record(made)
    assert store.meetings.editions(PROVINCE) == ()


def test_the_same_figures_have_the_same_hash_and_a_correction_another(store: Store) -> None:
    store.record(freezing(store, name="a"))
    store.record(freezing(store, name="b"))
    store.record(a_batch(a_draft(a_figure("received", "110"), reason="Cộng thiếu"), at=LATER))
    store.record(freezing(store, name="c"))
    third, second, first = store.meetings.editions(PROVINCE)
    assert first.figures_hash == second.figures_hash != third.figures_hash
    assert store.verify() == ()


def test_what_is_not_yet_approved_is_no_part_of_an_edition(store: Store) -> None:
    store.record(freezing(store, name="a"))
    store.record(a_batch(a_draft(a_figure("received", "110"), reason="Cộng thiếu"), at=LATER, approved=False))
    store.record(freezing(store, name="b"))
    second, first = store.meetings.editions(PROVINCE)
    assert first.figures_hash == second.figures_hash


def test_the_seal_covers_figures_definitions_program_and_words(store: Store) -> None:
    changes: tuple[dict[str, object], ...] = (
        {},
        {"program": "0.2.0"},
        {"content": {"definitions": DEFINITIONS, "shown": {"vi": "Đã đạt 71,7%"}}},
        {"definitions_hash": "x"},
    )
    for number, change in enumerate(changes):
        store.record(freezing(store, name=str(number), **change))
    assert len({mark.seal for mark in store.meetings.editions(PROVINCE)}) == len(changes)


def test_a_commitment_is_kept_with_everything_that_was_said_of_it(store: Store) -> None:
    store.record(freezing(store))
    receipt = store.record(giving())
    given = commitment(store)
    assert (given.id, given.edition, given.plan_id, given.target_id) == (str(receipt.event), 1, PLAN, TARGET)
    assert (given.unit_id, given.of_unit, given.due, given.promised) == (
        COMMUNE,
        "19",
        date(2025, 10, 31),
        Decimal("75.5"),
    )
    assert (given.given_at, given.given_by, given.stated) == (NOW, "reporter-05908", None)
    store.record(stating(given.id, Result.WITHDRAWN, reason="Giao trùng việc"))
    store.record(stating(given.id, Result.NOT_KEPT, seen=1))
    assert [(each.result, each.reason) for each in commitment(store).statements] == [
        (Result.WITHDRAWN, "Giao trùng việc"),
        (Result.NOT_KEPT, ""),
    ]
    assert store.verify() == ()


def test_a_commitment_without_a_number_has_none_and_ten_commitments_keep_their_order(store: Store) -> None:
    store.record(freezing(store))
    for number in range(10):
        store.record(giving(what=str(number), promised=None))
    found = store.meetings.commitments(PROVINCE)
    assert [each.what for each in found] == [str(number) for number in range(10)]
    assert {each.promised for each in found} == {None}


def test_a_result_stated_of_what_somebody_else_spoke_of_meanwhile_is_refused(store: Store) -> None:
    store.record(freezing(store))
    store.record(giving())
    store.record(stating(commitment(store).id))
    with pytest.raises(ConflictError):
        store.record(stating(commitment(store).id, Result.NOT_KEPT))
    with pytest.raises(StoreError):
        store.record(stating("77"))


def test_a_commitment_of_no_edition_is_refused_by_the_database(store: Store) -> None:
    with pytest.raises(StoreError):
        store.record(giving(edition=3))
    assert store.meetings.commitments(PROVINCE) == ()


@pytest.mark.parametrize("table", ["editions", "commitments"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET recorded_by = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_changes(store: Store, table: str, statement: str) -> None:
    store.record(freezing(store))
    store.record(giving())
    with pytest.raises(StoreError, match="never updated or deleted"), store._database.writing() as session:
        session.run(statement.format(table))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", ["editions", "commitments"])
def test_sqlite_refuses_replacement(store: Store, table: str) -> None:
    store.record(freezing(store))
    store.record(giving())
    with pytest.raises(StoreError, match="never updated or deleted"), store._database.writing() as session:
        session.run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("change", ["seal = 'x'", "content = '{}'", "program = 'x'", "figures_hash = 'x'"])
def test_an_altered_edition_is_named(store: Store, tamper: Tamper, change: str) -> None:
    store.record(freezing(store))
    tamper(f"UPDATE editions SET {change}")
    assert store.verify() == (Alteration(damage=Damage.ALTERED, event=2, row=EDITION),)


def test_an_altered_figure_gives_away_the_editions_that_were_made_from_it(store: Store, tamper: Tamper) -> None:
    store.record(freezing(store))
    tamper("UPDATE figures SET amount = 99 WHERE element = 'online'")
    assert [each.row and each.row.table for each in store.verify()] == ["figures", "editions"]


def test_an_edition_whose_definitions_are_not_those_it_names_is_named(store: Store) -> None:
    store.record(freezing(store, content={"definitions": {"province.yaml": "name: Bắc Ninh\n"}}))
    store.record(freezing(store, name="b", content={"shown": {}}))
    assert [each.row and each.row.revision for each in store.verify()] == [1, 2]


def test_an_altered_promise_and_a_forged_result_are_named(store: Store, tamper: Tamper) -> None:
    store.record(freezing(store))
    store.record(giving())
    months = SEPTEMBER.first.index, SEPTEMBER.last.index
    forged = (PROVINCE, COMMUNE, *months, "3", 2, 1, PLAN, TARGET, "19", "", "", "", "kept", "", "2025-10-03", "x", 3)
    literals = ", ".join(repr(value) for value in (*forged, row_hash(forged)))
    tamper("UPDATE commitments SET promised = '70'", f"INSERT INTO commitments VALUES ({literals})")
    assert [
        (each.damage, each.row and (each.row.table, each.row.name, each.row.revision)) for each in store.verify()
    ] == [
        (Damage.ALTERED, ("commitments", "3", 1)),
        (Damage.EXTRA, ("commitments", "3", 2)),
    ]


def test_content_is_written_in_one_way_only() -> None:
    assert canonical({"b": "Đ", "a": 1}) == '{"a":1,"b":"Đ"}'
