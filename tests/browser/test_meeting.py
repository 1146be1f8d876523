"""A whole meeting: freeze, present with keys, also without the network, give work, and the next month's meeting."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Page, expect

from scorecard.definitions import read_province
from scorecard.domain.access import Person, Role
from scorecard.domain.figure import Figure
from scorecard.domain.period import Month, Period
from scorecard.presentation.formats import NO_BREAK_SPACE
from scorecard.presentation.meeting_content import tell
from scorecard.store import Batch, EventKind, ReturnDraft, open_store
from scorecard.workflow.meeting import freeze
from scorecard.workflow.settings import ROOT
from tests.browser.conftest import settle
from tests.browser.reaching import choose

Visit = Callable[..., Page]
DEFINITIONS = ROOT / "targets" / "thai-nguyen"
OFFICE, OCTOBER = "van-phong-ubnd", Month.parse("2025-10")
NEXT_MEETING = datetime(2025, 11, 4, 1, tzinfo=UTC)
REVIEWER = Person("demo-reviewer", "Chuyên viên", Role.REVIEWER)
ELEMENT = "essential_services_online"
SERVICES = "Cung cấp đủ 76 dịch vụ công thiết yếu của Đề án 06"
MOST_WORDS = 40
SMALLEST_PX = 26
PATIENCE_MS = 30_000


def shown(page: Page) -> int:
    """Return which slide is shown: exactly one, the one that the address names."""
    (current,) = page.evaluate(
        "[...document.querySelectorAll('.slide')].flatMap((s, n) => s.getClientRects().length ? [n + 1] : [])"
    )
    assert f"trang={current}" in page.url
    return current


def press(page: Page, key: str) -> int:
    page.keyboard.press(key)
    return shown(page)


def give(page: Page, what: str, promised: str) -> None:
    page.get_by_label("Việc được giao").fill(what)
    page.get_by_label("Hạn (ngày/tháng/năm)").fill("31/10/2025")
    page.get_by_label("Con số hứa đạt").fill(promised)
    choose(page, "Chỉ tiêu", SERVICES)
    page.get_by_role("button", name="Ghi việc được giao").click()


def hold_the_next_meeting(database: Path) -> None:
    province = read_province(DEFINITIONS).province
    assert province is not None
    plan = next(plan for plan in province.plans if plan.id == "kh-222-2024")
    period = Period(OCTOBER, OCTOBER)
    office = province.units.find(OFFICE, OCTOBER.last_day)
    assert office is not None
    figure = Figure(unit_id=office.id, element_id=ELEMENT, period=period, value=Decimal(76))
    draft = ReturnDraft(unit_id=office.id, form_id="essential-services", period=period, figures=(figure,))
    store = open_store(f"sqlite:///{database}")
    batch = Batch(
        kind=EventKind.FIGURES_IMPORTED,
        province_id=province.id,
        person_id="test",
        at=NEXT_MEETING,
        returns=(draft,),
        approved=True,
        details={"rows": "1"},
    )
    store.record(batch)
    freeze(
        store,
        province,
        REVIEWER,
        plan,
        OCTOBER,
        "Họp tháng 11",
        definitions=DEFINITIONS,
        tell=lambda board, history: tell(board, history, province, plan, OCTOBER),
        now=NEXT_MEETING,
    )
    assert store.verify() == ()
    store.close()


def test_check_18_a_meeting_from_freezing_to_the_next_month(visit: Visit, database: Path) -> None:
    page = visit("/hop?vai=reviewer")
    settle(page)
    page.get_by_label("Tên bản chốt").fill("Họp tháng 10")
    page.get_by_role("button", name="Chốt tháng 9/2025").click()
    expect(page.locator(".meeting-told")).to_contain_text("Đã chốt “Họp tháng 10”, bản số 1, mã ", timeout=PATIENCE_MS)
    page.get_by_role("link", name="Trình chiếu: Họp tháng 10").click()
    expect(page.locator(".slide.current")).to_contain_text(
        "4/11 chỉ tiêu đã đạt hoặc đúng tiến độ.", timeout=PATIENCE_MS
    )
    settle(page)

    assert shown(page) == 1
    count = page.locator(".slide").count()
    assert count == 9
    assert [press(page, key) for key in ("PageDown", "ArrowRight", " ")] == [2, 3, 4]
    assert [press(page, key) for key in ("PageUp", "ArrowLeft")] == [3, 2]
    assert [press(page, key) for key in ("End", "PageDown", "Home", "PageUp")] == [count, count, 1, 1]
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")

    press(page, "PageDown")
    assert press(page, "PageDown") == 3
    page.reload()
    expect(page.locator(".slide.current")).to_be_visible(timeout=PATIENCE_MS)
    assert shown(page) == 3
    assert_looks_like_slides(page)
    settle(page)

    page.context.set_offline(True)
    expect(page.locator(".lost")).to_be_visible(timeout=PATIENCE_MS)
    assert [press(page, key) for key in ("PageDown", "End")] == [4, count]
    page.get_by_label("Việc được giao").fill("Cung cấp nốt một dịch vụ")
    page.get_by_label("Hạn (ngày/tháng/năm)").press("Home")
    assert shown(page) == count
    page.wait_for_timeout(3000)
    page.context.set_offline(False)
    expect(page.locator(".lost")).to_be_hidden()
    expect(page.get_by_label("Việc được giao")).to_have_value("Cung cấp nốt một dịch vụ")

    give(page, "Cung cấp nốt một dịch vụ", "76")
    expect(page.locator(".meeting-told.done")).to_contain_text("Đã ghi: Văn phòng Ủy ban nhân dân tỉnh")
    expect(page.locator(".slide.current li")).to_have_count(1)
    assert shown(page) == count
    settle(page)
    give(page, "Mở thêm bốn dịch vụ", "80")
    expect(page.locator(".slide.current li")).to_have_count(2)

    hold_the_next_meeting(database)
    page.goto(page.url.split("?")[0] + "?vai=chair")
    expect(page.locator(".slide.current")).to_be_visible(timeout=PATIENCE_MS)
    kept, broken = page.locator(".slide.commitment").all_text_contents()
    assert kept.startswith("Đã giữ lờiVăn phòng Ủy ban nhân dân tỉnh: Cung cấp nốt một dịch vụlúc giao 75/76")
    assert "nay 76/76" in kept.replace(NO_BREAK_SPACE, " ")
    assert broken.startswith("Chưa giữ lờiVăn phòng Ủy ban nhân dân tỉnh: Mở thêm bốn dịch vụ")
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("Họp")
    expect(page.locator(".given")).to_contain_text("Đã giữ lời")


def assert_looks_like_slides(page: Page) -> None:
    """Check words, charts and sizes of every slide, and that nothing of the framework is in sight."""
    words = page.evaluate(
        r"""[...document.querySelectorAll('.slide')].map(slide => { const copy = slide.cloneNode(true);
        copy.querySelectorAll('svg, footer').forEach(part => part.remove());
        return [...copy.querySelectorAll('*')].filter(e => !e.children.length).map(e => e.textContent)
            .join(' ').split(/\s+/).filter(Boolean).length; })"""
    )
    assert max(words) <= MOST_WORDS
    charts = "[...document.querySelectorAll('.slide')].map(s => s.querySelectorAll('svg:not(.mark)').length)"
    assert max(page.evaluate(charts)) == 1
    for _ in words:
        smallest = page.evaluate(
            """Math.min(...[...document.querySelectorAll('.slide.current *')]
            .filter(e => e.getClientRects().length)
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.nodeValue.trim()))
            .map(e => parseFloat(getComputedStyle(e).fontSize)
                * (e.closest('svg.course') ? e.closest('svg').getBoundingClientRect().width / 1100 : 1)))"""
        )
        assert smallest >= SMALLEST_PX
        assert page.evaluate("document.querySelector('.slide.current').getBoundingClientRect().bottom") <= 1080
        press(page, "PageDown")
    press(page, "Home")
    for part in ("stHeader", "stToolbar", "stStatusWidget"):
        expect(page.get_by_test_id(part)).to_be_hidden()
    while shown(page) < 3:
        press(page, "PageDown")


def test_the_wall_moves_on_by_itself_begins_again_and_tells_when_the_server_is_gone(visit: Visit) -> None:
    page = visit("/man-hinh?vai=chair&giay=5")
    expect(page.locator(".slide.current")).to_be_visible(timeout=PATIENCE_MS)
    assert shown(page) == 1
    moved_to = "number => new URLSearchParams(location.search).get('trang') === String(number)"
    page.wait_for_function(moved_to, arg=2, timeout=PATIENCE_MS)
    assert shown(page) == 2
    assert press(page, "End") == page.locator(".slide").count()
    page.wait_for_function(moved_to, arg=1, timeout=PATIENCE_MS)
    assert shown(page) == 1
    expect(page.locator(".wall-clock .age")).to_have_text("0 phút trước")
    expect(page.locator(".wall-clock .lost")).to_be_hidden()
    page.context.set_offline(True)
    expect(page.locator(".wall-clock .lost")).to_contain_text("Mất kết nối với máy chủ")
    page.context.set_offline(False)
    expect(page.locator(".wall-clock .lost")).to_be_hidden(timeout=PATIENCE_MS)
