"""The low–high range once more, slow and obvious: every way in which the missing reports could have come out."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.unit import Unit
from tests.calculation.slow_outlook import remembered_from
from tests.calculation.slow_twin import Report, Twin

Box = tuple[Fraction, Fraction, Fraction, Fraction, Fraction, Fraction]
"""Lowest and highest rate, volume and count of one missing unit, for all its missing periods."""


def slow_range(twin: Twin, target: Target, unit: Unit | None, month: int) -> tuple[Fraction, Fraction] | None:
    value = twin.value(target, unit, month)
    if twin.is_single(target) or value is None or value.exact is None:
        return None
    above, below = value.numerator, value.denominator
    boxes = []
    for who, periods, held in missing(twin, target, unit, month):
        if held:
            above -= held.numerator or 0
            below = None if below is None else below - held.denominator
        boxes.append(box(twin, target, who, periods, month))
    if below is None:
        return above + sum(each[4] for each in boxes), above + sum(each[5] for each in boxes)
    options = [
        (
            _ratio(above, below, [(each[0], v) for each, v in zip(boxes, volumes, strict=True)]),
            _ratio(above, below, [(each[1], v) for each, v in zip(boxes, volumes, strict=True)]),
        )
        for volumes in product(*((each[2], each[3]) for each in boxes))
    ]
    lows, highs = ([o[side] for o in options if o[side] is not None] for side in (0, 1))
    return (min(lows), max(highs)) if lows and highs else (value.exact, value.exact)  # type: ignore[type-var]


def _ratio(above: Fraction, below: Fraction, parts: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    total = below + sum(volume for _, volume in parts)
    return (above + sum(rate * volume for rate, volume in parts)) / total if total else None


def missing(twin: Twin, target: Target, unit: Unit | None, month: int) -> list[tuple[str, int, Report | None]]:
    """Return the units that owe figures and did not give them, with how many periods and the stock they still hold."""
    found = []
    flow = twin.is_flow(target)
    counted = twin.line(target, unit, month) | (twin.departed(target, unit, month) if flow else set())
    for who in sorted(counted):
        owed = owed_periods(twin, target, who, month)
        told = [r for r in twin.reports(target) if r.unit == who and r.last <= twin.as_of]
        if flow:
            start = twin.window_start(target, unit, month)
            silent = [
                (first, last)
                for first, last in owed
                if start <= first and last <= month
                if not any(r.last == last or (r.first <= first and r.last >= last and r.last > r.first) for r in told)
            ]
            if silent:
                found.append((who, len(silent), None))
        else:
            due = [last for _, last in owed if last < month]
            if due and max((r.last for r in told), default=-1) < max(due):
                held = twin.held_by(target, [who], month)
                found.append((who, 1, held[0] if held else None))
    return found


def owed_periods(twin: Twin, target: Target, who: str, month: int) -> list[tuple[int, int]]:
    unit, found = twin.units.by_id[who], []
    for last in range(remembered_from(twin, target), month + 1):
        forms = {twin.province.elements[e].form_id for _, e, _ in twin.formulas(target, last)}
        rules = [_rule(twin, form, unit, last) for form in forms]
        if all(rules) and unit.alive_on(Month(last).last_day):
            found.append((last - max(rules) + 1, last))
    return found


def _rule(twin: Twin, form: str, unit: Unit, last: int) -> int:
    """Return the length of the period of a form that ends in a month, 0 when none does."""
    fitting = [r for r in twin.province.form(form).reporters if r.include(unit) and r.cover(Month(last))]
    ending = [r.every.months for r in fitting if (last + 1) % r.every.months == 0]
    return ending[0] if ending else 0


def box(twin: Twin, target: Target, who: str, periods: int, month: int) -> Box:
    """Return between what all missing periods of a unit lie."""
    recent = {
        name: [
            r
            for r in twin.reports(target)
            if r.unit == name and r.numerator is not None and month - 12 < r.last <= month
        ]
        for name in twin.units.by_id
    }
    own = recent[who]
    if not own:
        means = [sum((r.denominator for r in told), Fraction(0)) / len(told) for told in recent.values() if told]
        usual = sum(means, Fraction(0)) / len(means) if means else Fraction(1)
        largest = max(
            (r.numerator for told in recent.values() for r in told if r.numerator is not None), default=Fraction(0)
        )
        return Fraction(0), Fraction(1), usual * periods, usual * periods, Fraction(0), largest * periods
    rates = [r.numerator / r.denominator for r in own if r.denominator > 0 and r.numerator is not None]
    counts = [r.numerator for r in own if r.numerator is not None]
    volumes = [r.denominator for r in own]
    low, high = (min(rates), max(rates)) if rates else (Fraction(0), Fraction(1))
    return low, high, min(volumes) * periods, max(volumes) * periods, min(counts) * periods, max(counts) * periods
