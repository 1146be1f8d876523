"""The checks of the design that hold for every page in every state, named after their number; each is reached once."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from scorecard.workflow.settings import ROOT
from tests.browser.conftest import free_port, recorded, serving
from tests.browser.look import COLOURS, ENGLISH, NARROW, PHONE, WIDE, fit, go_dark, look, violations
from tests.browser.states import STATES

SMALLEST_WIDE_PX, SMALLEST_PHONE_PX, SMALLEST_IN_CHARTS_PX = 18, 16, 16
SMALLEST_TARGET_PX, PHONE_CONTROL_PX = 24, 44
DECIMAL_POINT = re.compile(r"\d+\.\d{1,2}\s*%")
COMMA_THOUSANDS = re.compile(r"(?<![\d,])[1-9]\d{0,2}(?:,\d{3})+(?!\d|\s*(?:%|điểm))")
LONGEST_ALT = 250


@dataclass(frozen=True)
class Seen:
    """What a page in a state is: on a wide screen, on a phone, and what axe finds there, in light and in dark."""

    wide: dict[str, Any]
    phone: dict[str, Any]
    narrow_width: int
    violations: dict[str, list[str]]
    has_menu: bool


@pytest.fixture(scope="module")
def empty_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a demo that nobody has given a figure yet."""
    folder, port = tmp_path_factory.mktemp("empty"), free_port()
    options = {"address": "127.0.0.1", "port": str(port), "headless": "true"}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    command += [part for name, value in options.items() for part in (f"--server.{name}", value)]
    environment = {**os.environ, "SCORECARD_DATABASE_URL": f"sqlite:///{folder}/empty.db"}
    with serving(command, port, environment, folder / "server.log") as served:
        yield served


@pytest.fixture(scope="module", params=STATES)
def seen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Seen]:
    """Reach a state once, and look at it in each width and on each ground."""
    state = STATES[request.param]
    address = request.getfixturevalue("empty_address" if state.empty else "address")
    with recorded(browser) as context:
        yield everything(context.new_page(), address + state.path, state.reach)


def everything(page: Page, address: str, reach: Callable[[Page], None]) -> Seen:
    page.set_viewport_size({"width": WIDE, "height": 1080})
    page.goto(address)
    page.locator("h1").first.wait_for()
    reach(page)
    found: dict[str, list[str]] = {}
    fit(page, WIDE)
    found["light, wide"], wide = violations(page), look(page)
    fit(page, NARROW)
    narrow = page.evaluate("document.documentElement.scrollWidth")
    fit(page, PHONE)
    found["light, phone"], phone = violations(page), look(page)
    go_dark(page)
    found["dark, phone"] = violations(page, COLOURS)
    fit(page, WIDE)
    found["dark, wide"] = violations(page, COLOURS)
    return Seen(wide=wide, phone=phone, narrow_width=narrow, violations=found, has_menu="vai=" in address)


def below(sizes: list[list[Any]], least: float) -> list[list[Any]]:
    return [each for each in sizes if each[0] < least]


def test_check_03_axe_finds_nothing_on_either_ground(seen: Seen) -> None:
    assert {where: found for where, found in seen.violations.items() if found} == {}


def test_check_04_language_title_headings_and_landmarks(seen: Seen) -> None:
    page = seen.wide
    assert page["lang"] == "vi"
    assert page["title"].strip()
    assert page["h1"] == 1
    assert page["levels"][0] == 1
    assert all(after <= before + 1 for before, after in zip(page["levels"], page["levels"][1:], strict=False))
    assert page["mains"] == 1
    assert bool(page["navs"]) is seen.has_menu
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
    assert below(seen.wide["letters"], SMALLEST_WIDE_PX) == []
    assert below(seen.phone["letters"], SMALLEST_PHONE_PX) == []
    assert below(seen.wide["drawnLetters"] + seen.phone["drawnLetters"], SMALLEST_IN_CHARTS_PX) == []


def test_check_10_nothing_runs_off_the_side_of_a_narrow_screen_or_at_four_times_the_size(seen: Seen) -> None:
    assert seen.phone["width"] <= PHONE
    assert seen.narrow_width <= NARROW  # 1280 px at 400%


def test_check_11_everything_to_press_is_large_enough(seen: Seen) -> None:
    assert below(seen.wide["targets"] + seen.phone["targets"], SMALLEST_TARGET_PX) == []
    assert below(seen.phone["heights"], PHONE_CONTROL_PX) == []
    assert seen.wide["low"] + seen.phone["low"] == []


def test_check_13_each_chart_is_told_in_words_and_has_its_table(seen: Seen) -> None:
    for chart in seen.wide["charts"]:
        assert 0 < len(chart["alt"]) <= LONGEST_ALT
        assert chart["rows"]
