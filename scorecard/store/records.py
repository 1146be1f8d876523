"""What goes into the store and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from scorecard.domain.figure import Figure
from scorecard.domain.meeting import Result
from scorecard.domain.period import Month, Period
from scorecard.domain.review import Decision


class EventKind(StrEnum):
    """Why something was written."""

    RETURN_SUBMITTED = "return_submitted"
    FIGURES_IMPORTED = "figures_imported"
    DEMO_PREPARED = "demo_prepared"
    RETURNS_APPROVED = "returns_approved"
    RETURN_SENT_BACK = "return_sent_back"
    RETURN_REOPENED = "return_reopened"
    REOPENING_ASKED = "reopening_asked"
    REOPENING_REFUSED = "reopening_refused"
    EARLIER_FIGURES_APPROVED = "earlier_figures_approved"
    JUSTIFICATION_WRITTEN = "justification_written"
    EDITION_FROZEN = "edition_frozen"
    COMMITMENT_GIVEN = "commitment_given"
    RESULT_STATED = "result_stated"
    TRAIL_EXPORTED = "trail_exported"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ACCOUNT_PASSWORD_SET = "account_password_set"  # noqa: S105 - a kind of event
    ACCOUNT_LOCKED = "account_locked"
    ACCOUNT_SESSIONS_ENDED = "account_sessions_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDraft:
    """Figures of one unit, form and period that are to be recorded together.

    Figures equal to the last ones (value, state and note) add nothing. `expected_revision` is the revision of the
    return that its author saw, `expected_decisions` how many decisions on it, 0 for none; None records on top of
    whatever is there. `reasons` are given by element and go before `reason`. `submitted_at` is for what was handed in
    before it is recorded here, None for the moment of the batch.
    """

    unit_id: str
    form_id: str
    period: Period
    figures: tuple[Figure, ...]
    expected_revision: int | None = None
    expected_decisions: int | None = None
    reason: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    submitted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDecision:
    """A decision to be recorded on one return, seen with `expected_revision` submissions and `expected_decisions`.

    An approval puts the last revisions of `element_ids` in force. See review.RecordedDecision for the rest.
    """

    unit_id: str
    form_id: str
    period: Period
    decision: Decision
    expected_revision: int
    expected_decisions: int
    element_ids: tuple[str, ...] = ()
    until: date | None = None
    reason: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class JustificationDraft:
    """A justification to be recorded by somebody who saw `expected_revision`, 0 for none; see domain.justification."""

    plan_id: str
    target_id: str
    month: Month
    unit_id: str
    cause: str
    remedy: str
    by_when: date
    expected_revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionDraft:
    """An edition to be frozen, made from everything up to the event `made_from`; see meeting.Edition.

    `content` holds at least `definitions`: the definition files by name.
    """

    plan_id: str
    month: Month
    name: str
    made_from: int
    definitions_hash: str
    program: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentDraft:
    """Work to be recorded as given; see meeting.Commitment."""

    edition: int
    plan_id: str
    month: Month
    target_id: str
    of_unit: str
    unit_id: str
    what: str
    due: date
    promised: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDraft:
    """What is to be recorded as the result of a commitment of which `expected_statements` were seen."""

    commitment_id: str
    result: Result
    reason: str
    expected_statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One write: all of it or nothing, with one event. A batch without returns records the event alone.

    With `approved`, what the returns add is in force at once.
    """

    kind: EventKind
    province_id: str
    person_id: str
    at: datetime
    returns: tuple[ReturnDraft, ...] = ()
    approved: bool = False
    decisions: tuple[ReturnDecision, ...] = ()
    justifications: tuple[JustificationDraft, ...] = ()
    meeting: EditionDraft | CommitmentDraft | StatementDraft | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a write did, in figures; event and hash are None when every figure was there already."""

    event: int | None
    hash: str | None
    at: datetime
    added: int
    revised: int
    unchanged: int

    @property
    def code(self) -> str:
        """What a person notes down: the number of the event and the beginning of its hash; empty without one."""
        return "" if self.event is None or self.hash is None else receipt_code(self.event, self.hash)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One link of the audit trail.

    `hash` covers everything here, the hash before it and `manifest`: one line for each row written, a JSON list
    of the table, the key of the row and its hash.
    """

    id: int
    kind: str
    province_id: str
    recorded_at: datetime
    recorded_by: str
    details: Mapping[str, str]
    previous_hash: str
    hash: str
    manifest: str


def receipt_code(event: int, own_hash: str) -> str:
    """Name an event for people: its number and the beginning of its hash."""
    return f"{event:06d}-{own_hash[:8].upper()}"


class Damage(StrEnum):
    """What happened to a row behind the program's back."""

    ALTERED = "altered"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowKey:
    """Which figure (`name` is its element), return (its form), justification (its plan and target), edition (its own
    name) or commitment (its id).

    Of an edition, `unit_id` is the plan and `revision` its number.
    """

    table: str
    province_id: str
    unit_id: str
    period: Period
    name: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """One thing that is not as it was recorded; `row` is None when it is the event itself."""

    damage: Damage
    event: int
    row: RowKey | None = None
