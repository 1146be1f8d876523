"""What an element counts one by one: the members of a list, the steps of a milestone.

Each part is a figure of its own beside the element that counts it: 1 while it is there, 0 while it is not. A part is a
fact with a date, not a measurement: what was last said of it stands until something else is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_SEPARATOR = "#"
_SINCE = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?: |$)")
_ADDRESS = re.compile(r"https?://[^\s/.]+\.[^\s]+")
_DOCUMENT = re.compile(r"\d+\s*/\s*(?:\d{4}/)?[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One member or step; a member whose name is still to be loaded has none. `by` is the last day of a step."""

    element_id: str
    number: int
    name: str | None
    name_en: str | None = None
    owner: str | None = None
    by: date | None = None

    @property
    def id(self) -> str:
        """Return the element of its own figure: `essential_services_online#7`."""
        return f"{self.element_id}{_SEPARATOR}{self.number}"


def split_part(element_id: str) -> tuple[str, int] | None:
    """Return the counting element and the number of a part's element, None for any other element."""
    counted, separator, number = element_id.partition(_SEPARATOR)
    return (counted, int(number)) if separator and number.isascii() and number.isdecimal() else None


def part_note(since: str, remark: str) -> str:
    """Write the note of a part's figure: since when (`2025-03-05`, `2025-03` or `2025`), then a remark."""
    return f"{since} {remark}".strip()


def read_part_note(note: str) -> tuple[str, str]:
    """Return since when and the remark of a note; since when is empty where the note does not begin with it."""
    match = _SINCE.match(note)
    return (match[1], note[match.end() :].strip()) if match else ("", note)


def is_evidence(text: str) -> bool:
    """Say whether a text names evidence: an address of the web, or the number of a document (123/QĐ-UBND)."""
    return bool(_ADDRESS.fullmatch(text) or _DOCUMENT.search(text))
