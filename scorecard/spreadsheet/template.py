"""The workbook that a unit fills in for a period: one protected sheet a form, keys in a hidden sheet and column."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from scorecard.spreadsheet.keys import FIRST_ROW, HEADER_ROW, KEYS_SHEET, Column, FileKeys
from scorecard.spreadsheet.signs import STARTS_FORMULA

LARGEST_NUMBER = 10**15 - 1

_WIDTHS = {Column.LABEL: 38, Column.HELP: 56, Column.COUNTED_IN: 11, Column.BEFORE: 16, Column.YEAR_BEFORE: 16}
_WIDTHS |= {Column.NUMBER: 18, Column.REASON: 40}
_FONT = "Calibri"
_POINTS_A_LINE = 15.75
_LINE = Side(style="thin", color="FF9AA5B1")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="FFE4E9F0")
_OPEN = PatternFill("solid", fgColor="FFFFF8D6")
_TOP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One element: what stands beside it, and the answer in force, if any."""

    element_id: str
    label: str
    help: str
    counted_in: str
    before: str
    year_before: str
    value: Decimal | None
    reason: str
    decimals: int
    maximum: int | None
    number_advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    """One form: a heading with advice under it, the names of the columns in order, the lines, and rules below them."""

    heading: str
    advice: tuple[str, ...]
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """A workbook in words; `keys` name its sheets in the order of `sheets`."""

    keys: FileKeys
    sheets: tuple[SheetContent, ...]
    title: str
    error_title: str
    reason_advice: str
    shortest_reason: int


def write_template(content: FileContent) -> bytes:
    """Write the workbook. No cell is a formula; only the answer and reason cells can be typed in.

    Answers are numbers shown in groups of three with the signs of the reader's own Excel, which are also those that it
    takes when somebody types; everything else is text.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for keys, sheet in zip(content.keys.forms, content.sheets, strict=True):
        _write_sheet(book.create_sheet(keys.sheet), sheet, content)
    _write_keys(book.create_sheet(KEYS_SHEET), content.keys)
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.title = content.title
    book.properties.creator = "scorecard"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    found = sheet.cell(row, column)
    if not isinstance(found, Cell):
        raise TypeError(found)  # nothing is merged here
    return found


def _write_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text that stays a text, whatever it begins with, also after somebody edits it."""
    cell = _cell(sheet, row, column)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(STARTS_FORMULA)
    return cell


def _write_sheet(sheet: Worksheet, content: SheetContent, file: FileContent) -> None:
    _write_head(sheet, content)
    for row, line in enumerate(content.lines, start=FIRST_ROW):
        _write_line(sheet, row, line)
        sheet.add_data_validation(_number_validation(row, line, file.error_title))
    last = FIRST_ROW + len(content.lines) - 1
    sheet.add_data_validation(_reason_validation(last, file))
    for row, rule in enumerate(content.rules, start=last + 2):
        _write_text(sheet, row, Column.LABEL, rule)
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.column_dimensions[get_column_letter(Column.KEY)].hidden = True
    sheet.freeze_panes = f"{get_column_letter(Column.HELP)}{FIRST_ROW}"
    sheet.sheet_view.showGridLines = False
    _protect(sheet)
    _fit_to_page(sheet)


def _write_head(sheet: Worksheet, content: SheetContent) -> None:
    _write_text(sheet, 1, Column.LABEL, content.heading).font = Font(name=_FONT, bold=True, size=14)
    for row, advice in enumerate(content.advice, start=2):
        _write_text(sheet, row, Column.LABEL, advice)
    sheet.row_dimensions[HEADER_ROW].height = 2 * _POINTS_A_LINE
    for column, name in zip(Column, content.columns, strict=False):
        cell = _write_text(sheet, HEADER_ROW, column, name)
        cell.font, cell.fill, cell.border = Font(name=_FONT, bold=True, size=11), _HEAD, _BORDER
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")


def _write_line(sheet: Worksheet, row: int, line: Line) -> None:
    texts = {
        Column.LABEL: line.label,
        Column.HELP: line.help,
        Column.COUNTED_IN: line.counted_in,
        Column.BEFORE: line.before,
        Column.YEAR_BEFORE: line.year_before,
        Column.REASON: line.reason,
        Column.KEY: line.element_id,
    }
    for column, text in texts.items():
        cell = _write_text(sheet, row, column, text) if text else _cell(sheet, row, column)
        cell.border, cell.alignment = _BORDER, _TOP
    sheet.row_dimensions[row].height = _POINTS_A_LINE * max(_lines(text, column) for column, text in texts.items())
    number = _cell(sheet, row, Column.NUMBER)
    number.value = line.value
    number.border, number.number_format = _BORDER, _number_format(line.decimals)
    number.alignment = Alignment(horizontal="right", vertical="top")
    number.font = Font(name=_FONT, bold=True, size=12)
    for open_column in (Column.NUMBER, Column.REASON):
        open_cell = _cell(sheet, row, open_column)
        open_cell.protection, open_cell.fill = Protection(locked=False), _OPEN


def _lines(text: str, column: Column) -> int:
    """Return how many lines a text takes at most; a spreadsheet does not measure the rows of a file it did not make."""
    width = _WIDTHS.get(column, len(text) + 1)
    return sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n"))


def _number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _number_validation(row: int, line: Line, error_title: str) -> DataValidation:
    """Limit an answer by fixed bounds; what depends on other cells is checked when the file comes back."""
    return DataValidation(
        type="decimal" if line.decimals else "whole",
        operator="between",
        formula1="0",
        formula2=str(LARGEST_NUMBER if line.maximum is None else line.maximum),
        allow_blank=True,
        errorTitle=error_title,
        error=line.number_advice,
        sqref=f"{get_column_letter(Column.NUMBER)}{row}",
    )


def _reason_validation(last_row: int, file: FileContent) -> DataValidation:
    column = get_column_letter(Column.REASON)
    return DataValidation(
        type="textLength",
        operator="greaterThanOrEqual",
        formula1=str(file.shortest_reason),
        allow_blank=True,
        errorTitle=file.error_title,
        error=file.reason_advice,
        sqref=f"{column}{FIRST_ROW}:{column}{last_row}",
    )


def _protect(sheet: Worksheet) -> None:
    """Lock everything but the open cells, without a password: this guards against slips, not against people."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _fit_to_page(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _write_keys(sheet: Worksheet, keys: FileKeys) -> None:
    for row, texts in enumerate(keys.rows(), start=1):
        for column, text in enumerate(texts, start=1):
            _write_text(sheet, row, column, text)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
