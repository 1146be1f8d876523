"""What a unit owes, and how it submits it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scorecard.domain.access import Permission, Person, require
from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.finding import SHORTEST_REASON, Finding, Parameter
from scorecard.domain.form import Form, Severity
from scorecard.domain.period import Frequency, Month, Period
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scorecard.domain.window import closes_on, due_on, is_open, opens_on
from scorecard.store import Batch, EventKind, Receipt, ReturnDraft, Store
from scorecard.workflow.checks import Entry, exactly, find_faults
from scorecard.workflow.remark import tidy

__all__ = [
    "Entry",
    "Finding",
    "OwedReturn",
    "RefusedReturnError",
    "Severity",
    "check_entries",
    "owed_returns",
    "submit_return",
]


class RefusedReturnError(Exception):
    """A return was not accepted; nothing was written. `findings` say why, each of them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(finding.key for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedReturn:
    """One form that a unit owes for one period, between the days on which it is taken.

    `revision` is the one in force, 0 for none. `submitted` says that every element has an answer; `submitted_at`
    (UTC) and `submitted_by` belong to the revision in force.
    """

    unit: Unit
    form: Form
    period: Period
    due: date
    opens: date
    closes: date
    revision: int
    submitted: bool
    submitted_at: datetime | None
    submitted_by: str | None


def owed_returns(store: Store, province: Province, person: Person, today: date) -> tuple[OwedReturn, ...]:
    """Return what the person's units owe for every period that is open today, the first due first."""
    owed = []
    for unit_code in sorted(person.unit_codes):
        require(person, Permission.SUBMIT_RETURN, unit_code)
        for period in _open_periods(province, today):
            owed += [_owed_return(store, province, unit_code, form, period) for form in province.forms]
    return tuple(sorted(filter(None, owed), key=lambda each: (each.due, each.period)))


def check_entries(store: Store, province: Province, owed: OwedReturn, entries: Sequence[Entry]) -> tuple[Finding, ...]:
    """Return what is wrong (hard) or unusual (soft) in the entries of an owed return; see checks.find_faults."""
    before = Period(owed.period.first.plus(-owed.period.months), owed.period.first.plus(-1))
    recorded = store.in_force(province.id, owed.unit.id, before)
    previous = {element: r.figure.value for element, r in recorded.items() if r.figure.value is not None}
    return find_faults(owed.form, entries, previous, lambda list_id: province.list_size(list_id, owed.period.last))


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
    """Record a return, or a correction of it; it counts at once.

    `expected_revision` is the one that its author saw, 0 for none. `reason` says why figures in force change;
    `reasons` answer the soft findings by their key. Raises AccessRefusedError, RefusedReturnError, or ConflictError
    when somebody else submitted meanwhile: then nothing was written.
    """
    actor = require(person, Permission.SUBMIT_RETURN, unit_code)
    owed = _owed_return(store, province, unit_code, form, period)
    if owed is None:
        raise RefusedReturnError((_refusal("not_owed", unit=unit_code, period=period),))
    _require_open(owed, today)
    explanations = {key: tidy(text) for key, text in (reasons or {}).items()}
    findings = check_entries(store, province, owed, entries)
    _require_sound(findings, explanations)
    draft = _draft(owed, entries, expected_revision, tidy(reason), _by_element(findings, explanations))
    if owed.revision == expected_revision:  # otherwise the store names the conflict
        _require_reason_for_corrections(store, province, draft)
    details = {"form": form.id, "unit": owed.unit.id, "period": str(period), "reason": draft.reason}
    receipt = store.record(
        Batch(
            kind=EventKind.RETURN_SUBMITTED,
            province_id=province.id,
            person_id=actor.id,
            at=now,
            returns=(draft,),
            details=details | {f"reason:{key}": text for key, text in explanations.items()},
        )
    )
    if receipt.event is None:
        raise RefusedReturnError((_refusal("nothing_changed"),))
    return receipt


def _open_periods(province: Province, today: date) -> Iterator[Period]:
    earliest = Month.containing(today - timedelta(days=province.window.closes_after_days))
    for index in range(earliest.index, Month.containing(today).index + 2):
        for frequency in Frequency:
            period = Period.containing(Month(index), frequency)
            if period.last.index == index and is_open(province, period, today):
                yield period


def _owed_return(store: Store, province: Province, unit_code: str, form: Form, period: Period) -> OwedReturn | None:
    opens, closes = opens_on(province, period), closes_on(province, period)
    unit = province.units.find(unit_code, opens)
    rule = form.reporters_of(unit, period.last) if unit else None
    if unit is None or rule is None or Period.containing(period.last, rule.every) != period:
        return None
    latest = store.latest_return(province.id, unit.id, form.id, period)
    return OwedReturn(
        unit=unit,
        form=form,
        period=period,
        due=due_on(province, period, rule),
        opens=opens,
        closes=closes,
        revision=latest.revision if latest else 0,
        submitted=latest is not None and _is_complete(store, province, unit, form, period),
        submitted_at=latest.recorded_at if latest else None,
        submitted_by=latest.recorded_by if latest else None,
    )


def _is_complete(store: Store, province: Province, unit: Unit, form: Form, period: Period) -> bool:
    recorded = store.in_force(province.id, unit.id, period)
    answered = {e for e, r in recorded.items() if r.figure.state is not FigureState.NOT_REPORTED}
    return all(element.id in answered for element in form.elements)


def _require_open(owed: OwedReturn, today: date) -> None:
    if today < owed.opens:
        raise RefusedReturnError((_refusal("period_not_yet_open", period=owed.period, opens=owed.opens),))
    if today > owed.closes:
        raise RefusedReturnError((_refusal("period_closed", period=owed.period, closes=owed.closes),))


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
    entries: Sequence[Entry],
    expected_revision: int,
    reason: str,
    explanations: Mapping[str, Sequence[str]],
) -> ReturnDraft:
    answers = {entry.element_id: entry for entry in entries}
    figures = tuple(
        Figure(
            unit_id=owed.unit.id,
            element_id=element.id,
            period=owed.period,
            value=exactly(answers[element.id].value, element.decimals),
            state=answers[element.id].state,
            note=tidy(answers[element.id].note),
        )
        for element in owed.form.elements
    )
    return ReturnDraft(
        unit_id=owed.unit.id,
        form_id=owed.form.id,
        period=owed.period,
        figures=figures,
        expected_revision=expected_revision,
        reason=reason,
        reasons={element: "; ".join(filter(None, [*texts, reason])) for element, texts in explanations.items()},
    )


def _require_reason_for_corrections(store: Store, province: Province, draft: ReturnDraft) -> None:
    recorded = store.in_force(province.id, draft.unit_id, draft.period)
    in_force = {e: r.figure for e, r in recorded.items() if r.figure.state is not FigureState.NOT_REPORTED}
    corrected = tuple(f.element_id for f in draft.figures if in_force.get(f.element_id, f) != f)
    if corrected and len(draft.reason) < SHORTEST_REASON:
        raise RefusedReturnError((_refusal("correction_reason_missing", corrected, shortest=SHORTEST_REASON),))


def _refusal(code: str, element_ids: tuple[str, ...] = (), **parameters: Parameter) -> Finding:
    return Finding(key=code, code=code, severity=Severity.HARD, element_ids=element_ids, parameters=parameters)
