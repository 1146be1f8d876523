"""Measure pages in a browser against a page that does nothing, and the server's work for one rerun.

    python -m benchmarks.pages [--rounds 5] [--reruns 60]

Both servers run at once and are asked in turn, so that whatever else the machine does falls on both; only the ratios
can be held against those of another day. The processor time that a page takes in the browser hardly depends on what
else runs. Ours shows thirteen targets with three years of figures, see full_plan.py.
"""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from playwright.sync_api import Browser, Page
from streamlit.testing.v1 import AppTest

from benchmarks import full_plan
from benchmarks.browsing import DONE, chromium, opened, serving
from benchmarks.page_waits import print_waits
from scorecard.workflow.settings import ROOT

_OURS, _FLOOR = 8701, 8702
_CHART = "[data-testid=stVegaLiteChart] :is(svg, canvas)"
_PATIENCE = 120_000
_NEW_VISITOR, _FILTER, _WORK = 1.3, 2.0, 0.040


@dataclass(frozen=True)
class Case:
    """A page of ours, and of what the floor is made for it; `filters` are two buttons that change what is shown."""

    name: str
    path: str
    content: str
    floor: str
    floor_content: str
    filters: tuple[str, str] | None = None


CASES = (
    Case(
        "overview",
        "/?vai=chair",
        ".overview tbody tr",
        "/?boxes=4&buttons=9&rows=13&folded=3",
        ".floor tr",
        (".st-key-count-off_track button", ".st-key-chosen-off_track button"),
    ),
    Case(
        "target",
        "/chi-tieu?vai=chair",
        ".st-key-chart-units svg.marks",
        "/?boxes=5&buttons=1&rows=110&charts=2&folded=3",
        _CHART,
    ),
    Case("unit", "/don-vi?vai=commune_head", _CHART, "/?boxes=4&rows=12&charts=6&folded=2", _CHART),
    Case("comparison", "/so-sanh?vai=chair", ".compared tbody tr", "/?boxes=7&rows=92&charts=1&folded=1", ".floor tr"),
    Case(
        "entry", "/nhap-so-lieu?vai=commune_reporter", ".entry-owed", "/?boxes=2&buttons=4&rows=4&folded=2", ".floor tr"
    ),
    Case("origin", "/tu-dau-ra?vai=chair", ".sums tfoot", "/?boxes=5&rows=130&folded=1", ".floor tr"),
    Case("justifications", "/giai-trinh?vai=chair", ".records", "/?boxes=3&rows=8&folded=1", ".floor tr"),
    Case("meeting", "/hop?vai=chair", ".st-key-meeting input", "/?boxes=4&buttons=2&rows=1&folded=1", ".floor tr"),
    Case("corrections", "/so-dinh-chinh?vai=chair", "text=Mọi lần ghi", "/?boxes=3&rows=1", ".floor tr"),
    Case("trail", "/nhat-ky?vai=administrator", ".records tbody tr", "/?boxes=5&buttons=2&rows=20", ".floor tr"),
    Case("completeness", "/muc-do-day-du?vai=chair", _CHART, "/?boxes=3&buttons=1&rows=106&charts=1&folded=1", _CHART),
    Case("review", "/duyet-so-lieu?vai=reviewer", ".review-item", "/?boxes=5&buttons=30&rows=10", ".floor tr"),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reruns", type=int, default=60)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= full_plan.prepare(Path(folder))
        ours = ("scorecard", "demo", "--port", str(_OURS))
        floor = ("streamlit", "run", "benchmarks/floor_page.py", "--server.port", str(_FLOOR))
        with serving(_OURS, *ours), serving(_FLOOR, *floor), chromium() as browser:
            print(f"load of the machine before: {os.getloadavg()[0]:.1f}\n")
            print("| | ours, s | floor, s | ratio | aim | |\n| --- | ---: | ---: | ---: | ---: | --- |")
            for case in CASES:
                _print_case(browser, case, arguments.rounds)
            print_waits(browser, f"http://127.0.0.1:{_OURS}", arguments.rounds)
        work = _work_per_rerun(arguments.reruns)
    verdict = "reached" if work <= _WORK else "missed"
    print(f"\nServer work per rerun of the overview, 95th percentile of {arguments.reruns}: ", end="")
    print(f"{work * 1000:.0f} ms of processor time (aim {_WORK * 1000:.0f} ms: {verdict})")


def _print_case(browser: Browser, case: Case, rounds: int) -> None:
    ours, floor = f"http://127.0.0.1:{_OURS}", f"http://127.0.0.1:{_FLOOR}"
    _visit(browser, ours + case.path, case.content)
    _visit(browser, floor + case.floor, case.floor_content)
    visits = [
        (_visit(browser, ours + case.path, case.content), _visit(browser, floor + case.floor, case.floor_content))
        for _ in range(rounds)
    ]
    _print_ratio(f"{case.name}: a new visitor sees the content", [(a[0], b[0]) for a, b in visits], _NEW_VISITOR)
    _print_ratio(f"{case.name}: processor time of that in the browser", [(a[1], b[1]) for a, b in visits], None)
    if case.filters is None:
        return
    with (
        opened(browser, ours + case.path, case.content) as mine,
        opened(browser, floor + case.floor, case.floor_content) as bare,
    ):
        presses = [
            (_press(mine, each, case.filters[1 - turn]), _press(bare, button, f'.floor[data-chosen="{turn}"]'))
            for _ in range(rounds)
            for turn, (each, button) in enumerate(
                zip(case.filters, (".st-key-button-0 button", ".st-key-button-1 button"), strict=True)
            )
        ]
    _print_ratio(f"{case.name}: a filter changes", presses, _FILTER)


def _print_ratio(name: str, pairs: list[tuple[float, float]], aim: float | None) -> None:
    ours, floor = median(each[0] for each in pairs), median(each[1] for each in pairs)
    ratio = median(mine / bare for mine, bare in pairs)
    verdict = "| |" if aim is None else f"{aim} | {'reached' if ratio <= aim else 'missed'} |"
    print(f"| {name} | {ours:.2f} | {floor:.2f} | {ratio:.2f} | {verdict}")


def _visit(browser: Browser, url: str, content: str) -> tuple[float, float]:
    """Return the seconds until a new visitor sees the content, and the processor seconds of the page until then."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    meter = context.new_cdp_session(page)
    meter.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(url, wait_until="commit")
    page.locator(content).first.wait_for()
    seconds: float = page.evaluate("performance.now() / 1000")
    metrics = {each["name"]: each["value"] for each in meter.send("Performance.getMetrics")["metrics"]}
    context.close()
    return seconds, metrics["TaskDuration"]


def _press(page: Page, button: str, expected: str) -> float:
    """Return the seconds from a press to the answer on the page, by the browser's own clock."""
    seconds: float = page.evaluate(
        """([button, expected]) => new Promise((done) => {
            const begun = performance.now();
            const look = () => {
                if (!document.querySelector(expected)) return;
                observer.disconnect();
                requestAnimationFrame(() => done((performance.now() - begun) / 1000));
            };
            const observer = new MutationObserver(look);
            observer.observe(document.body, {subtree: true, childList: true, attributes: true});
            document.querySelector(button).click();
        })""",
        [button, expected],
    )
    page.locator(DONE).wait_for()
    return seconds


def _work_per_rerun(reruns: int) -> float:
    """Return the 95th percentile of processor seconds for a rerun of the overview, all threads of this process."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["vai"] = "chair"
    app.run()
    gc.collect()
    gc.freeze()
    spent = []
    for _ in range(reruns):
        begun = process_time()
        app.run()
        spent.append(process_time() - begun)
    return quantiles(spent, n=20)[-1]


if __name__ == "__main__":
    main()
