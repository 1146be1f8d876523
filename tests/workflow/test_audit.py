from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from scorecard.domain.access import PERMISSIONS, AccessRefusedError, Permission, Person, Role
from scorecard.domain.figure import Figure
from scorecard.domain.period import Period
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import Batch, EventKind, ReturnDraft, Store, TrailQuery
from scorecard.workflow.audit import export_trail, outline_trail, read_event, read_trail

NOW = datetime(2025, 10, 3, 2, tzinfo=UTC)
COMMUNE = "05908@2025-07-01"
WANTED = TrailQuery(province_id="thai-nguyen")
OFFICE = Person("office", "Văn phòng", Role.REVIEWER)
READS: dict[str, Callable[[Store, Person | None], object]] = {
    "page": lambda store, person: read_trail(store, person, WANTED, 1),
    "event": lambda store, person: read_event(store, person, "thai-nguyen", 1, 1),
    "outline": lambda store, person: outline_trail(store, person, "thai-nguyen"),
    "export": lambda store, person: export_trail(store, person, WANTED, NOW),
}


def submit(store: Store, value: int, elements: int = 1, at: datetime = NOW, by: str = "head") -> None:
    figures = tuple(
        Figure(unit_id=COMMUNE, element_id=f"e{n:03}", period=Period.parse("2025-09"), value=Decimal(value))
        for n in range(elements)
    )
    draft = ReturnDraft(unit_id=COMMUNE, form_id="online-services", period=figures[0].period, figures=figures)
    kind = EventKind.RETURN_SUBMITTED
    store.record(Batch(kind=kind, province_id="thai-nguyen", person_id=by, at=at, returns=(draft,)))


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("role", Role)
def test_only_roles_that_may_view_the_audit_trail_read_it(store: Store, role: Role, read: str) -> None:
    submit(store, 1)
    person = Person("x", "x", role, frozenset({"05908"}))
    if Permission.VIEW_AUDIT in PERMISSIONS[role]:
        assert READS[read](store, person)
        return
    with pytest.raises(AccessRefusedError) as refused:
        READS[read](store, person)
    assert load_texts(Language.VIETNAMESE)(refused.value.reason) == (
        "Vai trò của bạn không được xem nhật ký. Cơ quan tổng hợp và quản trị viên mới xem được."
    )
    assert store.data_version() == 1


@pytest.mark.parametrize("read", READS)
def test_who_is_unknown_reads_nothing_of_the_trail(store: Store, read: str) -> None:
    with pytest.raises(AccessRefusedError) as refused:
        READS[read](store, None)
    assert refused.value.reason == "access.no_identity"
    assert store.data_version() == 0


def test_fifty_events_stand_on_a_page_and_a_page_too_far_is_the_last(store: Store) -> None:
    for value in range(51):
        submit(store, value)
    first, second, beyond = (read_trail(store, OFFICE, WANTED, number) for number in (1, 2, 9))
    assert (first.total, first.number, first.pages) == (51, 1, 2)
    assert [event.id for event in first.events] == list(range(51, 1, -1))
    assert [event.id for event in second.events] == [1]
    assert beyond == second
    assert read_trail(store, OFFICE, WANTED, 0) == first
    assert read_trail(store, OFFICE, WANTED, -3) == first


def test_an_empty_trail_has_one_empty_page(store: Store) -> None:
    found = read_trail(store, OFFICE, WANTED, 1)
    assert (found.events, found.total, found.number, found.pages) == ((), 0, 1, 1)


def test_the_figures_of_an_event_come_in_pages_of_a_hundred(store: Store) -> None:
    submit(store, 1, elements=101)
    first, second, beyond = (read_event(store, OFFICE, "thai-nguyen", 1, number) for number in (1, 2, 3))
    assert first is not None
    assert second is not None
    assert (len(first.figures), first.number, first.pages) == (100, 1, 2)
    assert [each.after.figure.element_id for each in second.figures] == ["e100"]
    assert beyond == second
    assert read_event(store, OFFICE, "thai-nguyen", 2, 1) is None
    assert read_event(store, OFFICE, "ha-giang", 1, 1) is None


def test_the_outline_names_people_and_the_beginning(store: Store) -> None:
    submit(store, 1)
    submit(store, 2, at=NOW + timedelta(days=1), by="reporter")
    outline = outline_trail(store, OFFICE, "thai-nguyen")
    assert (outline.people, outline.began) == (("head", "reporter"), NOW)


def test_a_copy_holds_all_events_found_and_leaves_an_event_of_its_own(store: Store) -> None:
    for value in range(60):
        submit(store, value)
    wanted = TrailQuery(
        province_id="thai-nguyen", person_id="head", unit_id=COMMUNE, kind="return_submitted", since=NOW
    )
    copied = export_trail(store, OFFICE, wanted, NOW)
    assert [event.id for event in copied] == list(range(60, 0, -1))
    left = read_trail(store, OFFICE, WANTED, 1).events[0]
    assert (left.kind, left.recorded_by, left.recorded_at, left.figures) == ("trail_exported", "office", NOW, 0)
    assert left.details == {
        "events": "60",
        "since": "2025-10-03T02:00:00+00:00",
        "of_person": "head",
        "of_unit": COMMUNE,
        "of_kind": "return_submitted",
    }
    assert store.verify() == ()


def test_a_copy_of_nothing_is_noted_too(store: Store) -> None:
    assert export_trail(store, OFFICE, WANTED, NOW) == ()
    assert read_trail(store, OFFICE, WANTED, 1).events[0].details == {"events": "0"}
