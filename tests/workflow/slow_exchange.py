"""The slow obvious twin of read_exchange: row by row, every name looked up again, nothing kept."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.form import Form
from scorecard.domain.period import Period, PeriodError
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scorecard.workflow.checks import value_faults
from scorecard.workflow.exchange import COLUMNS, RowProblem
from scorecard.workflow.remark import tidy

_STATES = {"": FigureState.NUMBER} | {s.value: s for s in FigureState if s is not FigureState.NUMBER}


class Row:
    """One row on its way to become a figure, or problems."""

    def __init__(self, number: int, cells: list[str]) -> None:
        self.number = number
        self.cells = dict(zip(COLUMNS, cells, strict=False))
        self.problems: list[RowProblem] = []

    def refuse(self, code: str, **parameters: object) -> None:
        quoted = {name: " ".join(str(value).split())[:120] for name, value in parameters.items()}
        self.problems.append(RowProblem(self.number, code, quoted))


def read_slowly(content: bytes, province: Province) -> tuple[list[tuple[int, Figure]], list[RowProblem]]:
    """Return the figures with their rows, and every problem."""
    found: dict[tuple[str, str, Period], tuple[int, Figure]] = {}
    problems = []
    for row in _rows(content.decode("utf-8-sig")):
        figure = None if row.problems else _figure(province, row)
        if figure is not None:
            key = (figure.unit_id, figure.element_id, figure.period)
            if key in found:
                row.refuse("duplicate", first=found[key][0])
            else:
                found[key] = (row.number, figure)
        problems.extend(row.problems)
    return list(found.values()), problems


def _rows(text: str) -> Iterator[Row]:
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            stripped = [cell.strip() for cell in cells]
            row = Row(number, stripped)
            if number == 1 and stripped != list(COLUMNS):
                row.refuse("header", expected=",".join(COLUMNS), found=",".join(stripped))
                yield row
                return
            if number == 1 or not any(stripped):
                continue
            if len(stripped) != len(COLUMNS):
                row.refuse("column_count", expected=len(COLUMNS), found=len(stripped))
            yield row
    except csv.Error:
        broken = Row(number + 1, [])
        broken.refuse("quotes")
        yield broken
    if number == 0:
        empty = Row(1, [])
        empty.refuse("header", expected=",".join(COLUMNS), found="")
        yield empty


def _figure(province: Province, row: Row) -> Figure | None:
    element, period = row.cells["element"], _period(row)
    unit = _unit(province, period, row) if period else None
    form, decimals, maximum = None, None, None
    if found := province.elements.get(element):
        form, decimals, maximum = province.form(found.form_id), found.decimals, found.out_of
    elif target := province.milestones.get(element):
        decimals, maximum = 0, len(target.steps)
    else:
        row.refuse("unknown_element", element=element)
    if period and unit and decimals is not None:
        _require_length(form, unit, period, row)
    value, state = _value_and_state(decimals, maximum, row)
    if row.problems:
        return None
    exact = None if value is None else value.quantize(Decimal(1).scaleb(-decimals)) + 0  # "-0" is nothing else than 0
    note = tidy(row.cells["note"])
    return Figure(unit_id=unit.id, element_id=element, period=period, value=exact, state=state, note=note)


def _period(row: Row) -> Period | None:
    try:
        return Period.parse(row.cells["period"])
    except PeriodError:
        row.refuse("period", period=row.cells["period"])
        return None


def _unit(province: Province, period: Period, row: Row) -> Unit | None:
    name, (first, last) = row.cells["unit"], period.days(province.calendar)
    known = [unit for unit in province.units.members if unit.id == name]
    known = known or [unit for unit in province.units.members if unit.code == name]
    alive = [u for u in known if (u.valid_from or date.min) <= last and (u.valid_to or date.max) >= first]
    if alive:
        return max(alive, key=lambda unit: unit.valid_from or date.min)
    row.refuse("unit_not_alive" if known else "unknown_unit", unit=name, period=period)
    return None


def _require_length(form: Form | None, unit: Unit, period: Period, row: Row) -> None:
    if form is None:
        if period.months > 1:
            row.refuse("not_a_month", period=period, expected=period.last)
        return
    named = [rule for rule in form.reporters if rule.include(unit)] or form.reporters
    own = [rule for rule in named if rule.cover(period.last)] or named
    expected = sorted({Period.containing(period.last, rule.every) for rule in own})
    if period not in expected:
        row.refuse("wrong_length", period=period, form=form.name, expected=", ".join(map(str, expected)))


def _value_and_state(decimals: int | None, maximum: int | None, row: Row) -> tuple[Decimal | None, FigureState]:
    text, state = row.cells["value"], _STATES.get(row.cells["state"])
    if state is None:
        row.refuse("unknown_state", state=row.cells["state"], expected=", ".join(filter(None, _STATES)))
        return None, FigureState.NOT_REPORTED
    if not state.has_value:
        if text:
            row.refuse("value_with_state", value=text, state=state.value)
        elif state is FigureState.NOT_AVAILABLE and not tidy(row.cells["note"]):
            row.refuse("note_missing", state=state.value)
        return None, state
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        row.refuse("value_missing" if not text else "value_not_number", value=text)
        return None, state
    value = Decimal(text)
    faults = [] if decimals is None else list(value_faults(value, decimals, maximum))
    for code, parameters in faults:
        row.refuse(code, value=text, **parameters)
    if decimals is not None and not faults and len(text.partition(".")[2]) > decimals:
        row.refuse("value_not_number", value=text)
    return value, state
