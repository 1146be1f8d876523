"""What an uploaded form says above its table: for which period it is, and whose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from scorecard.domain.period import Calendar, Frequency, Month, Period
from scorecard.spreadsheet.layout_06a import layouts, plain
from scorecard.spreadsheet.workbook import Sheet

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def stated_periods(sheet: Sheet, before_row: int, calendar: Calendar) -> tuple[Period, ...]:
    """Return the periods named above a row, each once: by their name, or by the days that they cover.

    The day on which a document was signed («ngày 05 tháng 10 năm 2025») is none.
    """
    found: dict[Period, None] = {}
    for text in _above(sheet, before_row):
        for pattern in layouts()["periods"]:
            for match in re.finditer(pattern, text):
                if period := _period(match.groupdict(), calendar):
                    found[period] = None
    return tuple(found)


def stated_unit(sheet: Sheet, before_row: int) -> str:
    """Return what stands behind «Đơn vị báo cáo:» above a row, as it is written; empty when nothing does."""
    label = layouts()["unit_line"]
    for (row, column), cell in sorted(sheet.cells.items()):
        if row < before_row and plain(cell.text).startswith(label):
            _, _, name = cell.text.partition(":")
            return " ".join((name or sheet.text(row, column + 1)).split()).strip(" .…")
    return ""


def _above(sheet: Sheet, before_row: int) -> Iterator[str]:
    for (row, _), cell in sorted(sheet.cells.items()):
        if row < before_row:
            yield plain(cell.text)


def _period(words: dict[str, str | None], calendar: Calendar) -> Period | None:
    """Return the period that a match speaks of, None where there is no such month or quarter."""
    try:
        if words.get("from"):
            return _covering(_day(words["from"] or ""), _day(words["to"] or ""), calendar)
        year = int(words["year"] or 0)
        if month := words.get("month"):
            return Period.starting(Month.containing(date(year, int(month), 1)), Frequency.MONTH)
        quarter = words["quarter"] or ""
        number = _QUARTERS.get(quarter) or int(quarter)
        return Period.starting(Month.of(year, 3 * number - 2), Frequency.QUARTER)
    except ValueError:
        return None


def _day(text: str) -> date:
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


def _covering(first: date, last: date, calendar: Calendar) -> Period | None:
    months = [Period.starting(Month.containing(last), frequency) for frequency in Frequency]
    ends = Month.containing(last)
    candidates = [Period(ends.plus(1 - period.months), ends) for period in months]
    return next((period for period in candidates if period.days(calendar) == (first, last)), None)
