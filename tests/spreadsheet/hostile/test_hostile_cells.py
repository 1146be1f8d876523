"""Cells that are refused, each named by sheet and address with what to do; nothing written."""

import unicodedata
from collections.abc import Callable
from datetime import datetime

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.spreadsheet.office import SHEET, Office, edited

RECEIVED = f"Trang tính “{SHEET}”, ô F7 (Hồ sơ tiếp nhận): "
ONLINE = f"Trang tính “{SHEET}”, ô F8 (Trong đó, hoàn toàn trực tuyến): "
RATE = f"Trang tính “{SHEET}”, ô F9 (Mức độ hài lòng): "
REASON = f"Trang tính “{SHEET}”, ô G7 (Hồ sơ tiếp nhận): "
FORMULA = "Máy không tính công thức: xóa đi và gõ thẳng kết quả, hoặc chép rồi dán bằng “Dán giá trị” (Paste Values)."
INVISIBLE = "mà mắt không thấy, thường do chép từ nơi khác. Xóa hết trong ô rồi gõ lại bằng bàn phím."
NO_WORD = "không phải số. Chưa có số hoặc không áp dụng: để trống ô số và viết lý do; không phát sinh: gõ 0."
RUNS = "bắt đầu bằng dấu =, +, - hoặc @ nên Excel có thể chạy như công thức. Bắt đầu bằng chữ."
GROUPING = "Nếu dấu chấm hoặc phẩy là để ngăn hàng nghìn, hãy gõ liền các chữ số, ví dụ 1234."


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ("=1+1", f"ô chứa công thức “=1+1”. {FORMULA}"),
        ("=cmd|'/c calc'!A0", f"ô chứa công thức “=cmd|'/c calc'!A0”. {FORMULA}"),
        ("N/A", f"“N/A” {NO_WORD}"),
        ("x", f"“x” {NO_WORD}"),
        ("-", f"“-” {NO_WORD}"),
        (
            "1,234.5",
            "“1,234.5” viết theo kiểu tiếng Anh. Gõ 1.234,5: dấu chấm tách hàng nghìn, dấu phẩy trước phần lẻ.",
        ),
        ("1.234,5", "“1.234,5” có phần lẻ. Số hồ sơ là số nguyên: gõ không có dấu phẩy."),
        (
            "12,345",
            "“12,345” có thể hiểu hai cách. Nếu là hàng nghìn, gõ 12.345. Số hồ sơ là số nguyên, không có phần lẻ.",
        ),
        ("1\N{NO-BREAK SPACE}234", f"ô có dấu cách không ngắt {INVISIBLE}"),
        ("1234\N{NO-BREAK SPACE}", f"ô có dấu cách không ngắt {INVISIBLE}"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}4321", f"ô có dấu đổi chiều viết từ phải sang trái {INVISIBLE}"),
        ("12\N{ZERO WIDTH SPACE}34", f"ô có ký tự không có bề rộng {INVISIBLE}"),
        ("12\n34", f"ô có ký tự điều khiển hoặc xuống dòng {INVISIBLE}"),
        ("-5", "“-5” là số âm. Số liệu báo cáo từ 0 trở lên: bỏ dấu trừ hoặc xem lại số."),
        (1.234, f"ô đang giữ số 1,234, có phần lẻ; số hồ sơ là số nguyên. {GROUPING}"),
        (
            datetime(2025, 9, 1),
            "ô đang là ngày tháng (2025-09-01 00:00:00), không phải số. Đổi kiểu ô sang Number rồi gõ lại số.",
        ),
        (True, "ô đang là “True” (đúng/sai), không phải số. Xóa đi và gõ số."),
        ("#N/A", "ô đang báo lỗi “#N/A”. Xóa đi và gõ số; chưa có số thì để trống và viết lý do."),
    ],
)
def test_what_is_no_number_is_refused_at_its_cell(office: Office, found: object, sentence: str) -> None:
    assert office.refused(office.filled(F7=found)) == [RECEIVED + sentence]


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ("97.5", "“97.5”: phần lẻ viết sau dấu phẩy, gõ 97,5. Dấu chấm chỉ để tách hàng nghìn, ví dụ 1.234."),
        (
            "97,555",
            "“97,555” có thể hiểu hai cách. Nếu là hàng nghìn, gõ 97.555. "
            "Nếu là phần lẻ, ô này nhận nhiều nhất 2 chữ số sau dấu phẩy.",
        ),
        (
            97.555,
            "ô đang giữ số 97,555, nhiều hơn 2 chữ số ở phần lẻ. Nếu dấu chấm hoặc phẩy là để ngăn hàng nghìn, "
            "hãy gõ liền các chữ số, ví dụ 1234; nếu không, làm tròn rồi gõ lại.",
        ),
    ],
)
def test_a_number_with_doubtful_decimals_is_refused(office: Office, found: object, sentence: str) -> None:
    assert office.refused(office.filled(F9=found)) == [RATE + sentence]


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ("=HYPERLINK(A1)", f"ô chứa công thức “=HYPERLINK(A1)”. {FORMULA}"),
        (
            "+84 chưa gọi được",
            f"“+84 chưa gọi được” {RUNS}",
        ),
        (
            "@SUM(A1) chưa có",
            f"“@SUM(A1) chưa có” {RUNS}",
        ),
        (
            unicodedata.normalize("NFD", "Hệ thống bị lỗi"),
            "chữ gõ bằng Unicode tổ hợp (dấu rời). "
            "Trong bộ gõ chọn bảng mã Unicode (dựng sẵn), xóa hết trong ô rồi gõ lại.",
        ),
        ("Hệ thống \N{RIGHT-TO-LEFT MARK}bị lỗi", f"ô có dấu đổi chiều viết từ phải sang trái {INVISIBLE}"),
        (12345678901, "“12345678901” không phải lời giải thích. Viết lý do bằng chữ."),
    ],
)
def test_what_is_no_reason_is_refused_at_its_cell(office: Office, found: object, sentence: str) -> None:
    assert office.refused(office.filled(F7=None, G7=found)) == [REASON + sentence]


