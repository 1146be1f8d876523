from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from scorecard.domain.access import EVERY_UNIT, AccessRefusedError, Person, Role
from scorecard.domain.form import Form
from scorecard.domain.period import Period
from scorecard.domain.review import Decision, ReturnState
from scorecard.store import ConflictError, Receipt, Store
from scorecard.workflow.checks import Entry
from scorecard.workflow.owed import OwedReturn, closed_returns, find_return, owed_returns
from scorecard.workflow.refusal import RefusedReturnError
from scorecard.workflow.returns import submit_return
from scorecard.workflow.review import (
    ReturnSeen,
    approve,
    ask_reopening,
    refuse_reopening,
    reopen,
    seen,
    send_back,
)
from tests.builders import a_form, a_province

_TODAY = date(2025, 10, 3)
_CLOSED = date(2025, 10, 26)
_NOW = datetime(2025, 10, 3, 1, 30, tzinfo=UTC)
_SEPTEMBER = Period.parse("2025-09")
_UNIT = "05908@2025-07-01"
_PROVINCE = a_province()
_FORM: Form = a_form()
_HEAD = Person("head-05908", "Chủ tịch UBND xã", Role.HEAD, frozenset({"05908"}))
_REVIEWER = Person("tong-hop", "Chuyên viên tổng hợp", Role.REVIEWER)
_REASON = "Đã đối chiếu với sổ"


def _submit(store: Store, received: int = 100, *, today: date = _TODAY, reason: str = "") -> Receipt:
    entries = [Entry("dossiers_received", Decimal(received)), Entry("dossiers_full_online", Decimal(80))]
    return submit_return(
        store,
        _PROVINCE,
        _HEAD,
        "05908",
        _FORM,
        _SEPTEMBER,
        entries,
        today=today,
        now=_NOW,
        expected_revision=_return(store, today).revision,
        reason=reason,
    )


def _return(store: Store, today: date = _TODAY) -> OwedReturn:
    found = find_return(store, _PROVINCE, EVERY_UNIT, "05908", _FORM, _SEPTEMBER, today)
    assert found is not None
    return found


def _seen(store: Store, today: date = _TODAY) -> ReturnSeen:
    return seen(_return(store, today))


def _approve(store: Store, *, person: Person | None = _REVIEWER, today: date = _TODAY) -> Receipt:
    return approve(store, _PROVINCE, person, [_seen(store)], now=_NOW, today=today)


def _send_back(store: Store, *, reason: str = _REASON, today: date = _TODAY, **notes: str) -> Receipt:
    return send_back(store, _PROVINCE, _REVIEWER, _seen(store), reason, now=_NOW, today=today, notes=notes)


def _reopen(store: Store, until: date, *, today: date = _TODAY) -> Receipt:
    return reopen(store, _PROVINCE, _REVIEWER, _seen(store, today), _REASON, until, now=_NOW, today=today)


def _received(store: Store) -> list[int]:
    return [
        amount for element, amount in store.figures("thai-nguyen").select("element", "amount").rows()
        if element == "dossiers_received"
    ]  # fmt: skip


def test_an_approved_return_counts_with_one_event_that_names_every_figure(store: Store) -> None:
    _submit(store)
    receipt = _approve(store)
    assert _received(store) == [100]
    assert store.pending_figures("thai-nguyen").is_empty()
    event = store.events()[-1]
    assert (event.id, event.kind, event.recorded_by) == (receipt.event, "returns_approved", "tong-hop")
    assert event.details == {
        "returns": "1",
        "reason": "",
        "form": "online-services",
        "unit": _UNIT,
        "period": "2025-09",
    }
    assert event.manifest.count('"approvals"') == 2
    assert _return(store).state is ReturnState.APPROVED
    assert store.verify() == ()


def test_many_returns_are_approved_in_one_event_or_none_of_them(store: Store) -> None:
    _submit(store)
    august = ReturnSeen(unit_code="05908", form=_FORM, period=Period.parse("2025-08"), revision=0, decisions=0)
    before = store.data_version()
    with pytest.raises(RefusedReturnError) as refused:
        approve(store, _PROVINCE, _REVIEWER, [_seen(store), august], now=_NOW, today=_TODAY)
    assert [each.code for each in refused.value.findings] == ["cannot_be_approved"]
    assert (store.data_version(), _received(store)) == (before, [])


