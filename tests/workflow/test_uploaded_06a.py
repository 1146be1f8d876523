"""Form 06a as one-stop systems export it: merged headers in several layouts, numbering rows, totals."""

import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scorecard.definitions import read_province
from scorecard.domain.formula import parse_formula
from scorecard.presentation.spreadsheet_problems import problem_lines
from scorecard.store import open_store
from scorecard.workflow.settings import ROOT
from scorecard.workflow.uploaded_06a import read_06a, takes_06a
from tests.builders import a_form, a_province, an_element
from tests.spreadsheet.office import VI, Office, saved

FORM = a_form(
    elements=(
        an_element("dossiers_received", from_06a=parse_formula("received_online + received_in_person")),
        an_element("dossiers_full_online", from_06a=parse_formula("received_full_online")),
        an_element("satisfied"),
    )
)
OLD = (
    ("TT",),
    ("Lĩnh vực, công việc giải quyết theo cấp",),
    ("Số lượng hồ sơ tiếp nhận", "Tổng số"),
    ("Số lượng hồ sơ tiếp nhận", "Trong kỳ", "Trực tuyến"),
    ("Số lượng hồ sơ tiếp nhận", "Trong kỳ", "Trực tiếp, dịch vụ bưu chính"),
    ("Số lượng hồ sơ tiếp nhận", "Từ kỳ trước"),
    ("Số lượng hồ sơ đã giải quyết", "Tổng số"),
    ("Số lượng hồ sơ đã giải quyết", "Trước hạn"),
    ("Số lượng hồ sơ đã giải quyết", "Đúng hạn"),
    ("Số lượng hồ sơ đã giải quyết", "Quá hạn"),
    ("Số lượng hồ sơ đang giải quyết", "Tổng số"),
    ("Số lượng hồ sơ đang giải quyết", "Trong hạn"),
    ("Số lượng hồ sơ đang giải quyết", "Quá hạn"),
)
NEW = (
    *OLD[:3],
    ("Số lượng hồ sơ tiếp nhận", "Trong kỳ", "Trực tuyến", "Toàn trình"),
    ("Số lượng hồ sơ tiếp nhận", "Trong kỳ", "Trực tuyến", "Một phần"),
    ("Số lượng hồ sơ tiếp nhận", "Trong kỳ", "Trực tiếp"),
    ("Số lượng hồ sơ tiếp nhận", "Trong kỳ", "BCCI"),
    ("Số lượng hồ sơ tiếp nhận", "Trong kỳ", "Phi địa giới"),
    *OLD[5:9],
    ("Số lượng hồ sơ đã giải quyết", "Quá hạn", "Đã có thư xin lỗi"),
    ("Số lượng hồ sơ đã giải quyết", "Quá hạn", "Chưa có thư xin lỗi"),
    *OLD[10:],
    ("Thanh toán phí, lệ phí", "Tổng số"),
)
NUMBERING = [f"({n})" for n in range(1, 14)]
NUMBERING[2], NUMBERING[6], NUMBERING[10] = "(3)=(4)+(5)+(6)", "(7)=(8)+(9)+(10)", "(11)=(12)+(13)"
GROUP = ["I", "Cấp tỉnh", 70, 40, 20, 10, 60, 50, 8, 2, 10, 9, 1]
FIRST = [1, "Đất đai", 50, 30, 15, 5, 45, 40, 4, 1, 5, 5, 0]
SECOND = [2, "Hộ tịch", 20, 10, 5, 5, 15, 10, 4, 1, 5, 4, 1]
OTHER_GROUP = ["II", "Cấp xã", 30, 20, 10, 0, 30, 30, 0, 0, 0, 0, 0]
THIRD = [1, "Chứng thực", 30, 20, 10, 0, 30, 30, 0, 0, 0, 0, 0]
TOTAL = ["Tổng cộng", None, 100, 60, 30, 10, 90, 80, 8, 2, 10, 9, 1]
ROWS = [GROUP, FIRST, SECOND, OTHER_GROUP, THIRD, TOTAL]
NEW_TOTAL = ["Tổng cộng", None, 100, 45, 15, 20, 8, 2, 10, 90, 80, 8, 1, 1, 10, 9, 1, 5]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store = open_store(f"sqlite:///{tmp_path / 'figures.db'}")
    yield Office(store, a_province(forms=(FORM,)))
    store.close()


