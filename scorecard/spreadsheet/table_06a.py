"""The rows of an uploaded form 06a: the grand total, held against its own sums and against the rows it totals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scorecard.domain.form_06a import IDENTITIES, Column06a
from scorecard.spreadsheet.answers import AnswerError, read_number
from scorecard.spreadsheet.layout_06a import Header, find_header, layouts, plain
from scorecard.spreadsheet.problem import SheetProblem
from scorecard.spreadsheet.workbook import Sheet, address

_MOST_NAMED = 5


class RowKind(StrEnum):
    """What a row adds up: everything, a group of rows, or nothing."""

    TOTAL = "total"
    GROUP = "group"
    DETAIL = "detail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row with numbers; `values` has every column that the layout has."""

    number: int
    kind: RowKind
    values: Mapping[Column06a, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table06a:
    """A form 06a that adds up. `total` holds the values of the row «Tổng cộng», which is never added to its parts."""

    sheet: str
    header: Header
    total: Row

    def place(self, columns: Iterable[Column06a]) -> str:
        """Return the address of the first of these columns in the row of totals."""
        known = (self.header.columns[column][0] for column in columns if column in self.header.columns)
        return address(self.total.number, next(known, 1))


def read_table(sheet: Sheet) -> Table06a | tuple[SheetProblem, ...]:
    """Read a sheet laid out as form 06a, in any layout whose header is known.

    Problems name the cell: no header or column, what is not a count, no total or two, a row that breaks an identity of
    the form, a total or group that is not the sum of its rows. An empty cell is not zero.
    """
    header = find_header(sheet)
    if not isinstance(header, Header):
        return header
    problems: list[SheetProblem] = []
    rows = [
        Row(number=number, kind=_kind(sheet, number, header), values=values)
        for number in _numbers(sheet, header)
        if (values := _values(sheet, number, header, problems)) is not None
    ]
    totals = [row for row in rows if row.kind is RowKind.TOTAL]
    if not problems and len(totals) != 1:
        code = "two_totals" if totals else "no_total"
        place = address(totals[1].number, 1) if totals else ""
        problems.append(SheetProblem(code=code, sheet=sheet.title, address=place))
    if not problems:
        problems += _broken_identities(sheet, header, rows)
        problems += _wrong_totals(sheet, header, rows, totals[0])
    return tuple(problems) or Table06a(sheet=sheet.title, header=header, total=totals[0])


def _numbers(sheet: Sheet, header: Header) -> list[int]:
    """Return the rows of the table: those in which at least half of the columns are filled."""
    columns = {place for places in header.columns.values() for place in places}
    filled: dict[int, int] = {}
    for row, column in sheet.cells:
        if row >= header.first_data_row and column in columns:
            filled[row] = filled.get(row, 0) + 1
    return sorted(row for row, count in filled.items() if 2 * count >= len(columns))


def _kind(sheet: Sheet, row: int, header: Header) -> RowKind:
    first_column = min(place for places in header.columns.values() for place in places)
    labels = [sheet.text(row, column) for column in range(1, first_column) if sheet.text(row, column)]
    if any(plain(label).rstrip(" :.") in layouts()["total"] for label in labels):
        return RowKind.TOTAL
    if labels and re.fullmatch(layouts()["group"], labels[0].rstrip(".")):
        return RowKind.GROUP
    return RowKind.DETAIL


def _values(sheet: Sheet, row: int, header: Header, problems: list[SheetProblem]) -> Mapping[Column06a, Decimal] | None:
    """Return the counts of a row, None when a cell holds none; each such cell is a problem."""
    cells: dict[int, Decimal] = {}
    for column in sorted({place for places in header.columns.values() for place in places}):
        found = sheet.cells.get((row, column))
        try:
            value = read_number(found, 0)
            if value is None or value < 0:
                raise AnswerError("no_count", found=sheet.text(row, column))
            cells[column] = value
        except AnswerError as error:
            code = "no_count" if error.code == "words_for_number" else error.code
            parameters = {"counted_in": layouts()["counted_in"], "found": ""} | error.parameters
            problems.append(
                SheetProblem(code=code, sheet=sheet.title, address=address(row, column), parameters=parameters)
            )
    own = {place for places in header.columns.values() for place in places}
    if cells.keys() != own:
        return None
    return {column: sum((cells[p] for p in places), Decimal(0)) for column, places in header.columns.items()}


def _broken_identities(sheet: Sheet, header: Header, rows: Sequence[Row]) -> Iterator[SheetProblem]:
    for row in rows:
        for whole, parts in IDENTITIES:
            together = sum((row.values[part] for part in parts), Decimal(0))
            if row.values[whole] != together:
                places = [place for part in parts for place in header.columns[part]]
                yield _does_not_add_up(
                    sheet,
                    address(row.number, header.columns[whole][0]),
                    row.values[whole],
                    " + ".join(address(row.number, place) for place in places),
                    together,
                )


def _wrong_totals(sheet: Sheet, header: Header, rows: Sequence[Row], total: Row) -> Iterator[SheetProblem]:
    """Yield each total that is not the sum of its rows; a table of nothing but totals has nothing to compare."""
    groups = _grouped([row for row in rows if row is not total])
    leaves = [leaf for group, details in groups for leaf in (details or ([group] if group else []))]
    compared = [(group, details) for group, details in groups if group and details]
    if leaves:
        compared.append((total, leaves))
    for whole, parts in compared:
        for column, places in header.columns.items():
            together = sum((part.values[column] for part in parts), Decimal(0))
            if whole.values[column] != together:
                summed = ", ".join(address(part.number, places[0]) for part in parts[:_MOST_NAMED])
                more = ", …" if len(parts) > _MOST_NAMED else ""
                place = address(whole.number, places[0])
                yield _does_not_add_up(sheet, place, whole.values[column], summed + more, together)


def _grouped(rows: Sequence[Row]) -> list[tuple[Row | None, list[Row]]]:
    """Return each group with the details under it; details before any group have none."""
    groups: list[tuple[Row | None, list[Row]]] = [(None, [])]
    for row in rows:
        if row.kind is RowKind.GROUP:
            groups.append((row, []))
        else:
            groups[-1][1].append(row)
    return groups


def _does_not_add_up(sheet: Sheet, place: str, found: Decimal, parts: str, together: Decimal) -> SheetProblem:
    numbers = {"count": str(int(found)), "parts": parts, "sum": str(int(together))}
    return SheetProblem(code="does_not_add_up", sheet=sheet.title, address=place, parameters=numbers)
