"""Every page, in each of their states, at a desk and on a phone: axe, sizes, words."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FRAMEWORKS_OWN: dict[str, str] = {}
"""Rules that Streamlit's own markup breaks, each with the reason; ours must break none."""
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
    "a month gone by": ("/muc-do-day-du?vai=chair&thang=2025-01", wait_for_matrix),
}


@pytest.mark.parametrize("width", [1920, 360])
@pytest.mark.parametrize("state", STATES)
def test_a_page_can_be_used_by_everybody(visit: Visit, state: str, width: int) -> None:
    path, reach = STATES[state]
    page = visit(path, width=width)
    reach(page)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    expect(page.locator("h1")).to_have_count(1)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.lang") == "vi"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not ENGLISH.search(page.locator("body").inner_text())
    if state != "overview":
        assert too_small(page) == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
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
        const own = (selector) => [...document.querySelectorAll(
            `:is(.st-key-entry, .st-key-review, .st-key-completeness) :is(${selector})`)].filter(visible);
        const boxes = "[data-testid=stTextInputRootElement], [data-testid=stRadioOption]";
        const low = own(`[data-testid=stButton] button, ${boxes}`)
            .filter((e) => e.getBoundingClientRect().height < 44);
        const small = own("p, li, h2, th, td, dt, dd, input[type=text]")
            .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 16);
        return [...low, ...small].map((e) => e.outerHTML.slice(0, 200));
        }"""
    )
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_chair_sees_every_target_without_scrolling_in_letters_big_enough(visit: Visit, language: str) -> None:
    page = visit(f"/?vai=chair&lang={language}")
    wait_for_overview(page)
    page.wait_for_load_state("networkidle")
    bottoms = page.locator(".overview tbody tr").evaluate_all("rows => rows.map(r => r.getBoundingClientRect().bottom)")
    assert max(bottoms) <= 1080
    assert smallest_letters(page, ".overview tbody, .sentence, .facts") >= 18
    if language == "vi":
        assert not re.search(r"\d\.\d{1,2}\s*%|\d,\d{3}(?!\d)", page.locator("body").inner_text())
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert smallest_letters(page, ".stMain") >= 16


def smallest_letters(page: Page, selector: str) -> float:
    """Return the size in px of the smallest letters seen inside the elements selected."""
    smallest: float = page.evaluate(
        """(selector) => Math.min(...[...document.querySelectorAll(selector)]
            .flatMap((root) => [...root.querySelectorAll("*"), root])
            .filter((e) => e.getClientRects().length && !["STYLE", "SCRIPT"].includes(e.tagName))
            .filter((e) => [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.nodeValue.trim()))
            .map((e) => parseFloat(getComputedStyle(e).fontSize)))""",
        selector,
    )
    return smallest
