"""Whoever changes the database behind the program's back is found out, row by row."""

from collections.abc import Callable

import pytest

from scorecard.store import Store
from scorecard.store.errors import StoreError
from scorecard.store.records import Alteration, Damage, RowKey
from scorecard.store.rows import canonical, event_hash, row_hash
from tests.store.batches import COMMUNE, LATER, PROVINCE, SEPTEMBER, a_batch, a_draft, a_figure

Tamper = Callable[..., None]


@pytest.fixture(autouse=True)
def three_writes(store: Store) -> None:
    store.record(a_batch(a_draft(a_figure("received", "100"), a_figure("online", "80"))))
    store.record(a_batch(a_draft(a_figure("received", "110"), reason="Cộng thiếu"), at=LATER))
    store.record(a_batch(a_draft(a_figure(unit_id="05911@2025-07-01")), at=LATER))


def _figure(element: str = "received", revision: int = 1, unit: str = COMMUNE) -> RowKey:
    return RowKey(
        table="figures", province_id=PROVINCE, unit_id=unit, period=SEPTEMBER, name=element, revision=revision
    )


@pytest.mark.parametrize("table", ["figures", "returns", "decisions", "approvals", "events"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET recorded_by = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_updates_and_deletions(store: Store, table: str, statement: str) -> None:
    with pytest.raises(StoreError, match="never updated or deleted"), store._database.writing() as session:
        session.run(statement.format(table))
    assert store.verify() == ()
    assert store.data_version() == 3


def test_the_database_itself_refuses_deletion_by_other_means(store: Store, url: str) -> None:
    if url.startswith("postgresql"):
        statement = "TRUNCATE figures CASCADE"
    else:
        statement = "INSERT OR REPLACE INTO returns SELECT * FROM returns"
    with pytest.raises(StoreError, match="never updated or deleted"), store._database.writing() as session:
        session.run(statement)


def test_an_altered_value_is_named(store: Store, tamper: Tamper) -> None:
    tamper("UPDATE figures SET amount = 999 WHERE element = 'received' AND revision = 1 AND unit LIKE '05908%'")
    assert store.verify() == (Alteration(damage=Damage.ALTERED, event=1, row=_figure()),)


@pytest.mark.parametrize(
    "change", ["note = 'x'", "state = 'approximate'", "recorded_by = 'x'", "reason = 'x'", "decimals = 1", "hash = 'x'"]
)
def test_any_altered_column_is_found(store: Store, tamper: Tamper, change: str) -> None:
    tamper(f"UPDATE figures SET {change} WHERE element = 'online'")
    assert store.verify() == (Alteration(damage=Damage.ALTERED, event=1, row=_figure("online")),)


def test_a_value_altered_together_with_its_hash_is_named(store: Store, tamper: Tamper) -> None:
    period = SEPTEMBER.first.index, SEPTEMBER.last.index
    at = "2025-10-03T08:00:00.000000Z"
    row = (PROVINCE, COMMUNE, *period, "online", 1, 999, 0, "number", "", "", at, "reporter-05908", 1)
    tamper(f"UPDATE figures SET amount = 999, hash = '{row_hash(row)}' WHERE element = 'online'")
    assert store.verify() == (Alteration(damage=Damage.ALTERED, event=1, row=_figure("online")),)


def test_a_row_altered_together_with_its_line_in_the_event_gives_the_event_away(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM figures WHERE element = 'online'", "UPDATE events SET manifest = '' WHERE id = 1")
    assert Alteration(damage=Damage.ALTERED, event=1) in store.verify()


def test_a_deleted_row_is_named(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM figures WHERE element = 'received' AND revision = 2")
    assert store.verify() == (Alteration(damage=Damage.MISSING, event=2, row=_figure(revision=2)),)


def test_a_forged_row_is_named(store: Store, tamper: Tamper) -> None:
    _forge(tamper, revision=3, event=2)
    assert store.verify() == (Alteration(damage=Damage.EXTRA, event=2, row=_figure(revision=3)),)


def test_a_forged_row_of_no_event_is_named(store: Store, tamper: Tamper) -> None:
    _forge(tamper, revision=3, event=77)
    assert store.verify() == (Alteration(damage=Damage.EXTRA, event=77, row=_figure(revision=3)),)


def _forge(tamper: Tamper, revision: int, event: int) -> None:
    period = SEPTEMBER.first.index, SEPTEMBER.last.index
    row = (PROVINCE, COMMUNE, *period, "received", revision, 1, 0, "number", "", "", "2025-10-03", "x", event)
    literals = ", ".join(repr(value) for value in (*row, row_hash(row)))
    tamper(f"INSERT INTO figures VALUES ({literals})")


def test_an_altered_return_is_named(store: Store, tamper: Tamper) -> None:
    tamper("UPDATE returns SET recorded_by = 'x' WHERE revision = 2")
    ((alteration),) = store.verify()
    assert (alteration.damage, alteration.event) == (Damage.ALTERED, 2)
    assert alteration.row is not None
    assert (alteration.row.table, alteration.row.name, alteration.row.revision) == ("returns", "online-services", 2)


@pytest.mark.parametrize(
    "change",
    ["recorded_by = 'x'", 'details = \'{"a":"b"}\'', "kind = 'x'", "previous_hash = 'x'", "hash = 'x'"],
)
def test_an_altered_event_is_named(store: Store, tamper: Tamper, change: str) -> None:
    tamper(f"UPDATE events SET {change} WHERE id = 2")
    found = store.verify()
    assert Alteration(damage=Damage.ALTERED, event=2) in found
    assert all(alteration.row is None for alteration in found)


def test_an_event_rewritten_with_a_hash_that_fits_breaks_the_link_after_it(store: Store, tamper: Tamper) -> None:
    event = store.events()[1]
    at = "2025-10-03T09:00:00.000000Z"
    content = (2, event.kind, PROVINCE, at, "somebody-else", canonical({}), event.previous_hash)
    forged = event_hash(content, event.manifest)
    tamper(f"UPDATE events SET recorded_by = 'somebody-else', hash = '{forged}' WHERE id = 2")
    assert store.verify() == (Alteration(damage=Damage.ALTERED, event=2),)


def test_a_deleted_event_is_named_and_its_rows_are_no_longer_covered(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM events WHERE id = 2")
    found = store.verify()
    assert found[0] == Alteration(damage=Damage.MISSING, event=2)
    assert Alteration(damage=Damage.EXTRA, event=2, row=_figure(revision=2)) in found
    assert [each.row.table for each in found if each.row] == ["returns", "figures", "decisions", "approvals"]


def test_two_alterations_are_both_named(store: Store, tamper: Tamper) -> None:
    tamper(
        "UPDATE figures SET amount = 1 WHERE element = 'online'",
        "DELETE FROM figures WHERE unit = '05911@2025-07-01'",
    )
    assert store.verify() == (
        Alteration(damage=Damage.ALTERED, event=1, row=_figure("online")),
        Alteration(damage=Damage.MISSING, event=3, row=_figure(unit="05911@2025-07-01")),
    )


@pytest.mark.parametrize("manifest", ["1", "null", "[1,2]", "[[1],2,3,4,5,6,7,8]"])
def test_a_manifest_that_is_no_manifest_is_named_not_stumbled_over(store: Store, tamper: Tamper, manifest: str) -> None:
    tamper(f"UPDATE events SET manifest = '{manifest}' WHERE id = 2")
    assert Alteration(damage=Damage.ALTERED, event=2) in store.verify()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("value", ["x'ff00'", "'abc'", "1.5"])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("figures", "first_month"),
        ("figures", "amount"),
        ("figures", "note"),
        ("returns", "event"),
        ("returns", "revision"),
    ]
    + [("events", column) for column in ("id", "recorded_at", "details", "hash", "manifest")],
)
def test_a_value_of_another_type_is_found(store: Store, tamper: Tamper, table: str, column: str, value: str) -> None:
    tamper(f"UPDATE {table} SET {column} = {value} WHERE {'id' if table == 'events' else 'event'} = 2")
    found = store.verify()
    assert found
    assert all(str(alteration.row and alteration.row.period) for alteration in found)
