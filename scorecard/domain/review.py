"""A return between its unit and the coordinating office: what was submitted, what was decided, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from scorecard.domain.period import Period


class ReturnState(StrEnum):
    """Where a return stands. A draft is nobody's business but its author's: nothing was submitted yet."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    REOPENED = "reopened"


class Decision(StrEnum):
    """What was said of a return; the two about reopening that change nothing are asking and refusing."""

    APPROVED = "approved"
    SENT_BACK = "sent_back"
    REOPENED = "reopened"
    REOPENING_ASKED = "reopening_asked"
    REOPENING_REFUSED = "reopening_refused"


TAKEN_FROM: Mapping[Decision, frozenset[ReturnState]] = {
    Decision.APPROVED: frozenset({ReturnState.SUBMITTED}),
    Decision.SENT_BACK: frozenset({ReturnState.SUBMITTED}),
    Decision.REOPENED: frozenset({ReturnState.APPROVED, ReturnState.SENT_BACK, ReturnState.DRAFT}),
    Decision.REOPENING_ASKED: frozenset({ReturnState.APPROVED, ReturnState.SENT_BACK, ReturnState.DRAFT}),
    Decision.REOPENING_REFUSED: frozenset({ReturnState.APPROVED, ReturnState.SENT_BACK, ReturnState.DRAFT}),
}
"""The states in which each decision can be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One revision of a return: who submitted it, when (UTC), and why again."""

    revision: int
    submitted_at: datetime
    submitted_by: str
    reason: str
    event: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDecision:
    """One decision on a return: `submission` is the revision decided on, 0 where there was none.

    `until` is the last day on which the unit may submit again; None where the decision gives no time. `notes`
    say what is wrong with single elements.
    """

    number: int
    decision: Decision
    submission: int
    until: date | None
    reason: str
    recorded_at: datetime
    recorded_by: str
    event: int
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRecord:
    """Everything that happened to one return, oldest first; empty when nothing ever did."""

    unit_id: str
    form_id: str
    period: Period
    submissions: tuple[Submission, ...] = ()
    decisions: tuple[RecordedDecision, ...] = ()

    @property
    def revision(self) -> int:
        """The last revision submitted, 0 for none."""
        return self.submissions[-1].revision if self.submissions else 0

    @property
    def undecided(self) -> tuple[Submission, ...]:
        """The submissions since the last approval."""
        approved = max((each.submission for each in self._taken(Decision.APPROVED)), default=0)
        return tuple(each for each in self.submissions if each.revision > approved)

    @property
    def last_sent_back(self) -> RecordedDecision | None:
        """Why the revision in hand was sent back, None when it was not."""
        return next((each for each in self._taken(Decision.SENT_BACK) if each.submission == self.revision), None)

    def state(self, today: date) -> ReturnState:
        """Return where it stands; a reopening that nobody used until its day leaves things as they were before."""
        state = before = ReturnState.DRAFT
        expired = False
        turns: list[Submission | RecordedDecision] = [*self.submissions, *self.decisions]
        for turn in sorted(turns, key=lambda each: each.event):
            if isinstance(turn, Submission):
                state = ReturnState.SUBMITTED
            elif turn.decision is Decision.REOPENED:
                before = before if state is ReturnState.REOPENED else state
                state, expired = ReturnState.REOPENED, turn.until is not None and turn.until < today
            elif turn.decision in (Decision.APPROVED, Decision.SENT_BACK):
                state = ReturnState(turn.decision.value)
        return before if state is ReturnState.REOPENED and expired else state

    def extended_until(self) -> date | None:
        """Return the last day that a decision since the last approval allows for submitting again, None for none."""
        approvals = [each.number for each in self._taken(Decision.APPROVED)]
        since = max(approvals, default=0)
        days = [each.until for each in self.decisions if each.number > since and each.until is not None]
        return max(days, default=None)

    def asked_for_reopening(self) -> RecordedDecision | None:
        """Return the request of the unit that nobody has answered yet, None when there is none."""
        last = self.decisions[-1] if self.decisions else None
        if last is None or last.decision is not Decision.REOPENING_ASKED:
            return None
        answered = any(submission.event > last.event for submission in self.submissions)
        return None if answered else last

    def _taken(self, decision: Decision) -> tuple[RecordedDecision, ...]:
        return tuple(each for each in self.decisions if each.decision is decision)
