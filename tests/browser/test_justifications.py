"""A head says why a target is late, by keyboard alone on a phone; the chair's list no longer asks for it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import settle
from tests.browser.look import DARK_GROUND, expect_usable
from tests.browser.test_journeys import expect_title

Visit = Callable[..., Page]
TARGET = "80% hồ sơ được xử lý hoàn toàn trực tuyến"
PLACE = "ke-hoach=kh-222-2024&muc=full-online-dossiers&ky=2025-09"
CAUSE, REMEDY, DAY = "Nguyên nhân", "Cách khắc phục", "Khắc phục xong ngày"


def tab_to(page: Page, label: str) -> None:
    """Press Tab until the cursor stands in the control of that name, as somebody without a mouse does."""
    wanted = page.get_by_label(label, exact=True).or_(page.get_by_role("button", name=label, exact=True))
    for _ in range(40):
        page.keyboard.press("Tab")
        settle(page)
        if wanted.evaluate("(e) => e === document.activeElement || e.contains(document.activeElement)"):
            return
    raise AssertionError(f"Tab never came to {label}")


def type_into(page: Page, label: str, text: str) -> None:
    tab_to(page, label)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_a_head_writes_by_keyboard_on_a_phone_and_the_chairs_list_no_longer_asks(visit: Visit) -> None:
    chair = visit("/giai-trinh?vai=chair&ky=2025-09", width=1366, height=768)
    expect(chair.get_by_text("Còn 8/8 chỉ tiêu chậm hoặc có nguy cơ của tháng 9/2025")).to_be_visible()
    expect(chair.locator("code")).to_contain_text(TARGET)

    page = visit(f"/chi-tieu?vai=science_head&{PLACE}", width=360, height=800)
    expect(page.get_by_label(CAUSE, exact=True)).to_be_visible()
    settle(page)
    type_into(page, CAUSE, "ngắn")
    type_into(page, REMEDY, "Sở bổ sung máy chủ dự phòng")
    type_into(page, DAY, "30/11/2025")
    tab_to(page, "Ghi giải trình")
    page.keyboard.press("Enter")
    corrections = page.locator(".entry-corrections")
    expect(corrections).to_be_focused()
    expect(corrections).to_contain_text("Có 1 chỗ cần sửa")
    expect(page.get_by_label(REMEDY, exact=True)).to_have_value("Sở bổ sung máy chủ dự phòng")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label(CAUSE, exact=True)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Hệ thống một cửa ngừng 10 ngày")
    tab_to(page, "Ghi giải trình")
    page.keyboard.press("Enter")
    expect(page.locator(".justified-done")).to_contain_text("Đã ghi giải trình.")
    said = page.locator(".st-key-justification .record-facts").first
    expect(said).to_contain_text("Hệ thống một cửa ngừng 10 ngày")
    expect(said).to_contain_text(re.compile(r"30/11/2025, còn \d+ ngày"))
    expect_usable(page)

    chair.reload()
    expect(chair.get_by_text("Còn 7/8 chỉ tiêu chậm hoặc có nguy cơ của tháng 9/2025")).to_be_visible()
    expect(chair.locator("code")).not_to_contain_text(TARGET)
    expect(chair.locator(".records").last).to_contain_text("Hệ thống một cửa ngừng 10 ngày")
    chair.get_by_role("link", name=TARGET).click()
    expect_title(chair, TARGET)
    expect(chair.locator(".st-key-justification .record-facts")).to_contain_text("Sở bổ sung máy chủ dự phòng")
    expect(chair.get_by_role("button", name="Sửa giải trình")).to_have_count(0)


def test_what_is_being_written_is_kept_when_the_device_turns_dark(visit: Visit) -> None:
    page = visit("/chi-tieu?vai=science_head&ke-hoach=kh-222-2024&muc=services-redesigned&ky=2025-09")
    page.locator("[data-testid=stVegaLiteChart] svg.marks").first.wait_for()
    page.get_by_label(CAUSE, exact=True).fill("Chưa có kinh phí")
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".stApp")).to_have_css("background-color", DARK_GROUND)
    expect(page.get_by_label(CAUSE, exact=True)).to_have_value("Chưa có kinh phí")
