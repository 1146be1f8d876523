"""What is on the reviewer's desk and in the frame of returns, and for whom."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scorecard.domain.access import EVERY_UNIT, AccessRefusedError, Person, Role, Scope
from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.period import Month, Period
from scorecard.domain.review import ReturnState
from scorecard.store import Batch, EventKind, ReturnDraft, Store
from scorecard.workflow.checks import Entry
from scorecard.workflow.completeness import completeness_scope, read_completeness, returns_frame
from scorecard.workflow.desk import changed_since, desk_scope, read_desk, recent_periods
from scorecard.workflow.owed import find_return
from scorecard.workflow.returns import submit_return
from scorecard.workflow.review import approve, reopen, seen, send_back
from tests.builders import a_form, a_province

_TODAY = date(2025, 10, 3)
_NOW = datetime(2025, 10, 2, 18, 30, tzinfo=UTC)  # 01:30 of 3/10 in Việt Nam
_SEPTEMBER = Period.parse("2025-09")
_UNIT = "05908@2025-07-01"
_PROVINCE, _FORM = a_province(), a_form()
_KEY = (_UNIT, _FORM.id, _SEPTEMBER)
_HEAD = Person("head", "Chủ tịch xã", Role.HEAD, frozenset({"05908"}))
_REVIEWER = Person("tong-hop", "Chuyên viên", Role.REVIEWER)
_REASON = "Đã đối chiếu với sổ"


def _submit(store: Store, received: int = 100, reason: str = "") -> None:
    submit_return(
        store,
        _PROVINCE,
        _HEAD,
        "05908",
        _FORM,
        _SEPTEMBER,
        [Entry("dossiers_received", Decimal(received)), Entry("dossiers_full_online", Decimal(80))],
        today=_TODAY,
        now=_NOW,
        expected_revision=_seen(store).revision,
        reason=reason,
    )


def _seen(store: Store):  # noqa: ANN202 - ReturnSeen
    owed = find_return(store, _PROVINCE, EVERY_UNIT, "05908", _FORM, _SEPTEMBER, _TODAY)
    assert owed is not None
    return seen(owed)


def _desk(store: Store, scope: Scope = EVERY_UNIT):  # noqa: ANN202 - Desk
    return read_desk(store, _PROVINCE, scope, _TODAY)


def test_a_submitted_return_is_on_the_desk_until_it_is_decided(store: Store) -> None:
    assert _desk(store).queue.is_empty()
    _submit(store)
    desk = _desk(store)
    assert desk.queue["unit"].to_list() == [_UNIT]
    assert desk.rows["amount"].to_list() == [100, 80]
    assert (set(desk.waiting), desk.last_approval) == ({_KEY}, None)
    assert desk.waiting[_KEY].seen == _seen(store)
    approve(store, _PROVINCE, _REVIEWER, [_seen(store)], now=_NOW, today=_TODAY)
    assert (_desk(store).waiting, _desk(store).last_approval) == ({}, _NOW)


def test_what_was_sent_back_is_off_the_desk_until_it_comes_again_with_its_reasons(store: Store) -> None:
    _submit(store)
    send_back(store, _PROVINCE, _REVIEWER, _seen(store), _REASON, now=_NOW, today=_TODAY)
    assert (_desk(store).waiting, _desk(store).queue.height) == ({}, 0)
    _submit(store, 101, reason="Cộng sót một hồ sơ")
    waiting = _desk(store).waiting[_KEY]
    assert (waiting.record.revision, waiting.reasons) == (2, {"dossiers_received": "Cộng sót một hồ sơ"})


def test_only_what_differs_from_what_is_in_force_waits(store: Store) -> None:
    _submit(store)
    approve(store, _PROVINCE, _REVIEWER, [_seen(store)], now=_NOW, today=_TODAY)
    reopen(store, _PROVINCE, _REVIEWER, _seen(store), _REASON, _TODAY, now=_NOW, today=_TODAY)
    _submit(store, 120, reason="Cộng sót hai mươi hồ sơ")
    rows = _desk(store).rows
    assert rows.select("element", "amount", "approved").rows() == [("dossiers_received", 120, 100)]


def _submit_element(store: Store, element_id: str, form_id: str) -> None:
    figure = Figure(unit_id=_UNIT, element_id=element_id, period=_SEPTEMBER, value=Decimal(1))
    draft = ReturnDraft(unit_id=_UNIT, form_id=form_id, period=_SEPTEMBER, figures=(figure,))
    kind = EventKind.RETURN_SUBMITTED
    store.record(Batch(kind=kind, province_id="thai-nguyen", person_id="head", at=_NOW, returns=(draft,)))


def test_a_return_without_a_figure_that_can_be_scored_still_waits_for_a_decision(store: Store) -> None:
    _submit_element(store, "dropped", _FORM.id)
    (unscored,) = _desk(store).unscored
    assert (unscored.seen, _desk(store).queue.height) == (_seen(store), 0)
    approve(store, _PROVINCE, _REVIEWER, [unscored.seen], now=_NOW, today=_TODAY)
    assert _desk(store).unscored == ()


def test_a_return_of_a_form_no_longer_defined_is_left_out(store: Store) -> None:
    _submit_element(store, "old", "old-form")
    assert _desk(store).waiting == {}


def test_a_desk_holds_the_units_of_its_scope_only(store: Store) -> None:
    _submit(store)
    assert _desk(store, Scope(frozenset({"05908"}))).queue.height == 1
    for nobody in (Scope(frozenset({"05911"})), Scope(frozenset())):
        assert (_desk(store, nobody).queue.height, _desk(store, nobody).waiting) == (0, {})


@pytest.mark.parametrize("role", Role)
def test_only_who_may_review_has_a_desk_and_only_who_may_see_completeness_sees_it(role: Role) -> None:
    person = Person("x", "x", role, frozenset({"05908"}))
    for scope_of, roles in (
        (desk_scope, {Role.REVIEWER}),
        (completeness_scope, {Role.REVIEWER, Role.CHAIR_OFFICE, Role.ADMINISTRATOR}),
    ):
        if role in roles:
            assert scope_of(person) == EVERY_UNIT
        else:
            with pytest.raises(AccessRefusedError):
                scope_of(person)
        with pytest.raises(AccessRefusedError):
            scope_of(None)


def test_units_whose_returns_changed_since_they_were_seen_are_named(store: Store) -> None:
    _submit(store)
    before = _seen(store)
    assert changed_since(store, _PROVINCE, _REVIEWER, [before]) == []
    send_back(store, _PROVINCE, _REVIEWER, before, _REASON, now=_NOW, today=_TODAY)
    assert changed_since(store, _PROVINCE, _REVIEWER, [before]) == [_UNIT]


def test_recent_periods_are_those_that_ended_in_twelve_months() -> None:
    found = {str(period) for period in recent_periods(Month.parse("2025-09"))}
    assert {"2024-10", "2025-09", "2025-Q3", "2024-Q4", "2025-H1", "2024-H2", "2024"} <= found
    assert not found & {"2024-09", "2024-Q3", "2025-10", "2025", "2025-H2"}
    assert len(found) == 12 + 4 + 2 + 1


def test_returns_stand_with_their_state_and_the_vietnamese_day_of_their_first_submission(store: Store) -> None:
    _submit(store)
    _submit(store, 101, reason="Cộng sót một hồ sơ")

    def frame() -> list[tuple[object, ...]]:
        records = store.returns("thai-nguyen", EVERY_UNIT)
        return returns_frame(_PROVINCE, records, store.figures("thai-nguyen"), _TODAY).rows()

    month = _SEPTEMBER.first.index
    first = (_UNIT, _FORM.id, month, month)
    assert frame() == [(*first, ReturnState.SUBMITTED, _TODAY)]
    approve(store, _PROVINCE, _REVIEWER, [_seen(store)], now=_NOW, today=_TODAY)
    assert frame() == [(*first, ReturnState.APPROVED, _TODAY)]


def test_a_return_approved_without_every_answer_counts_as_not_submitted(store: Store) -> None:
    _submit(store)
    approve(store, _PROVINCE, _REVIEWER, [_seen(store)], now=_NOW, today=_TODAY)
    records, approved = store.returns("thai-nguyen", EVERY_UNIT), store.figures("thai-nguyen")
    (partly,) = returns_frame(_PROVINCE, records, approved.head(1), _TODAY).rows()
    assert partly[-2:] == (ReturnState.DRAFT, None)
    silent = approved.with_columns(state=approved["state"].replace(FigureState.NUMBER, FigureState.NOT_REPORTED))
    (silent_row,) = returns_frame(_PROVINCE, records, silent, _TODAY).rows()
    assert silent_row[-2:] == (ReturnState.DRAFT, None)


def test_completeness_reads_the_year_up_to_its_month(store: Store) -> None:
    _submit(store)
    rows = read_completeness(store, _PROVINCE, EVERY_UNIT, Month.parse("2025-09"), _TODAY).rows
    assert rows.filter(rows["state"] != "not_started").select("unit", "state", "timing").rows() == [
        (_UNIT, "submitted", "on_time")
    ]
    assert rows["last_month"].max() == Month.parse("2025-09").index
