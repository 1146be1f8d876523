"""Reading the audit trail, on both engines."""

from datetime import timedelta
from decimal import Decimal

import pytest

from scorecard.domain.figure import FigureState
from scorecard.domain.period import Period
from scorecard.domain.review import Decision
from scorecard.store import Batch, EventKind, ReportedUnit, ReturnDecision, Store, TrailQuery
from tests.store.batches import COMMUNE, LATER, NOW, PROVINCE, SEPTEMBER, a_batch, a_draft, a_figure, a_gap

OTHER = "05910@2025-07-01"
AUGUST = Period.parse("2025-08")


def export_event(**changes: object) -> Batch:
    return a_batch(kind=EventKind.TRAIL_EXPORTED, person_id="office", at=LATER, **changes)


@pytest.fixture
def filled(store: Store) -> Store:
    """Five events: a return, its correction, an import of two units, one of nobody's province, another province's."""
    store.record(a_batch(a_draft(a_figure("received", "100"), a_figure("online", "80"))))
    store.record(a_batch(a_draft(a_figure("received", "110"), reason="Đếm thiếu 10% hồ sơ"), at=LATER))
    store.record(
        a_batch(
            a_draft(a_figure(period=AUGUST, note="Theo Sổ theo dõi")),
            a_draft(a_figure("services", unit_id=OTHER), form_id="services"),
            kind=EventKind.FIGURES_IMPORTED,
            person_id="office",
            at=LATER + timedelta(days=1),
            details={"reason": "Nạp lại 'tháng' \"8\"", "rows": "2"},
        )
    )
    store.record(export_event(province_id="", details={"unit": COMMUNE}))
    store.record(a_batch(a_draft(a_figure()), province_id="ha-giang", person_id="stranger"))
    return store


def ids(store: Store, **wanted: object) -> list[int]:
    events, total = store.trail.page(TrailQuery(province_id=PROVINCE, **wanted), 50, 0)
    assert total == len(events)
    return [event.id for event in events]


def test_events_of_the_province_and_of_none_come_newest_first(filled: Store) -> None:
    assert ids(filled) == [4, 3, 2, 1]
    assert filled.trail.event(PROVINCE, 5) is None
    assert filled.trail.event(PROVINCE, 6) is None


def test_an_event_tells_how_much_it_wrote_of_what(filled: Store) -> None:
    exported, imported, corrected, submitted = filled.trail.page(TrailQuery(province_id=PROVINCE), 50, 0)[0]
    assert (submitted.figures, submitted.revised, submitted.units) == (2, 0, 1)
    assert (submitted.unit_id, submitted.form_id, submitted.period) == (COMMUNE, "online-services", SEPTEMBER)
    assert (corrected.figures, corrected.revised, corrected.recorded_at) == (1, 1, LATER)
    assert (imported.figures, imported.units, imported.unit_id, imported.form_id) == (2, 2, None, None)
    assert imported.period == Period(AUGUST.first, SEPTEMBER.last)
    assert imported.details == {"reason": "Nạp lại 'tháng' \"8\"", "rows": "2"}
    assert (exported.figures, exported.units, exported.unit_id, exported.period) == (0, 0, None, None)
    assert filled.trail.event(PROVINCE, 2) == corrected


def test_an_event_carries_its_links_of_the_chain_and_the_code_of_its_receipt(store: Store) -> None:
    first = store.record(a_batch(a_draft(a_figure())))
    second = store.record(a_batch(a_draft(a_figure(value="7"))))
    found = store.trail.event(PROVINCE, 2)
    assert found is not None
    assert (found.code, found.hash, found.previous_hash) == (second.code, second.hash, first.hash)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"person_id": "office"}, [4, 3]),
        ({"person_id": "stranger"}, []),
        ({"kind": "return_submitted"}, [2, 1]),
        ({"unit_id": OTHER}, [3]),
        ({"unit_id": COMMUNE}, [4, 3, 2, 1]),
        ({"unit_id": "05908"}, []),
        ({"unit_id": "2"}, []),
        ({"since": LATER}, [4, 3, 2]),
        ({"before": LATER}, [1]),
        ({"since": LATER, "before": LATER + timedelta(days=1)}, [4, 2]),
        ({"unit_id": COMMUNE, "kind": "return_submitted", "since": LATER}, [2]),
    ],
)
def test_each_filter_narrows_the_trail(filled: Store, wanted: dict[str, object], expected: list[int]) -> None:
    assert ids(filled, **wanted) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thiếu 10%", [2]),
        ("đếm", [2]),
        ("ĐẾM", [2]),
        ("Đếm THIẾU", [2]),
        ("sổ theo dõi", [3]),
        ("Sổ theo", [3]),
        ("SỔ", [3]),
        ("%", [2]),
        ("_", []),
        ("mất mạng", []),
        ('"8"', [3]),
        ("'tháng'", [3]),
        ("rows", []),
        ("unit", []),
        ("05908", [4]),
    ],
)
def test_a_text_is_found_in_values_reasons_and_notes_literally(filled: Store, text: str, expected: list[int]) -> None:
    assert ids(filled, text=text) == expected


