"""How the lead unit of a late or endangered target says why, what it does about it and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from scorecard.calculation.justification_duty import Statuses, lead_of, statuses_of, worst_status
from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.access import (
    EVERY_UNIT,
    UNIT_BOUND_ROLES,
    AccessRefusedError,
    Permission,
    Person,
    Scope,
    require,
)
from scorecard.domain.finding import Finding, Parameter
from scorecard.domain.form import Severity
from scorecard.domain.justification import (
    ASKED,
    BY_WHEN,
    CAUSE,
    LONGEST_TEXT,
    REMEDY,
    SHORTEST_TEXT,
    Justification,
    asked_from,
)
from scorecard.domain.period import Month, Period
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.store import (
    Batch,
    EventKind,
    JustificationConflictError,
    JustificationDraft,
    Receipt,
    Store,
)
from scorecard.workflow.remark import tidy
from scorecard.workflow.repeated import receipt_of_justification


class RefusedJustificationError(Exception):
    """A justification was not accepted; nothing was written.

    The `key` of each finding is the place that it is about, its `code` a key under `justification.` of the text files.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(f"{finding.key} {finding.code}" for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class JustificationText:
    """What somebody wants to say; `by_when` is None where no day was understood."""

    cause: str
    remedy: str
    by_when: date | None


def justification_scope(person: Person | None) -> Scope:
    """Return the lead units that the list of a person is about: their own, or every one.

    What is said is shown in meetings: whoever sees the scoreboard may read it. Raises AccessRefusedError.
    """
    reader = require(person, Permission.VIEW_SCOREBOARD)
    return Scope(reader.unit_codes) if reader.role in UNIT_BOUND_ROLES else EVERY_UNIT


def read_statuses(store: Store, province: Province, until: Month) -> Statuses:
    """Return the statuses that the figures in force give, see justification_duty.statuses_of."""
    return statuses_of(province, store.figures(province.id), until)


def read_history(
    store: Store, province: Province, person: Person | None, target: Target, until: Month
) -> tuple[Justification, ...]:
    """Return everything that was said of a target for the months up to one, the last first.

    Raises AccessRefusedError for who may not see the scoreboard.
    """
    require(person, Permission.VIEW_SCOREBOARD)
    return tuple(reversed(store.justifications.of_target(province.id, target.plan_id, target.id, until)))


def may_justify(province: Province, person: Person | None, target: Target, month: Month) -> bool:
    """Say whether a person may write for the lead unit of a target."""
    lead = lead_of(province, target, month)
    try:
        return lead is not None and bool(require(person, Permission.JUSTIFY_TARGET, lead.code))
    except AccessRefusedError:
        return False


def write_justification(
    store: Store,
    province: Province,
    person: Person | None,
    target: Target,
    month: Month,
    text: JustificationText,
    *,
    expected_revision: int,
    now: datetime,
    today: date,
) -> Receipt:
    """Record a justification, or a correction of it as a further revision; the status stays as it is computed.

    `expected_revision` is the one that its author saw, 0 for none. Pressing the button twice gives the first receipt
    again. Raises AccessRefusedError, RefusedJustificationError, or JustificationConflictError when somebody else
    wrote meanwhile: then nothing was written.
    """
    lead = lead_of(province, target, month)
    actor = require(person, Permission.JUSTIFY_TARGET, lead.code if lead else None)
    if lead is None:
        raise RefusedJustificationError((_fault("", "not_owed"),))
    said = JustificationText(cause=tidy(text.cause), remedy=tidy(text.remedy), by_when=text.by_when)
    history = store.justifications.of_target(province.id, target.plan_id, target.id, month)
    last = next((each for each in reversed(history) if each.month == month), None)
    if last is None:
        _require_asked(store, province, target, month, today)
    draft = JustificationDraft(
        plan_id=target.plan_id,
        target_id=target.id,
        month=month,
        unit_id=lead.id,
        cause=said.cause,
        remedy=said.remedy,
        by_when=_sound_day(said, last, today),
        expected_revision=expected_revision,
    )
    if last is not None and last.revision == expected_revision and last.said == (said.cause, said.remedy, said.by_when):
        raise RefusedJustificationError((_fault("", "nothing_changed"),))
    try:
        return store.record(_batch(province, actor, draft, now))
    except JustificationConflictError as conflict:
        first = receipt_of_justification(store, province.id, actor, draft, conflict)
        if first is None:
            raise
        return first


def _require_asked(store: Store, province: Province, target: Target, month: Month, today: date) -> None:
    opens = asked_from(province, month)
    if today < opens:
        raise RefusedJustificationError((_fault("", "not_yet_asked", opens=opens),))
    plan = province.plan(target.plan_id)
    inside = Month.containing(plan.starts) <= month <= Month.containing(plan.ends)
    board = scoreboard(province, store.figures(province.id), month, plan_ids=(plan.id,))
    if not inside or worst_status(board, target) not in ASKED:
        raise RefusedJustificationError((_fault("", "not_owed"),))


def _sound_day(said: JustificationText, last: Justification | None, today: date) -> date:
    """Return the day of a text without fault; raise RefusedJustificationError that names every one."""
    faults = tuple(_faults(said, last, today))
    if said.by_when is None or faults:
        raise RefusedJustificationError(faults)
    return said.by_when


def _faults(said: JustificationText, last: Justification | None, today: date) -> Iterator[Finding]:
    for place, text in ((CAUSE, said.cause), (REMEDY, said.remedy)):
        if len(text) < SHORTEST_TEXT:
            yield _fault(place, "too_short", shortest=SHORTEST_TEXT)
        elif len(text) > LONGEST_TEXT:
            yield _fault(place, "too_long", longest=LONGEST_TEXT, length=len(text))
    if said.by_when is None:
        yield _fault(BY_WHEN, "day_missing")
    elif said.by_when < today and (last is None or last.by_when != said.by_when):
        yield _fault(BY_WHEN, "day_passed", day=said.by_when)


def _fault(place: str, code: str, **parameters: Parameter) -> Finding:
    return Finding(key=place, code=code, severity=Severity.HARD, parameters=parameters)


def _batch(province: Province, actor: Person, draft: JustificationDraft, now: datetime) -> Batch:
    return Batch(
        kind=EventKind.JUSTIFICATION_WRITTEN,
        province_id=province.id,
        person_id=actor.id,
        at=now,
        justifications=(draft,),
        details={
            "unit": draft.unit_id,
            "period": str(Period(draft.month, draft.month)),
            "target": f"{draft.plan_id}/{draft.target_id}",
            "by_when": draft.by_when.isoformat(),
            "revision": str(draft.expected_revision + 1),
        },
    )
