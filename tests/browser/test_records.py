"""A correction as it is found again: in the unit's ledger, in the audit trail, in the copy taken along."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle
from tests.browser.look import expect_usable
from tests.browser.test_journeys import become, box, expect_title, go_to

Visit = Callable[..., Page]
FORM = re.compile("(Nhập số liệu|Sửa số đã nộp): Dịch vụ công trực tuyến hằng tháng")
RECEIVED, ONLINE = "Hồ sơ tiếp nhận trong tháng", "Trong đó, hồ sơ xử lý hoàn toàn trực tuyến"
REASON = "Bổ sung hồ sơ nộp qua bưu chính"


def file_or_correct(page: Page, received: str) -> None:
    page.get_by_role("button", name=FORM).click()
    box(page, RECEIVED).fill(received)
    box(page, ONLINE).fill("20")
    page.get_by_role("button", name="Kiểm tra lại").click()
    expect_title(page, "Kiểm tra lại")
    settle(page)
    for reason in page.get_by_role("textbox").all():
        reason.fill(REASON)
        reason.press("Tab")
        settle(page)
        expect(reason).to_have_value(REASON)
    page.get_by_role("button", name="Nộp số liệu").click()
    expect_title(page, "Đã nộp")
    page.get_by_role("button", name="Về danh sách biểu").click()


@pytest.mark.parametrize(("width", "first", "second"), [(1920, "102", "112"), (360, "103", "113")])
def test_a_correction_is_found_in_the_ledger_the_trail_and_the_copy(
    visit: Visit, width: int, first: str, second: str
) -> None:
    page = visit("/nhap-so-lieu?vai=commune_head", width=1366)
    file_or_correct(page, first)
    file_or_correct(page, second)
    go_to(page, "Sổ đính chính")
    expect_title(page, "Sổ đính chính")
    change = re.compile(rf"{first}\shồ sơ → {second}\shồ sơ\. Lý do: .*{REASON}\.")
    expect(page.locator(".records").last).to_contain_text(change)
    page.set_viewport_size({"width": width, "height": 900})
    expect_usable(page)

    page.set_viewport_size({"width": 1366, "height": 900})
    become(page, "Chuyên viên tổng hợp, Văn phòng UBND tỉnh")
    go_to(page, "Nhật ký")
    expect_title(page, "Nhật ký")
    search = page.get_by_role("textbox", name="Tìm lý do, ghi chú, mã phiếu")
    search.fill("bưu chính")
    search.press("Enter")
    expect(page.get_by_text(re.compile(r"Tìm thấy \d+ việc"))).to_be_visible()
    page.set_viewport_size({"width": width, "height": 900})
    expect_usable(page)

    page.get_by_role("link", name=re.compile("Xem 0")).first.click()
    expect_title(page, "Nhật ký: việc số")
    expect(page.locator(".records")).to_contain_text(re.compile(rf"{first}\shồ sơ.*{second}\shồ sơ", re.DOTALL))
    expect_usable(page)
    page.get_by_role("button", name="Về danh sách nhật ký").click()
    expect(page.get_by_role("textbox", name="Tìm lý do, ghi chú, mã phiếu")).to_have_value("bưu chính")

    with page.expect_download() as downloading:
        page.get_by_role("button", name="Tải nhật ký đang lọc (CSV)").click()
    file = downloading.value
    assert re.fullmatch(r"nhat-ky-2025-10-03\.csv", file.suggested_filename)
    rows = list(csv.DictReader(io.StringIO(Path(file.path()).read_text("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0]["Người"] == "Chủ tịch UBND xã Phú Bình"
    assert (rows[0]["Việc đã làm"], REASON in rows[0]["Lý do"]) == ("Nộp lại phiếu báo cáo, có sửa số đã nộp.", True)
    page.reload()
    page.get_by_role("textbox", name="Tìm lý do, ghi chú, mã phiếu").fill("")
    page.get_by_role("textbox", name="Tìm lý do, ghi chú, mã phiếu").press("Enter")
    expect(page.locator(".records tbody tr").first).to_contain_text(f"Tải nhật ký về máy, {len(rows)} việc.")
