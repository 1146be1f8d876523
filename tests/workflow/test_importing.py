from datetime import UTC, date, datetime, timedelta

import pytest

from scorecard.domain.access import EVERY_UNIT, AccessRefusedError, Person, Role
from scorecard.domain.period import Period
from scorecard.domain.review import ReturnState
from scorecard.store import EventKind, Receipt, Store
from scorecard.workflow.demo import WAITING_FROM, NotADemoError, prepare_demo
from scorecard.workflow.exchange import Parsed, read_exchange
from scorecard.workflow.importing import BadExchangeError, import_figures
from scorecard.workflow.settings import VIETNAM
from tests.builders import a_province

_NOW = datetime(2025, 10, 3, tzinfo=UTC)
_ADMINISTRATOR = Person("quan-tri", "Quản trị", Role.ADMINISTRATOR)
_UNIT = "05908@2025-07-01"
_SEPTEMBER = Period.parse("2025-09")


def _parsed(*rows: str) -> Parsed:
    return read_exchange(("period,unit,element,value,state,note\n" + "\n".join(rows)).encode(), a_province())


_TWO = ("2025-09,05908,dossiers_received,100,,", "2025-09,05908,dossiers_full_online,80,,")


def _import(store: Store, *rows: str, person: Person | None = _ADMINISTRATOR, hours: int = 0) -> Receipt:
    now = _NOW + timedelta(hours=hours)
    return import_figures(store, a_province(), person, _parsed(*rows), now, "Nhập từ tệp x.csv")


def test_a_file_is_recorded_in_one_event_with_who_and_why(store: Store) -> None:
    receipt = _import(store, *_TWO, "2025-08,05908,dossiers_received,90,,")
    assert (receipt.event, receipt.added) == (1, 3)
    (event,) = store.events()
    assert (event.kind, event.recorded_by) == ("figures_imported", "quan-tri")
    assert event.details == {"reason": "Nhập từ tệp x.csv", "rows": "3"}
    (record,) = store.returns("thai-nguyen", EVERY_UNIT, _SEPTEMBER)
    assert (record.form_id, record.revision) == ("online-services", 1)
    assert record.state(_NOW.date()) is ReturnState.APPROVED
    assert store.verify() == ()


def test_what_is_in_force_is_skipped_and_what_differs_is_revised(store: Store) -> None:
    _import(store, *_TWO)
    receipt = _import(store, _TWO[0], "2025-09,05908,dossiers_full_online,85,,", hours=1)
    assert (receipt.added, receipt.revised, receipt.unchanged) == (0, 1, 1)
    history = store.revisions("thai-nguyen", EVERY_UNIT, _UNIT, "dossiers_full_online", _SEPTEMBER)
    assert [(r.revision, r.figure.value, r.reason) for r in history] == [
        (1, 80, "Nhập từ tệp x.csv"),
        (2, 85, "Nhập từ tệp x.csv"),
    ]


def test_the_same_file_again_writes_nothing(store: Store) -> None:
    _import(store, *_TWO)
    receipt = _import(store, *_TWO)
    assert (receipt.event, receipt.unchanged) == (None, 2)
    assert store.data_version() == 1


def test_one_bad_row_keeps_out_the_whole_file(store: Store) -> None:
    with pytest.raises(BadExchangeError) as refusal:
        _import(store, *_TWO, "2025-09,05908,strange,1,,")
    assert [(p.row, p.code) for p in refusal.value.problems] == [(4, "unknown_element")]
    assert store.data_version() == 0


def test_a_part_larger_than_the_whole_keeps_out_the_whole_file(store: Store) -> None:
    with pytest.raises(BadExchangeError) as refusal:
        _import(store, "2025-08,05908,dossiers_received,9,,", _TWO[1], "2025-09,05908,dossiers_received,79,,")
    (problem,) = refusal.value.problems
    assert (problem.row, problem.code) == (4, "form_check")
    assert problem.parameters["message"] == "Phần lớn hơn toàn bộ."
    assert store.data_version() == 0


