"""When a period can be reported and when it is due."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from scorecard.domain.form import Reporters
from scorecard.domain.period import Period
from scorecard.domain.province import Province


def opens_on(province: Province, period: Period) -> date:
    """Return the first day on which figures of a period are taken: its own last day."""
    return period.days(province.calendar)[1]


def closes_on(province: Province, period: Period) -> date:
    """Return the last day on which they are taken."""
    return opens_on(province, period) + timedelta(days=province.window.closes_after_days)


def is_open(province: Province, period: Period, today: date) -> bool:
    """Say whether figures of a period are taken today; the first and the last day count."""
    return opens_on(province, period) <= today <= closes_on(province, period)


def due_on(province: Province, period: Period, rule: Reporters) -> date:
    """Return the last day on which a return is in time.

    That is the first day after the period whose day of the month is `due_day` (the last day of a shorter month),
    moved to the next working day when it is a day off (Bộ luật Dân sự 2015, điều 148 khoản 5).
    """
    day = _next_day_numbered(rule.due_day, period.days(province.calendar)[1])
    window = province.window
    while day.weekday() not in window.working_weekdays or day in window.holidays:
        day += timedelta(days=1)
    return day


def _next_day_numbered(number: int, after: date) -> date:
    day = _clamped(after.year, after.month, number)
    if day > after:
        return day
    next_month = after.replace(day=1) + timedelta(days=31)
    return _clamped(next_month.year, next_month.month, number)


def _clamped(year: int, month: int, number: int) -> date:
    return date(year, month, min(number, calendar.monthrange(year, month)[1]))