def test_a_receipt_code_finds_its_event_and_a_false_one_finds_nothing(filled: Store) -> None:
    event = filled.trail.event(PROVINCE, 2)
    assert event is not None
    assert ids(filled, text=event.code) == [2]
    assert ids(filled, text=event.code.lower()) == [2]
    assert ids(filled, text=f"000003-{event.code[-8:]}") == []


def test_pages_hold_every_event_once_and_tell_the_total(filled: Store) -> None:
    wanted = TrailQuery(province_id=PROVINCE)
    pages = [filled.trail.page(wanted, 3, offset) for offset in (0, 3, 6)]
    assert [[event.id for event in events] for events, _ in pages] == [[4, 3, 2], [1], []]
    assert [total for _, total in pages] == [4, 4, 4]


def test_an_event_shows_each_figure_beside_the_one_it_replaced(filled: Store) -> None:
    filled.record(
        a_batch(a_draft(a_gap(FigureState.NOT_AVAILABLE, "received", "Máy hỏng"), a_figure("new", "0")), at=LATER)
    )
    new, received = filled.trail.written(6, 50, 0)
    assert (new.after.figure.element_id, new.after.figure.value, new.before) == ("new", Decimal(0), None)
    assert received.before is not None
    assert (received.before.figure.value, received.before.revision) == (Decimal(110), 2)
    assert (received.after.figure.value, received.after.figure.note) == (None, "Máy hỏng")
    assert [each.after.figure.element_id for each in filled.trail.written(6, 1, 1)] == ["received"]
    assert filled.trail.written(4, 50, 0) == ()


def test_people_and_the_first_moment_are_those_of_the_province(filled: Store) -> None:
    assert filled.trail.people(PROVINCE) == ("office", "reporter-05908")
    assert filled.trail.began(PROVINCE) == NOW


def test_an_empty_trail_has_neither_people_nor_a_first_moment(store: Store) -> None:
    assert store.trail.people(PROVINCE) == ()
    assert store.trail.began(PROVINCE) is None
    assert store.trail.page(TrailQuery(province_id=PROVINCE, text="x"), 50, 0) == ((), 0)


def test_units_tell_how_many_figures_were_changed_after_they_were_first_reported(filled: Store) -> None:
    assert filled.trail.units(PROVINCE) == (
        ReportedUnit(unit_id=COMMUNE, reported=3, corrected=1),
        ReportedUnit(unit_id=OTHER, reported=1, corrected=0),
    )


def test_what_was_announced_as_not_reported_first_is_no_correction(store: Store) -> None:
    store.record(a_batch(a_draft(a_gap(FigureState.NOT_REPORTED), a_gap(FigureState.NOT_REPORTED, "still"))))
    store.record(a_batch(a_draft(a_figure()), at=LATER))
    assert store.trail.units(PROVINCE) == (ReportedUnit(unit_id=COMMUNE, reported=1, corrected=0),)
    store.record(a_batch(a_draft(a_figure(value="5")), at=LATER))
    assert store.trail.units(PROVINCE) == (ReportedUnit(unit_id=COMMUNE, reported=1, corrected=1),)


def test_changed_figures_bring_all_their_revisions_and_no_others(filled: Store) -> None:
    found = filled.trail.changed(PROVINCE, COMMUNE)
    assert [(r.figure.element_id, r.figure.period, r.revision, r.figure.value) for r in found] == [
        ("received", SEPTEMBER, 1, Decimal(100)),
        ("received", SEPTEMBER, 2, Decimal(110)),
    ]
    assert filled.trail.changed(PROVINCE, OTHER) == ()
    assert filled.trail.changed("ha-giang", COMMUNE) == ()


def test_an_approval_of_many_returns_belongs_to_each_unit_and_shows_what_it_put_in_force(store: Store) -> None:
    store.record(a_batch(a_draft(a_figure("received", "100")), approved=False))
    store.record(a_batch(a_draft(a_figure("received", "110")), approved=False))
    store.record(a_batch(a_draft(a_figure("received", "7", unit_id=OTHER)), approved=False))
    decisions = tuple(
        ReturnDecision(
            unit_id=unit,
            form_id="online-services",
            period=SEPTEMBER,
            decision=Decision.APPROVED,
            expected_revision=revision,
            expected_decisions=0,
            element_ids=("received",),
            reason="Đã gọi điện đối chiếu",
        )
        for unit, revision in ((COMMUNE, 2), (OTHER, 1))
    )
    store.record(a_batch(kind=EventKind.RETURNS_APPROVED, person_id="office", at=LATER, decisions=decisions))
    assert [ids(store, unit_id=unit) for unit in (COMMUNE, OTHER)] == [[4, 2, 1], [4, 3]]
    assert ids(store, text="gọi điện") == [4]
    event = store.trail.event(PROVINCE, 4)
    assert event is not None
    assert (event.figures, event.units, event.form_id, event.period) == (2, 2, "online-services", SEPTEMBER)
    assert [
        (each.after.figure.unit_id, each.before.figure.value if each.before else None, each.after.figure.value)
        for each in store.trail.written(4, 10, 0)
    ] == [(COMMUNE, Decimal(100), Decimal(110)), (OTHER, None, Decimal(7))]
