"""From typing a number to the overview that counts it, as people do it."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from scorecard.definitions import read_province
from scorecard.workflow.settings import ROOT

Visit = Callable[..., Page]
EXPECT_MILLISECONDS = 30_000
expect.set_options(timeout=EXPECT_MILLISECONDS)


def become(page: Page, role: str) -> None:
    page.get_by_role("combobox", name="Bạn đang xem với vai trò").click()
    page.get_by_role("option", name=role, exact=True).click()


def go_to(page: Page, name: str) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text=name).click()


def expect_title(page: Page, title: str) -> None:
    """Wait for the heading; while a page changes, the heading before it may still stand beside it."""
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def row(page: Page, target: str) -> Locator:
    return page.locator(".overview tr").filter(has_text=target)


def box(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)


def file_return(page: Page, form: str, answers: dict[str, str]) -> None:
    page.get_by_role("button", name=f"Nhập số liệu: {form}").click()
    for label, text in answers.items():
        box(page, label).fill(text)
    page.get_by_role("button", name="Kiểm tra lại").click()


def test_the_office_enters_the_missing_service_and_once_approved_the_overview_turns_to_met(visit: Visit) -> None:
    page = visit("/?vai=chair")
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    assert province is not None
    (plan,) = [plan for plan in province.plans if plan.id == "kh-222-2024"]
    for target in plan.targets:
        expect(row(page, target.name)).to_have_count(1)
    services = "Cung cấp đủ 76 dịch vụ công thiết yếu của Đề án 06"
    expect(row(page, services)).to_contain_text(re.compile(r"75/76\sdịch\svụ"))

    become(page, "Chánh Văn phòng UBND tỉnh")
    go_to(page, "Nhập số liệu")
    file_return(
        page, "Dịch vụ công thiết yếu theo Đề án 06, tháng 9/2025", {"Dịch vụ công thiết yếu đã cung cấp": "76"}
    )
    expect_title(page, "Kiểm tra lại: Dịch vụ công thiết yếu theo Đề án 06, tháng 9/2025")
    expect(page.locator(".entry-rates")).to_contain_text("76/76 dịch vụ")
    page.get_by_role("button", name="Nộp số liệu").click()
    expect_title(page, "Đã nộp: Dịch vụ công thiết yếu theo Đề án 06, tháng 9/2025")
    expect(page.locator(".entry-facts")).to_contain_text("Chánh Văn phòng UBND tỉnh")

    become(page, "Chuyên viên tổng hợp, Văn phòng UBND tỉnh")
    go_to(page, "Duyệt số liệu")
    page.get_by_role("combobox", name="Đơn vị", exact=True).click()
    page.get_by_role("option", name="Văn phòng Ủy ban nhân dân tỉnh").click()
    expect(page.locator(".review-item")).to_have_count(1)
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.locator(".review-notice")).to_contain_text("Đã duyệt: Văn phòng Ủy ban nhân dân tỉnh")
    go_to(page, "Tổng quan")
    expect(row(page, services)).to_contain_text(re.compile(r"76/76\sdịch\svụ"))
    expect(row(page, services).locator(".chip")).to_have_text("Đạt")


def test_the_commune_files_two_forms_typed_the_vietnamese_way(visit: Visit) -> None:
    page = visit("/nhap-so-lieu?vai=commune_head", width=360, height=800)
    file_return(
        page,
        "Dịch vụ công trực tuyến hằng tháng, tháng 9/2025",
        {"Hồ sơ tiếp nhận trong tháng": "2.240", "Trong đó, hồ sơ xử lý hoàn toàn trực tuyến": "1 420"},
    )
    expect(page.locator(".entry-rates")).to_contain_text("63,4%")
    page.get_by_role("button", name="Nộp số liệu").click()
    expect_title(page, "Đã nộp")
    page.get_by_role("button", name="Về danh sách biểu").click()
    file_return(
        page,
        "Hồ sơ công việc trên môi trường mạng hằng tháng, tháng 9/2025",
        {"Hồ sơ công việc phải xử lý trong tháng": "1.234", "Trong đó, xử lý trên môi trường mạng": "1.001"},
    )
    expect_title(page, "Kiểm tra lại")
    expect(page.locator(".entry-table")).to_contain_text(re.compile(r"1\.234\s.*1\.001\s", re.DOTALL))
    for reason in page.get_by_role("textbox").all():
        reason.fill("Đã đối chiếu với sổ theo dõi của xã")
    page.get_by_role("button", name="Nộp số liệu").click()
    expect_title(page, "Đã nộp")
    page.get_by_role("button", name="Về danh sách biểu").click()
    expect(page.get_by_text("Còn 1/3 biểu chưa nộp")).to_be_visible()


def test_a_refused_number_keeps_its_text_takes_the_cursor_and_is_told_on_the_tab(visit: Visit) -> None:
    page = visit("/nhap-so-lieu?vai=science_head")
    form = "Dịch vụ công trực tuyến hằng tháng, tháng 9/2025"
    received, online = box(page, "Hồ sơ tiếp nhận trong tháng"), box(page, "Trong đó, hồ sơ xử lý hoàn toàn trực tuyến")
    file_return(page, form, {"Hồ sơ tiếp nhận trong tháng": "1.23", "Trong đó, hồ sơ xử lý hoàn toàn trực tuyến": "-5"})
    expect(page.locator(".entry-corrections")).to_be_focused()
    expect(page).to_have_title(f"Lỗi: {form}")
    expect(received).to_have_value("1.23")
    page.get_by_role("link", name=re.compile("“-5” là số âm")).click()
    expect(online).to_be_focused()
    expect(online).to_have_attribute("inputmode", "decimal")
    expect(online).to_have_attribute("aria-invalid", "true")
    described = (online.get_attribute("aria-describedby") or "").split()
    assert "là số âm" in " ".join(page.locator(f"#{note}").inner_text() for note in described)


def test_what_is_typed_is_read_back_at_once_and_survives_a_visit_to_another_page(visit: Visit) -> None:
    page = visit("/nhap-so-lieu?vai=commune_reporter")
    page.get_by_role("button", name=re.compile("Hộ gia đình biết dùng VNeID")).click()
    total, able = box(page, "Hộ gia đình trên địa bàn"), box(page, "Trong đó, hộ có ít nhất một người biết dùng")
    total.press_sequentially("12.34.5")
    able.press_sequentially("1.234")
    expect(page.get_by_text(re.compile(r"Máy hiểu là: 1\.234\shộ"))).to_be_visible()
    go_to(page, "Tổng quan")
    expect(page.locator(".overview")).to_be_visible()
    go_to(page, "Nhập số liệu")
    page.get_by_role("button", name=re.compile("Nhập tiếp: Hộ gia đình biết dùng VNeID")).click()
    expect(total).to_have_value("12.34.5")
    expect(able).to_have_value("1.234")


def test_a_return_is_filed_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("/nhap-so-lieu?vai=science_head")
    press_until(page, "Nhập số liệu: Hồ sơ công việc trên môi trường mạng hằng tháng, tháng 9/2025")
    page.keyboard.press("Enter")
    expect_title(page, "Hồ sơ công việc trên môi trường mạng")
    for label, number in (
        ("Hồ sơ công việc phải xử lý trong tháng", "210"),
        ("Trong đó, xử lý trên môi trường mạng", "200"),
    ):
        press_until(page, label)
        page.keyboard.type(number)
    press_until(page, "Kiểm tra lại")
    page.keyboard.press("Enter")
    expect_title(page, "Kiểm tra lại")


def press_until(page: Page, name: str) -> None:
    """Press Tab until the control of that name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        named = "(element) => element.getAttribute('aria-label') || element.innerText.trim()"
        if page.evaluate(f"({named})(document.activeElement)") == name:
            return
    raise AssertionError(f"Tab does not reach “{name}”")


