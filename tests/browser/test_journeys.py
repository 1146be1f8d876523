"""From typing a number to the overview that counts it, as people do it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from scorecard.definitions import read_province
from scorecard.domain.access import EVERY_UNIT, Person, Role
from scorecard.domain.period import Period
from scorecard.store import open_store
from scorecard.workflow.owed import find_return
from scorecard.workflow.review import approve, seen, send_back
from scorecard.workflow.settings import ROOT
from tests.browser.conftest import settle

Visit = Callable[..., Page]
Review = Callable[..., None]
SEPTEMBER, TODAY = Period.parse("2025-09"), date(2025, 10, 3)
REVIEWER = Person("demo-reviewer", "x", Role.REVIEWER)
EXPECT_MILLISECONDS = 30_000
expect.set_options(timeout=EXPECT_MILLISECONDS)


@pytest.fixture
def review(database: Path) -> Review:
    """Act as the coordinating office on the demo's own database: approve, or send back with a reason and notes."""

    def act(unit: str, form_id: str, reason: str = "", notes: dict[str, str] | None = None) -> None:
        province = read_province(ROOT / "targets" / "thai-nguyen").province
        assert province is not None
        store = open_store(f"sqlite:///{database}")
        found = find_return(store, province, EVERY_UNIT, unit, province.form(form_id), SEPTEMBER, TODAY)
        assert found is not None
        when = {"now": datetime(2025, 10, 3, 9, tzinfo=UTC), "today": TODAY}
        if reason:
            send_back(store, province, REVIEWER, seen(found), reason, notes=notes, **when)
        else:
            approve(store, province, REVIEWER, [seen(found)], **when)
        store.close()

    return act


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


def open_form(page: Page, form: str) -> None:
    """Open a form from the list, also where an earlier visit left a draft of it."""
    start, resume = (page.get_by_role("button", name=f"{offer}: {form}") for offer in ("Nhập số liệu", "Nhập tiếp"))
    start.or_(resume).click()


def file_return(page: Page, form: str, answers: dict[str, str]) -> None:
    open_form(page, form)
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


def test_on_a_phone_a_commune_files_is_sent_back_corrects_and_sees_it_approved(visit: Visit, review: Review) -> None:
    page = visit("/nhap-so-lieu?vai=commune_head", width=360, height=800)
    form, online = "Dịch vụ công trực tuyến hằng tháng, tháng 9/2025", "Trong đó, hồ sơ xử lý hoàn toàn trực tuyến"
    file_return(page, form, {"Hồ sơ tiếp nhận trong tháng": "2.240", online: "1 420"})
    expect(page.locator(".entry-rates")).to_contain_text("63,4%")
    page.get_by_role("button", name="Nộp số liệu").click()
    expect_title(page, "Đã nộp")
    page.get_by_role("button", name="Về danh sách biểu").click()
    card = page.get_by_test_id("stVerticalBlock").filter(has=page.get_by_role("heading", name=form[:34])).last
    expect(card).to_contain_text("Đã nộp, chờ duyệt")

    review("05908", "online-services", "Số toàn trình cao bất thường", {"dossiers_full_online": "Đối chiếu lại"})
    page.reload()
    expect(card).to_contain_text("Cần sửa")
    page.get_by_role("button", name=f"Sửa và nộp lại: {form}").click()
    expect(page.locator(".entry-notice")).to_contain_text("Số toàn trình cao bất thường")
    expect(page.locator(".entry-note")).to_have_text("Cần xem lại: Đối chiếu lại")
    expect(box(page, online)).to_have_value("1.420")
    box(page, online).fill("1.240")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Kiểm tra lại").click()
    expect_title(page, "Kiểm tra lại")
    settle(page)
    page.get_by_role("textbox").fill("Đã trừ hồ sơ đếm hai lần")
    page.get_by_role("button", name="Nộp số liệu").click()
    expect_title(page, "Đã nộp")

    review("05908", "online-services")
    page.get_by_role("button", name="Về danh sách biểu").click()
    expect(card).to_contain_text("Đã duyệt")
    page.get_by_role("button", name=f"Xem: {form}").click()
    expect(page.locator(".entry-table")).to_contain_text(re.compile(r"1\.240\shồ\ssơ"))
    expect(page.get_by_text("người duyệt: Chuyên viên tổng hợp")).to_be_visible()
    expect(page.get_by_role("button", name="Kiểm tra lại")).to_have_count(0)


def test_a_second_form_typed_the_vietnamese_way_is_read_back_and_asks_why_it_is_unusual(visit: Visit) -> None:
    page = visit("/nhap-so-lieu?vai=commune_head", width=360, height=800)
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
    expect(page.get_by_role("button", name="Sửa số đã nộp: Hồ sơ công việc trên môi trường mạng")).to_be_visible()


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


def test_check_12_with_the_keyboard_alone_a_return_is_filed_sent_back_corrected_and_seen_approved(
    visit: Visit, review: Review
) -> None:
    page = visit("/nhap-so-lieu?vai=science_head")
    form = "Hồ sơ công việc trên môi trường mạng hằng tháng, tháng 9/2025"
    due, online = "Hồ sơ công việc phải xử lý trong tháng", "Trong đó, xử lý trên môi trường mạng"
    enter(page, f"Nhập số liệu: {form}")
    expect_title(page, form)
    for label, number in ((due, "210"), (online, "200")):
        press_until(page, label)
        page.keyboard.type(number)
    submit_by_keyboard(page)

    review("so-khcn", "work-files", "Tổng số chưa khớp báo cáo", {"work_files_total": "Xem lại tổng số"})
    enter(page, "Về danh sách biểu")
    enter(page, f"Sửa và nộp lại: {form}")
    expect(page.locator(".entry-notice")).to_contain_text("Tổng số chưa khớp báo cáo")
    press_until(page, due)
    page.keyboard.press("Control+A")
    page.keyboard.type("205")
    submit_by_keyboard(page)

    review("so-khcn", "work-files")
    enter(page, "Về danh sách biểu")
    enter(page, f"Xem: {form}")
    expect(page.locator(".entry-table")).to_contain_text(re.compile(r"205\shồ\ssơ"))
    expect(page.get_by_text("người duyệt: Chuyên viên tổng hợp")).to_be_visible()


