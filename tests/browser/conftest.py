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
from typing import Any
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


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the browser keeps what it has read and compiled, from one module of a worker to the next."""
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest, profile: Path) -> Iterator[Browser]:
    """Close with the module: an open Playwright keeps its event loop running under the tests that follow."""
    executable = shutil.which("chromium")
    if executable is None:
        reason = "no program named chromium on this machine: the browser suite needs one"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        request.config.get_terminal_writer().line(f"skipped: {reason}")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        lasting = playwright.chromium.launch_persistent_context(
            profile, executable_path=executable, args=FLAGS, locale="vi-VN"
        )
        assert lasting.browser is not None
        yield lasting.browser
        lasting.close()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the demo keeps its figures."""
    return tmp_path_factory.mktemp("browser") / "demo.db"


@pytest.fixture(scope="module")
def targets() -> Path:
    """Return where the definitions are; a module may have its own."""
    return ROOT / "targets"


@pytest.fixture(scope="session")
def port() -> int:
    """Return the port of every demo of a worker: what the browser has compiled belongs to an address."""
    return free_port()


@pytest.fixture(scope="module")
def address(database: Path, targets: Path, port: int) -> Iterator[str]:
    """Address of the demo, started as its users start it; each module its own, for drafts outlive a test."""
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
    """Lend the lasting window, to be left as it was; no request must have left here, and no script been refused."""
    asked: list[str] = []
    said: list[str] = []
    heard: dict[Any, Callable[[Any], object]] = {
        "console": lambda message: said.append(message.text),
        "request": lambda request: asked.append(request.url),
        "page": lambda page: page.on("websocket", lambda socket: asked.append(socket.url)),
    }
    context = browser.contexts[0]
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    for event, listener in heard.items():
        context.on(event, listener)
    try:
        yield context
    finally:
        leave(context)
        for event, listener in heard.items():
            context.remove_listener(event, listener)
    assert {urlsplit(url).hostname for url in asked} <= {"127.0.0.1", None}
    assert [text for text in said if "Content Security Policy" in text] == []


def leave(context: BrowserContext) -> None:
    """Close what was opened and forget what was kept: only the cache may outlive a test."""
    first, *opened = context.pages  # without any page the browser ends
    visited = {urlsplit(page.url)._replace(path="", query="", fragment="").geturl() for page in opened}
    for page in opened:
        page.close()
    session = context.new_cdp_session(first)
    for origin in visited - {"about:"}:
        kept = "cookies,local_storage,indexeddb,service_workers,cache_storage"
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kept})
    session.detach()
    context.clear_cookies()
    context.clear_permissions()
    context.set_offline(False)


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
