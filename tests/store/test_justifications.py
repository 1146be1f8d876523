"""Justifications on both engines: every revision kept, known as on a day, covered by the chain."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from scorecard.domain.justification import Justification
from scorecard.domain.period import Month
from scorecard.store import (
    Batch,
    EventKind,
    JustificationConflictError,
    JustificationDraft,
    Receipt,
    Store,
    StoreError,
    TrailQuery,
)
from scorecard.store.records import Alteration, Damage, RowKey
from tests.store.batches import LATER, NOW, PROVINCE, SEPTEMBER

LEAD = "so-khcn@2025-07-01"
PLAN, TARGET = "kh-222-2024", "online-work-files.commune"
MONTH = Month.parse("2025-09")


def a_text(**changes: object) -> JustificationDraft:
    content: dict[str, object] = {
        "plan_id": PLAN,
        "target_id": TARGET,
        "month": MONTH,
        "unit_id": LEAD,
        "cause": "Hệ thống một cửa ngừng 10 ngày",
        "remedy": "Bổ sung máy chủ dự phòng",
        "by_when": date(2025, 11, 30),
        "expected_revision": 0,
    } | changes
    return JustificationDraft(**content)  # type: ignore[arg-type]


def write(store: Store, *drafts: JustificationDraft, at: datetime = NOW, by: str = "head") -> Receipt:
    batch = Batch(
        kind=EventKind.JUSTIFICATION_WRITTEN, province_id=PROVINCE, person_id=by, at=at, justifications=drafts
    )
    return store.record(batch)


def said(store: Store, known_at: datetime | None = None) -> list[tuple[str, int]]:
    return [(each.cause, each.revision) for each in store.justifications.of_province(PROVINCE, known_at)]


def test_what_was_written_is_read_back_whole(store: Store) -> None:
    receipt = write(store, a_text(cause="Dòng một\nDòng hai «x» 'y' %s ?"))
    assert (receipt.event, receipt.at) == (1, NOW)
    assert store.justifications.of_province(PROVINCE) == (
        Justification(
            plan_id=PLAN,
            target_id=TARGET,
            month=MONTH,
            unit_id=LEAD,
            cause="Dòng một\nDòng hai «x» 'y' %s ?",
            remedy="Bổ sung máy chủ dự phòng",
            by_when=date(2025, 11, 30),
            revision=1,
            recorded_at=NOW,
            recorded_by="head",
            event=1,
        ),
    )
    assert store.justifications.of_province("ha-giang") == ()
    assert store.verify() == ()


def test_a_correction_is_a_revision_and_every_day_is_known_as_it_was(store: Store) -> None:
    write(store, a_text(cause="Trước"))
    write(store, a_text(cause="Sau", expected_revision=1), at=LATER)
    assert said(store) == [("Trước", 1), ("Sau", 2)]
    assert said(store, LATER - timedelta(microseconds=1)) == said(store, NOW) == [("Trước", 1)]
    assert said(store, NOW - timedelta(microseconds=1)) == []


def test_a_target_is_read_with_its_earlier_months_and_no_other(store: Store) -> None:
    write(store, a_text(cause="Tháng chín"))
    write(store, a_text(cause="Tháng tám", month=MONTH.plus(-1)), a_text(cause="Khác", target_id="hotline"))
    write(store, a_text(cause="Cùng mã, kế hoạch khác", plan_id="nq-01-2020"))

    def causes(until: Month, **known: datetime) -> list[str]:
        return [each.cause for each in store.justifications.of_target(PROVINCE, PLAN, TARGET, until, **known)]

    assert causes(MONTH) == ["Tháng tám", "Tháng chín"]
    assert causes(MONTH.plus(-1)) == ["Tháng tám"]
    assert causes(MONTH.plus(-2)) == causes(MONTH, known_at=NOW - timedelta(seconds=1)) == []


def test_who_did_not_see_the_last_revision_is_shown_it_and_writes_nothing(store: Store) -> None:
    write(store, a_text(cause="Của người kia"))
    with pytest.raises(JustificationConflictError) as conflict:
        write(store, a_text(cause="Của tôi"), by="other")
    assert (conflict.value.latest.cause, conflict.value.latest.recorded_by) == ("Của người kia", "head")
    assert conflict.value.revision == 1
    assert said(store) == [("Của người kia", 1)]
    assert store.data_version() == 1


def test_the_lead_may_change_and_the_revisions_go_on(store: Store) -> None:
    write(store, a_text())
    write(store, a_text(unit_id="van-phong-ubnd@", cause="Đơn vị mới", expected_revision=1))
    assert [(each.unit_id, each.revision) for each in store.justifications.of_province(PROVINCE)] == [
        (LEAD, 1),
        ("van-phong-ubnd@", 2),
    ]


def test_all_of_a_batch_is_written_or_nothing(store: Store) -> None:
    write(store, a_text(target_id="hotline"))
    with pytest.raises(JustificationConflictError):
        write(store, a_text(), a_text(target_id="hotline"))
    with pytest.raises(StoreError):
        write(store, a_text(), a_text())
    assert len(said(store)) == store.data_version() == 1


def test_the_event_names_the_row(store: Store) -> None:
    write(store, a_text())
    (event,) = store.events()
    table, *key, own_hash = json.loads(event.manifest)
    index = MONTH.index
    assert [table, *key] == ["justifications", PROVINCE, LEAD, index, index, f"{PLAN}/{TARGET}", 1]
    assert len(own_hash) == 64


def test_the_trail_finds_the_words(store: Store) -> None:
    write(store, a_text())
    for text in ("máy chủ", "NGỪNG 10 NGÀY".lower()):
        _, found = store.trail.page(TrailQuery(province_id=PROVINCE, text=text), 10, 0)
        assert found == 1
    assert store.trail.page(TrailQuery(province_id=PROVINCE, text="không có"), 10, 0)[1] == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE justifications SET remedy = 'x'",
        "DELETE FROM justifications",
        "INSERT INTO justifications SELECT province, 'y', first_month, last_month, target, revision, cause, remedy,"
        " last_day, recorded_at, recorded_by, event, hash FROM justifications",
    ],
)
def test_what_was_said_is_never_changed(store: Store, statement: str) -> None:
    write(store, a_text())
    with pytest.raises(StoreError), store._database.writing() as session:
        session.run(statement)
    assert store.verify() == ()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_replacing_is_no_way_around(store: Store) -> None:
    write(store, a_text())
    with pytest.raises(StoreError, match="never updated or deleted"), store._database.writing() as session:
        session.run("INSERT OR REPLACE INTO justifications SELECT * FROM justifications")


@pytest.mark.parametrize(
    ("statement", "damage"),
    [
        ("UPDATE justifications SET cause = 'x'", Damage.ALTERED),
        ("UPDATE justifications SET last_day = '2026-01-01'", Damage.ALTERED),
        ("UPDATE justifications SET recorded_by = 'x'", Damage.ALTERED),
        ("DELETE FROM justifications", Damage.MISSING),
    ],
)
def test_what_was_altered_behind_the_programs_back_is_named(
    store: Store, tamper: Callable[..., None], statement: str, damage: Damage
) -> None:
    write(store, a_text())
    tamper(statement)
    row = RowKey(
        table="justifications",
        province_id=PROVINCE,
        unit_id=LEAD,
        period=SEPTEMBER,
        name=f"{PLAN}/{TARGET}",
        revision=1,
    )
    assert store.verify() == (Alteration(damage=damage, event=1, row=row),)
