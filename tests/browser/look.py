"""What a page is to whoever reads, hears or touches it: axe, sizes, words; at a desk, on a phone, in the dark."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

WIDE, PHONE, NARROW = 1920, 360, 320
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What can differ between light and dark: the page itself is the same."""
FRAMEWORKS_OWN: dict[str, str] = {}
"""Rules that Streamlit's own markup breaks, each with the reason; ours must break none."""
NOT_SIZED = "[data-testid=stHeader], [data-testid=stToolbar], [data-testid=stTooltipIcon], .spoken"
"""Left out of sizes: the bar with the menu, and what only a screen reader is told."""
DARK_GROUND = "rgb(15, 27, 45)"
ENGLISH = re.compile(
    r"Press Enter|Choose|No results|Submit|Search|Fullscreen|Show data|Download as|Upload|Drag|per file"
    r"|\b(error|Running|None|NaN|null)\b"
)
_SCRIPT = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")


def look(page: Page) -> dict[str, Any]:
    """Return what look.js finds on the page as it stands."""
    found: dict[str, Any] = page.evaluate(_SCRIPT, NOT_SIZED)
    return found


def violations(page: Page, rules: object = RULES) -> list[str]:
    """Return what axe finds wrong with the page as it stands."""
    options: Mapping[str, object] = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, options=dict(options)).response["violations"]
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in found
        if each["id"] not in FRAMEWORKS_OWN
        for node in each["nodes"]
    ]


def fit(page: Page, width: int) -> None:
    """Make the window as wide as told, and wait until nothing runs off its side and every chart is drawn."""
    page.set_viewport_size({"width": width, "height": 1080})
    page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)
    settle(page)
    wait_for_charts(page)


def wait_for_charts(page: Page) -> None:
    for chart in page.locator("[data-testid=stVegaLiteChart]").all():
        chart.locator("svg.marks").first.wait_for()


def go_dark(page: Page) -> None:
    """Let the device ask for dark; a page with a chart loads itself again, every other one changes where it stands."""
    redrawn = page.locator("[data-testid=stVegaLiteChart]").count() > 0
    if redrawn:
        with page.expect_navigation():
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        page.locator("[data-testid=stVegaLiteChart] svg.marks").first.wait_for()
        settle(page)
        wait_for_charts(page)
    else:
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(page.locator(".stApp")).to_have_css("background-color", DARK_GROUND)


def expect_usable(page: Page) -> None:
    """Fail unless the page as it stands suits everybody: one title; nothing for axe, off the side, English, low."""
    settle(page)
    expect(page.locator("h1")).to_have_count(1)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert not ENGLISH.search(page.locator("body").inner_text())
    assert look(page)["low"] == []
