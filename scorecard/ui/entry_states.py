"""Where a return stands for the person who looks at it, and what can be done with it."""

from __future__ import annotations

from enum import StrEnum

from scorecard.domain.review import Decision, RecordedDecision, ReturnState
from scorecard.presentation.entry_dues import due_text, moment_text
from scorecard.ui.guard import PageContext
from scorecard.ui.people import name_of
from scorecard.workflow.owed import OwedReturn
from scorecard.workflow.settings import VIETNAM


class EntryState(StrEnum):
    """A return as its unit sees it; the value is a key under `entry.` of the text files."""

    TO_DO = "to_do"
    BEGUN = "begun"
    TO_CORRECT = "to_correct_return"
    REOPENED = "reopened"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    LOCKED = "locked"


ACTIONS = {
    EntryState.TO_DO: "start",
    EntryState.BEGUN: "resume",
    EntryState.TO_CORRECT: "correct_returned",
    EntryState.REOPENED: "correct_reopened",
    EntryState.SUBMITTED: "correct",
    EntryState.APPROVED: "look",
    EntryState.LOCKED: "look",
}
"""What the button of a return offers, by where it stands."""


def entry_state(page: PageContext, owed: OwedReturn, *, begun: bool) -> EntryState:
    """Say where a return stands today; `begun` is whether the person has typed into it."""
    if owed.state is ReturnState.APPROVED:
        return EntryState.APPROVED
    if owed.state is ReturnState.SUBMITTED:
        return EntryState.SUBMITTED
    if not owed.taken_on(page.today):
        return EntryState.LOCKED
    if owed.state is ReturnState.SENT_BACK:
        return EntryState.TO_CORRECT
    if owed.state is ReturnState.REOPENED:
        return EntryState.REOPENED
    return EntryState.BEGUN if begun else EntryState.TO_DO


def is_owed(page: PageContext, owed: OwedReturn) -> bool:
    """Say whether the unit still has to submit it."""
    return not owed.submitted and owed.taken_on(page.today)


def last_decision(owed: OwedReturn, decision: Decision) -> RecordedDecision | None:
    """Return the last decision of a kind, None for none."""
    return next((each for each in reversed(owed.record.decisions) if each.decision is decision), None)


def due_line(page: PageContext, owed: OwedReturn) -> str:
    """Say by when a return is due or, once something happened to it, what and until when it can be corrected."""
    texts, closes = page.texts, page.formats.day(owed.closes)
    match entry_state(page, owed, begun=False):
        case EntryState.SUBMITTED:
            key = "entry.submitted_at" if owed.taken_on(page.today) else "entry.submitted_closed"
            return texts(key, at=_submitted(page, owed), closes=closes)
        case EntryState.APPROVED:
            return _approved(page, owed)
        case EntryState.LOCKED:
            return texts("entry.locked_since", closes=closes)
        case EntryState.TO_CORRECT | EntryState.REOPENED:
            return texts("entry.correct_until", closes=closes)
        case _:
            return due_text(owed.due, owed.closes, page.today, page.formats)


def _submitted(page: PageContext, owed: OwedReturn) -> str:
    at = moment_text(owed.record.submissions[-1].submitted_at.astimezone(VIETNAM), page.formats)
    return page.texts("entry.late", at=at, days=owed.days_late) if owed.days_late else at


def _approved(page: PageContext, owed: OwedReturn) -> str:
    approval = last_decision(owed, Decision.APPROVED)
    if approval is None:
        raise ValueError("approved without an approval")
    at = moment_text(approval.recorded_at.astimezone(VIETNAM), page.formats)
    if owed.last is not None and owed.imported(owed.last):
        return page.texts("entry.imported_at", at=at)
    return page.texts("entry.approved_at", at=at, person=name_of(page, approval.recorded_by))
