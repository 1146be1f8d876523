"""Photograph every page for a person to look at: each size, light and dark, and as one sees it who sees no colours.

    python scripts/look.py FOLDER

What no test can judge (checks 1 and 7 of the design: is it understood in ten seconds, are the statuses told without
colour) is judged from these pictures. They are not committed.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from screenshots import BROWSER_FLAGS, SIZES, running_demo

PAGES = {
    "overview": "/?vai=chair",
    "unit": "/?vai=commune_head&ky=2025-08",
    "lead-unit": "/don-vi?vai=science_head",
    "target": "/chi-tieu?vai=chair",
    "origin": "/tu-dau-ra?vai=chair",
    "comparison": "/so-sanh?vai=chair",
    "tiles": "/so-sanh?vai=chair&xem=khu-vuc",
    "justifications": "/giai-trinh?vai=chair",
    "meeting": "/hop?vai=chair",
    "wall": "/man-hinh?vai=chair",
    "entry": "/nhap-so-lieu?vai=commune_reporter",
    "review": "/duyet-so-lieu?vai=reviewer",
    "completeness": "/muc-do-day-du?vai=chair",
    "corrections": "/so-dinh-chinh?vai=reviewer",
    "audit": "/nhat-ky?vai=administrator",
    "accounts": "/tai-khoan?vai=administrator",
}
LOOKS = ("light", "dark", "grey")


def photograph(browser: Browser, address: str, name: str, look: str, folder: Path) -> None:
    """Photograph one page in one look at every size, as long as it is on a phone."""
    context = browser.new_context(color_scheme="dark" if look == "dark" else "light", locale="vi-VN")
    page = context.new_page()
    if look == "grey":
        seen = {"type": "achromatopsia"}
        context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", seen)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address + PAGES[name])
        page.locator("h1, .slide.current").first.wait_for(timeout=60_000)
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}-{width}-{look}.png")
    context.close()


def main(arguments: list[str]) -> None:
    """Photograph every page in every look into the folder."""
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    with running_demo() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(BROWSER_FLAGS))
        for name in PAGES:
            for look in LOOKS:
                photograph(browser, address, name, look, folder)
            print(name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
