from datetime import date

import pytest

from scorecard.domain.period import Calendar, Period
from scorecard.domain.province import ReportingWindow
from scorecard.domain.window import closes_on, due_on, is_open, opens_on
from tests.builders import a_province, some_reporters

_SEPTEMBER = Period.parse("2025-09")


def test_a_period_is_open_from_its_last_day_to_the_day_it_closes() -> None:
    province = a_province()
    assert (opens_on(province, _SEPTEMBER), closes_on(province, _SEPTEMBER)) == (date(2025, 9, 30), date(2025, 10, 25))
    days = [date(2025, 9, 29), date(2025, 9, 30), date(2025, 10, 25), date(2025, 10, 26)]
    assert [is_open(province, _SEPTEMBER, day) for day in days] == [False, True, True, False]


def test_under_decree_09_a_period_opens_on_the_fourteenth() -> None:
    assert opens_on(a_province(calendar=Calendar.ND09), _SEPTEMBER) == date(2025, 9, 14)


@pytest.mark.parametrize(
    ("period", "due_day", "due"),
    [
        ("2025-08", 5, date(2025, 9, 5)),  # a Friday
        ("2025-09", 5, date(2025, 10, 6)),  # the 5th is a Sunday
        ("2025-12", 5, date(2026, 1, 5)),
        ("2026-01", 31, date(2026, 3, 2)),  # February's last day is a Saturday
        ("2025-Q3", 10, date(2025, 10, 10)),
    ],
)
def test_the_due_day_is_in_the_month_after_on_a_working_day(period: str, due_day: int, due: date) -> None:
    assert due_on(a_province(), Period.parse(period), some_reporters(due_day=due_day)) == due


def test_a_holiday_moves_the_due_day_on() -> None:
    holidays = frozenset({date(2025, 9, 1), date(2025, 9, 2)})
    window = ReportingWindow(closes_after_days=25, working_weekdays=frozenset(range(5)), holidays=holidays)
    assert due_on(a_province(window=window), Period.parse("2025-08"), some_reporters(due_day=1)) == date(2025, 9, 3)


@pytest.mark.parametrize(("due_day", "due"), [(20, date(2025, 8, 20)), (5, date(2025, 9, 5)), (14, date(2025, 9, 15))])
def test_under_decree_09_it_is_the_first_such_day_after_the_fourteenth(due_day: int, due: date) -> None:
    province = a_province(calendar=Calendar.ND09)
    assert due_on(province, Period.parse("2025-08"), some_reporters(due_day=due_day)) == due
