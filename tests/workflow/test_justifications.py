"""Who may write a justification, for what, and what is refused; on a real store with figures that fall short."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from scorecard.domain.access import EVERY_UNIT, AccessRefusedError, Person, Role, Scope
from scorecard.domain.figure import Figure
from scorecard.domain.finding import Finding
from scorecard.domain.period import Month, Period
from scorecard.domain.plan import DatedValue, Target
from scorecard.domain.status import Status
from scorecard.store import Batch, EventKind, JustificationConflictError, Receipt, ReturnDraft, Store
from scorecard.workflow.justifications import (
    JustificationText,
    RefusedJustificationError,
    justification_scope,
    may_justify,
    read_history,
    read_statuses,
    write_justification,
)
from tests.builders import a_plan, a_province, a_target

_TODAY = date(2025, 10, 3)
_NOW = datetime(2025, 10, 3, 1, 30, tzinfo=UTC)
_SEPTEMBER = Month.parse("2025-09")
_UNIT = "05908@2025-07-01"
_START = DatedValue(date(2024, 11, 30), Fraction(40, 100))
_LATE = a_target("late", lead="05908", baseline=_START)
_MET = a_target("met", ">= 10%", lead="05908", baseline=DatedValue(date(2024, 11, 30), Fraction(5, 100)))
_UNLED = a_target("unled", baseline=_START)
_PROVINCE = a_province(plans=(a_plan(_LATE, _MET, _UNLED),))
_HEAD = Person("head-05908", "Chủ tịch UBND xã", Role.HEAD, frozenset({"05908"}))
_REPORTER = Person("bao-cao-05908", "Công chức", Role.REPORTER, frozenset({"05908"}))
_TEXT = JustificationText(
    cause="Hệ thống một cửa ngừng 10 ngày", remedy="Thêm hai người ở bộ phận một cửa", by_when=date(2025, 11, 30)
)


@pytest.fixture(autouse=True)
def figures(store: Store) -> None:
    """Three months in which 30 of 100 dossiers were processed online."""
    for month in (7, 8, 9):
        _report(store, month, online=30, received=100)


def _report(store: Store, month: int, *, online: int, received: int) -> None:
    period = Period.parse(f"2025-{month:02}")
    counts = {"dossiers_received": received, "dossiers_full_online": online}
    figures = tuple(
        Figure(unit_id=_UNIT, element_id=each, period=period, value=Decimal(n)) for each, n in counts.items()
    )
    draft = ReturnDraft(unit_id=_UNIT, form_id="online-services", period=period, figures=figures)
    kind = EventKind.FIGURES_IMPORTED
    store.record(Batch(kind=kind, province_id="thai-nguyen", person_id="x", at=_NOW, returns=(draft,), approved=True))


def _write(
    store: Store,
    text: JustificationText = _TEXT,
    *,
    person: Person | None = _HEAD,
    target: Target = _LATE,
    month: Month = _SEPTEMBER,
    expected_revision: int = 0,
    now: datetime = _NOW,
    today: date = _TODAY,
) -> Receipt:
    return write_justification(
        store,
        _PROVINCE,
        person,
        target,
        month,
        text,
        expected_revision=expected_revision,
        now=now,
        today=today,
    )


def _refused(store: Store, *arguments: object, **changes: object) -> list[tuple[str, str]]:
    before = store.data_version()
    with pytest.raises(RefusedJustificationError) as refusal:
        _write(store, *arguments, **changes)  # type: ignore[arg-type]
    assert store.data_version() == before
    return [(each.key, each.code) for each in refusal.value.findings]


@pytest.mark.parametrize("person", [_HEAD, _REPORTER])
def test_the_lead_unit_says_why_and_the_status_stays_as_it_is(store: Store, person: Person) -> None:
    before = read_statuses(store, _PROVINCE, _SEPTEMBER)
    receipt = _write(store, person=person)
    (said,) = read_history(store, _PROVINCE, person, _LATE, _SEPTEMBER)
    assert (said.cause, said.remedy, said.by_when) == (_TEXT.cause, _TEXT.remedy, _TEXT.by_when)
    assert (said.unit_id, said.recorded_by, said.recorded_at, said.revision) == (_UNIT, person.id, _NOW, 1)
    assert read_statuses(store, _PROVINCE, _SEPTEMBER) == before
    assert before["kh-222-2024", "late"][_SEPTEMBER] is Status.OFF_TRACK
    event = store.events()[-1]
    assert (event.id, event.kind, event.recorded_by) == (receipt.event, "justification_written", person.id)
    assert event.details == {
        "unit": _UNIT,
        "period": "2025-09",
        "target": "kh-222-2024/late",
        "by_when": "2025-11-30",
        "revision": "1",
    }


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (None, "access.no_identity"),
        (Person("x", "x", Role.VIEWER, frozenset({"05908"})), "access.role_lacks_justify_target"),
        (Person("x", "x", Role.CHAIR_OFFICE), "access.role_lacks_justify_target"),
        (Person("x", "x", Role.REVIEWER, frozenset({"05908"})), "access.role_lacks_justify_target"),
        (Person("x", "x", Role.ADMINISTRATOR), "access.role_lacks_justify_target"),
        (Person("x", "x", Role.HEAD, frozenset({"so-y-te"})), "access.other_lead"),
        (Person("x", "x", Role.HEAD), "access.other_lead"),
    ],
)
def test_nobody_else_writes(store: Store, person: Person | None, reason: str) -> None:
    with pytest.raises(AccessRefusedError) as refusal:
        _write(store, person=person)
    assert refusal.value.reason == reason
    assert store.justifications.of_province("thai-nguyen") == ()
    assert not may_justify(_PROVINCE, person, _LATE, _SEPTEMBER)


def test_the_people_of_the_lead_unit_are_known_as_such() -> None:
    assert may_justify(_PROVINCE, _HEAD, _LATE, _SEPTEMBER)
    assert may_justify(_PROVINCE, _REPORTER, _MET, _SEPTEMBER)
    assert not may_justify(_PROVINCE, _HEAD, _UNLED, _SEPTEMBER)


def test_a_target_that_nobody_leads_takes_no_words(store: Store) -> None:
    with pytest.raises(AccessRefusedError):
        _write(store, target=_UNLED)


def test_everybody_who_sees_the_scoreboard_reads_what_was_said(store: Store) -> None:
    _write(store)
    for role in Role:
        assert len(read_history(store, _PROVINCE, Person("x", "x", role), _LATE, _SEPTEMBER)) == 1
    with pytest.raises(AccessRefusedError):
        read_history(store, _PROVINCE, None, _LATE, _SEPTEMBER)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"cause": "  Ngắn quá \n"}, [("cause", "too_short")]),
        ({"remedy": ""}, [("remedy", "too_short")]),
        ({"cause": "x" * 1001}, [("cause", "too_long")]),
        ({"remedy": "x" * 1001}, [("remedy", "too_long")]),
        ({"by_when": None}, [("by_when", "day_missing")]),
        ({"by_when": date(2025, 10, 2)}, [("by_when", "day_passed")]),
        (
            {"cause": "", "remedy": "?", "by_when": None},
            [("cause", "too_short"), ("remedy", "too_short"), ("by_when", "day_missing")],
        ),
    ],
)
def test_every_fault_is_named_at_its_place_at_once(
    store: Store, changes: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert _refused(store, replace(_TEXT, **changes)) == expected


def test_the_limits_themselves_are_taken_and_words_are_tidied(store: Store) -> None:
    cause, remedy = "Thiếu người", "x" * 1000
    _write(store, JustificationText(cause=f" {cause}\t\r\n", remedy=remedy, by_when=_TODAY))
    (said,) = read_history(store, _PROVINCE, _HEAD, _LATE, _SEPTEMBER)
    assert said.said == (cause, remedy, _TODAY)


def test_a_fault_carries_what_its_sentence_needs(store: Store) -> None:
    with pytest.raises(RefusedJustificationError) as refusal:
        _write(store, replace(_TEXT, cause="y" * 1234, by_when=date(2025, 9, 1)))
    found: tuple[Finding, ...] = refusal.value.findings
    assert [dict(each.parameters) for each in found] == [{"longest": 1000, "length": 1234}, {"day": date(2025, 9, 1)}]


def test_what_is_not_late_is_not_asked_about(store: Store) -> None:
    assert _refused(store, target=_MET) == [("", "not_owed")]


def test_a_month_outside_the_plan_or_not_over_is_not_asked_about(store: Store) -> None:
    assert _refused(store, month=Month.parse("2024-11")) == [("", "not_owed")]
    assert _refused(store, month=Month.parse("2025-10")) == [("", "not_yet_asked")]
    assert _refused(store, month=Month.parse("2026-01"), today=date(2026, 2, 3)) == [("", "not_owed")]


def test_a_correction_is_a_revision_and_both_are_kept(store: Store) -> None:
    _write(store)
    _write(store, replace(_TEXT, remedy="Thêm bốn người ở bộ phận một cửa"), expected_revision=1, person=_REPORTER)
    history = read_history(store, _PROVINCE, _HEAD, _LATE, _SEPTEMBER)
    assert [(each.remedy, each.revision, each.recorded_by) for each in history] == [
        ("Thêm bốn người ở bộ phận một cửa", 2, "bao-cao-05908"),
        (_TEXT.remedy, 1, "head-05908"),
    ]


def test_a_correction_without_a_change_is_refused(store: Store) -> None:
    _write(store)
    assert _refused(store, replace(_TEXT, cause=f"{_TEXT.cause} "), expected_revision=1) == [("", "nothing_changed")]


def test_a_correction_may_keep_a_day_that_has_passed_but_not_set_one(store: Store) -> None:
    _write(store)
    after = date(2025, 12, 15)
    _write(store, replace(_TEXT, cause="Hệ thống ngừng 12 ngày"), expected_revision=1, today=after)
    other = replace(_TEXT, by_when=date(2025, 12, 14))
    assert _refused(store, other, expected_revision=2, today=after) == [("by_when", "day_passed")]


def test_a_correction_is_taken_when_the_status_no_longer_asks(store: Store) -> None:
    _write(store)
    _report(store, 9, online=1000, received=1000)
    assert read_statuses(store, _PROVINCE, _SEPTEMBER)["kh-222-2024", "late"][_SEPTEMBER] is Status.MET
    assert _write(store, replace(_TEXT, cause="Đã đối chiếu lại số"), expected_revision=1).event == 6


def test_pressing_twice_writes_once_and_gives_the_same_receipt(store: Store) -> None:
    first = _write(store)
    assert _write(store, now=_NOW + timedelta(seconds=2)) == first
    assert len(store.justifications.of_province("thai-nguyen")) == 1


@pytest.mark.parametrize(
    ("person", "changes"),
    [(_REPORTER, {}), (_HEAD, {"cause": "Thiếu người trực"})],
    ids=["other person", "other words"],
)
def test_what_somebody_else_or_somewhere_else_was_written_is_shown(
    store: Store, person: Person, changes: dict[str, object]
) -> None:
    _write(store)
    with pytest.raises(JustificationConflictError) as conflict:
        _write(store, replace(_TEXT, **changes), person=person)
    assert conflict.value.latest.said == (_TEXT.cause, _TEXT.remedy, _TEXT.by_when)
    assert len(store.justifications.of_province("thai-nguyen")) == 1


def test_whose_list_a_person_sees() -> None:
    for role in (Role.CHAIR_OFFICE, Role.REVIEWER, Role.ADMINISTRATOR, Role.VIEWER):
        assert justification_scope(Person("x", "x", role, frozenset({"05908"}))) == EVERY_UNIT
    assert justification_scope(Person("x", "x", Role.REPORTER, frozenset({"05908"}))) == Scope(frozenset({"05908"}))
    with pytest.raises(AccessRefusedError):
        justification_scope(None)
