"""«Từ đâu ra?» in the browser: at most two steps from a number to its revisions, and the listing as a file."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.reaching import choose, pick_a_unit

Visit = Callable[..., Page]


def test_two_steps_lead_from_a_number_to_its_revisions_and_the_counts_can_be_taken_along(visit: Visit) -> None:
    page = visit("/chi-tieu?vai=chair")
    page.get_by_role("link", name="Con số này từ đâu ra?").click()
    page.get_by_text("66,9% = 505.317 ÷ 755.226").wait_for()
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile("Tải bảng CSV")).click()
    lines = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith('"Đơn vị";"Trong đó, hồ sơ xử lý hoàn toàn trực tuyến (tử số)"')
    assert lines[-1] == '"Cộng";"505.317";"755.226";"66,9%";""'
    counts = [line.split(";")[1].strip('"').replace(".", "") for line in lines[1:-1]]
    assert sum(map(int, counts)) == 505_317
    page.get_by_role("link", name="Sở Tư pháp").click()
    page.locator(".records tbody tr").first.wait_for()


def test_units_picked_by_hand_are_found_named_and_dropped_in_vietnamese(visit: Visit) -> None:
    page = visit("/chi-tieu?vai=chair")
    before = page.url
    pick_a_unit(page, "Xã Định Hóa")
    pick = page.get_by_role("combobox", name=re.compile("^Chọn đơn vị"))
    pick.fill("zzz")
    page.get_by_text("Không có kết quả").wait_for()
    pick.fill("")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Bỏ chọn Xã Định Hóa")).click()
    page.get_by_text("Chọn ít nhất một đơn vị").wait_for()
    assert page.url == before


def test_a_supposition_changes_nothing_in_the_address(visit: Visit) -> None:
    page = visit("/chi-tieu?vai=chair")
    page.get_by_text("là 68,8% thay cho 66,9%").wait_for()
    before = page.url
    choose(page, "Bao nhiêu đơn vị", "1 đơn vị")
    expect(page.locator(".supposed")).to_contain_text("nếu 1 đơn vị thiếu nhiều nhất")
    assert page.url == before
    border = page.locator(".st-key-suppose").evaluate("e => getComputedStyle(e).borderTopStyle")
    assert border == "dashed"
