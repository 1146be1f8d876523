from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scorecard.domain.access import EVERY_UNIT, AccessRefusedError, Person, Role, Scope
from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.form import Form
from scorecard.domain.period import Frequency, Period
from scorecard.domain.province import Province
from scorecard.domain.review import ReturnRecord, ReturnState
from scorecard.domain.unit import Units
from scorecard.store import Batch, ConflictError, EventKind, Receipt, ReturnDraft, Store
from scorecard.workflow.checks import Entry
from scorecard.workflow.owed import OwedReturn, open_returns, owed_returns
from scorecard.workflow.refusal import RefusedReturnError
from scorecard.workflow.returns import submit_return
from tests.builders import a_form, a_province, a_unit, an_element, some_reporters

_TODAY = date(2025, 10, 3)
_NOW = datetime(2025, 10, 3, 1, 30, tzinfo=UTC)
_SEPTEMBER = Period.parse("2025-09")
_UNIT = "05908@2025-07-01"
_HEAD = Person("head-05908", "Chủ tịch UBND xã", Role.HEAD, frozenset({"05908"}))
_REASON = "Đã đối chiếu với sổ"


def _entries(received: str = "100", online: str = "80") -> list[Entry]:
    return [Entry("dossiers_received", Decimal(received)), Entry("dossiers_full_online", Decimal(online))]


def _submit(store: Store, entries: list[Entry] | None = None, **changes: object) -> Receipt:
    content = {
        "province": a_province(),
        "person": _HEAD,
        "unit_code": "05908",
        "form": a_form(),
        "period": _SEPTEMBER,
        "entries": entries or _entries(),
        "today": _TODAY,
        "now": _NOW,
        "expected_revision": 0,
    } | changes
    return submit_return(store, **content)


def _refused(store: Store, entries: list[Entry] | None = None, **changes: object) -> list[str]:
    before = store.data_version()
    with pytest.raises(RefusedReturnError) as refusal:
        _submit(store, entries, **changes)
    assert store.data_version() == before
    return [finding.key for finding in refusal.value.findings]


def _import(store: Store, *figures: Figure) -> None:
    draft = ReturnDraft(unit_id=_UNIT, form_id="online-services", period=figures[0].period, figures=figures)
    store.record(
        Batch(
            kind=EventKind.FIGURES_IMPORTED,
            province_id="thai-nguyen",
            person_id="import",
            at=_NOW,
            returns=(draft,),
            approved=True,
        )
    )


def _figure(element: str, value: str, period: str = "2025-09") -> Figure:
    return Figure(unit_id=_UNIT, element_id=element, period=Period.parse(period), value=Decimal(value))


def _owed(store: Store, province: Province, today: date = _TODAY) -> list[tuple[str, str]]:
    return [(each.form.id, str(each.period)) for each in owed_returns(store, province, _HEAD, today)]


def test_a_unit_owes_the_month_that_has_just_ended(store: Store) -> None:
    (owed,) = owed_returns(store, a_province(), _HEAD, _TODAY)
    assert owed == OwedReturn(
        unit=a_unit(),
        form=a_form(),
        period=_SEPTEMBER,
        due=date(2025, 10, 6),
        opens=date(2025, 9, 30),
        closes=date(2025, 10, 25),
        record=ReturnRecord(unit_id=_UNIT, form_id="online-services", period=_SEPTEMBER),
        state=ReturnState.DRAFT,
    )


def test_who_may_read_a_unit_sees_what_it_owes_and_nobody_else_does(store: Store) -> None:
    owed = owed_returns(store, a_province(), _HEAD, _TODAY)
    assert open_returns(store, a_province(), EVERY_UNIT, ("05908",), _TODAY) == owed
    with pytest.raises(AccessRefusedError) as refusal:
        open_returns(store, a_province(), Scope.of_unit("so-khcn"), ("05908",), _TODAY)
    assert (refusal.value.reason, refusal.value.parameters) == ("access.other_unit", {"unit": "05908"})


def test_a_submitted_return_says_when_and_by_whom(store: Store) -> None:
    _submit(store)
    (owed,) = owed_returns(store, a_province(), _HEAD, _TODAY)
    assert (owed.submitted, owed.revision, owed.state) == (True, 1, ReturnState.SUBMITTED)
    assert owed.last is not None
    assert (owed.last.submitted_at, owed.last.submitted_by) == (_NOW, "head-05908")


