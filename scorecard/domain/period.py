"""Reporting periods: months, and the quarters, half-years and years made of them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_MONTHS_IN_YEAR = 12
_YEAR = "((?:19|20|21)[0-9]{2})"
_MONTH_PATTERN = re.compile(rf"{_YEAR}-(0[1-9]|1[0-2])")
_PERIOD_PATTERN = re.compile(rf"{_YEAR}(?:-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?")


class PeriodError(ValueError):
    """A text that is not a period; `text` is what was given."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A reporting month; `index` counts months since year 0, so months subtract and sort as integers."""

    index: int

    @classmethod
    def of(cls, year: int, number: int) -> Month:
        """Make the month from a year and a month number 1-12."""
        return cls(year * _MONTHS_IN_YEAR + number - 1)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2025-06`, of the years 1900 to 2199; raise PeriodError for anything else."""
        match = _MONTH_PATTERN.fullmatch(text)
        if match is None:
            raise PeriodError(text)
        return cls.of(int(match[1]), int(match[2]))

    @classmethod
    def containing(cls, day: date) -> Month:
        """Return the month of a date: a value dated 30/6/2025 is reached with the period 2025-06."""
        return cls.of(day.year, day.month)

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.index // _MONTHS_IN_YEAR

    @property
    def number(self) -> int:
        """The month number, 1-12."""
        return self.index % _MONTHS_IN_YEAR + 1

    @property
    def first_day(self) -> date:
        """The first calendar day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last calendar day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> Month:
        """Return the month that many months later (earlier when negative)."""
        return Month(self.index + months)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


class Frequency(StrEnum):
    """How often a form is reported."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Length of one period in months."""
        return {"month": 1, "quarter": 3, "half": 6, "year": _MONTHS_IN_YEAR}[self.value]


class Calendar(StrEnum):
    """Which days a reporting month covers."""

    CALENDAR = "calendar"
    ND09 = "nd09"


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A run of whole reporting months, both ends included."""

    first: Month
    last: Month

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2025-06`, `2025-Q2`, `2025-H1` or `2025`, of 1900 to 2199; raise PeriodError for anything else."""
        match = _PERIOD_PATTERN.fullmatch(text)
        if match is None:
            raise PeriodError(text)
        year, part = int(match[1]), match[2]
        if part is None:
            return cls.starting(Month.of(year, 1), Frequency.YEAR)
        if part[0] == "Q":
            return cls.starting(Month.of(year, 3 * int(part[1]) - 2), Frequency.QUARTER)
        if part[0] == "H":
            return cls.starting(Month.of(year, 6 * int(part[1]) - 5), Frequency.HALF)
        return cls.starting(Month.of(year, int(part)), Frequency.MONTH)

    @classmethod
    def starting(cls, first: Month, frequency: Frequency) -> Period:
        """Return the period of that length whose first month is given."""
        return cls(first, first.plus(frequency.months - 1))

    @classmethod
    def containing(cls, month: Month, frequency: Frequency) -> Period:
        """Return the month, quarter, half-year or year in which a month lies."""
        offset = (month.number - 1) % frequency.months
        return cls.starting(month.plus(-offset), frequency)

    @property
    def months(self) -> int:
        """Length in months."""
        return self.last.index - self.first.index + 1

    def days(self, kind: Calendar) -> tuple[date, date]:
        """Return the first and last day covered.

        Under `nd09` a period runs from the 15th of the month before to the 14th of its last month
        (Nghị định 09/2019/NĐ-CP, điều 12).
        """
        if kind is Calendar.CALENDAR:
            return self.first.first_day, self.last.last_day
        return self.first.plus(-1).first_day + timedelta(days=14), self.last.first_day + timedelta(days=13)

    def __str__(self) -> str:
        year, number = self.first.year, self.first.number
        match self.months:
            case 1:
                return str(self.first)
            case 3:
                return f"{year:04d}-Q{(number + 2) // 3}"
            case 6:
                return f"{year:04d}-H{(number + 5) // 6}"
            case _:
                return f"{year:04d}"
