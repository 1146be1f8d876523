"""Files that are refused as a whole: each with one sentence that says what to do, nothing written."""

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from scorecard.spreadsheet.archive import LARGEST_FILE, MOST_ELEMENTS, MOST_MEMBERS
from tests.spreadsheet.office import Office, edited, part_of, saved, with_part

SHEET_PART = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
NOT_A_WORKBOOK = (
    "Tệp không phải Excel (.xlsx). Tải tệp mẫu ở trang này, điền vào rồi tải lên; đừng đổi đuôi của tệp khác."
)
MACROS = (
    "Tệp có macro hoặc thành phần chạy được, nên không nhận dù mang đuôi .xlsx. "
    "Tải tệp mẫu ở trang này và chỉ chép các số vào đó."
)
LINKS = (
    "Tệp có liên kết tới tệp hoặc nguồn dữ liệu khác. "
    "Tải tệp mẫu ở trang này, chép các số sang bằng “Dán giá trị” (Paste Values)."
)
TOO_MUCH = "Tệp chứa quá nhiều dữ liệu (hơn 20 MB khi mở ra). Tải tệp mẫu ở trang này rồi điền vào đó."
DOCUMENT_TYPE = (
    "Tệp có phần khai báo lạ mà Excel không bao giờ ghi, nên không mở. Tải tệp mẫu ở trang này rồi điền vào đó."
)
DAMAGED = (
    "Tệp bị hỏng hoặc do phần mềm khác ghi không đúng kiểu. "
    "Mở bằng Excel, chọn Lưu thành (Save As) kiểu Excel Workbook (.xlsx), rồi tải lên lại."
)
OLD = (
    "Tệp là Excel kiểu cũ (.xls) hoặc có mật khẩu mở tệp. Mở bằng Excel, bỏ mật khẩu nếu có, "
    "chọn Lưu thành (Save As) kiểu Excel Workbook (.xlsx), rồi tải lên lại."
)
TOO_MANY_CELLS = "Tệp có quá nhiều ô. Tải tệp mẫu ở trang này rồi điền vào đó, đừng chép thêm bảng khác vào tệp."
NOT_FROM_HERE = "Đây không phải tệp mẫu tải từ trang này. Tải tệp mẫu, chép các số vào đó rồi tải lên."


def zip_bomb(good: bytes) -> bytes:
    return with_part(good, "xl/media/image1.png", bytes(300 * 2**20))


def bomb_that_lies_about_its_size(good: bytes) -> bytes:
    """A gigabyte of blanks whose size in the directory says one byte."""
    part = b"<worksheet>" + b" " * (2**20 * 64)
    content = bytearray(with_part(good, SHEET_PART, part))
    size = len(part).to_bytes(4, "little")
    assert content.count(size) == 2
    return bytes(content.replace(size, (1).to_bytes(4, "little")))