def test_a_return_with_a_part_missing_is_not_submitted(store: Store) -> None:
    missing = Figure(
        unit_id=_UNIT,
        element_id="dossiers_full_online",
        period=_SEPTEMBER,
        value=None,
        state=FigureState.NOT_REPORTED,
    )
    _import(store, _figure("dossiers_received", "100"), missing)
    (owed,) = owed_returns(store, a_province(), _HEAD, _TODAY)
    assert (owed.submitted, owed.revision) == (False, 1)


@pytest.mark.parametrize(
    ("today", "periods"),
    [
        (date(2025, 9, 29), []),
        (date(2025, 9, 30), ["2025-09"]),
        (date(2025, 10, 25), ["2025-09"]),
        (date(2025, 10, 26), []),
    ],
)
def test_a_return_is_owed_between_its_first_and_last_day(store: Store, today: date, periods: list[str]) -> None:
    assert _owed(store, a_province(), today) == [("online-services", period) for period in periods]


def test_two_months_can_be_open_at_once(store: Store) -> None:
    wide = a_province(
        window=a_province().window.__class__(
            closes_after_days=40, working_weekdays=frozenset(range(7)), holidays=frozenset()
        )
    )
    assert [period for _, period in _owed(store, wide)] == ["2025-08", "2025-09"]


@pytest.mark.parametrize(("every", "period"), [(Frequency.QUARTER, "2025-Q3"), (Frequency.HALF, None)])
def test_longer_periods_are_owed_when_they_end(store: Store, every: Frequency, period: str | None) -> None:
    province = a_province(forms=(a_form(reporters=(some_reporters(every=every),)),))
    assert _owed(store, province) == ([("online-services", period)] if period else [])


def test_a_unit_that_is_not_named_or_no_longer_exists_owes_nothing(store: Store) -> None:
    others = a_province(forms=(a_form(reporters=(some_reporters(kinds=frozenset({"ward"})),)),))
    assert _owed(store, others) == []
    gone = a_province(units=Units((a_unit(valid_to=date(2025, 9, 29)),)))
    assert _owed(store, gone) == []


def test_what_is_due_first_comes_first(store: Store) -> None:
    late = a_form("late", [an_element("late_one")], reporters=(some_reporters(due_day=20),))
    assert _owed(store, a_province(forms=(late, a_form()))) == [("online-services", "2025-09"), ("late", "2025-09")]


def test_only_who_answers_for_a_unit_may_ask_what_it_owes(store: Store) -> None:
    with pytest.raises(AccessRefusedError):
        owed_returns(store, a_province(), Person("v", "Người xem", Role.VIEWER, frozenset({"05908"})), _TODAY)


def test_a_submitted_return_is_kept_with_who_and_when_and_does_not_count_yet(store: Store) -> None:
    receipt = _submit(store)
    assert receipt.code == f"000001-{receipt.hash[:8].upper()}"
    assert store.figures("thai-nguyen").is_empty()
    assert store.pending_figures("thai-nguyen").select("unit", "element", "amount", "decimals").rows() == [
        (_UNIT, "dossiers_full_online", 80, 0),
        (_UNIT, "dossiers_received", 100, 0),
    ]
    (revision,) = store.revisions("thai-nguyen", EVERY_UNIT, _UNIT, "dossiers_received", _SEPTEMBER)
    assert (revision.recorded_by, revision.recorded_at) == ("head-05908", _NOW)
    assert store.events()[0].details == {
        "form": "online-services",
        "unit": _UNIT,
        "period": "2025-09",
        "reason": "",
    }
    assert store.verify() == ()


def test_a_value_has_the_decimals_of_its_element(store: Store) -> None:
    form = a_form(elements=[an_element("score", decimals=2)])
    _submit(store, [Entry("score", Decimal("89.2"))], form=form, province=a_province(forms=(form,)))
    assert store.pending_figures("thai-nguyen").select("amount", "decimals").rows() == [(8920, 2)]


def test_a_reason_for_no_number_is_kept_tidied(store: Store) -> None:
    gap = Entry("dossiers_received", None, FigureState.NOT_AVAILABLE, "  Hê\u0323 thống đang nâng cấp\x00 ")
    _submit(store, [gap, Entry("dossiers_full_online", Decimal(1))])
    figure = store.last_figures("thai-nguyen", EVERY_UNIT, _UNIT, _SEPTEMBER)["dossiers_received"].figure
    assert (figure.state, figure.note) == (FigureState.NOT_AVAILABLE, "Hệ thống đang nâng cấp")


