"""The checks of the design that hold for every page, named after their number; each page is visited once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import MILLISECONDS_TO_WAIT, settle

PLACES = {
    "overview": "/?vai=chair",
    "own unit": "/?vai=commune_head&ky=2025-08",
    "target": "/chi-tieu?vai=chair",
    "origin": "/tu-dau-ra?vai=chair",
    "comparison": "/so-sanh?vai=chair",
    "justifications": "/giai-trinh?vai=chair",
    "meeting": "/hop?vai=chair",
    "entry list": "/nhap-so-lieu?vai=science_head",
    "entry form": "/nhap-so-lieu?vai=commune_reporter&phieu=online-services.05908.2025-09",
    "review": "/duyet-so-lieu?vai=reviewer",
    "completeness": "/muc-do-day-du?vai=chair",
    "corrections": "/so-dinh-chinh?vai=commune_head",
    "audit": "/nhat-ky?vai=administrator",
    "accounts": "/tai-khoan?vai=administrator",
}
WIDE, PHONE, NARROW = 1920, 360, 320
SMALLEST_WIDE_PX, SMALLEST_PHONE_PX, SMALLEST_IN_CHARTS_PX = 18, 16, 16
SMALLEST_TARGET_PX, PHONE_CONTROL_PX = 24, 44
FRAMEWORKS_OWN = "[data-testid=stHeader], [data-testid=stToolbar], [data-testid=stTooltipIcon], .spoken"
"""Left out of sizes: the bar with the menu, and what only a screen reader is told."""

LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
DECIMAL_POINT = re.compile(r"\d+\.\d{1,2}\s*%")
COMMA_THOUSANDS = re.compile(r"(?<![\d,])[1-9]\d{0,2}(?:,\d{3})+(?!\d|\s*(?:%|điểm))")
ENGLISH = re.compile(
    r"Press Enter|Choose|No results|Submit|Search|Fullscreen|Show data|Download as|\b(error|Running|None|NaN|null)\b"
)
LONGEST_ALT = 250


@dataclass(frozen=True)
class Seen:
    """What a page is, on a wide screen and on a phone."""

    wide: dict[str, Any]
    phone: dict[str, Any]
    narrow_width: int


@pytest.fixture(scope="module")
def window(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN")
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module", params=PLACES)
def seen(request: pytest.FixtureRequest, window: Page, address: str) -> Seen:
    """Open a page once and look at it in each width."""
    window.set_viewport_size({"width": WIDE, "height": 1080})
    window.goto(address + PLACES[request.param])
    window.locator("h1").first.wait_for()
    settle_charts(window)
    wide = look(window)
    window.set_viewport_size({"width": NARROW, "height": 800})
    settle_charts(window)
    narrow = window.evaluate("document.documentElement.scrollWidth")
    window.set_viewport_size({"width": PHONE, "height": 800})
    settle_charts(window)
    return Seen(wide, look(window), narrow)


def settle_charts(page: Page) -> None:
    """Wait until the script has ended and every chart is drawn."""
    settle(page)
    for chart in page.locator("[data-testid=stVegaLiteChart]").all():
        chart.locator("svg.marks").first.wait_for()


def look(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(LOOK, FRAMEWORKS_OWN)
    return found


def below(sizes: list[list[Any]], least: float) -> list[list[Any]]:
    return [each for each in sizes if each[0] < least]


def test_check_04_language_title_headings_and_landmarks(seen: Seen) -> None:
    page = seen.wide
    assert page["lang"] == "vi"
    assert page["title"].strip()
    assert page["h1"] == 1
    assert page["levels"][0] == 1
    assert all(after <= before + 1 for before, after in zip(page["levels"], page["levels"][1:], strict=False))
    assert page["mains"] == 1
    assert page["navs"]
    assert not [name for name in page["navs"] if not name or re.search(r"\b(page|app|navigation)", name, re.I)]


def test_check_05_numbers_are_written_the_vietnamese_way(seen: Seen) -> None:
    said = "\n".join(seen.wide["words"])
    assert not DECIMAL_POINT.findall(said)
    assert not COMMA_THOUSANDS.findall(said)


def test_check_06_no_english_is_left(seen: Seen) -> None:
    for page in (seen.wide, seen.phone):
        assert not [each for each in page["words"] if ENGLISH.search(each)]


def test_check_07_each_status_has_its_shape_and_its_word(seen: Seen) -> None:
    for drawn, word in seen.wide["chips"] + seen.phone["chips"]:
        assert drawn
        assert word


def test_check_09_no_letters_are_too_small(seen: Seen) -> None:
    assert below(seen.wide["letters"], SMALLEST_PHONE_PX) == []
    assert below(seen.phone["letters"], SMALLEST_PHONE_PX) == []
    assert below(seen.wide["drawnLetters"] + seen.phone["drawnLetters"], SMALLEST_IN_CHARTS_PX) == []


def test_check_10_nothing_runs_off_the_side_of_a_narrow_screen_or_at_four_times_the_size(seen: Seen) -> None:
    assert seen.phone["width"] <= PHONE
    assert seen.narrow_width <= NARROW  # 1280 px at 400%


def test_check_11_everything_to_press_is_large_enough(seen: Seen) -> None:
    assert below(seen.wide["targets"] + seen.phone["targets"], SMALLEST_TARGET_PX) == []
    assert below(seen.phone["heights"], PHONE_CONTROL_PX) == []


def test_check_13_each_chart_is_told_in_words_and_has_its_table(seen: Seen) -> None:
    for chart in seen.wide["charts"]:
        assert 0 < len(chart["alt"]) <= LONGEST_ALT
        assert chart["rows"]
