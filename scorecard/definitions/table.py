"""CSV tables of definitions, read row by row with the place of every cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from typing import TypeVar, cast

from scorecard.definitions.fields import Record
from scorecard.definitions.kinds import Scalar, UnreadError
from scorecard.definitions.problem import Place, Problem, error

R = TypeVar("R", bound=Record)


def read_table(record: type[R], file: str, text: str, problems: list[Problem]) -> tuple[R | None, ...]:
    """Return one record a row, None for what could not be read at all.

    An empty cell is a value left out, a blank line is no row.

    The header must name the fields in their order. Every row that is not one line of as many cells is reported.
    """
    lines = text.split("\n")
    header = tuple(field.key for field in record.fields)
    if lines[0].rstrip("\r") != ",".join(header):
        problems.append(error(Place(file, 1, 1), "table_header", expected=",".join(header)))
        return (None,)
    return tuple(
        _row(record, file, number, line.rstrip("\r"), problems)
        for number, line in enumerate(lines[1:], start=2)
        if line.strip()
    )


def _row(record: type[R], file: str, number: int, line: str, problems: list[Problem]) -> R | None:
    try:
        cells = next(csv.reader([line], strict=True))
    except csv.Error:
        problems.append(error(Place(file, number, 1), "table_quote"))
        return None
    if len(cells) != len(record.fields):
        problems.append(error(Place(file, number, 1), "table_cells", found=len(cells), expected=len(record.fields)))
        return None
    places = {
        field.key: Place(file, number, column)
        for field, cell, column in zip(record.fields, cells, _columns(line), strict=True)
        if cell.strip()
    }
    values: dict[str, object] = {}
    for field, cell in zip(record.fields, cells, strict=True):
        if cell.strip():
            with suppress(UnreadError):
                values[field.key] = cast(Scalar[object], field.kind).read_text(cell, places[field.key], problems)
        elif field.required:
            problems.append(error(Place(file, number, 1), "missing_cell", key=field.key))
    return record(Place(file, number, 1), values, places, frozenset(places) - frozenset(values))


def _columns(line: str) -> Iterator[int]:
    yield 1
    quoted = False
    for column, character in enumerate(line, start=1):
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            yield column + 1
