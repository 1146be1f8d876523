"""What the coordinating office decides on returns, and how a unit asks for one to be reopened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scorecard.domain.access import AccessRefusedError, Permission, Person, readable, require
from scorecard.domain.finding import SHORTEST_REASON
from scorecard.domain.form import Form
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.domain.review import TAKEN_FROM, Decision
from scorecard.store import Batch, ConflictError, EventKind, Receipt, ReturnDecision, Store
from scorecard.workflow.owed import OwedReturn, find_return
from scorecard.workflow.refusal import RefusedReturnError, refusal
from scorecard.workflow.remark import tidy
from scorecard.workflow.repeated import receipt_of_decisions

_DAYS_TO_CORRECT = 7
_KINDS: Mapping[Decision, EventKind] = {
    Decision.APPROVED: EventKind.RETURNS_APPROVED,
    Decision.SENT_BACK: EventKind.RETURN_SENT_BACK,
    Decision.REOPENED: EventKind.RETURN_REOPENED,
    Decision.REOPENING_ASKED: EventKind.REOPENING_ASKED,
    Decision.REOPENING_REFUSED: EventKind.REOPENING_REFUSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSeen:
    """A return as somebody saw it when they decided: with `revision` submissions and `decisions` decisions."""

    unit_code: str
    form: Form
    period: Period
    revision: int
    decisions: int


def seen(owed: OwedReturn) -> ReturnSeen:
    """Return what somebody sees who looks at a return now."""
    return ReturnSeen(
        unit_code=owed.unit.code,
        form=owed.form,
        period=owed.period,
        revision=owed.revision,
        decisions=len(owed.record.decisions),
    )


def approve(
    store: Store,
    province: Province,
    person: Person | None,
    returns: Sequence[ReturnSeen],
    *,
    now: datetime,
    today: date,
) -> Receipt:
    """Put the last revisions of one return or many in force: all of them or none, with one event.

    Raises AccessRefusedError for who may not, or who entered any of them (product rule: nobody approves their own
    entry), RefusedReturnError for a return that is not waiting, ConflictError for one that changed meanwhile.
    """
    actor = require(person, Permission.REVIEW_RETURN)
    if not returns:
        raise ValueError("no return to approve")
    decisions = []
    for each in returns:
        owed = _found(store, province, actor, each, Decision.APPROVED, today)
        if any(submission.submitted_by == actor.id for submission in owed.record.undecided):
            raise AccessRefusedError("access.own_entry", unit=owed.unit.name, form=each.form.name)
        elements = province.answerable(each.form, each.period.last)
        decisions.append(_decision(owed, each, Decision.APPROVED, element_ids=elements))
    return _record(store, province, actor, Decision.APPROVED, decisions, now, "")


def send_back(
    store: Store,
    province: Province,
    person: Person | None,
    sent: ReturnSeen,
    reason: str,
    *,
    now: datetime,
    today: date,
    notes: Mapping[str, str] | None = None,
) -> Receipt:
    """Give a return back to its unit with a reason and, where it helps, a note on single elements.

    The unit may submit again until the period closes, and for a week at least. Raises as `approve` does.
    """
    actor = require(person, Permission.REVIEW_RETURN)
    owed = _found(store, province, actor, sent, Decision.SENT_BACK, today)
    own = province.answerable(sent.form, sent.period.last)
    told = {name: tidy(text) for name, text in (notes or {}).items() if name in own and tidy(text)}
    until = max(owed.closes, today + timedelta(days=_DAYS_TO_CORRECT))
    decision = _decision(owed, sent, Decision.SENT_BACK, reason=_required(reason), notes=told, until=until)
    return _record(store, province, actor, Decision.SENT_BACK, [decision], now, decision.reason)


def reopen(
    store: Store,
    province: Province,
    person: Person | None,
    locked: ReturnSeen,
    reason: str,
    until: date,
    *,
    now: datetime,
    today: date,
) -> Receipt:
    """Let a unit submit again until a day; what was approved stays in force until a new revision is approved.

    Raises as `approve` does, and RefusedReturnError for a day that has passed.
    """
    actor = require(person, Permission.REVIEW_RETURN)
    owed = _found(store, province, actor, locked, Decision.REOPENED, today)
    if owed.taken_on(today):
        raise RefusedReturnError((refusal("cannot_be_reopened", unit=owed.unit.name, period=owed.period),))
    if until < today:
        raise RefusedReturnError((refusal("until_has_passed", until=until),))
    decision = _decision(owed, locked, Decision.REOPENED, reason=_required(reason), until=until)
    return _record(store, province, actor, Decision.REOPENED, [decision], now, decision.reason)


def refuse_reopening(
    store: Store,
    province: Province,
    person: Person | None,
    asked: ReturnSeen,
    reason: str,
    *,
    now: datetime,
    today: date,
) -> Receipt:
    """Say no to a unit that asked, and why; nothing changes. Raises as `approve` does."""
    actor = require(person, Permission.REVIEW_RETURN)
    owed = _found(store, province, actor, asked, Decision.REOPENING_REFUSED, today)
    if owed.record.asked_for_reopening() is None:
        raise RefusedReturnError((refusal("nobody_asked"),))
    decision = _decision(owed, asked, Decision.REOPENING_REFUSED, reason=_required(reason))
    return _record(store, province, actor, Decision.REOPENING_REFUSED, [decision], now, decision.reason)


def ask_reopening(
    store: Store,
    province: Province,
    person: Person | None,
    locked: ReturnSeen,
    reason: str,
    *,
    now: datetime,
    today: date,
) -> Receipt:
    """Ask, as the unit, to reopen a return that it can no longer submit; nothing changes until somebody answers.

    Raises AccessRefusedError, RefusedReturnError for a return that is still open or was asked about already.
    """
    actor = require(person, Permission.SUBMIT_RETURN, locked.unit_code)
    owed = _found(store, province, actor, locked, Decision.REOPENING_ASKED, today)
    if owed.taken_on(today):
        raise RefusedReturnError((refusal("still_open", closes=owed.closes),))
    if owed.record.asked_for_reopening() is not None:
        raise RefusedReturnError((refusal("asked_already"),))
    decision = _decision(owed, locked, Decision.REOPENING_ASKED, reason=_required(reason))
    return _record(store, province, actor, Decision.REOPENING_ASKED, [decision], now, decision.reason)


def _found(
    store: Store, province: Province, person: Person, each: ReturnSeen, decision: Decision, today: date
) -> OwedReturn:
    owed = find_return(store, province, readable(person), each.unit_code, each.form, each.period, today)
    if owed is None:
        raise RefusedReturnError((refusal("not_owed", unit=each.unit_code, period=each.period),))
    unchanged = (owed.revision, len(owed.record.decisions)) == (each.revision, each.decisions)
    if unchanged and owed.state not in TAKEN_FROM[decision]:  # otherwise the store names the conflict
        raise RefusedReturnError((refusal(f"cannot_be_{decision}", unit=owed.unit.name, period=each.period),))
    return owed


def _decision(
    owed: OwedReturn,
    each: ReturnSeen,
    decision: Decision,
    *,
    element_ids: tuple[str, ...] = (),
    until: date | None = None,
    reason: str = "",
    notes: Mapping[str, str] | None = None,
) -> ReturnDecision:
    return ReturnDecision(
        unit_id=owed.unit.id,
        form_id=each.form.id,
        period=each.period,
        decision=decision,
        expected_revision=each.revision,
        expected_decisions=each.decisions,
        element_ids=element_ids,
        until=until,
        reason=reason,
        notes=notes or {},
    )


def _record(
    store: Store,
    province: Province,
    actor: Person,
    decision: Decision,
    decisions: Sequence[ReturnDecision],
    now: datetime,
    reason: str,
) -> Receipt:
    details = {"returns": str(len(decisions)), "reason": reason}
    if len(decisions) == 1:
        (only,) = decisions
        details |= {"form": only.form_id, "unit": only.unit_id, "period": str(only.period)}
        details |= {"until": only.until.isoformat()} if only.until else {}
    batch = Batch(
        kind=_KINDS[decision],
        province_id=province.id,
        person_id=actor.id,
        at=now,
        decisions=tuple(decisions),
        details=details,
    )
    try:
        return store.record(batch)
    except ConflictError:
        first = receipt_of_decisions(store, province.id, actor, decisions)
        if first is None:
            raise
        return first


def _required(reason: str) -> str:
    tidied = tidy(reason)
    if len(tidied) < SHORTEST_REASON:
        raise RefusedReturnError((refusal("decision_reason_missing", shortest=SHORTEST_REASON),))
    return tidied