@pytest.mark.parametrize(
    "person",
    [
        None,
        Person("v", "Người xem", Role.VIEWER, frozenset({"05908"})),
        Person("h", "Chủ tịch xã khác", Role.HEAD, frozenset({"05911"})),
    ],
)
def test_nobody_else_may_submit(store: Store, person: Person | None) -> None:
    with pytest.raises(AccessRefusedError):
        _submit(store, person=person)
    assert store.data_version() == 0


def test_hard_findings_are_all_named_and_nothing_is_written(store: Store) -> None:
    assert _refused(store, _entries("-1", "1.5")) == ["negative-dossiers_received", "not_whole-dossiers_full_online"]
    assert _refused(store, _entries("100", "101")) == ["form_check-1"]
    assert _refused(store, _entries()[:1]) == ["missing_element-dossiers_full_online"]


def test_a_form_that_the_unit_does_not_owe_is_refused(store: Store) -> None:
    other: Form = a_form(reporters=(some_reporters(kinds=frozenset({"ward"})),))
    assert _refused(store, form=other) == ["not_owed"]
    assert _refused(store, period=Period.parse("2025-Q3")) == ["not_owed"]
    assert _refused(store, period=Period.parse("2025-06")) == ["not_owed"]  # the unit did not exist yet


def test_a_period_that_is_not_open_is_refused_with_the_day(store: Store) -> None:
    with pytest.raises(RefusedReturnError) as early:
        _submit(store, today=date(2025, 9, 29))
    with pytest.raises(RefusedReturnError) as late:
        _submit(store, today=date(2025, 10, 26))
    (too_early,), (too_late,) = early.value.findings, late.value.findings
    assert (too_early.code, too_early.parameters["opens"]) == ("period_not_yet_open", date(2025, 9, 30))
    assert (too_late.code, too_late.parameters["closes"]) == ("period_closed", date(2025, 10, 25))


def test_an_unusual_number_needs_a_reason_which_is_kept(store: Store) -> None:
    _import(store, _figure("dossiers_received", "1000", "2025-08"), _figure("dossiers_full_online", "70", "2025-08"))
    keys = _refused(store)
    assert keys == ["many_times_less-dossiers_received"]
    assert _refused(store, reasons={keys[0]: "ngắn"}) == keys

    _submit(store, reasons={keys[0]: _REASON})
    found = store.last_figures("thai-nguyen", EVERY_UNIT, _UNIT, _SEPTEMBER)
    assert {e: r.reason for e, r in found.items()} == {"dossiers_received": _REASON, "dossiers_full_online": ""}
    assert store.events()[-1].details[f"reason:{keys[0]}"] == _REASON


def test_a_correction_is_a_new_revision_with_a_reason(store: Store) -> None:
    _submit(store)
    corrected = _entries("100", "81")
    assert _refused(store, corrected, expected_revision=1) == ["correction_reason_missing"]
    assert _refused(store, corrected, expected_revision=1, reason="ngắn") == ["correction_reason_missing"]

    receipt = _submit(store, corrected, expected_revision=1, reason=_REASON)
    assert (receipt.revised, receipt.unchanged) == (1, 1)
    history = store.revisions("thai-nguyen", EVERY_UNIT, _UNIT, "dossiers_full_online", _SEPTEMBER)
    assert [(r.revision, r.figure.value, r.reason) for r in history] == [(1, 80, ""), (2, 81, _REASON)]


def test_the_same_figures_again_are_refused(store: Store) -> None:
    _submit(store)
    assert _refused(store, expected_revision=1) == ["nothing_changed"]


def test_completing_a_return_is_no_correction(store: Store) -> None:
    _import(store, _figure("dossiers_received", "100"))
    assert _submit(store, expected_revision=1).added == 1


def test_the_second_author_sees_what_the_first_one_wrote(store: Store) -> None:
    _submit(store)
    with pytest.raises(ConflictError) as conflict:
        _submit(store, _entries("100", "90"))
    newer = {r.figure.element_id: r.figure.value for r in conflict.value.newer}
    assert newer == {"dossiers_received": 100, "dossiers_full_online": 80}
    assert conflict.value.revision == 1
    assert store.data_version() == 1


def test_a_button_pressed_twice_gets_the_receipt_of_the_first_press(store: Store) -> None:
    first = _submit(store)
    assert _submit(store) == first
    assert store.data_version() == 1
    with pytest.raises(ConflictError):
        _submit(store, _entries(received="101"), reason=_REASON)
    other = Person("reporter-05908", "Công chức xã", Role.REPORTER, frozenset({"05908"}))
    with pytest.raises(ConflictError):
        _submit(store, person=other)
