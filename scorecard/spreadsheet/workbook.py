"""The cells of an XLSX file as a person sees them; formulas are found and named, never evaluated."""

from __future__ import annotations

import io
import warnings
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from scorecard.spreadsheet.archive import require_harmless
from scorecard.spreadsheet.problem import RefusedFileError


class CellKind(StrEnum):
    """What a cell holds; a formula counts as such whatever its last result was."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell. `text` is what it holds (a formula its words); `number` is set for numbers only.

    Numbers have the 15 significant digits that Excel shows, so that the noise of binary fractions is no digit.
    """

    kind: CellKind
    text: str
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, rows and columns counted from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def address(self) -> str:
        """As a spreadsheet writes it: A1:C2."""
        first, last = address(self.first_row, self.first_column), address(self.last_row, self.last_column)
        return f"{first}:{last}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its filled cells by (row, column), both counted from 1, and its merged areas."""

    title: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Area, ...]

    def text(self, row: int, column: int) -> str:
        """Return what a cell holds, without spaces around it; empty for an empty cell."""
        cell = self.cells.get((row, column))
        return cell.text.strip() if cell else ""


def address(row: int, column: int) -> str:
    """Return the address of a cell: D7."""
    return f"{get_column_letter(column)}{row}"


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """Read every sheet of an XLSX file, hidden ones too; raise RefusedFileError for a file that is not to be trusted.

    Only cells and merged areas are read: no drawings, comments, links or charts. The streaming parser of openpyxl is
    used directly, because its worksheets make a cell for each of a merged area, and a row as wide as its last cell.
    """
    require_harmless(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            sheets = tuple(_sheet(sheet) for sheet in workbook.worksheets if isinstance(sheet, ReadOnlyWorksheet))
    except Exception:
        raise RefusedFileError("damaged") from None  # whatever a hostile file makes the library stumble over
    if not any(sheet.cells for sheet in sheets):
        raise RefusedFileError("empty_workbook")
    return sheets


class _CellParser(WorkSheetParser):
    """Reads rows and merged areas, and nothing else of a sheet."""

    def parse(self) -> Generator[dict[str, Any]]:
        """Yield each cell that has something in it."""
        self.areas: list[Area] = []
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield from self.parse_row(element)[1]
                element.clear()
            elif element.tag == MERGE_TAG:
                self.areas = [_area(merged.get("ref", "")) for merged in element]


def _sheet(source: Any) -> Sheet:  # noqa: ANN401 - a ReadOnlyWorksheet, of which the parts needed are not public
    book = source.parent
    with source._get_source() as content:
        parser = _CellParser(
            content,
            source._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        found = {(each["row"], each["column"]): _cell(each["data_type"], each["value"]) for each in parser.parse()}
    return Sheet(source.title, {place: cell for place, cell in found.items() if cell}, tuple(parser.areas))


def _cell(data_type: str, value: Any) -> Cell | None:  # noqa: ANN401 - whatever a cell may hold
    if data_type == "f":
        return Cell(CellKind.FORMULA, str(getattr(value, "text", value)))
    if value is None or value == "":
        return None
    match data_type:
        case "n":
            number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
            return Cell(CellKind.NUMBER, str(value), number)
        case "d":
            return Cell(CellKind.DATE, str(value))
        case "b":
            return Cell(CellKind.BOOLEAN, str(value))
        case "e":
            return Cell(CellKind.ERROR, str(value))
        case _:
            return Cell(CellKind.TEXT, str(value))


def _area(reference: str) -> Area:
    first_column, first_row, last_column, last_row = (int(edge or 0) for edge in range_boundaries(reference))
    return Area(first_row, first_column, last_row, last_column)
