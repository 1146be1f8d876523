"""What is wrong or unusual in the entries of one return; nothing is read or written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scorecard.domain.figure import FigureState
from scorecard.domain.finding import SHORTEST_REASON, Finding, Parameter
from scorecard.domain.form import Check, Element, Form, Measure, Severity
from scorecard.domain.surprise import SurpriseKind, surprise
from scorecard.workflow.remark import tidy

LARGEST_VALUE = 10**15
_LARGEST_AMOUNT = 2**63


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody answers for one element; `note` says why there is no number, or how the number is to be read."""

    element_id: str
    value: Decimal | None
    state: FigureState = FigureState.NUMBER
    note: str = ""


def find_faults(
    form: Form, entries: Sequence[Entry], previous: Mapping[str, Decimal], list_size: Callable[[str], int]
) -> tuple[Finding, ...]:
    """Return what is wrong (hard) or unusual (soft), in the order of the form, its own checks last.

    `previous` holds the values of the period before, where there are any; what is unusual beside them says
    domain.surprise, an element has at most one such finding. A check of the form is skipped when an element has no
    value.
    """
    by_element = {entry.element_id: entry for entry in entries}
    if len(by_element) != len(entries):
        raise ValueError("an element is entered twice")
    found = [_hard("unknown_element", entry_id) for entry_id in by_element.keys() - {e.id for e in form.elements}]
    sound: dict[str, Decimal] = {}
    for element in form.elements:
        entry = by_element.get(element.id)
        faults = tuple(_faults(element, entry))
        found.extend(faults)
        if not faults and entry is not None and entry.value is not None:
            sound[element.id] = entry.value
            found.extend(_surprises(element, entry.value, previous.get(element.id)))
    return (*found, *failed_checks(form.checks, sound, list_size))


def value_faults(value: Decimal, decimals: int, maximum: int | None) -> Iterator[tuple[str, dict[str, Parameter]]]:
    """Yield what makes a value impossible, as code and parameters; `maximum` is None where there is none."""
    if not value.is_finite() or abs(value) >= LARGEST_VALUE or abs(value).scaleb(decimals) >= _LARGEST_AMOUNT:
        yield "too_large", {}
        return
    if value < 0:
        yield "negative", {}
    if value != round(value, decimals):
        yield ("not_whole", {}) if decimals == 0 else ("too_many_decimals", {"decimals": decimals})
    if maximum is not None and value > maximum:
        yield "above_maximum", {"maximum": maximum}


def exactly(value: Decimal | None, decimals: int) -> Decimal | None:
    """Return a sound value with exactly that many decimals, so that 89.2 and 89.20 are the same figure."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-decimals))


def _faults(element: Element, entry: Entry | None) -> Iterator[Finding]:
    if entry is None or entry.state is FigureState.NOT_REPORTED or (entry.value is None and entry.state.has_value):
        yield _hard("missing_element", element.id)
    elif entry.value is None:
        if len(tidy(entry.note)) < SHORTEST_REASON:
            yield _hard("reason_missing", element.id, shortest=SHORTEST_REASON)
    elif not entry.state.has_value:
        yield _hard("value_without_state", element.id)
    else:
        if element.measure is Measure.SCORE and len(tidy(entry.note)) < SHORTEST_REASON:
            yield _hard("source_missing", element.id, shortest=SHORTEST_REASON)
        for code, parameters in value_faults(entry.value, element.decimals, element.out_of):
            yield _hard(code, element.id, **parameters)


def _surprises(element: Element, value: Decimal, previous: Decimal | None) -> Iterator[Finding]:
    if previous is None:
        return
    found = surprise(Fraction(value), Fraction(previous), flow=element.measure is Measure.FLOW)
    if found is None:
        return
    told: dict[str, Parameter] = {"previous": previous}
    if found.factor is not None:
        told["factor"] = found.factor
    elif found.kind in (SurpriseKind.RISEN_MUCH, SurpriseKind.FALLEN_MUCH):
        told["change"] = found.change
    yield _soft(found.kind, element.id, **told)


def failed_checks(
    checks: Sequence[Check], values: Mapping[str, Decimal], list_size: Callable[[str], int]
) -> Iterator[Finding]:
    """Yield the checks of a form that do not hold; one is skipped when an element has no value."""
    for number, check in enumerate(checks, start=1):
        elements = tuple(dict.fromkeys((*check.left.elements, *check.right.elements)))
        if not all(element in values for element in elements):
            continue
        left, right = (side.total(values, list_size) for side in (check.left, check.right))
        if not check.comparator.holds(left, right):
            key = f"form_check-{number}"
            yield Finding(key=key, code="form_check", severity=check.severity, element_ids=elements, check=check)


def _hard(code: str, element_id: str, **parameters: Parameter) -> Finding:
    return _finding(code, Severity.HARD, element_id, parameters)


def _soft(code: str, element_id: str, **parameters: Parameter) -> Finding:
    return _finding(code, Severity.SOFT, element_id, parameters)


def _finding(code: str, severity: Severity, element_id: str, parameters: Mapping[str, Parameter]) -> Finding:
    key = f"{code}-{element_id}"
    return Finding(key=key, code=code, severity=severity, element_ids=(element_id,), parameters=parameters)