def test_each_step_begins_at_its_top_so_that_a_second_press_submits_nothing_unseen(visit: Visit) -> None:
    page = visit("/nhap-so-lieu?vai=science_head", width=360, height=800)
    page.get_by_role("button", name="Nhập số liệu: Hồ sơ công việc trên môi trường mạng hằng tháng").click()
    box(page, "Hồ sơ công việc phải xử lý trong tháng").fill("210")
    box(page, "Trong đó, xử lý trên môi trường mạng").fill("200")
    check = page.get_by_role("button", name="Kiểm tra lại")
    check.scroll_into_view_if_needed()
    place = check.bounding_box()
    assert place is not None
    spot = (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.click(*spot)
    expect(page.locator(".entry-table")).to_be_visible()
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).to_be_in_viewport()
    page.mouse.click(*spot)
    page.wait_for_load_state("networkidle")
    expect_title(page, "Kiểm tra lại")


def test_the_tab_is_named_after_the_page_shown(visit: Visit) -> None:
    page = visit("/nhap-so-lieu?vai=science_head")
    page.get_by_role("button", name="Dịch vụ công trực tuyến hằng tháng").click()
    expect(page).to_have_title("Dịch vụ công trực tuyến hằng tháng, tháng 9/2025")
    page.get_by_role("button", name="Về danh sách biểu").click()
    expect(page).to_have_title("Nhập số liệu")
    go_to(page, "Tổng quan")
    expect(page).to_have_title("Tổng quan")