def test_nobody_approves_what_they_entered(store: Store) -> None:
    _submit(store)
    promoted = Person(_HEAD.id, _HEAD.name, Role.REVIEWER)
    with pytest.raises(AccessRefusedError) as refused:
        _approve(store, person=promoted)
    assert refused.value.reason == "access.own_entry"
    assert _received(store) == []


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.REVIEWER)])
def test_only_a_reviewer_decides(store: Store, role: Role | None) -> None:
    _submit(store)
    person = Person("x", "x", role, frozenset({"05908"})) if role else None
    at = {"now": _NOW, "today": _TODAY}
    for attempt in (
        lambda: approve(store, _PROVINCE, person, [_seen(store)], **at),
        lambda: send_back(store, _PROVINCE, person, _seen(store), _REASON, **at),
        lambda: reopen(store, _PROVINCE, person, _seen(store), _REASON, _TODAY, **at),
        lambda: refuse_reopening(store, _PROVINCE, person, _seen(store), _REASON, **at),
    ):
        with pytest.raises(AccessRefusedError):
            attempt()
    assert store.data_version() == 1


def test_a_return_sent_back_says_why_and_can_be_corrected(store: Store) -> None:
    _submit(store)
    _send_back(store, dossiers_received="Cộng thiếu hồ sơ nộp qua bưu chính", unknown="x")
    owed = _return(store)
    sent = owed.record.last_sent_back
    assert sent is not None
    assert (owed.state, sent.reason) == (ReturnState.SENT_BACK, _REASON)
    assert sent.notes == {"dossiers_received": "Cộng thiếu hồ sơ nộp qua bưu chính"}
    _submit(store, 110, reason=_REASON)
    _approve(store)
    assert _received(store) == [110]
    assert _return(store).record.last_sent_back is None


def test_who_gets_a_return_back_late_has_a_week(store: Store) -> None:
    last_day = date(2025, 10, 25)
    _submit(store, today=last_day)
    _send_back(store, today=last_day)
    assert [each.closes for each in owed_returns(store, _PROVINCE, _HEAD, _CLOSED)] == [date(2025, 11, 1)]
    _submit(store, 110, today=date(2025, 11, 1), reason=_REASON)
    with pytest.raises(RefusedReturnError) as refused:
        _submit(store, 120, today=date(2025, 11, 2), reason=_REASON)
    assert [each.code for each in refused.value.findings] == ["period_closed"]


def test_what_is_approved_is_locked_until_it_is_reopened(store: Store) -> None:
    _submit(store)
    _approve(store)
    with pytest.raises(RefusedReturnError) as refused:
        _submit(store, 110, reason=_REASON)
    assert [each.code for each in refused.value.findings] == ["approved_locked"]
    _reopen(store, date(2025, 10, 10))
    _submit(store, 110, reason=_REASON)
    assert _received(store) == [100], "what was approved stays in force until the correction is approved"
    _approve(store)
    assert _received(store) == [110]


def test_a_reopening_that_nobody_used_ends_on_its_day(store: Store) -> None:
    _submit(store)
    _approve(store)
    _reopen(store, date(2025, 11, 10), today=_CLOSED)
    owed = next(each for each in owed_returns(store, _PROVINCE, _HEAD, date(2025, 11, 10)) if each.period == _SEPTEMBER)
    assert (owed.state, owed.closes) == (ReturnState.REOPENED, date(2025, 11, 10))
    assert _return(store, date(2025, 11, 11)).state is ReturnState.APPROVED
    assert [str(each.period) for each in owed_returns(store, _PROVINCE, _HEAD, date(2025, 11, 11))] == ["2025-10"]


def test_a_unit_asks_for_what_is_closed_and_is_told_yes_or_no(store: Store) -> None:
    at = {"now": _NOW, "today": _CLOSED}
    (closed, *_) = closed_returns(store, _PROVINCE, _HEAD, _CLOSED)
    assert (closed.period, closed.state) == (_SEPTEMBER, ReturnState.DRAFT)
    ask_reopening(store, _PROVINCE, _HEAD, seen(closed), "Phần mềm ngừng ba ngày cuối kỳ", **at)
    asked = _return(store, _CLOSED).record.asked_for_reopening()
    assert asked is not None
    assert asked.reason == "Phần mềm ngừng ba ngày cuối kỳ"
    with pytest.raises(RefusedReturnError) as refused:
        ask_reopening(store, _PROVINCE, _HEAD, _seen(store, _CLOSED), _REASON, **at)
    assert [each.code for each in refused.value.findings] == ["asked_already"]
    refuse_reopening(store, _PROVINCE, _REVIEWER, _seen(store, _CLOSED), "Số liệu tháng đã trình họp", **at)
    assert _return(store, _CLOSED).record.asked_for_reopening() is None
    ask_reopening(store, _PROVINCE, _HEAD, _seen(store, _CLOSED), _REASON, **at)
    _reopen(store, date(2025, 10, 30), today=_CLOSED)
    _submit(store, today=date(2025, 10, 30))
    decided = [each.decision for each in _return(store).record.decisions]
    assert decided == [
        Decision.REOPENING_ASKED,
        Decision.REOPENING_REFUSED,
        Decision.REOPENING_ASKED,
        Decision.REOPENED,
    ]