def test_a_correction_is_held_against_the_figures_in_force(store: Store) -> None:
    _import(store, *_TWO)
    with pytest.raises(BadExchangeError) as refusal:
        _import(store, "2025-09,05908,dossiers_received,79,,")
    assert [(p.row, p.code) for p in refusal.value.problems] == [(2, "form_check")]
    _import(store, "2025-09,05908,dossiers_full_online,,not_reported,", "2025-09,05908,dossiers_received,79,,")
    assert store.last_figures("thai-nguyen", EVERY_UNIT, _UNIT, _SEPTEMBER)["dossiers_received"].figure.value == 79


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_may_import(store: Store, role: Role) -> None:
    for person in (None, Person("x", "x", role, frozenset({"05908"}))):
        with pytest.raises(AccessRefusedError):
            _import(store, *_TWO, person=person)
    assert store.data_version() == 0


def _prepare(store: Store) -> Receipt | None:
    return prepare_demo(store, a_province(), _parsed(*_TWO), _NOW, "Số liệu minh họa")


def test_the_demo_is_prepared_once(store: Store) -> None:
    receipt = _prepare(store)
    assert receipt is not None
    assert receipt.added == 2
    assert store.holds(EventKind.DEMO_PREPARED)
    assert _prepare(store) is None
    assert store.data_version() == 1


def test_what_waits_in_the_demo_is_submitted_and_does_not_count(store: Store) -> None:
    waiting = _parsed("2025-08,05908,dossiers_received,70,,", "2025-08,05908,dossiers_full_online,60,,")
    prepare_demo(store, a_province(), _parsed(*_TWO), _NOW, "Số liệu minh họa", waiting)
    assert sorted(store.figures("thai-nguyen")["amount"]) == [80, 100]
    assert sorted(store.pending_figures("thai-nguyen")["amount"]) == [60, 70]
    first, second = store.events()
    assert (first.kind, second.kind) == ("demo_prepared", "return_submitted")
    assert second.recorded_by in WAITING_FROM
    (record,) = store.returns("thai-nguyen", EVERY_UNIT, Period.parse("2025-08"))
    assert record.state(_NOW.date()) is ReturnState.SUBMITTED


def test_a_return_of_the_demo_was_submitted_on_a_day_of_its_period_before_today(store: Store) -> None:
    _prepare(store)
    (record,) = store.returns("thai-nguyen", EVERY_UNIT)
    (submission,) = record.submissions
    assert date(2025, 9, 30) <= submission.submitted_at.astimezone(VIETNAM).date() < _NOW.astimezone(VIETNAM).date()


def test_a_second_province_joins_the_demo(store: Store) -> None:
    _prepare(store)
    assert prepare_demo(store, a_province(id="ha-giang"), _parsed(*_TWO), _NOW, "Số liệu minh họa") is not None
    assert [event.province_id for event in store.events()] == ["thai-nguyen", "ha-giang"]


def test_what_was_entered_in_the_demo_stays(store: Store) -> None:
    _prepare(store)
    _import(store, "2025-09,05908,dossiers_received,999,,")
    assert _prepare(store) is None
    assert store.last_figures("thai-nguyen", EVERY_UNIT, _UNIT, _SEPTEMBER)["dossiers_received"].figure.value == 999


def test_sample_figures_never_come_among_real_ones(store: Store) -> None:
    _import(store, *_TWO)
    with pytest.raises(NotADemoError):
        _prepare(store)
    assert store.data_version() == 1


def test_a_period_that_is_not_over_is_refused_until_its_last_day(store: Store) -> None:
    row = "2025-10,05908,dossiers_received,100,,"
    with pytest.raises(BadExchangeError) as refusal:
        _import(store, row, hours=24 * 28 - 8)  # 23:00 of 30/10 in Việt Nam
    assert [(p.row, p.code, p.parameters) for p in refusal.value.problems] == [(2, "not_over", {"period": "2025-10"})]
    assert store.data_version() == 0
    assert _import(store, row, hours=24 * 28 - 7).added == 1  # 00:00 of 31/10