def test_back_and_forward_undo_and_redo_what_was_chosen(visit: Visit) -> None:
    page = visit("/?vai=science_head")
    expect(page.locator(".facts")).to_contain_text("tháng 9/2025")
    page.get_by_role("combobox", name="Kỳ số liệu").click()
    page.get_by_role("option", name="tháng 6/2025").click()
    expect(page.locator(".facts")).to_contain_text("tháng 6/2025")
    page.go_back()
    expect(page.locator(".facts")).to_contain_text("tháng 9/2025")
    page.go_forward()
    expect(page.locator(".facts")).to_contain_text("tháng 6/2025")
    go_to(page, "Nhập số liệu")
    expect(page.locator(".entry-owed").first).to_be_visible()
    go_to(page, "Tổng quan")
    expect(page.locator(".facts")).to_contain_text("tháng 6/2025")


def test_a_double_click_approves_one_return_and_says_so_once(visit: Visit) -> None:
    page = visit("/duyet-so-lieu?vai=reviewer&don-vi=so-y-te@2025-07-01")
    approve = page.get_by_role("button", name="Duyệt", exact=True)
    expect(approve).to_have_count(2)
    approve.first.dblclick()
    notice = page.locator(".review-notice")
    expect(notice).to_contain_text("Đã duyệt: Sở Y tế: ")
    expect(approve).to_have_count(1)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(1500)
    expect(notice).to_contain_text("Đã duyệt: Sở Y tế: ")
    expect(approve).to_have_count(1)


def test_what_is_typed_to_send_a_return_back_is_read_by_its_unit(visit: Visit) -> None:
    reviewer = visit("/duyet-so-lieu?vai=reviewer&don-vi=05890@2025-07-01&xem=flagged", width=360, height=800)
    reviewer.get_by_role("button", name="Trả lại…").click()
    reviewer.get_by_label(re.compile("Vì sao trả lại")).fill("Hồ sơ trực tuyến bằng đúng tổng số")
    reviewer.get_by_role("button", name="Gửi trả lại đơn vị").click()
    expect(reviewer.locator(".review-notice")).to_contain_text("Đã trả lại: Phường Vạn Xuân")
    expect(reviewer.locator(".review-notice")).to_be_in_viewport()


def test_the_list_of_who_is_late_is_copied_with_one_button_named_in_vietnamese(visit: Visit) -> None:
    page = visit("/muc-do-day-du?vai=chair")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-testid=stCode]").hover()
    page.get_by_role("button", name="Sao chép").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Chưa nộp tháng 9/2025, tính đến ")
    assert "Sở Khoa học và Công nghệ" in copied
