"""Rows of editions and commitments, and the hashes that tie an edition to what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from scorecard.domain.digest import digest_of
from scorecard.domain.meeting import Result
from scorecard.store.database import Row, Session
from scorecard.store.errors import ConflictError, StoreError
from scorecard.store.records import Batch, CommitmentDraft, EditionDraft, StatementDraft
from scorecard.store.rows import COLUMNS, canonical, sealed, time_text

_FIGURE_KEY = 4


def meeting_rows(session: Session, batch: Batch, event: int) -> Iterator[tuple[str, Row]]:
    """Yield the row that a batch adds for a meeting, with its table.

    Raises ConflictError when something was written since the edition's figures were read, or a commitment was spoken
    of since it was seen.
    """
    match batch.meeting:
        case EditionDraft() as edition:
            yield "editions", _edition(session, batch, edition, event)
        case CommitmentDraft() as given:
            yield "commitments", _given(batch, given, event)
        case StatementDraft() as said:
            yield "commitments", _said(session, batch, said, event)


def figures_hash(session: Session, province_id: str, before_event: int) -> str:
    """Hash the approved figures that were in force before an event.

    SHA-256 over one line for each figure, a JSON list of unit, element, first and last month (counted from year 0),
    revision, amount, decimals and state, sorted; the lines are joined by a line feed.
    """
    rows = session.rows(
        "SELECT f.unit, f.element, f.first_month, f.last_month, f.revision, f.amount, f.decimals, f.state"
        " FROM figures f JOIN approvals a ON a.province = f.province AND a.unit = f.unit"
        " AND a.first_month = f.first_month AND a.last_month = f.last_month AND a.element = f.element"
        " AND a.revision = f.revision WHERE f.province = ? AND a.event < ?",
        (province_id, before_event),
    )
    in_force = {row[:_FIGURE_KEY]: row for row in sorted(rows, key=lambda row: row[: _FIGURE_KEY + 1])}
    lines = "\n".join(canonical(list(row)) for row in in_force.values())
    return hashlib.sha256(lines.encode()).hexdigest()


def seal_of(figures: str, definitions: str, program: str, content: str) -> str:
    """Hash an edition: SHA-256 of a JSON list of both hashes, the program's version and the hash of its content."""
    own = hashlib.sha256(content.encode()).hexdigest()
    return hashlib.sha256(canonical([figures, definitions, program, own]).encode()).hexdigest()


def holds(session: Session, edition: Row) -> bool:
    """Say whether an edition still tells of what it names: its figures, its definitions, its own words."""
    province, *_, figures, definitions, program, seal, content = edition[:11]
    try:
        files = {name: text.encode() for name, text in json.loads(content)["definitions"].items()}
        same_figures = figures_hash(session, province, edition[-2]) == figures
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    made_of = digest_of(files), seal_of(figures, definitions, program, content)
    return same_figures and made_of == (definitions, seal)


def _edition(session: Session, batch: Batch, draft: EditionDraft, event: int) -> Row:
    if draft.made_from != event - 1:
        raise ConflictError(event - 1, ())
    ((number,),) = session.rows(
        "SELECT coalesce(max(number), 0) + 1 FROM editions WHERE province = ?", (batch.province_id,)
    )
    month = draft.month.index
    content = canonical(draft.content)
    figures = figures_hash(session, batch.province_id, event)
    made_of = figures, draft.definitions_hash, draft.program
    key = batch.province_id, draft.plan_id, month, month, draft.name, number
    return sealed((*key, *made_of, seal_of(*made_of, content), content, time_text(batch.at), batch.person_id, event))


def _given(batch: Batch, draft: CommitmentDraft, event: int) -> Row:
    month = draft.month.index
    key = batch.province_id, draft.unit_id, month, month, str(event), 1
    promised = "" if draft.promised is None else f"{draft.promised:f}"
    place = draft.edition, draft.plan_id, draft.target_id, draft.of_unit
    content = *place, draft.what, draft.due.isoformat(), promised, Result.OPEN.value, ""
    return sealed((*key, *content, time_text(batch.at), batch.person_id, event))


def _said(session: Session, batch: Batch, draft: StatementDraft, event: int) -> Row:
    rows = session.rows(
        f"SELECT {COLUMNS['commitments']} FROM commitments WHERE province = ? AND commitment = ? ORDER BY revision",
        (batch.province_id, draft.commitment_id),
    )
    if not rows:
        raise StoreError("store.failed", detail=f"commitment {draft.commitment_id}")
    if len(rows) != draft.expected_statements + 1:
        raise ConflictError(len(rows) - 1, ())
    *key, _ = rows[0][:6]
    content = *rows[0][6:13], draft.result.value, draft.reason
    return sealed((*key, len(rows) + 1, *content, time_text(batch.at), batch.person_id, event))