def test_there_is_nothing_to_ask_while_a_return_is_open(store: Store) -> None:
    with pytest.raises(RefusedReturnError) as refused:
        ask_reopening(store, _PROVINCE, _HEAD, _seen(store), _REASON, now=_NOW, today=_TODAY)
    assert [each.code for each in refused.value.findings] == ["still_open"]


def test_another_unit_cannot_ask(store: Store) -> None:
    other = Person("head-05909", "Chủ tịch UBND xã", Role.HEAD, frozenset({"05909"}))
    with pytest.raises(AccessRefusedError):
        ask_reopening(store, _PROVINCE, other, _seen(store, _CLOSED), _REASON, now=_NOW, today=_CLOSED)


@pytest.mark.parametrize("reason", ["", "ngắn", "   \n  "])
def test_a_decision_against_a_unit_needs_a_reason(store: Store, reason: str) -> None:
    _submit(store)
    with pytest.raises(RefusedReturnError) as refused:
        _send_back(store, reason=reason)
    assert [each.code for each in refused.value.findings] == ["decision_reason_missing"]
    assert store.data_version() == 1


def test_a_reopening_ends_today_or_later(store: Store) -> None:
    _submit(store)
    _approve(store)
    with pytest.raises(RefusedReturnError) as refused:
        _reopen(store, _TODAY - timedelta(days=1))
    assert [each.code for each in refused.value.findings] == ["until_has_passed"]


def test_the_second_of_two_reviewers_is_told(store: Store) -> None:
    _submit(store)
    old = _seen(store)
    _approve(store)
    with pytest.raises(ConflictError):
        send_back(store, _PROVINCE, _REVIEWER, old, _REASON, now=_NOW, today=_TODAY)
    assert _return(store).state is ReturnState.APPROVED


def test_what_was_corrected_while_somebody_looked_is_not_approved_unseen(store: Store) -> None:
    _submit(store)
    old = _seen(store)
    _submit(store, 110, reason=_REASON)
    with pytest.raises(ConflictError) as conflict:
        approve(store, _PROVINCE, _REVIEWER, [old], now=_NOW, today=_TODAY)
    assert {each.figure.element_id: each.figure.value for each in conflict.value.newer} == {
        "dossiers_received": Decimal(110),
        "dossiers_full_online": Decimal(80),
    }
    assert _received(store) == []


def test_an_approval_pressed_twice_gets_the_receipt_of_the_first_press(store: Store) -> None:
    _submit(store)
    waiting = _seen(store)
    first = approve(store, _PROVINCE, _REVIEWER, [waiting], now=_NOW, today=_TODAY)
    assert approve(store, _PROVINCE, _REVIEWER, [waiting], now=_NOW, today=_TODAY) == first
    assert store.data_version() == 2
    another = Person("tong-hop-2", "Chuyên viên khác", Role.REVIEWER)
    with pytest.raises(ConflictError):
        approve(store, _PROVINCE, another, [waiting], now=_NOW, today=_TODAY)


def test_sending_back_again_with_other_notes_is_no_second_press(store: Store) -> None:
    _submit(store)
    waiting = _seen(store)
    first = send_back(store, _PROVINCE, _REVIEWER, waiting, _REASON, now=_NOW, today=_TODAY)
    assert send_back(store, _PROVINCE, _REVIEWER, waiting, _REASON, now=_NOW, today=_TODAY) == first
    noted = {"dossiers_received": "Thiếu hồ sơ qua bưu chính"}
    with pytest.raises(ConflictError):
        send_back(store, _PROVINCE, _REVIEWER, waiting, _REASON, now=_NOW, today=_TODAY, notes=noted)
