"""Check 20 of the design: the server stops while somebody types, and a database that cannot be read."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scorecard.workflow.settings import ROOT
from tests.browser.conftest import MILLISECONDS_TO_WAIT, free_port, settle, wait_until_answering
from tests.browser.look import COLOURS, PHONE, WIDE, expect_usable, fit, violations


class Server:
    """A demo that can be stopped and started again at the same address, on the same database."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.database = folder / "demo.db"
        self._log = folder / "server.log"
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "scorecard", "demo", "--port", str(self.port)]
        command += ["--database", f"sqlite:///{self.database}"]
        with self._log.open("a") as output:
            self._running = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        wait_until_answering(f"http://127.0.0.1:{self.port}/suc-khoe", self._running, self._log)

    def stop(self) -> None:
        if self._running is not None:
            self._running.terminate()
            self._running.wait(timeout=30)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("resilience"))
    started.start()
    yield started
    started.stop()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN", base_url=f"http://127.0.0.1:{server.port}")
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    yield context.new_page()
    context.close()


def test_check_20_when_the_server_stops_it_is_said_in_vietnamese_and_the_draft_is_there_again(
    page: Page, server: Server
) -> None:
    form = "/nhap-so-lieu?vai=commune_reporter&phieu=online-services.05908.2025-09"
    page.goto(form)
    page.get_by_role("textbox").first.fill("1.234")
    page.get_by_role("textbox").first.press("Tab")
    expect(page.get_by_text("Máy hiểu là: 1.234").first).to_be_visible()
    settle(page)
    server.stop()
    expect(page.get_by_text(re.compile("Mất kết nối|Chương trình không trả lời")).first).to_be_visible()
    assert not re.search(r"Connection error|Is Streamlit", page.locator("body").inner_text())
    server.start()
    page.goto(form)
    expect(page.get_by_role("textbox").first).to_have_value("1.234")


def test_check_20_what_cannot_be_read_is_told_with_a_code_and_without_a_trace(page: Page, server: Server) -> None:
    with sqlite3.connect(server.database) as connection:
        connection.execute("ALTER TABLE approvals RENAME TO lost")
    page.goto("/?vai=chair&ky=2025-03")
    expect(page.get_by_text(re.compile(r"\b[0-9a-f]{8}\b")).first).to_be_visible()
    said = page.locator("body").inner_text()
    assert not re.search(r"Traceback|Error|no such table|sqlite|\.py\b", said)
    for width in (WIDE, PHONE):
        fit(page, width)
        expect_usable(page)
        page.emulate_media(color_scheme="dark")
        assert violations(page, COLOURS) == []
        page.emulate_media(color_scheme="light")
    with sqlite3.connect(server.database) as connection:
        connection.execute("ALTER TABLE lost RENAME TO approvals")
    page.reload()
    expect(page.locator(".overview")).to_be_visible()
