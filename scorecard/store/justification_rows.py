"""How a justification becomes a row."""

from __future__ import annotations

from scorecard.store.database import Row, Session
from scorecard.store.errors import JustificationConflictError
from scorecard.store.records import Batch, JustificationDraft
from scorecard.store.rows import COLUMNS, justification_of, sealed, target_name, time_text


def justification_row(session: Session, batch: Batch, draft: JustificationDraft, event: int) -> Row:
    """Return the next revision, counted over all units: the lead unit of a target may change."""
    name, month = target_name(draft.plan_id, draft.target_id), draft.month.index
    before = session.rows(
        f"SELECT {COLUMNS['justifications']} FROM justifications WHERE province = ? AND target = ?"
        " AND first_month = ? ORDER BY revision DESC LIMIT 1",
        (batch.province_id, name, month),
    )
    latest = justification_of(before[0]) if before else None
    if latest is not None and latest.revision != draft.expected_revision:
        raise JustificationConflictError(latest)
    key = batch.province_id, draft.unit_id, month, month, name, latest.revision + 1 if latest else 1
    content = draft.cause, draft.remedy, draft.by_when.isoformat()
    return sealed((*key, *content, time_text(batch.at), batch.person_id, event))