def text_that_looks_like_a_formula(sheet: Worksheet) -> None:
    sheet["F7"] = "=cmd|' /c calc'!A0"
    sheet["F7"].data_type = "s"


def duplicate_row(sheet: Worksheet) -> None:
    for column in range(1, 9):
        sheet.cell(11, column).value = sheet.cell(7, column).value


def swap_rows(sheet: Worksheet) -> None:
    for column in range(1, 9):
        first, second = sheet.cell(7, column), sheet.cell(8, column)
        first.value, second.value = second.value, first.value


def at(address: str, sentence: str, label: str = "") -> str:
    return f"Trang tính “{SHEET}”, ô {address}{f' ({label})' if label else ''}: {sentence}"


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (text_that_looks_like_a_formula, [RECEIVED + f"ô chứa công thức “=cmd|' /c calc'!A0”. {FORMULA}"]),
        (
            lambda sheet: sheet.merge_cells("F7:G7"),
            [at("F7:G7", "các ô này bị gộp. Bỏ gộp ô (Unmerge Cells) rồi tải lên lại.")],
        ),
        (
            duplicate_row,
            [
                at("F11", "ô này nằm ngoài bảng. Xóa ô này; số và lý do chỉ ghi ở các dòng có sẵn."),
                at("H11", "ô này nằm ngoài bảng. Xóa ô này; số và lý do chỉ ghi ở các dòng có sẵn."),
                at(
                    "A11",
                    "dòng “Hồ sơ tiếp nhận” bị lặp, đã có ở dòng 7. Xóa dòng lặp, chỉ giữ một.",
                    "Hồ sơ tiếp nhận",
                ),
            ],
        ),
        (
            swap_rows,
            [
                at(
                    "A8",
                    "dòng “Hồ sơ tiếp nhận” không còn ở chỗ cũ (ô A7). Tải lại tệp mẫu rồi điền lại.",
                    "Hồ sơ tiếp nhận",
                ),
                at(
                    "A7",
                    "dòng “Trong đó, hoàn toàn trực tuyến” không còn ở chỗ cũ (ô A8). Tải lại tệp mẫu rồi điền lại.",
                    "Trong đó, hoàn toàn trực tuyến",
                ),
            ],
        ),
        (
            lambda sheet: sheet.delete_rows(9),
            [f"Trang tính “{SHEET}”: thiếu dòng “Mức độ hài lòng”. Tải lại tệp mẫu rồi điền lại."],
        ),
        (
            lambda sheet: sheet["A7"].__setattr__("value", "Hồ sơ tồn"),
            [
                at(
                    "A7",
                    "tên số liệu ở dòng này đã bị đổi, đúng ra là “Hồ sơ tiếp nhận”. Tải lại tệp mẫu rồi điền lại.",
                    "Hồ sơ tiếp nhận",
                )
            ],
        ),
        (
            lambda sheet: sheet["K2"].__setattr__("value", "=SUM(F7:F8)"),
            [at("K2", f"ô chứa công thức “=SUM(F7:F8)”. {FORMULA}")],
        ),
        (
            lambda sheet: sheet["G7"].__setattr__("value", "Chưa nhận được báo cáo"),
            [
                at(
                    "G7",
                    "dòng này vừa có số vừa có lý do chưa có số. Giữ một: xóa lý do nếu đã có số, xóa số nếu chưa có.",
                    "Hồ sơ tiếp nhận",
                )
            ],
        ),
    ],
    ids=range(8),
)
def test_a_table_that_was_changed_is_refused_at_each_place(
    office: Office, change: Callable[[Worksheet], object], lines: list[str]
) -> None:
    assert office.refused(edited(office.filled(), change)) == lines


def test_what_the_page_refuses_is_refused_at_its_cell(office: Office) -> None:
    assert office.refused(office.filled(F7=50, F8=80, F9=120)) == [
        at("F9", "Mức độ hài lòng: không được lớn hơn 100."),
        at("F8", "Phần lớn hơn toàn bộ."),
    ]
    assert office.refused(office.filled(F7=-5)) == [at("F7", "Hồ sơ tiếp nhận: số không được âm.")]
    assert office.refused(office.filled(F7=None, G7="bận")) == [
        at("G7", "Hồ sơ tiếp nhận: ghi rõ vì sao chưa có số liệu, từ 10 ký tự trở lên.")
    ]
    assert office.refused(office.filled(F8=None)) == [
        at("F8", "Trong đó, hoàn toàn trực tuyến: chưa có câu trả lời. Nhập số, hoặc ghi vì sao chưa có.")
    ]


def test_every_bad_cell_is_named_at_once(office: Office) -> None:
    assert office.refused(office.filled(F7="N/A", F8="1,234.5", F9="=1")) == [
        RECEIVED + f"“N/A” {NO_WORD}",
        ONLINE + "“1,234.5” viết theo kiểu tiếng Anh. Gõ 1.234,5: dấu chấm tách hàng nghìn, dấu phẩy trước phần lẻ.",
        RATE + f"ô chứa công thức “=1”. {FORMULA}",
    ]