def write_header(sheet: Worksheet, header: tuple[tuple[str, ...], ...], row: int, shift: int) -> int:
    """Write labels as offices do: merged to the right where they repeat, downwards where nothing follows."""
    depth = max(map(len, header))
    for level in range(depth):
        start = 0
        while start < len(header):
            end = start
            while end + 1 < len(header) and header[end + 1][: level + 1] == header[start][: level + 1]:
                end += 1
            path = header[start]
            if level < len(path):
                bottom = depth - 1 if level == len(path) - 1 else level
                sheet.cell(row + level, start + 1 + shift, path[level])
                if end > start or bottom > level:
                    sheet.merge_cells(
                        start_row=row + level,
                        end_row=row + bottom,
                        start_column=start + 1 + shift,
                        end_column=end + 1 + shift,
                    )
            start = end + 1
    return row + depth


def form_06a(
    rows: list[list[object]] = ROWS,
    header: tuple[tuple[str, ...], ...] = OLD,
    numbering: list[str] | None = NUMBERING,
    title: str = "Kỳ báo cáo: Tháng 9/2025 (Từ ngày 01/9/2025 đến ngày 30/9/2025)",
    unit: str = "Đơn vị báo cáo: UBND xã Phú Bình",
    shift: int = 0,
) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "06a"
    for number, text in enumerate(("TÌNH HÌNH, KẾT QUẢ TIẾP NHẬN, GIẢI QUYẾT TTHC", title, unit), start=1):
        sheet.cell(number, 1 + shift, text)
    row = write_header(sheet, header, 5, shift)
    for cells in ([numbering] if numbering else []) + rows:
        for column, value in enumerate(cells, start=1 + shift):
            sheet.cell(row, column, value)
        row += 1
    sheet.cell(row + 1, 10 + shift, "Thái Nguyên, ngày 05 tháng 10 năm 2025")
    sheet.cell(row + 2, 10 + shift, "NGƯỜI LẬP BIỂU")
    return saved(book)


def answers(office: Office, content: bytes) -> dict[str, Decimal | None]:
    before = office.store.chain_end()
    table = read_06a(office.store, office.province, office.owed[0], content)
    assert problem_lines(table.problems, office.province, VI) == []
    assert office.store.chain_end() == before
    return {entry.element_id: entry.value for entry in table.returns[0].entries}


def refused(office: Office, content: bytes) -> list[str]:
    before = office.store.chain_end()
    table = read_06a(office.store, office.province, office.owed[0], content)
    assert office.store.chain_end() == before
    assert table.returns == ()
    return problem_lines(table.problems, office.province, VI)


@pytest.mark.parametrize(
    "content",
    [
        form_06a(),
        form_06a(shift=1),
        form_06a(numbering=None),
        form_06a(numbering=None, rows=[FIRST, SECOND, THIRD, TOTAL]),
        form_06a(rows=[TOTAL, GROUP, FIRST, SECOND, OTHER_GROUP, THIRD]),
        form_06a(rows=[GROUP, OTHER_GROUP, TOTAL]),
        form_06a(rows=[TOTAL]),
        form_06a(title="Tháng 9 năm 2025"),
        form_06a(unit="Đơn vị báo cáo: ………"),
    ],
    ids=range(9),
)
def test_the_row_of_totals_is_taken_and_never_added_to_its_parts(office: Office, content: bytes) -> None:
    assert answers(office, content) == {"dossiers_received": 90}


def test_what_06a_does_not_say_is_left_to_be_answered(office: Office) -> None:
    table = read_06a(office.store, office.province, office.owed[0], form_06a())
    assert [element.id for element in table.returns[0].missing] == ["dossiers_full_online", "satisfied"]


