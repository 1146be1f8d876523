"""The overview in the meeting room and on a phone: fifteen targets, light and dark, on paper, without colour."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scorecard.workflow.settings import ROOT
from tests.browser.conftest import settle
from tests.presentation.report.printed import A4, said, sheet_of, size_of, without_letters

Visit = Callable[..., Page]
FOUR_MORE = """\
  - {id: commune-dossiers, name: "Ít nhất 75% hồ sơ của các xã, phường xử lý hoàn toàn trực tuyến",
     indicator: full_online_dossiers, goal: ">= 75%", due: 2025-12-31, lead: so-khcn, scope: {level: commune}}
  - {id: most-procedures, name: Trên 95% thủ tục đủ điều kiện được cung cấp toàn trình,
     indicator: full_online_procedures, goal: "> 95%", due: 2025-12-31, lead: van-phong-ubnd}
  - {id: most-users, name: Trên 90% người dùng được định danh và xác thực,
     indicator: identified_users, goal: "> 90%", due: 2025-12-31, lead: so-khcn}
  - {id: commune-files, name: Trên 60% hồ sơ công việc cấp xã được xử lý trên môi trường mạng,
     indicator: online_work_files, goal: "> 60%", due: 2025-12-31, lead: so-khcn, scope: {level: commune}}
"""
CUT = """() => [...document.querySelectorAll(".overview tbody *, .facts, .sentence, .st-key-counts *")]
    .filter((e) => e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline")
    .map((e) => e.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped definitions, with four more targets in the first plan: fifteen."""
    folder = tmp_path_factory.mktemp("fifteen") / "targets"
    shutil.copytree(ROOT / "targets", folder)
    with (folder / "thai-nguyen" / "plans" / "kh-222-2024.yaml").open("a", encoding="utf-8") as plan:
        plan.write(FOUR_MORE)
    return folder


def opened(visit: Visit, address: str = "/?vai=chair", **size: int) -> Page:
    page = visit(address, **size)
    expect(page.locator(".overview tbody tr")).to_have_count(15)
    settle(page)
    return page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_check_01_fifteen_targets_are_seen_without_scrolling_in_letters_big_enough(visit: Visit, language: str) -> None:
    page = opened(visit, f"/?vai=chair&lang={language}")
    bottoms = page.locator(".overview tbody tr").evaluate_all("rows => rows.map(r => r.getBoundingClientRect().bottom)")
    assert max(bottoms) <= 1080
    assert page.evaluate(CUT) == []
    assert smallest_letters(page, ".overview tbody, .sentence, .facts") >= 18
    names = page.locator(".overview th.target a, .overview td.value strong")
    assert names.evaluate_all("all => Math.min(...all.map(e => parseFloat(getComputedStyle(e).fontSize)))") >= 22
    for column in ("status", "target", "value", "goal", "prospects", "lead"):
        cells = page.locator(f".overview tbody :is(td, th).{column}").all_inner_texts()
        assert [cell for cell in cells if not cell.strip()] == []
    if language == "vi":
        assert not re.search(r"\d\.\d{1,2}\s*%|\d,\d{3}(?!\d)", page.locator("body").inner_text())


@pytest.mark.parametrize(("width", "height"), [(360, 170), (320, None)])
def test_on_a_phone_each_target_is_a_small_card_with_nothing_cut(visit: Visit, width: int, height: int | None) -> None:
    page = opened(visit, width=width, height=800)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT) == []
    assert smallest_letters(page, ".stMain") >= 16
    heights = page.locator(".overview tbody tr").evaluate_all("rows => rows.map(r => r.getBoundingClientRect().height)")
    assert max(heights) <= (height or max(heights))


def test_light_or_dark_is_chosen_in_the_frame_and_survives_a_reload_and_another_page(visit: Visit) -> None:
    page = opened(visit)
    ground, box = page.locator(".stApp"), page.get_by_role("combobox", name="Màu nền")
    expect(ground).to_have_css("background-color", "rgb(255, 255, 255)")
    box.select_option("Nền tối")
    expect(ground).to_have_css("background-color", "rgb(15, 27, 45)")
    page.reload()
    expect(page.locator(".overview")).to_be_visible()
    expect(ground).to_have_css("background-color", "rgb(15, 27, 45)")
    expect(box).to_have_value("dark")
    page.locator(".overview th.target a").first.click()
    expect(page).to_have_url(re.compile(r"/chi-tieu\?.*muc="))
    expect(ground).to_have_css("background-color", "rgb(15, 27, 45)")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.emulate_media(color_scheme="light")
    box.select_option("Nền theo máy")
    expect(ground).to_have_css("background-color", "rgb(255, 255, 255)")


def test_on_paper_the_rows_stay_and_the_boxes_to_choose_from_go(visit: Visit) -> None:
    page = opened(visit)
    page.emulate_media(media="print")
    expect(page.locator(".overview tbody tr").last).to_be_visible()
    expect(page.get_by_test_id("stSelectbox").first).to_be_hidden()
    expect(page.locator("select.theme")).to_be_hidden()
    expect(page.locator(".overview .mark").first).to_be_visible()


def test_check_19_the_overview_prints_on_one_page_of_a4_with_its_letters_in_it(visit: Visit) -> None:
    page = opened(visit)
    expect(page.locator(".st-key-counts button").last).to_be_visible()
    content = page.pdf(prefer_css_page_size=True, print_background=False)
    sheet = sheet_of(content)
    assert size_of(sheet) == A4[::-1]
    assert "Chậm tiến độ" in said(sheet)
    assert "Có nguy cơ" in said(sheet)
    assert said(sheet).count("31/12/2025") >= 15
    assert without_letters(sheet) == []


def test_the_one_page_report_is_sent_when_its_button_is_pressed(visit: Visit) -> None:
    page = opened(visit)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Tải báo cáo một trang (PDF)").click()
    assert downloading.value.suggested_filename == "bao-cao-kh-222-2024-2025-09.pdf"
    sheet = sheet_of(Path(downloading.value.path()).read_bytes())
    assert size_of(sheet) == A4
    printed = said(sheet)
    assert all(f"{number}. " in printed for number in range(1, 16))
    assert page.locator(".sentence").inner_text() in printed
    assert re.search(r"Lý do từng trạng thái: http://\S+/tong-quan\?ke-hoach=kh-222-2024&ky= ?2025-09", printed)


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
