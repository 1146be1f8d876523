"""A justification: what the lead unit of a late or endangered target says of cause, remedy and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scorecard.domain.finding import SHORTEST_REASON
from scorecard.domain.period import Month, Period
from scorecard.domain.province import Province
from scorecard.domain.status import Status
from scorecard.domain.window import closes_on, opens_on

ASKED = frozenset({Status.MISSED, Status.OFF_TRACK, Status.AT_RISK})
"""The statuses that ask the lead unit for a justification; it never changes them (product rule §3)."""

CAUSE, REMEDY, BY_WHEN = "cause", "remedy", "by_when"
"""The places of a justification, the keys of what is found wrong in it; "" is the justification as a whole."""

SHORTEST_TEXT, LONGEST_TEXT = SHORTEST_REASON, 1000
"""Characters of a cause or a remedy: it is read out in a meeting."""

WORKING_DAYS = 5
"""A justification is due so many working days after the reporting window of its month has closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Justification:
    """One revision of what a unit says of a target's status in a month; `recorded_at` is UTC, `by_when` a whole day."""

    plan_id: str
    target_id: str
    month: Month
    unit_id: str
    cause: str
    remedy: str
    by_when: date
    revision: int
    recorded_at: datetime
    recorded_by: str
    event: int

    @property
    def said(self) -> tuple[str, str, date]:
        """What makes two revisions the same."""
        return self.cause, self.remedy, self.by_when


def asked_from(province: Province, month: Month) -> date:
    """Return the first day on which a justification for a month is taken: that on which its figures are."""
    return opens_on(province, Period(month, month))


def due_on(province: Province, month: Month) -> date:
    """Return the last day on which a justification for a month is in time."""
    window, day, left = province.window, closes_on(province, Period(month, month)), WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() in window.working_weekdays and day not in window.holidays
    return day
