"""The workbook for a unit and period: what can be typed where, what is hidden, nothing that runs."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scorecard.presentation.formats import Formats
from scorecard.presentation.return_file import fillable_workbook, workbook_name
from scorecard.presentation.texts import Language, load_texts
from scorecard.spreadsheet.keys import KEYS_SHEET, sheet_titles
from scorecard.spreadsheet.workbook import CellKind, read_workbook
from scorecard.workflow.checks import Entry
from scorecard.workflow.returned_file import forms_to_fill
from tests.builders import a_form, a_province, an_element
from tests.spreadsheet.office import FORM, SHEET, VI, Office

ANSWERS = (
    Entry("dossiers_received", Decimal(1234)),
    Entry("dossiers_full_online", Decimal(1000)),
    Entry("satisfied", Decimal("97.50")),
)


def sheet_of(content: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(content)).worksheets[0]


def test_the_workbook_says_whose_it_is_and_what_stood_before(office: Office) -> None:
    sheet = sheet_of(office.workbook())
    assert sheet.title == SHEET
    assert sheet["A1"].value == "Dịch vụ công trực tuyến hằng tháng · Xã Phú Bình · tháng 9/2025"
    assert [cell.value for cell in sheet[6]] == [
        "Số liệu",
        "Đếm gì, lấy ở đâu",
        "Đơn vị tính",
        "tháng 8/2025",
        "tháng 9/2024",
        "Số của tháng 9/2025",
        "Vì sao chưa có số (từ 10 ký tự)",
        None,
    ]
    assert [cell.value for cell in sheet[7]] == [
        "Hồ sơ tiếp nhận",
        "Đếm tất cả. Lấy ở: Sổ theo dõi",
        "hồ sơ",
        "chưa có số liệu",
        "chưa có số liệu",
        None,
        None,
        "dossiers_received",
    ]
    assert sheet["A11"].value == "Quy tắc: Phần lớn hơn toàn bộ."
    assert workbook_name(office.owed[0].unit, office.owed[0].period, VI) == "so-lieu-05908-2025-09.xlsx"


def test_only_answers_and_reasons_can_be_typed_in(office: Office) -> None:
    sheet = sheet_of(office.workbook())
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    unlocked = {cell.coordinate for row in sheet for cell in row if not cell.protection.locked}
    assert unlocked == {"F7", "G7", "F8", "G8", "F9", "G9"}
    book = load_workbook(io.BytesIO(office.workbook()))
    assert book.security.lockStructure
    assert (book[KEYS_SHEET].sheet_state, sheet.column_dimensions["H"].hidden) == ("veryHidden", True)


def test_answers_are_limited_by_fixed_bounds_with_advice(office: Office) -> None:
    checks = {
        str(each.sqref): (each.type, each.formula1, each.formula2, each.error)
        for each in sheet_of(office.workbook()).data_validations.dataValidation
    }
    whole = "Gõ số nguyên từ 0 trở lên, liền các chữ số, ví dụ 1234."
    or_reason = "Chưa có số thì để trống ô này và viết lý do ở cột G."
    assert checks == {
        "F7": ("whole", "0", "999999999999999", f"{whole} {or_reason}"),
        "F8": ("whole", "0", "999999999999999", f"{whole} {or_reason}"),
        "F9": (
            "decimal",
            "0",
            "100",
            f"Gõ số từ 0 trở lên, nhiều nhất 2 chữ số ở phần lẻ. {or_reason} Lớn nhất là 100.",
        ),
        "G7:G9": ("textLength", "10", None, "Viết rõ vì sao chưa có số, từ 10 ký tự trở lên."),
    }


def test_what_was_submitted_stands_in_the_answer_cells_as_numbers(office: Office) -> None:
    office.submit(ANSWERS)
    sheet = sheet_of(office.workbook())
    assert [(sheet[place].value, sheet[place].number_format) for place in ("F7", "F8", "F9")] == [
        (1234, "#,##0"),
        (1000, "#,##0"),
        (97.5, "#,##0.00"),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_text_that_looks_like_a_formula_stays_a_text(office: Office, start: str) -> None:
    label = f"{start}cmd|'/c calc'!A0"
    form = a_form(elements=(an_element("dossiers_received", label=label, help=label),))
    hostile = Office(office.store, a_province(forms=(form,), name=label))
    content = hostile.workbook()
    cells = [cell for sheet in read_workbook(content) for cell in sheet.cells.values()]
    assert {cell.kind for cell in cells} == {CellKind.TEXT}
    assert label in {cell.text for cell in cells}
    assert sheet_of(content)["A7"].quotePrefix


def test_one_file_holds_every_form_of_the_unit_and_period(office: Office) -> None:
    second = a_form("households", elements=(an_element("households", label="Hộ"),), name="Hộ: khảo sát/điều tra")
    both = Office(office.store, a_province(forms=(FORM, second)))
    book = load_workbook(io.BytesIO(both.workbook()))
    assert sorted(book.sheetnames) == sorted([SHEET, "Hộ khảo sát điều tra", KEYS_SHEET])


def test_titles_of_sheets_are_short_and_different() -> None:
    long = "Dịch vụ công thiết yếu theo Đề án 06"
    assert sheet_titles([("a", long), ("b", long), ("c", "x" * 40)]) == {
        "a": "Dịch vụ công thiết yếu theo Đề",
        "b": "2 Dịch vụ công thiết yếu theo",
        "c": "x" * 31,
    }


def test_the_words_of_the_file_follow_the_language(office: Office) -> None:
    owed = office.owed
    english = Formats(load_texts(Language.ENGLISH))
    forms = forms_to_fill(office.store, office.province, owed)
    content = fillable_workbook(office.province, owed[0].unit, owed[0].period, forms, english)
    assert sheet_of(content)["A7"].value == "Figure dossiers_received"
    assert office.refused(content) == [
        "Chưa ô vàng nào được điền. Điền số ở cột F hoặc lý do ở cột G, lưu tệp rồi tải lên lại."
    ]
