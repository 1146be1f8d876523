"""What goes into the store and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from scorecard.domain.figure import Figure, RecordedFigure
from scorecard.domain.period import Period


class EventKind(StrEnum):
    """Why something was written."""

    RETURN_SUBMITTED = "return_submitted"
    FIGURES_IMPORTED = "figures_imported"
    DEMO_PREPARED = "demo_prepared"
    TRAIL_EXPORTED = "trail_exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDraft:
    """Figures of one unit, form and period that are to be recorded together.

    Figures equal to those in force (value, state and note) add nothing. `expected_revision` is the revision of
    the return that its author saw, 0 for none; None records on top of whatever is there. `reasons` are given
    by element and go before `reason`.
    """

    unit_id: str
    form_id: str
    period: Period
    figures: tuple[Figure, ...]
    expected_revision: int | None = None
    reason: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One write: all of it or nothing, with one event. A batch without returns records the event alone."""

    kind: EventKind
    province_id: str
    person_id: str
    at: datetime
    returns: tuple[ReturnDraft, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a write did, in figures; event and hash are None when every figure was in force already."""

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
class RecordedReturn:
    """One revision of a return: who submitted it, when (UTC) and why again."""

    unit_id: str
    form_id: str
    period: Period
    revision: int
    reason: str
    recorded_at: datetime
    recorded_by: str
    event: int


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
    """Which figure (`name` is its element) or return (`name` is its form)."""

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


class StoreError(Exception):
    """The store cannot do what was asked; `reason` is a key of the text file, with its parameters."""

    def __init__(self, reason: str, **parameters: str) -> None:
        super().__init__(f"{reason} {parameters}")
        self.reason = reason
        self.parameters = parameters


class AmountError(ValueError):
    """A value too large or too fine to keep exactly."""


class ConflictError(Exception):
    """Somebody else recorded the return meanwhile; nothing was written.

    `revision` is the one now in force and `newer` are its figures, so that both can be shown.
    """

    def __init__(self, revision: int, newer: tuple[RecordedFigure, ...]) -> None:
        super().__init__(f"revision {revision} is in force")
        self.revision = revision
        self.newer = newer
