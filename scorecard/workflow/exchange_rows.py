"""What one row of the exchange format says, held against the definitions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TypeAlias

from scorecard.domain.figure import FigureState
from scorecard.domain.form import Form
from scorecard.domain.part import split_part
from scorecard.domain.period import Period, PeriodError
from scorecard.domain.province import Province
from scorecard.workflow.checks import value_faults
from scorecard.workflow.remark import tidy

Fault: TypeAlias = tuple[str, dict[str, str]]
"""What is wrong: a key under `exchange.` of the text files, and what its sentence quotes."""

Said: TypeAlias = tuple[str, int, int, str, int | None, int, str, str]
"""Unit id, first month, last month, element id, amount, decimals, state as in frames.FIGURES, and the note."""

_Reporter: TypeAlias = tuple[str, int, int]
_Answer: TypeAlias = tuple[str, int | None, int, str, str]

_LONGEST_QUOTE = 120
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_STATES = {"": FigureState.NUMBER} | {s.value: s for s in FigureState if s is not FigureState.NUMBER}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an element is reported: in a form, or (None) as a milestone: the number of its steps done, or one step."""

    form: Form | None
    decimals: int
    maximum: int | None


class RowReader:
    """Read the rows of one file against the definitions of a province.

    Names, periods and answers return in row after row, so each is judged once and kept as long as the reader: a long
    file costs little more than its look-ups.
    """

    def __init__(self, province: Province) -> None:
        self._province = province
        self._period = cache(self._find_period)
        self._place = cache(self._find_place)
        self._is_part = cache(split_part)
        self._reporter = cache(self._find_reporter)
        self._rules = cache(self._find_rules)
        self._length_faults = cache(self._find_length_faults)
        self._remark = cache(tidy)
        self._answer = cache(self._find_answer)

    def read(
        self, period: str, unit: str, element: str, value: str, state: str, note: str
    ) -> tuple[Said | None, tuple[Fault, ...]]:
        """Return who says what, or None and everything that is wrong with the cells."""
        listed_in = period if self._is_part(element) else ""  # which parts there are depends on the period
        reporter, faults = self._reporter(period, unit)
        if reporter:
            faults = self._length_faults(element, self._rules(element, listed_in, reporter[0]), period)
        answer, more = self._answer(element, listed_in, value, state, note)
        return (reporter + answer if reporter and answer and not faults else None), faults + more

    def _find_period(self, text: str) -> tuple[Period, date, date] | None:
        try:
            period = Period.parse(text)
        except PeriodError:
            return None
        return period, *period.days(self._province.calendar)

    def _find_reporter(self, text: str, name: str) -> tuple[_Reporter | None, tuple[Fault, ...]]:
        found, units = self._period(text), self._province.units
        if found is None:
            return None, (fault("period", period=text),)
        period, first, last = found
        known = [units.by_id[name]] if name in units.by_id else units.by_code.get(name, ())
        alive = [u for u in known if (u.valid_from or last) <= last and (u.valid_to or first) >= first]
        if not alive:
            return None, (fault("unit_not_alive" if known else "unknown_unit", unit=name, period=period),)
        return (alive[-1].id, period.first.index, period.last.index), ()

    def _find_place(self, name: str, listed_in: str) -> _Place | None:
        if element := self._province.elements.get(name):
            return _Place(self._province.form(element.form_id), element.decimals, element.out_of)
        if target := self._province.milestones.get(name):
            return _Place(None, 0, len(target.steps))
        period = self._period(listed_in) if listed_in else None
        if period and (found := self._province.part(name, period[0].last)):
            counting = self._province.elements.get(found[0].id)
            return _Place(self._province.form(counting.form_id) if counting else None, 0, 1)
        return None

    def _find_rules(self, element: str, listed_in: str, unit_id: str) -> tuple[int, ...]:
        """Return which reporters' rules of the form a unit keeps to, by number: its own, or all where it has none."""
        place = self._place(element, listed_in)
        if place is None or place.form is None:
            return ()
        unit, rules = self._province.units.by_id[unit_id], place.form.reporters
        return tuple(i for i, rule in enumerate(rules) if rule.include(unit)) or tuple(range(len(rules)))

    def _find_length_faults(self, element: str, rules: tuple[int, ...], text: str) -> tuple[Fault, ...]:
        place, found = self._place(element, text if self._is_part(element) else ""), self._period(text)
        if place is None or found is None:
            return ()
        period = found[0]
        if place.form is None:
            return (fault("not_a_month", period=period, expected=period.last),) if period.months > 1 else ()
        named = [place.form.reporters[number] for number in rules]
        own = [rule for rule in named if rule.cover(period.last)] or named
        expected = sorted({Period.containing(period.last, rule.every) for rule in own})
        if period in expected:
            return ()
        examples = ", ".join(str(each) for each in expected)
        return (fault("wrong_length", period=period, form=place.form.name, expected=examples),)

    def _find_answer(
        self, element: str, listed_in: str, value: str, state: str, note: str
    ) -> tuple[_Answer | None, tuple[Fault, ...]]:
        place, kind, remark = self._place(element, listed_in), _STATES.get(state), self._remark(note)
        has_value = kind is not None and kind.has_value
        faults: tuple[Fault, ...] = () if place else (fault("unknown_element", element=element),)
        if kind is None:
            faults += (fault("unknown_state", state=state, expected=", ".join(filter(None, _STATES))),)
        else:
            faults += _number_faults(value, place) if has_value else _absence_faults(value, kind, remark)
        if faults or place is None or kind is None:
            return None, faults
        amount, decimals = (int(Decimal(value).scaleb(place.decimals)), place.decimals) if has_value else (None, 0)
        return (element, amount, decimals, kind.value, remark), ()


def fault(code: str, **parameters: object) -> Fault:
    """Note what is wrong; what is quoted from the row is cut to fit one line."""
    return code, {name: " ".join(str(value).split())[:_LONGEST_QUOTE] for name, value in parameters.items()}


def _absence_faults(value: str, state: FigureState, note: str) -> tuple[Fault, ...]:
    if value:
        return (fault("value_with_state", value=value, state=state.value),)
    if state is FigureState.NOT_AVAILABLE and not note:
        return (fault("note_missing", state=state.value),)
    return ()


def _number_faults(text: str, place: _Place | None) -> tuple[Fault, ...]:
    if not _NUMBER.fullmatch(text):
        return (fault("value_missing" if not text else "value_not_number", value=text),)
    if place is None:
        return ()
    if faults := tuple(value_faults(Decimal(text), place.decimals, place.maximum)):
        return tuple(fault(code, value=text, **parameters) for code, parameters in faults)
    if len(text.partition(".")[2]) > place.decimals:
        # 12.000 is twelve to one reader and twelve thousand to another.
        return (fault("value_not_number", value=text),)
    return ()
