"""The plain exchange format: figures as CSV, `period,unit,element,value,state,note`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import polars as pl

from scorecard import frames
from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.milestone import milestone_form_id
from scorecard.domain.part import split_part
from scorecard.domain.period import Month, Period
from scorecard.domain.province import Province
from scorecard.workflow.exchange_rows import Fault, RowReader, Said, fault

COLUMNS = ("period", "unit", "element", "value", "state", "note")

_SAID = ("unit", "first_month", "last_month", "element", "amount", "decimals", "state", "note")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one row, counted as a spreadsheet does (the header is row 1).

    `code` is a key under `exchange.` of the text files.
    """

    row: int
    code: str
    parameters: dict[str, str]


@dataclass(frozen=True)
class Parsed:
    """A file of figures as it was understood; figures are to be used only when there are no problems.

    `said` holds who says what in each sound row, `rows` which row that is.
    """

    said: tuple[Said, ...]
    problems: tuple[RowProblem, ...]
    rows: tuple[int, ...] = ()

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures in the order of the file."""
        return tuple(_figure(said) for said in self.said)

    def frame(self) -> pl.DataFrame:
        """Return the figures as frames.FIGURES, in the order of the file."""
        schema = {name: frames.FIGURES.get(name, pl.String) for name in _SAID}
        return pl.DataFrame(self.said, schema=schema, orient="row").select(frames.FIGURES.names())


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
    reader = RowReader(province)
    sound: list[Said] = []
    problems: list[RowProblem] = []
    first_rows: dict[tuple[str, int, int, str], int] = {}
    for number, cells, faults in _rows(text):
        said, faults = (None, faults) if faults else reader.read(*cells)
        if said:
            first = first_rows.setdefault(said[:4], number)
            if first == number:
                sound.append(said)
            else:
                faults = (fault("duplicate", first=first),)
        for code, parameters in faults:
            problems.append(RowProblem(number, code, parameters))
    return Parsed(tuple(sound), tuple(problems), tuple(first_rows.values()))


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


def _rows(text: str) -> Iterator[tuple[int, list[str], tuple[Fault, ...]]]:
    """Yield number, cells and faults of each row that is not empty; of the header only when it is wrong."""
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            stripped = [cell.strip() for cell in cells]
            if number == 1:
                if tuple(stripped) != COLUMNS:
                    yield number, stripped, (_wrong_header(stripped),)
                    return
            elif any(stripped):
                yield number, stripped, _count_faults(stripped)
    except csv.Error:
        yield number + 1, [], (fault("quotes"),)
    if number == 0:
        yield 1, [], (_wrong_header([]),)


def _wrong_header(found: Sequence[str]) -> Fault:
    return fault("header", expected=",".join(COLUMNS), found=",".join(found))


def _count_faults(cells: Sequence[str]) -> tuple[Fault, ...]:
    wrong = len(cells) != len(COLUMNS)
    return (fault("column_count", expected=len(COLUMNS), found=len(cells)),) if wrong else ()


def _figure(said: Said) -> Figure:
    unit_id, first, last, element_id, amount, decimals, state, note = said
    return Figure(
        unit_id=unit_id,
        element_id=element_id,
        period=Period(Month(first), Month(last)),
        value=None if amount is None else Decimal(amount).scaleb(-decimals),
        state=FigureState(state),
        note=note,
    )