def test_a_newer_layout_splits_columns_and_adds_others(office: Office) -> None:
    content = form_06a(header=NEW, rows=[NEW_TOTAL], numbering=None)
    assert answers(office, content) == {"dossiers_received": 90, "dossiers_full_online": 45}


def test_numbers_written_as_texts_are_read_the_vietnamese_way(office: Office) -> None:
    thousands = [cell if isinstance(cell, str) or cell is None else f"{cell}.000" for cell in TOTAL]
    thousands = ["0" if cell == "0.000" else cell for cell in thousands]
    assert answers(office, form_06a(rows=[thousands])) == {"dossiers_received": 90_000}


def changed(rows: list[list[object]], row: int, column: int, value: object) -> list[list[object]]:
    copy = [list(each) for each in rows]
    copy[row][column] = value
    return copy


def renamed(content: bytes, place: str, label: str) -> bytes:
    book = load_workbook(io.BytesIO(content))
    book.worksheets[0][place] = label
    return saved(book)


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (
            form_06a(rows=changed(ROWS, 5, 2, 101)),
            [
                "ô C14: ô ghi 101 nhưng D14 + E14 + F14 cộng lại được 100. Sửa cho khớp rồi tải lên lại.",
                "ô C14: ô ghi 101 nhưng G14 + K14 cộng lại được 100. Sửa cho khớp rồi tải lên lại.",
                "ô C14: ô ghi 101 nhưng C10, C11, C13 cộng lại được 100. Sửa cho khớp rồi tải lên lại.",
            ],
        ),
        (
            form_06a(rows=changed(changed(ROWS, 1, 7, 41), 1, 8, 3)),
            [
                "ô H9: ô ghi 50 nhưng H10, H11 cộng lại được 51. Sửa cho khớp rồi tải lên lại.",
                "ô I9: ô ghi 8 nhưng I10, I11 cộng lại được 7. Sửa cho khớp rồi tải lên lại.",
                "ô H14: ô ghi 80 nhưng H10, H11, H13 cộng lại được 81. Sửa cho khớp rồi tải lên lại.",
                "ô I14: ô ghi 8 nhưng I10, I11, I13 cộng lại được 7. Sửa cho khớp rồi tải lên lại.",
            ],
        ),
        (
            form_06a(rows=changed(ROWS, 5, 3, None)),
            ["ô D14: ô “” không phải số hồ sơ. Không có hồ sơ thì gõ 0; còn lại gõ số nguyên từ 0 trở lên."],
        ),
        (
            form_06a(rows=changed(ROWS, 5, 3, "-")),
            ["ô D14: ô “-” không phải số hồ sơ. Không có hồ sơ thì gõ 0; còn lại gõ số nguyên từ 0 trở lên."],
        ),
        (
            form_06a(rows=changed(ROWS, 5, 2, "=SUM(C9,C12)")),
            [
                "ô C14: ô chứa công thức “=SUM(C9,C12)”. Máy không tính công thức: xóa đi và gõ thẳng kết quả, "
                "hoặc chép rồi dán bằng “Dán giá trị” (Paste Values)."
            ],
        ),
        (
            form_06a(rows=changed(ROWS, 5, 3, 60.5)),
            [
                "ô D14: ô đang giữ số 60,5, có phần lẻ; số hồ sơ là số nguyên. Nếu dấu chấm hoặc phẩy là để ngăn "
                "hàng nghìn, hãy gõ liền các chữ số, ví dụ 1234."
            ],
        ),
        (form_06a(rows=ROWS[:-1]), ["không thấy dòng “Tổng cộng”. Thêm dòng tổng cộng của cả bảng rồi tải lên lại."]),
        (
            form_06a(rows=[*ROWS, TOTAL]),
            ["ô A15: có hai dòng tổng cộng. Chỉ giữ một dòng “Tổng cộng” của cả bảng."],
        ),
        (
            renamed(form_06a(), "D7", "Qua mạng"),
            [
                "không thấy cột “tiếp nhận > trong kỳ > trực tuyến”. Giữ nguyên tiêu đề như biểu 06a; "
                "nếu biểu đã đổi mẫu thì nhập trên trang và báo cơ quan đầu mối của tỉnh."
            ],
        ),
        (
            renamed(form_06a(), "I6", "Trước hạn"),
            [
                "ô I7: cột “đã giải quyết > trước hạn” có hai lần, lần đầu ở H7. Xóa một cột rồi tải lên lại.",
                "không thấy cột “đã giải quyết > đúng hạn”. Giữ nguyên tiêu đề như biểu 06a; "
                "nếu biểu đã đổi mẫu thì nhập trên trang và báo cơ quan đầu mối của tỉnh.",
            ],
        ),
        (
            form_06a(title="Kỳ báo cáo: Tháng 8/2025"),
            ["phía trên bảng ghi tháng 8/2025, đang nhập tháng 9/2025. Lấy biểu 06a của tháng 9/2025."],
        ),
        (
            form_06a(title="Từ ngày 01/7/2025 đến ngày 30/9/2025"),
            ["phía trên bảng ghi quý III/2025, đang nhập tháng 9/2025. Lấy biểu 06a của tháng 9/2025."],
        ),
        (
            form_06a(title="Quý III năm 2025"),
            ["phía trên bảng ghi quý III/2025, đang nhập tháng 9/2025. Lấy biểu 06a của tháng 9/2025."],
        ),
        (
            form_06a(title="Thái Nguyên, ngày 05 tháng 9 năm 2025"),
            [
                "phía trên bảng không ghi kỳ báo cáo. "
                "Thêm một dòng “Kỳ báo cáo: tháng 9/2025” phía trên bảng rồi tải lên lại."
            ],
        ),
        (
            form_06a(unit="Đơn vị báo cáo: UBND xã Điềm Thụy"),
            [
                "đơn vị báo cáo ghi trong tệp là “UBND xã Điềm Thụy”, không phải Xã Phú Bình. "
                "Lấy biểu 06a của Xã Phú Bình."
            ],
        ),
    ],
    ids=range(15),
)
def test_a_table_that_does_not_hold_is_refused_at_its_cell(office: Office, content: bytes, lines: list[str]) -> None:
    places = [f"Trang tính “06a”{', ' if line.startswith('ô ') else ': '}{line}" for line in lines]
    assert refused(office, content) == places


