"""Which column of an uploaded form 06a is which, told by its header, whatever the layout."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scorecard.domain.form_06a import IDENTITIES, Column06a
from scorecard.spreadsheet.problem import SheetProblem
from scorecard.spreadsheet.workbook import Area, CellKind, Sheet, address

_LAYOUTS = Path(__file__).with_name("form_06a.yaml")
_MOST_COLUMNS = 100
_MOST_HEADER_ROWS = 8
_REQUIRED = tuple(dict.fromkeys(column for total, parts in IDENTITIES for column in (total, *parts)))
_FORMULA_NUMBER = re.compile(r"\(?\d{1,2}\)?(\s*=.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header of a table: its first row, the first row under it, and where each column stands.

    A column that a layout splits stands in several columns of the sheet, which are to be added up.
    """

    first_row: int
    first_data_row: int
    columns: Mapping[Column06a, tuple[int, ...]]


@cache
def layouts() -> Mapping[str, Any]:
    """Read what the headers of form 06a may say."""
    content: Mapping[str, Any] = yaml.safe_load(_LAYOUTS.read_text(encoding="utf-8"))
    return content


def plain(text: str) -> str:
    """Return a text in composed small letters with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def is_count(text: str) -> bool:
    """Say whether a text has digits and no letters."""
    return any(c.isdigit() for c in text) and not any(c.isalpha() for c in text)


def find_header(sheet: Sheet) -> Header | tuple[SheetProblem, ...]:
    """Find the header block by its labels, and each column in it; problems name what is not found, or twice.

    Columns that are not known (fees, dossiers from elsewhere) are left aside: the sums of the known ones tell whether
    they matter.
    """
    first = _first_row(sheet)
    if first is None:
        return (SheetProblem(code="no_06a_header", sheet=sheet.title),)
    last = _last_row(sheet, first)
    under = last + 1
    if _is_numbering(sheet, under):
        under += 1
    paths = _paths(sheet, first, last)
    found = {column: tuple(c for c, path in paths.items() if _is(path, _spellings(column))) for column in Column06a}
    columns = {column: places or _parts(column, paths) for column, places in found.items()}
    columns = {column: places for column, places in columns.items() if places}
    problems = (*_doubles(sheet, last, found), *_gaps(sheet, columns))
    return problems or Header(first_row=first, first_data_row=under, columns=columns)


def _doubles(sheet: Sheet, row: int, found: Mapping[Column06a, tuple[int, ...]]) -> Iterator[SheetProblem]:
    for column, places in found.items():
        if len(places) > 1:
            parameters = {"first": address(row, places[0]), "label": _spellings(column)[0]}
            place = address(row, places[1])
            yield SheetProblem(code="column_twice", sheet=sheet.title, address=place, parameters=parameters)


def _gaps(sheet: Sheet, columns: Mapping[Column06a, tuple[int, ...]]) -> Iterator[SheetProblem]:
    for column in _REQUIRED:
        if column not in columns:
            label = {"label": _spellings(column)[0]}
            yield SheetProblem(code="column_missing", sheet=sheet.title, parameters=label)


def _spellings(column: Column06a) -> Sequence[str]:
    spellings: Sequence[str] = layouts()["columns"][column.value]
    return spellings


def _first_row(sheet: Sheet) -> int | None:
    """Return the row in which the groups of columns are named."""
    wanted = layouts()["first_header"]
    labels: defaultdict[int, set[str]] = defaultdict(set)
    for row, column in sheet.cells:
        labels[row].add(plain(sheet.text(row, column)))
    for row in sorted(labels):
        own = [{label for label in labels[row] if word in label} for word in wanted]
        if all(own) and len(set[str]().union(*own)) >= len(wanted):
            return row
    return None


def _last_row(sheet: Sheet, first: int) -> int:
    """Return the last row of the header: the one above the numbering or above the first numbers."""
    for row in range(first + 1, first + _MOST_HEADER_ROWS):
        cells = [cell for (r, _), cell in sheet.cells.items() if r == row]
        if _is_numbering(sheet, row) or any(cell.kind is not CellKind.TEXT or is_count(cell.text) for cell in cells):
            return row - 1
    return first + _MOST_HEADER_ROWS - 1


def _is_numbering(sheet: Sheet, row: int) -> bool:
    """Say whether a row only numbers the columns: (1) (2) (3)=(4)+(5)+(6)."""
    texts = [sheet.text(row, column) for r, column in sorted(sheet.cells) if r == row]
    numbers = [re.findall(r"\d+", text)[0] for text in texts if _FORMULA_NUMBER.fullmatch(text)]
    return len(numbers) >= len(_REQUIRED) and len(numbers) == len(texts) and numbers == sorted(numbers, key=int)


def _paths(sheet: Sheet, first: int, last: int) -> Mapping[int, tuple[str, ...]]:
    """Return the labels over each column, top to bottom, a merged label over all the columns that it spans."""
    own = {column for row, column in sheet.cells if first <= row <= last}
    areas = [area for area in sheet.merged if area.first_row <= last and first <= area.last_row]
    widest = max([*own, *(area.last_column for area in areas)], default=0)
    rows = range(first, last + 1)
    labels = {
        column: [_label(sheet, areas, row, column) for row in rows]
        for column in range(1, min(widest, _MOST_COLUMNS) + 1)
    }
    return {column: tuple(dict.fromkeys(filter(None, own_labels))) for column, own_labels in labels.items()}


def _label(sheet: Sheet, areas: Sequence[Area], row: int, column: int) -> str:
    for area in areas:
        if area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column:
            row, column = area.first_row, area.first_column
            break
    return re.sub(r"\s*\(\s*\d+.*$", "", plain(sheet.text(row, column))).strip(" :.*")


def _is(path: Sequence[str], spellings: Sequence[str]) -> bool:
    return any(_matches(path, [plain(part) for part in spelling.split(">")]) for spelling in spellings)


def _matches(path: Sequence[str], parts: Sequence[str]) -> bool:
    """Say whether the last label is the last part, and the other parts stand in labels above it, in their order."""
    if not path or path[-1] != parts[-1]:
        return False
    above = iter(path[:-1])
    return all(any(part in label for label in above) for part in parts[:-1])


def _parts(column: Column06a, paths: Mapping[int, tuple[str, ...]]) -> tuple[int, ...]:
    """Return the columns into which a layout splits one, none unless all that must be there are."""
    split = layouts()["splits"].get(column.value)
    if split is None:
        return ()
    needed, further = (
        [[column for column, path in paths.items() if _is(path, [part])] for part in split[kind]]
        for kind in ("parts", "maybe")
    )
    if any(len(places) != 1 for places in needed):
        return ()
    return tuple(dict.fromkeys(place for places in (*needed, *further) for place in places))
