"""The plain exchange format: figures as CSV, `period,unit,element,value,state,note`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import polars as pl

from scorecard import frames
from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.form import Form
from scorecard.domain.milestone import milestone_form_id
from scorecard.domain.part import split_part
from scorecard.domain.period import Period, PeriodError
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scorecard.store.rows import figure_content
from scorecard.workflow.checks import exactly, value_faults
from scorecard.workflow.remark import tidy

COLUMNS = ("period", "unit", "element", "value", "state", "note")

_LONGEST_QUOTE = 120
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_STATES = {"": FigureState.NUMBER} | {s.value: s for s in FigureState if s is not FigureState.NUMBER}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one row, counted as a spreadsheet does (the header is row 1).

    `code` is a key under `exchange.` of the text files.
    """

    row: int
    code: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file of figures as it was understood; figures are to be used only when there are no problems.

    `rows` holds the row of each figure.
    """

    figures: tuple[Figure, ...]
    problems: tuple[RowProblem, ...]
    rows: tuple[int, ...] = ()

    def frame(self) -> pl.DataFrame:
        """Return the figures as frames.FIGURES, in the order of the file."""
        rows = [
            (f.unit_id, f.element_id, f.period.first.index, f.period.last.index, *figure_content(f)[:3])
            for f in self.figures
        ]
        return pl.DataFrame(rows, schema=frames.FIGURES, orient="row")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an element is reported: in a form, or (None) as a milestone: the number of its steps done, or one step."""

    form: Form | None
    decimals: int
    maximum: int | None


@dataclass(slots=True)
class _Row:
    number: int
    cells: dict[str, str]
    problems: list[RowProblem] = field(default_factory=list)

    def refuse(self, code: str, **parameters: object) -> None:
        """Note a problem of this row; what is quoted from it is cut to fit one line."""
        quoted = {name: " ".join(str(value).split())[:_LONGEST_QUOTE] for name, value in parameters.items()}
        self.problems.append(RowProblem(self.number, code, quoted))


def read_exchange(source: Path | bytes, province: Province) -> Parsed:
    """Read a file of figures, or its content, and check every row against the definitions.

    UTF-8 with or without byte order mark, any line ending, empty rows skipped. Units are named by code or id and
    must exist on the last day of the period, or on some day of it. All problems are returned, none is raised.
    """
    content = source if isinstance(source, bytes) else source.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Parsed((), (RowProblem(content[: error.start].count(b"\n") + 1, "not_utf8", {}),))
    figures: list[Figure] = []
    problems: list[RowProblem] = []
    first_rows: dict[tuple[str, str, Period], int] = {}
    for row in _rows(text):
        figure = _figure(province, row) if not row.problems else None
        if figure is not None:
            first = first_rows.setdefault((figure.unit_id, figure.element_id, figure.period), row.number)
            if first == row.number:
                figures.append(figure)
            else:
                row.refuse("duplicate", first=first)
        problems.extend(row.problems)
    return Parsed(tuple(figures), tuple(problems), tuple(first_rows.values()))


def value_text(value: Decimal | None) -> str:
    """Write a value as the exchange format does: a dot, every decimal, nothing for none."""
    return "" if value is None else f"{value:f}"


def state_text(state: FigureState) -> str:
    """Write a state as the exchange format does: empty for a number."""
    return "" if state is FigureState.NUMBER else state.value


def form_of(province: Province, element_id: str) -> str:
    """Return the id of the form of an element or of a part of one; a milestone is a form of its own."""
    counted, _ = split_part(element_id) or (element_id, 0)
    element = province.elements.get(counted)
    return element.form_id if element else milestone_form_id(counted)


def _rows(text: str) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            stripped = [cell.strip() for cell in cells]
            row = _Row(number, dict(zip(COLUMNS, stripped, strict=False)))
            if number == 1:
                if tuple(stripped) != COLUMNS:
                    row.refuse("header", expected=",".join(COLUMNS), found=",".join(stripped))
                    yield row
                    return
                continue
            if not any(stripped):
                continue
            if len(stripped) != len(COLUMNS):
                row.refuse("column_count", expected=len(COLUMNS), found=len(stripped))
            yield row
    except csv.Error:
        broken = _Row(number + 1, {})
        broken.refuse("quotes")
        yield broken
    if number == 0:
        empty = _Row(1, {})
        empty.refuse("header", expected=",".join(COLUMNS), found="")
        yield empty


def _figure(province: Province, row: _Row) -> Figure | None:
    cells = row.cells
    period = _period(row)
    unit = _unit(province, period, row) if period else None
    place = _place(province, period, row)
    if period and unit and place:
        _require_length(place.form, unit, period, row)
    value, state = _value_and_state(place, row)
    if row.problems or period is None or unit is None:
        return None
    return Figure(
        unit_id=unit.id,
        element_id=cells["element"],
        period=period,
        value=exactly(value, place.decimals) if place else None,
        state=state,
        note=tidy(cells["note"]),
    )


def _period(row: _Row) -> Period | None:
    try:
        return Period.parse(row.cells["period"])
    except PeriodError:
        row.refuse("period", period=row.cells["period"])
        return None


def _unit(province: Province, period: Period, row: _Row) -> Unit | None:
    name, units = row.cells["unit"], province.units
    first, last = period.days(province.calendar)
    known = [units.by_id[name]] if name in units.by_id else units.by_code.get(name, ())
    alive = [u for u in known if (u.valid_from or last) <= last and (u.valid_to or first) >= first]
    if alive:
        return alive[-1]
    row.refuse("unit_not_alive" if known else "unknown_unit", unit=name, period=period)
    return None


def _place(province: Province, period: Period | None, row: _Row) -> _Place | None:
    name = row.cells["element"]
    if element := province.elements.get(name):
        return _Place(province.form(element.form_id), element.decimals, element.out_of)
    if target := province.milestones.get(name):
        return _Place(None, 0, len(target.steps))
    if period and (found := province.part(name, period.last)):
        counting = province.elements.get(found[0].id)
        return _Place(province.form(counting.form_id) if counting else None, 0, 1)
    row.refuse("unknown_element", element=name)
    return None


def _require_length(form: Form | None, unit: Unit, period: Period, row: _Row) -> None:
    if form is None:
        if period.months > 1:
            row.refuse("not_a_month", period=period, expected=period.last)
        return
    named = [rule for rule in form.reporters if rule.include(unit)] or form.reporters
    own = [rule for rule in named if rule.cover(period.last)] or named
    expected = sorted({Period.containing(period.last, rule.every) for rule in own})
    if period not in expected:
        examples = ", ".join(str(each) for each in expected)
        row.refuse("wrong_length", period=period, form=form.name, expected=examples)


def _value_and_state(place: _Place | None, row: _Row) -> tuple[Decimal | None, FigureState]:
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
    if not _NUMBER.fullmatch(text):
        row.refuse("value_missing" if not text else "value_not_number", value=text)
        return None, state
    value = Decimal(text)
    faults = tuple(value_faults(value, place.decimals, place.maximum)) if place else ()
    for code, parameters in faults:
        row.refuse(code, value=text, **parameters)
    if place and not faults and len(text.partition(".")[2]) > place.decimals:
        row.refuse("value_not_number", value=text)  # 12.000 is twelve to one reader and twelve thousand to another
    return value, state
