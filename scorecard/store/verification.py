"""Recompute every hash and name what is not as it was recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator

from scorecard.store.database import Row, Session
from scorecard.store.ledger import GENESIS
from scorecard.store.meeting_rows import holds
from scorecard.store.records import Alteration, Damage
from scorecard.store.rows import COLUMNS, EVENT_COLUMNS, KEY_LENGTH, event_hash, row_hash, row_key

_MOST_NAMED = 1000

_Hashes = dict[tuple[str, Row], str]


def alterations(session: Session) -> Iterator[Alteration]:
    """Yield what was altered, removed or added behind the program's back, in order of the events.

    A chain that was cut off at its end, or recomputed as a whole, is consistent in itself: only a hash noted
    elsewhere (on a receipt) can tell.
    """
    # An id that is no number leaves a gap, or rows without an event.
    numbers = [number for (number,) in session.rows("SELECT id FROM events ORDER BY id") if isinstance(number, int)]
    before: Row | None = None
    for number in numbers:
        (row,) = session.rows(f"SELECT {EVENT_COLUMNS} FROM events WHERE id = ?", (number,))
        yield from _broken_links(before, row)
        yield from _changed_rows(session, row)
        before = row
    for table in COLUMNS:
        yield from _rows_without_event(session, table)
    yield from _false_editions(session)


def _broken_links(before: Row | None, row: Row) -> Iterator[Alteration]:
    expected_number = before[0] + 1 if before else 1
    for number in range(expected_number, min(row[0], expected_number + _MOST_NAMED)):
        yield Alteration(damage=Damage.MISSING, event=number)
    own_content_holds = event_hash(row[:7], str(row[8])) == row[7]
    if not own_content_holds:
        yield Alteration(damage=Damage.ALTERED, event=row[0])
    elif row[0] == expected_number and row[6] != (before[7] if before else GENESIS):
        # This event still says which hash came before it, so it is the event before that was rewritten.
        yield Alteration(damage=Damage.ALTERED, event=before[0] if before else row[0])


def _changed_rows(session: Session, event: Row) -> Iterator[Alteration]:
    recorded = _manifest(str(event[8]))
    if recorded is None:
        return  # the event itself is named already
    found, false_seals = _found(session, event[0])
    for table, key in sorted(recorded.keys() | found.keys(), key=repr):
        expected, actual = recorded.get((table, key)), found.get((table, key))
        if expected == actual and (table, key) not in false_seals:
            continue
        damage = Damage.EXTRA if expected is None else Damage.MISSING if actual is None else Damage.ALTERED
        yield Alteration(damage=damage, event=event[0], row=row_key(table, key))


def _manifest(text: str) -> _Hashes | None:
    try:
        lines = [json.loads(line) for line in text.split("\n") if line]
        return {(table, tuple(key)): own_hash for table, *key, own_hash in lines if len(key) == KEY_LENGTH}
    except (TypeError, ValueError):
        return None


def _found(session: Session, event: int) -> tuple[_Hashes, set[tuple[str, Row]]]:
    hashes: _Hashes = {}
    false_seals: set[tuple[str, Row]] = set()
    for table, columns in COLUMNS.items():
        query = f"SELECT {columns} FROM {table} WHERE event = ?"
        for row in session.rows(query, (event,)):
            name = table, row[:KEY_LENGTH]
            hashes[name] = row_hash(row[:-1])
            if hashes[name] != row[-1]:
                false_seals.add(name)
    return hashes, false_seals


def _rows_without_event(session: Session, table: str) -> Iterator[Alteration]:
    query = f"SELECT {COLUMNS[table]} FROM {table} WHERE event NOT IN (SELECT id FROM events)"
    for row in session.rows(query):
        yield Alteration(damage=Damage.EXTRA, event=row[-2], row=row_key(table, row[:KEY_LENGTH]))


def _false_editions(session: Session) -> Iterator[Alteration]:
    """Name editions that are as recorded, but no longer tell of the figures, definitions and program they name."""
    for row in session.rows(f"SELECT {COLUMNS['editions']} FROM editions ORDER BY number"):
        if row_hash(row[:-1]) == row[-1] and not holds(session, row):
            yield Alteration(damage=Damage.ALTERED, event=row[-2], row=row_key("editions", row[:KEY_LENGTH]))
