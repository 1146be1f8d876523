"""Who is asked for a justification, who still owes one, and what came of what was promised."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.calculation.justification_duty import (
    Outcome,
    Statuses,
    asked_targets,
    justification_list,
    latest_month,
    outcome_of,
    owed_by,
)
from scorecard.domain.access import EVERY_UNIT, Scope
from scorecard.domain.justification import ASKED, Justification, due_on
from scorecard.domain.period import Month
from scorecard.domain.province import ReportingWindow
from scorecard.domain.status import SEVERITY, Status
from tests.builders import a_plan, a_province, a_target, a_unit

PLAN = "kh-222-2024"
JULY, AUGUST, SEPTEMBER = (Month.parse(f"2025-{number:02}") for number in (7, 8, 9))
TODAY = date(2025, 10, 3)
TOP = a_unit("19", name="Tỉnh", kind="province", level="province", parent=None, valid_from=None)
PROVINCE = a_province(
    units=type(a_province().units)((TOP, a_unit(), a_unit("05909", name="Xã Tân Khánh"))),
    plans=(a_plan(a_target("first", lead="05908"), a_target("second", lead="05909"), a_target("third")),),
    window=ReportingWindow(
        closes_after_days=25, working_weekdays=frozenset(range(5)), holidays=frozenset({date(2025, 10, 28)})
    ),
)
LATE, RISK, GOOD, NONE = Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.NO_DATA


def statuses(**targets: dict[Month, Status]) -> Statuses:
    return {(PLAN, name): months for name, months in targets.items()}


def said(target: str = "first", month: Month = SEPTEMBER, **changes: object) -> Justification:
    content: dict[str, object] = {
        "plan_id": PLAN,
        "target_id": target,
        "month": month,
        "unit_id": "05909@2025-07-01" if target == "second" else "05908@2025-07-01",
        "cause": "Thiếu người trực",
        "remedy": "Thêm hai người",
        "by_when": date(2025, 11, 30),
        "revision": 1,
        "recorded_at": datetime(2025, 10, 3, tzinfo=UTC),
        "recorded_by": "head",
        "event": 1,
    } | changes
    return Justification(**content)  # type: ignore[arg-type]


def test_due_is_five_working_days_after_the_window_of_the_month_has_closed() -> None:
    # It closes on Saturday 25/10; the week after it has a day off.
    assert due_on(PROVINCE, SEPTEMBER) == date(2025, 11, 3)
    assert due_on(PROVINCE, AUGUST) == date(2025, 10, 2)


def test_the_last_month_that_is_over() -> None:
    assert latest_month(date(2025, 10, 1)) == latest_month(date(2025, 10, 31)) == SEPTEMBER
    assert latest_month(date(2025, 1, 1)) == Month.parse("2024-12")


@pytest.mark.parametrize("status", list(Status))
def test_late_missed_and_endangered_targets_are_asked_about_and_no_others(status: Status) -> None:
    asked = asked_targets(PROVINCE, statuses(first={SEPTEMBER: status}), SEPTEMBER)
    assert [each.status for each in asked] == ([status] if status.value in {"missed", "off_track", "at_risk"} else [])


def test_the_worst_come_first_each_with_its_lead_since_when_and_by_when() -> None:
    found = statuses(
        first={JULY: GOOD, AUGUST: RISK, SEPTEMBER: RISK},
        second={JULY: LATE, AUGUST: NONE, SEPTEMBER: LATE},
        third={SEPTEMBER: RISK},
    )
    asked = asked_targets(PROVINCE, found, SEPTEMBER)
    assert [(each.target.id, each.lead and each.lead.code, each.since) for each in asked] == [
        ("second", "05909", JULY),
        ("first", "05908", AUGUST),
        ("third", None, SEPTEMBER),
    ]
    assert {each.due for each in asked} == {date(2025, 11, 3)}


def test_who_has_not_answered_is_missing_and_what_was_said_is_told() -> None:
    found = statuses(first={SEPTEMBER: LATE}, second={SEPTEMBER: RISK})
    told = justification_list(PROVINCE, found, [said(revision=1), said(revision=2)], SEPTEMBER, TODAY, EVERY_UNIT)
    assert [each.target.id for each in told.asked] == ["first", "second"]
    assert [each.target.id for each in told.missing] == ["second"]
    assert [(each.said.revision, each.status, each.outcome) for each in told.given] == [(2, LATE, Outcome.PENDING)]


def test_an_earlier_promise_is_told_beside_the_missing_one_while_the_status_asks() -> None:
    written = [said(month=AUGUST, by_when=date(2025, 9, 30))]
    late = statuses(first={AUGUST: LATE, SEPTEMBER: LATE})
    told = justification_list(PROVINCE, late, written, SEPTEMBER, TODAY, EVERY_UNIT)
    assert [each.target.id for each in told.missing] == ["first"]
    assert [(each.said.month, each.outcome) for each in told.given] == [(AUGUST, Outcome.NOT_IMPROVED)]
    good = statuses(first={AUGUST: LATE, SEPTEMBER: GOOD})
    assert justification_list(PROVINCE, good, written, SEPTEMBER, TODAY, EVERY_UNIT).given == ()
    (kept,) = justification_list(PROVINCE, good, written, AUGUST, TODAY, EVERY_UNIT).given
    assert kept.outcome is Outcome.IMPROVED


def test_a_later_justification_does_not_answer_for_an_earlier_month() -> None:
    late = statuses(first={AUGUST: LATE, SEPTEMBER: LATE})
    told = justification_list(PROVINCE, late, [said()], AUGUST, TODAY, EVERY_UNIT)
    assert ([each.month for each in told.missing], told.given) == ([AUGUST], ())


def test_a_list_is_about_the_lead_units_in_scope() -> None:
    found = statuses(first={SEPTEMBER: LATE}, second={SEPTEMBER: RISK}, third={SEPTEMBER: RISK})
    written = [said(), said("second")]
    told = justification_list(PROVINCE, found, written, SEPTEMBER, TODAY, Scope.of_unit("05909"))
    assert ([each.target.id for each in told.asked], told.missing) == (["second"], ())
    assert [each.said.target_id for each in told.given] == ["second"]
    nobody = justification_list(PROVINCE, found, [said()], SEPTEMBER, TODAY, Scope(frozenset()))
    assert nobody.asked == nobody.given == ()


def test_what_is_said_of_a_target_that_the_plans_no_longer_hold_is_left_out() -> None:
    told = justification_list(PROVINCE, {}, [said("gone")], SEPTEMBER, TODAY, EVERY_UNIT)
    assert told.given == ()


def test_a_unit_owes_for_the_last_month_or_where_it_has_no_data_yet_for_the_one_before() -> None:
    found = statuses(first={AUGUST: LATE, SEPTEMBER: NONE}, second={AUGUST: LATE, SEPTEMBER: GOOD})
    (owed,) = owed_by(PROVINCE, found, [], "05908", TODAY)
    assert (owed.target.id, owed.month, owed.due) == ("first", AUGUST, date(2025, 10, 2))
    assert owed_by(PROVINCE, found, [], "05909", TODAY) == ()
    assert owed_by(PROVINCE, found, [said(month=AUGUST)], "05908", TODAY) == ()
    (now,) = owed_by(PROVINCE, statuses(first={AUGUST: LATE, SEPTEMBER: LATE}), [said(month=AUGUST)], "05908", TODAY)
    assert now.month == SEPTEMBER
    (over,) = owed_by(PROVINCE, statuses(first={AUGUST: Status.MISSED}), [], "05908", TODAY)
    assert over.month == AUGUST


@pytest.mark.parametrize(
    ("months", "by_when", "expected"),
    [
        ({AUGUST: LATE}, date(2025, 10, 3), Outcome.PENDING),
        ({AUGUST: LATE, SEPTEMBER: LATE}, date(2025, 10, 3), Outcome.PENDING),
        ({AUGUST: LATE, SEPTEMBER: RISK}, date(2025, 12, 1), Outcome.IMPROVED),
        ({AUGUST: LATE, SEPTEMBER: RISK}, date(2025, 9, 15), Outcome.IMPROVED),
        ({AUGUST: LATE, SEPTEMBER: LATE}, date(2025, 9, 30), Outcome.NOT_IMPROVED),
        ({AUGUST: RISK, SEPTEMBER: LATE}, date(2025, 9, 15), Outcome.NOT_IMPROVED),
        ({AUGUST: LATE, SEPTEMBER: Status.MISSED}, date(2025, 9, 15), Outcome.NOT_IMPROVED),
        ({AUGUST: LATE, SEPTEMBER: LATE}, date(2025, 10, 1), Outcome.UNKNOWN),
        ({AUGUST: LATE, SEPTEMBER: NONE}, date(2025, 9, 15), Outcome.UNKNOWN),
        ({AUGUST: LATE}, date(2025, 9, 15), Outcome.UNKNOWN),
        ({}, date(2025, 9, 15), Outcome.UNKNOWN),
    ],
)
def test_what_came_of_a_promise(months: dict[Month, Status], by_when: date, expected: Outcome) -> None:
    assert outcome_of(said(month=AUGUST, by_when=by_when), months, TODAY) is expected


MONTHS = [Month.parse("2025-01").plus(number) for number in range(9)]
HISTORIES = st.dictionaries(
    st.sampled_from(["first", "second", "third"]), st.dictionaries(st.sampled_from(MONTHS), st.sampled_from(Status))
)
WRITTEN = st.lists(
    st.builds(
        said, st.sampled_from(["first", "second"]), st.sampled_from(MONTHS), revision=st.integers(1, 3),
        by_when=st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    )
)  # fmt: skip


@given(histories=HISTORIES, written=WRITTEN, month=st.sampled_from(MONTHS))
def test_nobody_is_both_answered_and_missing_and_nobody_asked_is_forgotten(
    histories: dict[str, dict[Month, Status]], written: list[Justification], month: Month
) -> None:
    told = justification_list(PROVINCE, statuses(**histories), written, month, TODAY, EVERY_UNIT)
    asked = {each.target.id for each in told.asked}
    missing = {each.target.id for each in told.missing}
    answered = {each.target_id for each in written if each.month == month}
    assert asked == {name for name, months in histories.items() if months.get(month) in ASKED}
    assert missing == asked - answered
    assert answered == {each.said.target_id for each in told.given if each.said.month == month}
    assert [SEVERITY.index(each.status) for each in told.asked] == sorted(
        SEVERITY.index(each.status) for each in told.asked
    )
    for each in told.asked:
        months = histories[each.target.id]
        between = [m for m in MONTHS if each.since <= m <= month]
        assert all(months[m] in ASKED or months[m] is NONE for m in between)
        assert months[each.since] in ASKED
        before = months.get(each.since.plus(-1))
        assert before not in ASKED


@given(histories=HISTORIES, written=WRITTEN)
def test_what_the_units_owe_is_missing_on_the_list_of_its_month(
    histories: dict[str, dict[Month, Status]], written: list[Justification]
) -> None:
    found = statuses(**histories)
    for unit in ("05908", "05909"):
        for owed in owed_by(PROVINCE, found, written, unit, TODAY):
            told = justification_list(PROVINCE, found, written, owed.month, TODAY, Scope.of_unit(unit))
            assert owed in told.missing
