"""Which events of the audit trail are wanted, as conditions that both engines understand alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from scorecard.store.rows import time_text

Condition = tuple[str, tuple[object, ...]]

_DETAILS = {"sqlite": "json_each(e.details)", "postgresql": "json_each_text(e.details::json)"}
_CODE = re.compile(r"([0-9]{6,18})-([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailQuery:
    """Which events are wanted: those of a province and those of no province, narrowed by what is not None or empty.

    `since` is included, `before` is not. A unit's events are those that wrote or decided on a return of it or name it
    in their details. `text` is looked for in details, reasons and notes as it is typed, in small letters, in capitals
    and capitalised; a receipt code finds its own event.
    """

    province_id: str
    since: datetime | None = None
    before: datetime | None = None
    person_id: str | None = None
    unit_id: str | None = None
    kind: str | None = None
    text: str = ""


def where(wanted: TrailQuery, engine: str) -> Condition:
    """Return the condition on the table `events e`, and its parameters in order."""
    found = list(_parts(wanted, _DETAILS[engine]))
    return " AND ".join(sql for sql, _ in found), tuple(value for _, values in found for value in values)


def _parts(wanted: TrailQuery, details: str) -> Iterator[Condition]:
    yield "e.province IN (?, '')", (wanted.province_id,)
    if wanted.since is not None:
        yield "e.recorded_at >= ?", (time_text(wanted.since),)
    if wanted.before is not None:
        yield "e.recorded_at < ?", (time_text(wanted.before),)
    if wanted.person_id is not None:
        yield "e.recorded_by = ?", (wanted.person_id,)
    if wanted.kind is not None:
        yield "e.kind = ?", (wanted.kind,)
    if wanted.unit_id is not None:
        yield _of_unit(wanted.unit_id, details)
    if wanted.text:
        yield _with_text(wanted.text, details)


def _of_unit(unit_id: str, details: str) -> Condition:
    written, decided = (
        f"EXISTS (SELECT 1 FROM {table} r WHERE r.event = e.id AND r.unit = ?)" for table in ("returns", "decisions")
    )
    named = f"EXISTS (SELECT 1 FROM {details} AS d WHERE d.key = 'unit' AND d.value = ?)"
    return f"({written} OR {decided} OR {named})", (unit_id, unit_id, unit_id)


def _with_text(text: str, details: str) -> Condition:
    if code := _CODE.fullmatch(text):
        return "(e.id = ? AND substr(e.hash, 1, 8) = ?)", (int(code[1]), code[2].lower())
    # LIKE and lower() differ between the engines outside ASCII; replace() does not, and knows no wildcards.
    spellings = sorted({text, text.lower(), text.upper(), text[:1].upper() + text[1:].lower()})
    places = {
        f"{details} AS d WHERE TRUE": ("d.value",),
        "figures f WHERE f.event = e.id": ("f.reason", "f.note"),
        "returns r WHERE r.event = e.id": ("r.reason",),
        "decisions r WHERE r.event = e.id": ("r.reason", "r.notes"),
        "justifications r WHERE r.event = e.id": ("r.cause", "r.remedy"),
    }
    searched = []
    for place, columns in places.items():
        holds = " OR ".join(f"replace({column}, ?, '') <> {column}" for column in columns for _ in spellings)
        searched.append(f"EXISTS (SELECT 1 FROM {place} AND ({holds}))")
    return f"({' OR '.join(searched)})", tuple(spellings * sum(map(len, places.values())))
