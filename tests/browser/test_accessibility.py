"""Every page, in each of their states, at a desk and on a phone: axe, sizes, words."""

import re
from collections.abc import Callable, Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

Visit = Callable[..., Page]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What can differ between light and dark: the page itself is the same."""
WIDTHS = (1920, 360)
FRAMEWORKS_OWN: dict[str, str] = {}
"""Rules that Streamlit's own markup breaks, each with the reason; ours must break none."""
DARK_GROUND = "rgb(15, 27, 45)"
ENGLISH = re.compile(
    r"Press Enter|Choose|No results|Submit|Search|Fullscreen|Show data|Download as|\b(Running|None|NaN|null)\b"
)


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
    expect(page.locator("[data-testid=stVegaLiteChart] :is(svg, canvas)").first).to_be_visible()


def wait_for_justifications(page: Page) -> None:
    page.locator("code").wait_for()  # below the table; what draws it comes as a file of its own


def refuse_justification(page: Page) -> None:
    page.get_by_role("button", name="Ghi giải trình").click()
    expect(page.locator(".entry-corrections")).to_be_focused()


LATE = "ke-hoach=kh-222-2024&muc=services-redesigned&ky=2025-09"


def wait_for_charts(page: Page) -> None:
    page.locator("[data-testid=stVegaLiteChart] :is(svg, canvas)").first.wait_for()


def wait_for_refusal(page: Page) -> None:
    expect(page.get_by_role("button", name="Về trang của đơn vị tôi")).to_be_visible()


def wait_for_sums(page: Page) -> None:
    page.locator(".sums tfoot").first.wait_for()


def wait_for_target(page: Page) -> None:
    wait_for_sums(page)
    page.locator(".st-key-chart-units svg.marks").first.wait_for()
    page.locator(".supposed").wait_for()
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
    expect(page.locator("[data-testid=stVegaLiteChart] :is(svg, canvas)").first).to_be_visible()


def wait_for_tiles(page: Page) -> None:
    page.locator(".tile").first.wait_for()


def freeze(page: Page) -> None:
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.get_by_label("Tên bản chốt").fill(f"Họp {page.url[-8:]} {page.viewport_size}")
    page.get_by_role("button", name="Chốt tháng").click()
    expect(page.locator(".meeting-told")).to_be_visible(timeout=30_000)


def present(page: Page) -> None:
    page.goto(page.url.replace("/hop", "/trinh-chieu"))
    expect(page.locator(".slide.current")).to_be_visible(timeout=30_000)
    page.keyboard.press("PageDown")
    assert violations(page) == []
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Ghi việc được giao")).to_be_visible()


def freeze_and_present(page: Page) -> None:
    freeze(page)
    present(page)


def wait_for_wall(page: Page) -> None:
    expect(page.locator(".slide.current")).to_be_visible(timeout=30_000)