def submit_by_keyboard(page: Page) -> None:
    enter(page, "Kiểm tra lại")
    expect_title(page, "Kiểm tra lại")
    settle(page)
    for reason in page.get_by_role("textbox").all():
        press_until(page, reason.get_attribute("aria-label") or "")
        page.keyboard.type("Đã đối chiếu với sổ theo dõi")
    enter(page, "Nộp số liệu")
    expect_title(page, "Đã nộp")


def enter(page: Page, name: str) -> None:
    press_until(page, name)
    page.keyboard.press("Enter")


def test_what_was_typed_is_there_in_another_browser_after_this_one_was_closed(visit: Visit, browser: Browser) -> None:
    page = visit("/nhap-so-lieu?vai=science_head")
    open_form(page, "Danh mục, biểu mẫu và người dùng dịch vụ công trực tuyến")
    eligible, offered = (
        "Thủ tục hành chính đủ điều kiện cung cấp toàn trình",
        "Trong đó, đã cung cấp toàn trình",
    )
    box(page, eligible).fill("1.23")
    box(page, offered).fill("77")
    expect(page.get_by_text(re.compile("Máy hiểu là: 77"))).to_be_visible()
    settle(page)
    address = page.url
    page.close()
    with browser.new_context(locale="vi-VN") as another:
        later = another.new_page()
        later.goto(address)
        expect(later.locator(".entry-notice")).to_contain_text("Đây là bản nhập dở")
        expect(box(later, eligible)).to_have_value("1.23")
        expect(box(later, offered)).to_have_value("77")
        later.get_by_role("button", name="Bỏ bản nhập dở").click()
        expect(later.locator(".entry-notice")).to_contain_text("Bỏ hẳn bản nhập dở?")
        expect(box(later, offered)).to_have_value("77")
        later.get_by_role("button", name="Bỏ hẳn, nhập lại từ đầu").click()
        expect(box(later, eligible)).to_have_value("")
        expect(box(later, offered)).to_have_value("")
        expect(later.locator(".entry-notice")).to_have_count(0)
        box(later, offered).fill("78")
        expect(later.get_by_text(re.compile("Máy hiểu là: 78"))).to_be_visible()
        expect(box(later, eligible)).to_have_value("")


def test_on_a_phone_and_by_keyboard_a_step_of_a_milestone_is_filed_with_its_evidence(visit: Visit) -> None:
    page = visit("/nhap-so-lieu?vai=science_head&phieu=milestone:data-store.so-khcn.2025-09", width=360, height=800)
    step = "1. Hoàn thành kho dữ liệu số phục vụ giải quyết thủ tục"
    group = page.get_by_role("radiogroup", name=re.compile(step))
    for _ in range(40):
        page.keyboard.press("Tab")
        if group.get_by_role("radio", name="Đã xong").evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Space")
    press_until(page, "Xong ngày (ví dụ 05/3/2025)")
    page.keyboard.type("20/9/2025")
    press_until(page, "Minh chứng: địa chỉ https://… hoặc số văn bản (ví dụ QĐ 123/QĐ-UBND ngày 05/3/2025)")
    page.keyboard.type("https://thainguyen.gov.vn/vb/12")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    submit_by_keyboard(page)
    told = page.get_by_role("table", name="Số đã nộp")
    expect(told).to_contain_text("đã xong ngày 20/09/2025, https://thainguyen.gov.vn/vb/12")
    page.close()


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
    open_form(page, "Dịch vụ công trực tuyến hằng tháng")
    box(page, "Hồ sơ tiếp nhận trong tháng").fill("210")
    box(page, "Trong đó, hồ sơ xử lý hoàn toàn trực tuyến").fill("200")
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
    page = visit("/tong-quan?vai=science_head")
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


def test_the_overview_opens_under_its_own_name_with_what_the_address_chooses(visit: Visit) -> None:
    page = visit("/tong-quan?vai=chair&ky=2025-06")
    expect(page.locator(".facts")).to_contain_text("tháng 6/2025")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert urlsplit(page.url).path == "/tong-quan"


def test_a_double_click_approves_one_return_and_says_so_once(visit: Visit) -> None:
    page = visit("/duyet-so-lieu?vai=reviewer&don-vi=so-y-te@2025-07-01")
    own = page.locator("[class*=st-key-review-item-][class*=so-y-te]")
    approve = own.get_by_role("button", name="Duyệt", exact=True)
    expect(approve).to_have_count(2)
    approve.first.dblclick()
    notice = page.locator(".review-notice")
    expect(notice).to_contain_text("Đã duyệt: Sở Y tế: ")
    expect(approve).to_have_count(1)
    settle(page)
    page.wait_for_timeout(1500)
    expect(notice).to_contain_text("Đã duyệt: Sở Y tế: ")
    expect(approve).to_have_count(1)


def test_what_is_typed_to_send_a_return_back_is_read_by_its_unit(visit: Visit) -> None:
    reviewer = visit("/duyet-so-lieu?vai=reviewer&don-vi=05890@2025-07-01&xem=flagged", width=360, height=800)
    own = reviewer.locator("[class*=st-key-review-item-][class*='05890']")
    own.get_by_role("button", name="Trả lại…").click()
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
