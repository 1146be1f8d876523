"""By when returns are due, and when something happened to them, as words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from scorecard.presentation.formats import Formats


def due_text(due: date, closes: date, today: date, formats: Formats) -> str:
    """Say by when a return is due, seen from today; the due day itself is still in time."""
    days = (due - today).days
    key = "entry.overdue" if days < 0 else "entry.due_today" if days == 0 else "entry.due_in"
    return formats.texts(key, days=abs(days), due=formats.day(due), closes=formats.day(closes))


def moment_text(moment: datetime, formats: Formats) -> str:
    """Print a moment of the time zone it carries: 09:12 ngày 03/10/2025."""
    return formats.texts("entry.at", time=f"{moment:%H:%M}", day=formats.day(moment.date()))


def owed_sentence(open_dues: Sequence[tuple[date, date]], total: int, today: date, formats: Formats) -> str:
    """Open the list: how many returns are not submitted yet, and by when the first of them is due.

    `open_dues` are the due day and the closing day of each return still to be submitted.
    """
    if total == 0:
        return formats.texts("entry.nothing_owed")
    if not open_dues:
        return formats.texts("entry.all_submitted", total=total)
    due = due_text(*min(open_dues), today, formats)
    return formats.texts("entry.still_owed", open=len(open_dues), total=total, due=due)
