"""The one way in: a batch becomes rows and an event at the end of the hash chain."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.domain.figure import Figure
from scorecard.store.database import Row, Session
from scorecard.store.records import Batch, ConflictError, Receipt, ReturnDraft
from scorecard.store.rows import (
    COLUMNS,
    EVENT_COLUMNS,
    canonical,
    event_hash,
    figure_content,
    manifest_line,
    recorded_figure,
    row_hash,
    time_text,
)

GENESIS = ""


def write(session: Session, batch: Batch) -> Receipt:
    """Append a batch inside a write transaction; see Store.record."""
    event, previous_hash = _chain_end(session)
    returns: list[Row] = []
    figures: list[Row] = []
    unchanged = 0
    for draft in batch.returns:
        new = list(_new_figures(session, batch, draft, event))
        unchanged += len(draft.figures) - len(new)
        revision = _return_revision(session, batch, draft)
        if new:
            returns.append(_return_row(batch, draft, revision + 1, event))
            figures.extend(new)
    if batch.returns and not figures:
        return Receipt(event=None, hash=None, at=batch.at, added=0, revised=0, unchanged=unchanged)
    own_hash = _append(session, batch, event, previous_hash, {"returns": returns, "figures": figures})
    added = sum(1 for row in figures if row[5] == 1)
    return Receipt(
        event=event, hash=own_hash, at=batch.at, added=added, revised=len(figures) - added, unchanged=unchanged
    )


def rows_in_force(session: Session, province_id: str, unit_id: str, first_month: int, last_month: int) -> list[Row]:
    """Return the rows of `figures` in force for a unit and period, in the order of the elements."""
    rows = session.rows(
        f"SELECT {COLUMNS['figures']} FROM figures"
        " WHERE province = ? AND unit = ? AND first_month = ? AND last_month = ? ORDER BY revision",
        (province_id, unit_id, first_month, last_month),
    )
    latest = {row[4]: row for row in rows}
    return [latest[element] for element in sorted(latest)]


def _chain_end(session: Session) -> tuple[int, str]:
    last = session.rows("SELECT id, hash FROM events ORDER BY id DESC LIMIT 1")
    return (last[0][0] + 1, last[0][1]) if last else (1, GENESIS)


def _new_figures(session: Session, batch: Batch, draft: ReturnDraft, event: int) -> Iterator[Row]:
    period = draft.period.first.index, draft.period.last.index
    in_force = {row[4]: row for row in rows_in_force(session, batch.province_id, draft.unit_id, *period)}
    for figure in draft.figures:
        current = in_force.get(figure.element_id)
        if current is None or current[6:10] != figure_content(figure):
            yield _figure_row(batch, draft, figure, (current[5] if current else 0) + 1, event)


def _figure_row(batch: Batch, draft: ReturnDraft, figure: Figure, revision: int, event: int) -> Row:
    row = (
        *_key(batch, draft, figure.element_id, revision),
        *figure_content(figure),
        draft.reasons.get(figure.element_id, draft.reason),
        *_origin(batch, event),
    )
    return (*row, row_hash(row))


def _return_row(batch: Batch, draft: ReturnDraft, revision: int, event: int) -> Row:
    row = (*_key(batch, draft, draft.form_id, revision), draft.reason, *_origin(batch, event))
    return (*row, row_hash(row))


def _key(batch: Batch, draft: ReturnDraft, name: str, revision: int) -> Row:
    return batch.province_id, draft.unit_id, draft.period.first.index, draft.period.last.index, name, revision


def _origin(batch: Batch, event: int) -> Row:
    return time_text(batch.at), batch.person_id, event


def _return_revision(session: Session, batch: Batch, draft: ReturnDraft) -> int:
    key = _key(batch, draft, draft.form_id, 0)[:-1]
    ((revision,),) = session.rows(
        "SELECT coalesce(max(revision), 0) FROM returns"
        " WHERE province = ? AND unit = ? AND first_month = ? AND last_month = ? AND form = ?",
        key,
    )
    found: int = revision
    if draft.expected_revision is not None and found != draft.expected_revision:
        elements = {figure.element_id for figure in draft.figures}
        newer = [row for row in rows_in_force(session, *key[:-1]) if row[4] in elements]
        raise ConflictError(found, tuple(recorded_figure(row) for row in newer))
    return found


def _append(session: Session, batch: Batch, event: int, previous_hash: str, rows: dict[str, list[Row]]) -> str:
    manifest = "\n".join(manifest_line(table, row) for table, added in rows.items() for row in added)
    at, by, _ = _origin(batch, event)
    content = (event, batch.kind.value, batch.province_id, at, by, canonical(dict(batch.details)), previous_hash)
    own_hash = event_hash(content, manifest)
    session.run(
        f"INSERT INTO events ({EVENT_COLUMNS}) VALUES ({_places(9)})",
        (*content, own_hash, manifest),
    )
    for table, added in rows.items():
        if added:
            session.run_many(
                f"INSERT INTO {table} ({COLUMNS[table]}) VALUES ({_places(len(added[0]))})",
                added,
            )
    return own_hash


def _places(count: int) -> str:
    return ", ".join("?" * count)
