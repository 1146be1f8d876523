"""Days as people type them: 05/3/2025, or as much of it as is known: 3/2025, 2025."""

from __future__ import annotations

import re
from datetime import date

_TYPED = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?((?:19|20|21)\d{2})")
_FIRST = "1"


class TypedDateError(ValueError):
    """A text that is not read as a day; `code` is a key under `typed_date.` of the text file."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_since(text: str, latest: date) -> str:
    """Read a day, a month or a year, day first, and write it as `2025-03-05`, `2025-03` or `2025`.

    Raises TypedDateError for anything else, a day that does not exist, or one after `latest`.
    """
    match = _TYPED.fullmatch(re.sub(r"\s", "", text))
    if match is None:
        raise TypedDateError("not_a_day" if text.strip() else "empty")
    day, month, year = match.groups()
    try:
        first = date(int(year), int(month or _FIRST), int(day or _FIRST))
    except ValueError:
        raise TypedDateError("no_such_day") from None
    if first > latest:
        raise TypedDateError("in_the_future")
    return first.isoformat()[: 10 if day else 7 if month else 4]


def parse_day(text: str) -> date:
    """Read a whole day, day first; raise TypedDateError for anything else or a day that does not exist."""
    match = _TYPED.fullmatch(re.sub(r"\s", "", text))
    if match is None or match[1] is None:
        raise TypedDateError("not_a_day" if text.strip() else "empty")
    day, month, year = match.groups()
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise TypedDateError("no_such_day") from None


def print_since(since: str) -> str:
    """Write what `parse_since` wrote as a reader does: 05/03/2025, 03/2025, 2025."""
    return "/".join(reversed(since.split("-")))
