"""The one way in: a batch becomes rows and an event at the end of the hash chain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from scorecard.domain.figure import Figure
from scorecard.domain.review import Decision
from scorecard.store.database import Row, Session
from scorecard.store.errors import ConflictError
from scorecard.store.justification_rows import justification_row
from scorecard.store.meeting_rows import meeting_rows
from scorecard.store.records import Batch, EventKind, Receipt, ReturnDecision, ReturnDraft
from scorecard.store.rows import (
    COLUMNS,
    EVENT_COLUMNS,
    KEY_LENGTH,
    canonical,
    event_hash,
    figure_content,
    manifest_line,
    moment,
    recorded_figure,
    sealed,
    time_text,
)

GENESIS = ""

Rows = dict[str, list[Row]]

_OF_A_PERIOD = "province = ? AND unit = ? AND first_month = ? AND last_month = ?"


def write(session: Session, batch: Batch) -> Receipt:
    """Append a batch inside a write transaction; see Store.record."""
    event, previous_hash = _chain_end(session)
    rows: Rows = {table: [] for table in COLUMNS}
    for draft in batch.returns:
        _add_return(session, batch, draft, event, rows)
    for decision in batch.decisions:
        _add_decision(session, batch, decision, event, rows)
    for justification in batch.justifications:
        rows["justifications"].append(justification_row(session, batch, justification, event))
    for table, row in meeting_rows(session, batch, event):
        rows[table].append(row)
    figures = rows["figures"]
    unchanged = sum(len(draft.figures) for draft in batch.returns) - len(figures)
    if batch.returns and not figures:
        return Receipt(event=None, hash=None, at=batch.at, added=0, revised=0, unchanged=unchanged)
    own_hash = _append(session, batch, event, previous_hash, rows)
    added = sum(1 for row in figures if row[5] == 1)
    return Receipt(
        event=event, hash=own_hash, at=batch.at, added=added, revised=len(figures) - added, unchanged=unchanged
    )


def approve_everything(session: Session) -> None:
    """Put in force what was reported while there was no review, each revision from the moment it was recorded."""
    for (province,) in session.rows("SELECT DISTINCT province FROM figures ORDER BY province"):
        event, previous_hash = _chain_end(session)
        ((last,),) = session.rows("SELECT max(recorded_at) FROM events")
        batch = Batch(
            kind=EventKind.EARLIER_FIGURES_APPROVED, province_id=province, person_id="upgrade", at=moment(last)
        )
        figures = session.rows(f"SELECT {COLUMNS['figures']} FROM figures WHERE province = ?", (province,))
        rows: Rows = {"approvals": [sealed((*row[:KEY_LENGTH], *row[11:13], event)) for row in figures]}
        _append(
            session, batch, event, previous_hash, rows | {"decisions": list(_earlier_decisions(session, batch, event))}
        )


def _earlier_decisions(session: Session, batch: Batch, event: int) -> Iterator[Row]:
    last = session.rows(
        "SELECT province, unit, first_month, last_month, form, max(revision) FROM returns WHERE province = ?"
        " GROUP BY province, unit, first_month, last_month, form",
        (batch.province_id,),
    )
    for *key, revision in last:
        yield _approval_of_return(batch, tuple(key), 1, revision, event)


def last_rows(session: Session, province_id: str, unit_id: str, first_month: int, last_month: int) -> list[Row]:
    """Return the last row of `figures` for each element of a unit and period, in the order of the elements."""
    key = province_id, unit_id, first_month, last_month
    rows = session.rows(f"SELECT {COLUMNS['figures']} FROM figures WHERE {_OF_A_PERIOD} ORDER BY revision", key)
    latest = {row[4]: row for row in rows}
    return [latest[element] for element in sorted(latest)]


def known_rows(session: Session, province_id: str, unit_id: str, until_month: int) -> list[Row]:
    """Return the row of the last figure with a number of each element of a unit, of periods that ended by a month."""
    rows = session.rows(
        f"SELECT {COLUMNS['figures']} FROM figures WHERE province = ? AND unit = ? AND last_month <= ?"
        " ORDER BY last_month, first_month DESC, revision",
        (province_id, unit_id, until_month),
    )
    last_of_period = {(row[4], *row[2:4]): row for row in rows}
    latest = {row[4]: row for row in last_of_period.values() if row[6] is not None}
    return [latest[element] for element in sorted(latest)]


def _chain_end(session: Session) -> tuple[int, str]:
    last = session.rows("SELECT id, hash FROM events ORDER BY id DESC LIMIT 1")
    return (last[0][0] + 1, last[0][1]) if last else (1, GENESIS)


def approved_rows(session: Session, *key: object) -> list[Row]:
    """Return the rows of `figures` in force (province, unit, first and last month), in the order of the elements."""
    approved = _approved_revisions(session, key)
    rows = session.rows(f"SELECT {COLUMNS['figures']} FROM figures WHERE {_OF_A_PERIOD} ORDER BY revision", key)
    latest = {row[4]: row for row in rows if row[4:6] in approved}
    return [latest[element] for element in sorted(latest)]


def _add_return(session: Session, batch: Batch, draft: ReturnDraft, event: int, rows: Rows) -> None:
    new = list(_new_figures(session, batch, draft, event))
    key = _key(batch, draft, draft.form_id)
    revision = _count(session, "returns", key) + 1
    _require_unchanged(session, key, draft, (figure.element_id for figure in draft.figures))
    if not new:
        return
    submitted = time_text(draft.submitted_at or batch.at)
    rows["returns"].append(sealed((*key, revision, draft.reason, submitted, batch.person_id, event)))
    rows["figures"].extend(new)
    if batch.approved:
        decisions = _count(session, "decisions", key)
        rows["decisions"].append(_approval_of_return(batch, key, decisions + 1, revision, event))
        rows["approvals"].extend(sealed((*row[:KEY_LENGTH], *_origin(batch, event))) for row in new)


def _add_decision(session: Session, batch: Batch, decision: ReturnDecision, event: int, rows: Rows) -> None:
    key = _key(batch, decision, decision.form_id)
    _require_unchanged(session, key, decision, decision.element_ids)
    until = decision.until.isoformat() if decision.until else ""
    content = decision.decision.value, decision.expected_revision, until, canonical(dict(decision.notes))
    number = decision.expected_decisions + 1
    rows["decisions"].append(sealed((*key, number, *content, decision.reason, *_origin(batch, event))))
    if decision.decision is Decision.APPROVED:
        approved = _approved_revisions(session, key)
        rows["approvals"].extend(
            sealed((*row[:KEY_LENGTH], *_origin(batch, event)))
            for row in last_rows(session, *key[:4])
            if row[4] in decision.element_ids and row[4:6] not in approved
        )


def _approval_of_return(batch: Batch, key: Row, number: int, submission: int, event: int) -> Row:
    return sealed((*key, number, Decision.APPROVED.value, submission, "", "{}", "", *_origin(batch, event)))


def _approved_revisions(session: Session, key: Row) -> set[Row]:
    return set(session.rows(f"SELECT element, revision FROM approvals WHERE {_OF_A_PERIOD}", key[:4]))


def _require_unchanged(session: Session, key: Row, seen: ReturnDraft | ReturnDecision, elements: Iterable[str]) -> None:
    revision = _count(session, "returns", key)
    expected = (seen.expected_revision, revision), (seen.expected_decisions, _count(session, "decisions", key))
    if any(known is not None and known != actual for known, actual in expected):
        names = set(elements)
        newer = [row for row in last_rows(session, *key[:4]) if row[4] in names]
        raise ConflictError(revision, tuple(recorded_figure(row) for row in newer))


def _count(session: Session, table: str, key: Row) -> int:
    ((last,),) = session.rows(f"SELECT coalesce(max(revision), 0) FROM {table} WHERE {_OF_A_PERIOD} AND form = ?", key)
    found: int = last
    return found


def _new_figures(session: Session, batch: Batch, draft: ReturnDraft, event: int) -> Iterator[Row]:
    period = draft.period.first.index, draft.period.last.index
    last = {row[4]: row for row in last_rows(session, batch.province_id, draft.unit_id, *period)}
    for figure in draft.figures:
        current = last.get(figure.element_id)
        if current is None or current[6:10] != figure_content(figure):
            yield _figure_row(batch, draft, figure, (current[5] if current else 0) + 1, event)


def _figure_row(batch: Batch, draft: ReturnDraft, figure: Figure, revision: int, event: int) -> Row:
    reason = draft.reasons.get(figure.element_id, draft.reason)
    content = *figure_content(figure), reason
    return sealed((*_key(batch, draft, figure.element_id), revision, *content, *_origin(batch, event)))


def _key(batch: Batch, place: ReturnDraft | ReturnDecision, name: str) -> Row:
    return batch.province_id, place.unit_id, place.period.first.index, place.period.last.index, name


def _origin(batch: Batch, event: int) -> Row:
    return time_text(batch.at), batch.person_id, event


def _append(session: Session, batch: Batch, event: int, previous_hash: str, rows: Rows) -> str:
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


def approved_last(
    session: Session, province: str, elements: Collection[str], until: int, limit: str
) -> datetime | None:
    """Return when something of these elements was last approved; see Store.last_approval."""
    names = sorted(elements)
    ((last,),) = session.rows(
        "SELECT max(recorded_at) FROM approvals WHERE province = ? AND last_month <= ? AND recorded_at <= ?"
        f" AND element IN ({_places(len(names)) or 'NULL'})",
        (province, until, limit, *names),
    )
    return moment(last) if last else None