def test_a_sheet_without_the_table_is_refused(office: Office) -> None:
    book = Workbook()
    book.worksheets[0].append(["Hồ sơ", 5])
    assert refused(office, saved(book)) == [
        "Trang tính “Sheet”: không thấy bảng của biểu 06a (tiêu đề có “tiếp nhận” và “giải quyết”). "
        "Kiểm tra lại có đúng tệp không, hoặc dùng tệp mẫu."
    ]


def test_the_table_is_found_on_any_sheet(office: Office) -> None:
    def move(content: bytes) -> bytes:
        book = load_workbook(io.BytesIO(content))
        book.create_sheet("Bìa", 0)["A1"] = "Báo cáo"
        return saved(book)

    assert answers(office, move(form_06a())) == {"dossiers_received": 90}


def test_a_form_that_takes_nothing_from_06a_says_so(office: Office) -> None:
    plain = replace(office, province=a_province())
    assert not takes_06a(plain.owed[0])
    assert refused(plain, form_06a()) == [
        "Biểu “Dịch vụ công trực tuyến hằng tháng” không có số liệu nào lấy từ biểu 06a. "
        "Nhập trên trang hoặc dùng tệp mẫu."
    ]


def test_a_hostile_file_is_refused_here_too(office: Office) -> None:
    assert refused(office, b"PK") == [
        "Tệp không phải Excel (.xlsx). Tải tệp mẫu ở trang này, điền vào rồi tải lên; đừng đổi đuôi của tệp khác."
    ]


def test_thai_nguyen_takes_the_dossiers_received_from_06a() -> None:
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    assert province is not None
    mapped = {name: element.from_06a for name, element in province.elements.items() if element.from_06a}
    assert mapped == {"dossiers_received": parse_formula("received_online + received_in_person")}
