"""The way over Excel in a real browser: download, fill in, hand in, confirm; usable by everybody at each step."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from scorecard.store import open_store
from tests.browser.conftest import settle
from tests.browser.look import expect_usable
from tests.spreadsheet.office import saved

Visit = Callable[..., Page]
LIST = "/nhap-so-lieu?vai=commune_head"
FORM_06A = "/nhap-so-lieu?vai=commune_head&phieu=online-services.05908.2025-09"
WORKBOOK = "Tải tệp Excel để điền: Xã Phú Bình, tháng 9/2025"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def downloaded(page: Page) -> bytes:
    page.get_by_text("Nhập bằng tệp Excel").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=WORKBOOK).click()
    assert download.value.suggested_filename == "so-lieu-05908-2025-09.xlsx"
    return Path(download.value.path()).read_bytes()


def filled(content: bytes, **cells: object) -> bytes:
    """Answer the first sheet of a workbook in a spreadsheet program."""
    book = load_workbook(io.BytesIO(content))
    for address, value in cells.items():
        book.worksheets[0][address] = value
    return saved(book)


def hand_in(page: Page, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "so-lieu-05908-2025-09.xlsx", "mimeType": SPREADSHEET, "buffer": content}
    )


def events(database: Path) -> int:
    store = open_store(f"sqlite:///{database}")
    number, _ = store.chain_end()
    store.close()
    return number


@pytest.mark.parametrize("width", [1920, 360])
def test_a_downloaded_workbook_is_filled_in_handed_in_and_confirmed_once(
    visit: Visit, database: Path, width: int
) -> None:
    page = visit(LIST, width=width)
    content = downloaded(page)
    expect_usable(page)
    before = events(database)

    hand_in(page, filled(content, F7=2240 + width, F8="nhiều"))
    expect(page.locator(".entry-corrections")).to_contain_text("ô F8")
    expect(page.locator(".entry-corrections")).to_be_focused()
    expect_usable(page)
    page.get_by_role("button", name="Về danh sách biểu để chọn tệp khác").click()
    page.get_by_text("Nhập bằng tệp Excel").click()

    hand_in(page, filled(content, F7=24000 + width, F8=1420))
    table = page.locator(".entry-table")
    expect(table).to_contain_text(re.compile(r"2[45]\.\d{3}\shồ\ssơ"))
    expect_usable(page)
    assert events(database) == before
    for reason in page.get_by_role("textbox").all():
        reason.fill("Chiến dịch cấp đổi giấy tờ")
        reason.press("Tab")
        settle(page)
    page.get_by_role("button", name="Nộp 1 phiếu").dblclick()
    expect(page.locator(".entry-facts")).to_contain_text("Mã phiếu")
    expect(page.get_by_text("Đã nộp 1/1 phiếu.")).to_be_visible()
    expect_usable(page)
    assert events(database) == before + 1


@pytest.mark.parametrize("width", [1920, 360])
def test_a_table_pasted_into_a_form_fills_its_boxes(visit: Visit, width: int) -> None:
    page = visit(FORM_06A, width=width)
    page.get_by_text("Dán từ bảng hoặc lấy từ biểu 06a").click()
    page.get_by_label("Bảng chép từ Excel").fill("Hồ sơ tiếp nhận trong tháng\t3.000")
    page.get_by_role("button", name="Điền vào biểu").click()
    expect(page.locator(".entry-notice").filter(has_text="Máy đã điền 1/2 số liệu")).to_be_visible()
    expect(page.get_by_label("Hồ sơ tiếp nhận trong tháng", exact=True)).to_have_value("3.000")
    expect_usable(page)
