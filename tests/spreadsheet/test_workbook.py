"""Cells as they are read: exact numbers, kinds told apart, hidden sheets too."""

from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from scorecard.spreadsheet.workbook import Area, Cell, CellKind, read_workbook
from tests.spreadsheet.office import part_of, saved, with_part

SHEET_PART = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1234", "1234"),
        ("1234.0", "1234"),
        ("1.234E3", "1234"),
        ("0.30000000000000004", "0.3"),
        ("97.55", "97.55"),
        ("1234567890.12", "1234567890.12"),
        ("999999999999999", "999999999999999"),
        ("-5", "-5"),
        ("0", "0"),
    ],
)
def test_a_number_is_what_excel_shows(written: str, number: str) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = 1
    content = saved(book)
    sheet = part_of(content, SHEET_PART).replace(b"<v>1</v>", f"<v>{written}</v>".encode())
    cell = read_workbook(with_part(content, SHEET_PART, sheet))[0].cells[1, 1]
    assert cell.kind is CellKind.NUMBER
    assert cell.number == Decimal(number)


def test_kinds_are_told_apart() -> None:
    book = Workbook()
    first = book.worksheets[0]
    first.append(["chữ", 5, 5.5, datetime(2025, 9, 1), True, "=A1", "#N/A", None, "  "])
    first["A2"] = "=A1"
    first["A2"].data_type = "s"
    first.merge_cells("B3:C4")
    hidden = book.create_sheet("ẩn")
    hidden.sheet_state = "veryHidden"
    hidden["B2"] = "khóa"
    read = read_workbook(saved(book))
    assert [sheet.title for sheet in read] == ["Sheet", "ẩn"]
    assert read[0].cells == {
        (1, 1): Cell(CellKind.TEXT, "chữ"),
        (1, 2): Cell(CellKind.NUMBER, "5", Decimal(5)),
        (1, 3): Cell(CellKind.NUMBER, "5.5", Decimal("5.5")),
        (1, 4): Cell(CellKind.DATE, "2025-09-01 00:00:00"),
        (1, 5): Cell(CellKind.BOOLEAN, "True"),
        (1, 6): Cell(CellKind.FORMULA, "=A1"),
        (1, 7): Cell(CellKind.ERROR, "#N/A"),
        (1, 9): Cell(CellKind.TEXT, "  "),
        (2, 1): Cell(CellKind.TEXT, "=A1"),
    }
    assert read[0].merged == (Area(3, 2, 4, 3),)
    assert read[0].merged[0].address == "B3:C4"
    assert read[1].text(2, 2) == "khóa"


def test_the_last_result_of_a_formula_is_never_taken_for_a_number() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    content = saved(book)
    sheet = part_of(content, SHEET_PART).replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    sheet = sheet.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    assert b"<v>2</v>" in sheet
    assert read_workbook(with_part(content, SHEET_PART, sheet))[0].cells[1, 1] == Cell(CellKind.FORMULA, "=1+1")
