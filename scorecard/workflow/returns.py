"""How a unit submits what it owes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from scorecard.domain.access import Permission, Person, Scope, readable, require
from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.finding import SHORTEST_REASON, Finding
from scorecard.domain.form import Form, Severity
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.domain.review import ReturnState
from scorecard.store import Batch, ConflictError, EventKind, Receipt, ReturnDraft, Store
from scorecard.workflow.checks import Entry, exactly, find_faults
from scorecard.workflow.owed import OwedReturn, find_return
from scorecard.workflow.parts import known_parts, part_faults
from scorecard.workflow.refusal import RefusedReturnError, refusal
from scorecard.workflow.remark import tidy
from scorecard.workflow.repeated import receipt_of_submission


def check_entries(store: Store, province: Province, owed: OwedReturn, entries: Sequence[Entry]) -> tuple[Finding, ...]:
    """Return what is wrong (hard) or unusual (soft) in the entries of an owed return.

    See checks.find_faults for the elements of the form and parts.part_faults for what they count one by one.
    """
    before = Period(owed.period.first.plus(-owed.period.months), owed.period.first.plus(-1))
    recorded = store.last_figures(province.id, Scope.of_unit(owed.unit.code), owed.unit.id, before)
    previous = {element: r.figure.value for element, r in recorded.items() if r.figure.value is not None}
    by_element = {entry.element_id: entry for entry in entries}
    known = {e.id: known_parts(store, province, owed.unit, e, owed.period.last) for e in owed.form.elements}
    part_ids = {each.part.id for parts in known.values() for each in parts}
    counted = [entry for entry in entries if entry.element_id not in part_ids]
    found = find_faults(owed.form, counted, previous, lambda list_id: province.list_size(list_id, owed.period.last))
    one_by_one = (fault for e in owed.form.elements for fault in part_faults(e, known[e.id], by_element))
    return (*found, *one_by_one)


def submit_return(
    store: Store,
    province: Province,
    person: Person | None,
    unit_code: str,
    form: Form,
    period: Period,
    entries: Sequence[Entry],
    *,
    today: date,
    now: datetime,
    expected_revision: int,
    reason: str = "",
    reasons: Mapping[str, str] | None = None,
) -> Receipt:
    """Record a return, or a correction of it; it counts once it is approved.

    `expected_revision` is the one that its author saw, 0 for none. `reason` says why submitted figures change;
    `reasons` answer the soft findings by their key. Raises AccessRefusedError, RefusedReturnError, or ConflictError
    when somebody else submitted meanwhile: then nothing was written.
    """
    actor = require(person, Permission.SUBMIT_RETURN, unit_code)
    owed = find_return(store, province, readable(person), unit_code, form, period, today)
    if owed is None:
        raise RefusedReturnError((refusal("not_owed", unit=unit_code, period=period),))
    _require_open(owed, today)
    explanations = {key: tidy(text) for key, text in (reasons or {}).items()}
    findings = check_entries(store, province, owed, entries)
    _require_sound(findings, explanations)
    answered = [each for each in province.answerable(form, period.last) if each in {e.element_id for e in entries}]
    draft = _draft(owed, answered, entries, expected_revision, tidy(reason), _by_element(findings, explanations))
    if owed.revision == expected_revision:  # otherwise the store names the conflict
        _require_reason_for_corrections(store, province, owed, draft)
    details = {"form": form.id, "unit": owed.unit.id, "period": str(period), "reason": draft.reason}
    batch = Batch(
        kind=EventKind.RETURN_SUBMITTED,
        province_id=province.id,
        person_id=actor.id,
        at=now,
        returns=(draft,),
        details=details | {f"reason:{key}": text for key, text in explanations.items()},
    )
    try:
        receipt = store.record(batch)
    except ConflictError as conflict:
        first = receipt_of_submission(store, province.id, actor, draft, conflict)
        if first is None:
            raise
        return first
    if receipt.event is None:
        raise RefusedReturnError((refusal("nothing_changed"),))
    return receipt


def _require_open(owed: OwedReturn, today: date) -> None:
    if today < owed.opens:
        raise RefusedReturnError((refusal("period_not_yet_open", period=owed.period, opens=owed.opens),))
    if owed.state is ReturnState.APPROVED:
        raise RefusedReturnError((refusal("approved_locked", period=owed.period),))
    if today > owed.closes:
        raise RefusedReturnError((refusal("period_closed", period=owed.period, closes=owed.closes),))


def _require_sound(findings: Sequence[Finding], explanations: Mapping[str, str]) -> None:
    hard = tuple(finding for finding in findings if finding.severity is Severity.HARD)
    unexplained = tuple(f for f in findings if len(explanations.get(f.key, "")) < SHORTEST_REASON)
    if hard or unexplained:
        raise RefusedReturnError(hard or unexplained)


def _by_element(findings: Sequence[Finding], explanations: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for finding in findings:
        for element_id in finding.element_ids:
            found.setdefault(element_id, []).append(explanations[finding.key])
    return found


def _draft(
    owed: OwedReturn,
    answered: Sequence[str],
    entries: Sequence[Entry],
    expected_revision: int,
    reason: str,
    explanations: Mapping[str, Sequence[str]],
) -> ReturnDraft:
    answers = {entry.element_id: entry for entry in entries}
    decimals = {element.id: element.decimals for element in owed.form.elements}
    figures = tuple(
        Figure(
            unit_id=owed.unit.id,
            element_id=element_id,
            period=owed.period,
            value=exactly(answers[element_id].value, decimals.get(element_id, 0)),
            state=answers[element_id].state,
            note=tidy(answers[element_id].note),
        )
        for element_id in answered
    )
    return ReturnDraft(
        unit_id=owed.unit.id,
        form_id=owed.form.id,
        period=owed.period,
        figures=figures,
        expected_revision=expected_revision,
        expected_decisions=len(owed.record.decisions),
        reason=reason,
        reasons={element: "; ".join(filter(None, [*texts, reason])) for element, texts in explanations.items()},
    )


def _require_reason_for_corrections(store: Store, province: Province, owed: OwedReturn, draft: ReturnDraft) -> None:
    recorded = store.last_figures(province.id, Scope.of_unit(owed.unit.code), owed.unit.id, owed.period)
    reported = {e: r.figure for e, r in recorded.items() if r.figure.state is not FigureState.NOT_REPORTED}
    corrected = tuple(f.element_id for f in draft.figures if reported.get(f.element_id, f) != f)
    if corrected and len(draft.reason) < SHORTEST_REASON:
        raise RefusedReturnError((refusal("correction_reason_missing", corrected, shortest=SHORTEST_REASON),))