def sheet_of_100_megabytes(good: bytes) -> bytes:
    row = b'<row><c t="inlineStr"><is><t>1.234,5</t></is></c></row>'
    rows = row * (100 * 2**20 // len(row))
    return with_part(good, SHEET_PART, part_of(good, SHEET_PART).replace(b"<sheetData>", b"<sheetData>" + rows))


def sheet_of_many_small_cells(good: bytes) -> bytes:
    rows = b"<row>" + b"<c/>" * MOST_ELEMENTS + b"</row>"
    return with_part(good, SHEET_PART, part_of(good, SHEET_PART).replace(b"<sheetData>", b"<sheetData>" + rows))


def macro_workbook_renamed(good: bytes) -> bytes:
    types = part_of(good, TYPES).replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return with_part(good, TYPES, types)


def macro_sheet_of_excel_4(good: bytes) -> bytes:
    override = b'<Override PartName="/xl/s.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/></Types>'
    return with_part(good, TYPES, part_of(good, TYPES).replace(b"</Types>", override))


def entities_that_multiply(good: bytes) -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    return with_part(good, SHEET_PART, f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]><x>&a8;</x>'.encode())


def entity_from_a_file_in_utf_16_under_another_name(good: bytes) -> bytes:
    part = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'.encode("utf-16")
    return with_part(good, "xl/media/image1.png", part)


def password(good: bytes) -> bytes:
    content = bytearray(good)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


def name_that_is_no_text(good: bytes) -> bytes:
    """A part whose name is not what it claims to be, UTF-8."""
    content = bytearray(good)
    start = content.index(b"PK\x03\x04")
    content[start + 7] |= 0x08
    content[start + 30] = 0xCF
    return bytes(content)


def many_parts(good: bytes) -> bytes:
    written = io.BytesIO(good)
    with zipfile.ZipFile(written, "a") as archive:
        for number in range(MOST_MEMBERS):
            archive.writestr(f"xl/media/{number}.png", b"x")
    return written.getvalue()


def twice_the_same_part(good: bytes) -> bytes:
    written = io.BytesIO(good)
    with zipfile.ZipFile(written, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET_PART, b"<worksheet/>")
    return written.getvalue()


def part(name: str, content: bytes = b"<x/>") -> Callable[[bytes], bytes]:
    return lambda good: with_part(good, name, content)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (zip_bomb, TOO_MUCH),
        (bomb_that_lies_about_its_size, DAMAGED),
        (sheet_of_100_megabytes, TOO_MUCH),
        (sheet_of_many_small_cells, TOO_MANY_CELLS),
        (
            lambda good: good + bytes(LARGEST_FILE),
            "Tệp nặng 6 MB, chỉ nhận tệp đến 5 MB. Tải tệp mẫu ở trang này rồi điền vào đó.",
        ),
        (macro_workbook_renamed, MACROS),
        (macro_sheet_of_excel_4, MACROS),
        (part("xl/vbaProject.bin", b"\0"), MACROS),
        (part("xl/macrosheets/sheet1.xml"), MACROS),
        (part("xl/activeX/activeX1.xml"), MACROS),
        (part("xl/embeddings/oleObject1.bin"), MACROS),
        (part("xl/externalLinks/externalLink1.xml"), LINKS),
        (part("xl/connections.xml"), LINKS),
        (part("xl/queryTables/queryTable1.xml"), LINKS),
        (entities_that_multiply, DOCUMENT_TYPE),
        (entity_from_a_file_in_utf_16_under_another_name, DOCUMENT_TYPE),
        (password, "Tệp có mật khẩu. Bỏ mật khẩu, lưu lại rồi tải lên."),
        (name_that_is_no_text, DAMAGED),
        (many_parts, "Tệp có quá nhiều thành phần. Tải tệp mẫu ở trang này rồi điền vào đó."),
        (twice_the_same_part, NOT_A_WORKBOOK),
        (lambda _: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), OLD),
        (lambda _: b"", NOT_A_WORKBOOK),
        (lambda _: "Hồ sơ\t1.234\n".encode(), NOT_A_WORKBOOK),
        (lambda good: good[: len(good) // 2], NOT_A_WORKBOOK),
        (part("xl/workbook.xml", b"<workbook><sheets>"), DAMAGED),
        (part("xl/styles.xml", b"<styleSheet><fills><x/></fills></styleSheet>"), DAMAGED),
        (part(SHEET_PART, b"<worksheet"), DAMAGED),
        (lambda _: saved(Workbook()), "Tệp trống, không có ô nào. Kiểm tra lại có đúng tệp đã điền không."),
        (lambda _: edited(saved(Workbook()), lambda sheet: sheet.append(["Hồ sơ", 5])), NOT_FROM_HERE),
    ],
    ids=lambda value: getattr(value, "__name__", "-"),
)
def test_a_file_that_is_not_to_be_trusted_is_refused_with_what_to_do(
    office: Office, spoil: Callable[[bytes], bytes], sentence: str
) -> None:
    assert office.refused(spoil(office.filled())) == [sentence]


def test_a_merged_area_or_a_cell_at_the_far_end_costs_nothing(office: Office) -> None:
    good = office.filled()
    sheet = part_of(good, SHEET_PART)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    merged = far + b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    spoiled = with_part(good, SHEET_PART, sheet.replace(b"</sheetData>", merged))
    assert office.refused(spoiled) == [
        "Trang tính “Dịch vụ công trực tuyến hằng”, ô A1:XFD1048576: "
        "các ô này bị gộp. Bỏ gộp ô (Unmerge Cells) rồi tải lên lại."
    ]
