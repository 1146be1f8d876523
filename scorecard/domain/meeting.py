"""Meetings: what is frozen to be shown, the work that is given, and whether it was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from scorecard.domain.period import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionMark:
    """How an edition is known: `number` counts the editions of a province from 1, `seal` is the hash over all of it.

    `figures_hash` is that of the approved figures it was made from, `definitions_hash` the province's digest,
    `program` the version of the program that computed.
    """

    number: int
    plan_id: str
    month: Month
    name: str
    figures_hash: str
    definitions_hash: str
    program: str
    seal: str
    frozen_at: datetime
    frozen_by: str
    event: int


def edition_of(
    marks: Iterable[EditionMark], plan_id: str, month: Month, definitions_hash: str, figures_version: int
) -> EditionMark | None:
    """Return the newest edition that was frozen of these very figures of a plan and month, None where there is none.

    `figures_version` is the number of the last event that put figures in force: an edition frozen before it shows
    other figures.
    """
    asked = plan_id, month, definitions_hash
    found = (mark for mark in marks if (mark.plan_id, mark.month, mark.definitions_hash) == asked)
    return max((mark for mark in found if mark.event > figures_version), key=lambda mark: mark.number, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One frozen state: what was shown, in finished words, and the definition files, in `content`."""

    mark: EditionMark
    content: Mapping[str, Any]


class Result(StrEnum):
    """What became of a commitment."""

    OPEN = "open"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What the chair's office said became of a commitment, and why."""

    result: Result
    reason: str
    stated_at: datetime
    stated_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """Work given to a unit in a meeting, on a target of the edition that was shown.

    `of_unit` is the unit of the target's row on the scoreboard. `promised` is on the printed scale: 80.5 for 80,5%.
    """

    id: str
    edition: int
    plan_id: str
    month: Month
    target_id: str
    of_unit: str
    unit_id: str
    what: str
    due: date
    promised: Decimal | None
    given_at: datetime
    given_by: str
    statements: tuple[Statement, ...] = ()

    @property
    def stated(self) -> Statement | None:
        """The last word on it, None while nothing was said."""
        return self.statements[-1] if self.statements else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The value of a target in an edition, on the printed scale; None where there was none."""

    edition: int
    month: Month
    value: Fraction | None
    rising_is_good: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a commitment, and the number of the edition that tells; None where a person stated it."""

    result: Result
    edition: int | None = None


def verdict(commitment: Commitment, measured: Iterable[Measured]) -> Verdict:
    """Say what became of a commitment, from what was stated or, where a number was promised, from later editions.

    Only editions of the plan, of later months, tell. The first one that reaches the number keeps the promise; the first
    one of the deadline's month or later that has a value short of it breaks it. Exact: a hair short is short.
    """
    if commitment.stated is not None:
        return Verdict(result=commitment.stated.result)
    if commitment.promised is None:
        return Verdict(result=Result.OPEN)
    promised, deadline = Fraction(commitment.promised), Month.containing(commitment.due)
    for each in sorted(measured, key=lambda one: (one.month, one.edition)):
        if each.month <= commitment.month or each.edition <= commitment.edition or each.value is None:
            continue
        if each.value >= promised if each.rising_is_good else each.value <= promised:
            return Verdict(result=Result.KEPT, edition=each.edition)
        if each.month >= deadline:
            return Verdict(result=Result.NOT_KEPT, edition=each.edition)
    return Verdict(result=Result.OPEN)
