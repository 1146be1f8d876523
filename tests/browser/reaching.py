"""What is done on a page to bring it into one of its states."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import settle


def wait_for_overview(page: Page) -> None:
    expect(page.locator(".overview")).to_be_visible()


def wait_for_list(page: Page) -> None:
    expect(page.locator(".entry-owed").first).to_be_visible()


def open_form(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Danh mục, biểu mẫu")).click()
    expect(page.get_by_role("textbox")).to_have_count(10)


def refuse(page: Page) -> None:
    open_form(page)
    page.get_by_role("textbox").first.fill("")
    page.get_by_role("button", name="Kiểm tra lại").click()
    expect(page.locator(".entry-corrections")).to_be_focused()


def review(page: Page) -> None:
    open_form(page)
    for box in page.get_by_role("textbox").all():
        box.fill("9")
    page.get_by_role("button", name="Kiểm tra lại").click()
    expect(page.locator(".entry-table")).to_be_visible()


def open_members(page: Page) -> None:
    page.get_by_text("Dịch vụ số 1–20").click()
    page.get_by_role("radio", name="Đã cung cấp").first.check()
    expect(page.get_by_role("textbox", name=re.compile("Từ ngày"))).to_be_visible()


def open_steps(page: Page) -> None:
    page.get_by_role("radio", name="Đã xong").check()
    expect(page.get_by_role("textbox", name=re.compile("Minh chứng"))).to_be_visible()


def open_closed(page: Page) -> None:
    expect(page.get_by_role("button", name="Xin mở lại")).to_be_visible()


def wait_for_queue(page: Page) -> None:
    expect(page.locator(".review-item").first).to_be_visible()


def refuse_to_send_back(page: Page) -> None:
    wait_for_queue(page)
    page.get_by_role("button", name="Trả lại…").first.click()
    page.get_by_role("button", name="Gửi trả lại đơn vị").click()
    expect(page.locator(".review-error")).to_be_visible()


def confirm_many(page: Page) -> None:
    page.get_by_role("button", name=re.compile("phiếu không có cảnh báo")).click()
    expect(page.locator(".review-titles")).to_be_visible()


def open_reopening(page: Page) -> None:
    page.get_by_role("button", name="Mở lại…").click()
    expect(page.get_by_role("button", name=re.compile("Mở lại đến hết"))).to_be_visible()


def wait_for_matrix(page: Page) -> None:
    expect(page.locator(".matrix")).to_be_visible()
    wait_for_charts(page)


def wait_for_justifications(page: Page) -> None:
    page.locator("code").wait_for()  # below the table; what draws it comes as a file of its own


def refuse_justification(page: Page) -> None:
    page.get_by_role("button", name="Ghi giải trình").click()
    expect(page.locator(".entry-corrections")).to_be_focused()


def wait_for_charts(page: Page) -> None:
    page.locator("[data-testid=stVegaLiteChart] :is(svg, canvas)").first.wait_for()


def wait_for_refusal(page: Page) -> None:
    expect(page.get_by_role("button", name="Về trang của đơn vị tôi")).to_be_visible()


def wait_for_sums(page: Page) -> None:
    page.locator(".sums tfoot").first.wait_for()


def choose(page: Page, label: str, name: str) -> None:
    """Choose from a list; one that was opened closes again when a chart above it takes its place."""
    settle(page)
    option = page.get_by_role("option", name=name, exact=True)
    for _ in range(20):
        if option.is_visible():
            break
        page.get_by_role("combobox", name=label).click()
        page.wait_for_timeout(500)
    option.click()


def pick_a_unit(page: Page, name: str) -> None:
    """Suppose one unit better, chosen by hand."""
    choose(page, "Cách chọn đơn vị", "Tự chọn từng đơn vị")
    box = page.get_by_role("combobox", name=re.compile("^Chọn đơn vị"))
    box.fill(name)
    page.get_by_role("option", name=re.compile(f"^{name}")).click()
    expect(page.locator(".supposed")).to_contain_text("1 đơn vị bạn chọn")
    page.keyboard.press("Escape")


def wait_for_target(page: Page) -> None:
    wait_for_sums(page)
    page.locator(".st-key-chart-units svg.marks").first.wait_for()
    page.locator(".supposed").wait_for()
    pick_a_unit(page, "Xã Định Hóa")
    page.locator("summary", has_text="Bảng số liệu").first.click()
    expect(page.locator(".behind .points").first).to_be_visible()


def wait_for_steps(page: Page) -> None:
    page.locator(".records").wait_for()
    page.locator("summary", has_text="Cách tính từng bước").click()
    page.locator("[data-testid=stCode]").wait_for()


def wait_for_records(page: Page) -> None:
    expect(page.locator(".records").first).to_be_visible()


def wait_for_corrections(page: Page) -> None:
    expect(page.get_by_text("Mọi lần ghi đều được giữ")).to_be_visible()


def wait_for_compared(page: Page) -> None:
    page.locator(".compared").first.wait_for()
    wait_for_charts(page)


def open_former_units(page: Page) -> None:
    wait_for_compared(page)
    page.locator("summary", has_text="Số của đơn vị cũ").click()
    expect(page.locator(".compared.unranked").last).to_be_visible()


def wait_for_tiles(page: Page) -> None:
    page.locator(".tile").first.wait_for()


def freeze(page: Page) -> None:
    settle(page)
    page.get_by_label("Tên bản chốt").fill(f"Họp {page.url[-8:]} {page.viewport_size}")
    page.get_by_role("button", name="Chốt tháng").click()
    expect(page.locator(".meeting-told")).to_be_visible()


def present(page: Page) -> None:
    page.goto(page.url.replace("/hop", "/trinh-chieu"))
    expect(page.locator(".slide.current")).to_be_visible()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Ghi việc được giao")).to_be_visible()


def freeze_and_present(page: Page) -> None:
    freeze(page)
    present(page)


def present_a_target(page: Page) -> None:
    freeze_and_present(page)
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")


def wait_for_wall(page: Page) -> None:
    expect(page.locator(".slide.current")).to_be_visible()


def say(words: str) -> Callable[[Page], None]:
    """Wait until the page tells why there is nothing else to show."""

    def reach(page: Page) -> None:
        expect(page.get_by_text(words).first).to_be_visible()
        settle(page)

    return reach


def open_file(page: Page) -> None:
    page.get_by_text("Nhập bằng tệp Excel").click()
    expect(page.get_by_role("button", name=re.compile("Tải tệp Excel để điền")).first).to_be_visible()