LOCKED = "mo-don-vi=05665&mo-bieu=online-services&mo-ky=2025-08"
STATES = {
    "overview": ("/?vai=chair", wait_for_overview),
    "own unit": ("/?vai=commune_head&ky=2025-08", wait_for_charts),
    "lead unit": ("/don-vi?vai=science_head", wait_for_charts),
    "another unit": ("/don-vi?vai=commune_head&don-vi=05665@2025-07-01", wait_for_refusal),
    "meeting": ("/hop?vai=chair", freeze),
    "presentation": ("/hop?vai=reviewer", freeze_and_present),
    "wall": ("/man-hinh?vai=chair", wait_for_wall),
    "list": ("/nhap-so-lieu?vai=science_head", wait_for_list),
    "form": ("/nhap-so-lieu?vai=science_head", open_form),
    "errors": ("/nhap-so-lieu?vai=science_head", refuse),
    "review": ("/nhap-so-lieu?vai=science_head", review),
    "members": ("/nhap-so-lieu?vai=office_head&phieu=essential-services.van-phong-ubnd.2025-09", open_members),
    "steps": ("/nhap-so-lieu?vai=science_head&phieu=milestone:data-store.so-khcn.2025-09", open_steps),
    "closed": ("/nhap-so-lieu?vai=office_head&phieu=essential-services.van-phong-ubnd.2025-08", open_closed),
    "queue": ("/duyet-so-lieu?vai=reviewer", wait_for_queue),
    "sending back": ("/duyet-so-lieu?vai=reviewer", refuse_to_send_back),
    "many": ("/duyet-so-lieu?vai=reviewer", confirm_many),
    "reopening": (f"/duyet-so-lieu?vai=reviewer&{LOCKED}", open_reopening),
    "completeness": ("/muc-do-day-du?vai=reviewer", wait_for_matrix),
    "justifications": ("/giai-trinh?vai=chair", wait_for_justifications),
    "justification to correct": (f"/chi-tieu?vai=science_head&{LATE}", refuse_justification),
    "target": ("/chi-tieu?vai=chair", wait_for_target),
    "milestone": ("/chi-tieu?vai=chair&muc=data-store", wait_for_steps),
    "origin of a number": ("/tu-dau-ra?vai=chair", wait_for_sums),
    "origin of a unit's number": ("/tu-dau-ra?vai=reviewer&don-vi=05443@2025-07-01", wait_for_sums),
    "corrections": ("/so-dinh-chinh?vai=reviewer", wait_for_corrections),
    "audit": ("/nhat-ky?vai=administrator", wait_for_records),
    "communes": ("/so-sanh?vai=commune_head", wait_for_compared),
    "departments": ("/so-sanh?vai=chair&nhom=so-nganh&xem=lech", wait_for_compared),
    "tiles": ("/so-sanh?vai=chair&xem=khu-vuc&muc=households-covered", wait_for_tiles),
    "a month gone by": ("/muc-do-day-du?vai=chair&thang=2025-01", wait_for_matrix),
}


@pytest.mark.parametrize("state", STATES)
def test_check_03_a_page_can_be_used_by_everybody(visit: Visit, state: str) -> None:
    path, reach = STATES[state]
    page = visit(path, width=WIDTHS[0])
    reach(page)
    settle(page)
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.lang") == "vi"
    for width in WIDTHS:
        fit(page, width)
        assert violations(page) == []
        assert not ENGLISH.search(page.locator("body").inner_text())
        assert too_small(page) == []
    go_dark(page)
    for width in reversed(WIDTHS):
        fit(page, width)
        assert violations(page, COLOURS) == []


def fit(page: Page, width: int) -> None:
    """Make the window as wide as told, and wait until nothing runs off its side."""
    page.set_viewport_size({"width": width, "height": 1080})
    page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)
    settle(page)


def go_dark(page: Page) -> None:
    """Let the device ask for dark; a page with a chart loads itself again, every other one changes where it stands."""
    redrawn = page.locator("[data-testid=stVegaLiteChart]").count() > 0
    if redrawn:
        with page.expect_navigation():
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        wait_for_charts(page)
        settle(page)
    else:
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(page.locator(".stApp")).to_have_css("background-color", DARK_GROUND)


def violations(page: Page, rules: Mapping[str, object] = RULES) -> list[str]:
    found = Axe().run(page, options=dict(rules)).response["violations"]
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in found
        if each["id"] not in FRAMEWORKS_OWN
        for node in each["nodes"]
    ]


def too_small(page: Page) -> list[str]:
    """Name controls of the pages for reporting less than 44 px high and texts smaller than 16 px."""
    found: list[str] = page.evaluate(
        """() => {
        const visible = (e) => e.getClientRects().length > 0;
        const pages = ["entry", "review", "completeness", "justification", "justifications"]
            .concat(["unit", "target", "origin", "comparison"]);
        const own = (selector) => [...document.querySelectorAll(
            `:is(${pages.map((p) => `.st-key-${p}`)}) :is(${selector})`)].filter(visible);
        const boxes = "[data-testid=stTextInputRootElement], [data-testid=stRadioOption], textarea, .task-link";
        const low = own(`[data-testid=stButton] button, ${boxes}`)
            .filter((e) => e.getBoundingClientRect().height < 44);
        const small = own("p, li, h2, th, td, dt, dd, input[type=text], textarea")
            .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 16);
        return [...low, ...small].map((e) => e.outerHTML.slice(0, 200));
        }"""
    )
    return found
