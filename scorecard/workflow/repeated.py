"""A button pressed twice is no conflict: the second press gets the receipt of the first.

It may reach the program after the first was recorded and before its receipt was shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.domain.access import Person, readable
from scorecard.store import (
    ConflictError,
    JustificationConflictError,
    JustificationDraft,
    Receipt,
    ReturnDecision,
    ReturnDraft,
    Store,
    TrailEvent,
)


def receipt_of_submission(
    store: Store, province_id: str, actor: Person, draft: ReturnDraft, conflict: ConflictError
) -> Receipt | None:
    """Return the receipt of the submission before, None when it was not this person's with these very figures."""
    last = {each.figure.element_id: each for each in conflict.newer}
    same = all(figure.element_id in last and last[figure.element_id].figure == figure for figure in draft.figures)
    latest = max(conflict.newer, key=lambda each: each.event, default=None)
    if not same or latest is None or latest.recorded_by != actor.id:
        return None
    if conflict.revision != (draft.expected_revision or 0) + 1:
        return None
    event = store.trail.event(province_id, latest.event)
    if event is None:
        return None
    unchanged = len(draft.figures) - event.figures
    return _receipt(event, added=event.figures - event.revised, revised=event.revised, unchanged=unchanged)


def receipt_of_decisions(
    store: Store, province_id: str, actor: Person, decisions: Sequence[ReturnDecision]
) -> Receipt | None:
    """Return the receipt of the event that took these very decisions, None when the last ones are others."""
    events = set()
    for each in decisions:
        record = store.return_record(province_id, readable(actor), each.unit_id, each.form_id, each.period)
        last = record.decisions[-1] if record.decisions else None
        asked = each.expected_decisions + 1, each.decision, each.expected_revision, each.reason, each.until, actor.id
        if last is None or record.revision != each.expected_revision or dict(last.notes) != dict(each.notes):
            return None
        if (last.number, last.decision, last.submission, last.reason, last.until, last.recorded_by) != asked:
            return None
        events.add(last.event)
    event = store.trail.event(province_id, events.pop()) if len(events) == 1 else None
    return _receipt(event) if event is not None else None


def receipt_of_justification(
    store: Store, province_id: str, actor: Person, draft: JustificationDraft, conflict: JustificationConflictError
) -> Receipt | None:
    """Return the receipt of the revision before, None when it was not this person's with these very words."""
    latest = conflict.latest
    asked = actor.id, draft.expected_revision + 1, (draft.cause, draft.remedy, draft.by_when)
    if (latest.recorded_by, latest.revision, latest.said) != asked:
        return None
    event = store.trail.event(province_id, latest.event)
    return _receipt(event) if event is not None else None


def _receipt(event: TrailEvent, *, added: int = 0, revised: int = 0, unchanged: int = 0) -> Receipt:
    return Receipt(
        event=event.id, hash=event.hash, at=event.recorded_at, added=added, revised=revised, unchanged=unchanged
    )
