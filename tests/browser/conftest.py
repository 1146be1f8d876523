"""The real program in a real browser: one server with a demo database of its own, pages that record where they ask."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from scorecard.workflow.settings import ROOT

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS_TO_START = 90
MILLISECONDS_TO_WAIT = 30_000
expect.set_options(timeout=MILLISECONDS_TO_WAIT)
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Close with the module: an open Playwright keeps its event loop running under the tests that follow."""
    executable = shutil.which("chromium")
    if executable is None:
        reason = "no program named chromium on this machine: the browser suite needs one"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        request.config.get_terminal_writer().line(f"skipped: {reason}")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the demo keeps its figures."""
    return tmp_path_factory.mktemp("browser") / "demo.db"


@pytest.fixture(scope="module")
def targets() -> Path:
    """Return where the definitions are; a module may have its own."""
    return ROOT / "targets"


@pytest.fixture(scope="module")
def address(database: Path, targets: Path) -> Iterator[str]:
    """Address of the demo, started as its users start it; each module its own, for drafts outlive a test."""
    port = free_port()
    command = [sys.executable, "-m", "scorecard", "demo", "--port", str(port), "--database", f"sqlite:///{database}"]
    environment = {**os.environ, "SCORECARD_TARGETS": str(targets)}
    with serving(command, port, environment, database.with_name("server.log")) as served:
        yield served


@contextmanager
def serving(command: list[str], port: int, environment: dict[str, str], log: Path) -> Iterator[str]:
    """Run a server until the end of the block; its address."""
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_answering(f"http://127.0.0.1:{port}/suc-khoe", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_answering(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(SECONDS_TO_START * 2):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    pytest.fail(f"the demo does not answer:\n{log.read_text()}")


def settle(page: Page) -> None:
    """Wait until no run of the page goes on."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


@contextmanager
def recorded(browser: Browser) -> Iterator[BrowserContext]:
    """Open a window of its own; at the end no request must have left here, and no script been refused."""
    asked: list[str] = []
    said: list[str] = []
    context = browser.new_context(locale="vi-VN")
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    context.on("console", lambda message: said.append(message.text))
    context.on("request", lambda request: asked.append(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: asked.append(socket.url)))
    yield context
    context.close()
    assert {urlsplit(url).hostname for url in asked} <= {"127.0.0.1", None}
    assert [text for text in said if "Content Security Policy" in text] == []


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Open a page: `visit("/nhap-so-lieu?vai=chair", width=360)`."""
    with recorded(browser) as context:

        def opened(path: str, *, width: int = 1920, height: int = 1080) -> Page:
            page = context.new_page()
            page.set_viewport_size({"width": width, "height": height})
            page.goto(address + path)
            page.locator("h1").first.wait_for()
            return page

        yield opened
