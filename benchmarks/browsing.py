"""Servers and a browser for the benchmarks of the pages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from scorecard.workflow.settings import ROOT

DONE = "[data-testid=stApp][data-test-script-state=notRunning]"


@contextmanager
def opened(browser: Browser, url: str, content: str) -> Iterator[Page]:
    """Open a page in a window of its own, and wait for its content and the end of its run."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.goto(url)
    page.locator(content).first.wait_for()
    page.locator(DONE).wait_for()
    yield page
    context.close()


@contextmanager
def serving(port: int, *module: str) -> Iterator[None]:
    """Run a Python module that serves a Streamlit program until the end of the block."""
    command = [sys.executable, "-m", *module]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            while not _answers(port) and server.poll() is None:
                sleep(0.3)
            yield
        finally:
            server.terminate()


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
            return True
    except (URLError, ConnectionError, TimeoutError):
        return False


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser of this machine."""
    executable = shutil.which("chromium")
    if executable is None:
        raise SystemExit("no program named chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
