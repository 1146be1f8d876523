"""What checks 2 and 19 of the design ask for: how long somebody waits for a page, a slide, and the one-page report."""

from __future__ import annotations

from statistics import quantiles
from time import perf_counter

from playwright.sync_api import Browser, Page

from benchmarks.browsing import DONE, opened

_NEXT_PAGE, _NEXT_SLIDE, _REPORT = 1.0, 0.5, 2.0
_WALK = (
    ("chi-tieu", ".st-key-chart-units svg.marks"),
    ("so-sanh", ".compared tbody tr"),
    ("giai-trinh", ".st-key-justifications code"),
    ("muc-do-day-du", ".matrix"),
    ("", ".overview tbody tr"),
)
"""Where the menu leads, and what must be seen there."""


def print_waits(browser: Browser, address: str, rounds: int) -> None:
    """Print seconds until somebody sees the next page and the next slide, and until the browser has the report."""
    pages, slides, reports = [], [], []
    with opened(browser, f"{address}/?vai=chair", ".overview tbody tr") as page:
        for link, content in _WALK * (rounds + 1):
            pages.append(_follow(page, link, content))
        reports += [_fetch_report(page) for _ in range(rounds)]
        _freeze(page, address)
        for _ in range(rounds):
            slides += [_turn(page, key) for key in ("PageDown", "PageDown", "PageUp", "End", "Home")]
    first, later = pages[: len(_WALK)], pages[len(_WALK) :]
    print(f"| the next page, the first time after figures came into force, slowest | {max(first):.2f} | | | | |")
    waits = (
        ("the next page", later, _NEXT_PAGE),
        ("the next slide", slides, _NEXT_SLIDE),
        ("the one-page report", reports, _REPORT),
    )
    for name, spent, aim in waits:
        worst = quantiles(spent, n=20)[-1]
        verdict = "reached" if worst <= aim else "missed"
        print(f"| {name}, 95th percentile of {len(spent)} | {worst:.2f} | | | {aim} s | {verdict} |")


def _follow(page: Page, link: str, content: str) -> float:
    """Return the seconds from a press in the menu to the content of that page."""
    begun = perf_counter()
    page.locator(f'[data-testid=stTopNavLink][href$="/{link}"]').click()
    page.locator(content).first.wait_for()
    seconds = perf_counter() - begun
    page.locator(DONE).wait_for()
    return seconds


def _fetch_report(page: Page) -> float:
    """Return the seconds from a press of the overview's button to the file."""
    button = page.locator("[data-testid=stDownloadButton] button")
    begun = perf_counter()
    with page.expect_download() as download:
        button.click()
    download.value.path()
    return perf_counter() - begun


def _freeze(page: Page, address: str) -> None:
    page.goto(f"{address}/hop?vai=chair")
    page.get_by_label("Tên bản chốt").fill("Họp")
    page.get_by_role("button", name="Chốt tháng").click()
    page.locator(".meeting-told").wait_for()
    page.goto(f"{address}/trinh-chieu?vai=chair")
    page.locator(".slide.current").wait_for()
    page.locator(DONE).wait_for()


def _turn(page: Page, key: str) -> float:
    """Return the seconds from a key to another slide on the screen."""
    shown = page.locator(".slide.current").element_handle()
    begun = perf_counter()
    page.keyboard.press(key)
    page.wait_for_function("shown => document.querySelector('.slide.current') !== shown", arg=shown)
    return perf_counter() - begun
