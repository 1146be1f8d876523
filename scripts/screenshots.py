"""Take the pictures of the documents: start the demo on a free port, photograph its pages, stop it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from scorecard.definitions import read_province
from scorecard.domain.access import Person, Role, readable
from scorecard.domain.period import Period
from scorecard.store import open_store
from scorecard.workflow.owed import find_return
from scorecard.workflow.review import seen, send_back
from scorecard.workflow.settings import read_settings

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = ((1920, 1080), (1366, 768), (360, 800))
_SECONDS_TO_START = 90


@dataclass(frozen=True, slots=True)
class Picture:
    """One page to photograph: its address, and a selector that is there when the page is ready."""

    name: str
    address: str
    ready: str


PICTURES = (Picture("overview", "/?vai=chair", ".overview"),)


@contextmanager
def running_demo() -> Iterator[tuple[str, str]]:
    """Run the demo on a database of its own; give its address and that of the database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "scorecard", "demo", "--port", str(port)]
        database = f"sqlite:///{folder}/demo.db"
        command += ["--database", database]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            _wait_until_answering(f"http://127.0.0.1:{port}/suc-khoe", process)
            yield f"http://127.0.0.1:{port}", database
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_until_answering(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(_SECONDS_TO_START * 2):
        if process.poll() is not None:
            raise SystemExit(f"the demo ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise SystemExit("the demo did not answer")


def photograph(browser: Browser, address: str, picture: Picture, width: int, height: int) -> Path:
    """Photograph one page at one size of the window."""
    page = browser.new_page(viewport={"width": width, "height": height}, locale="vi-VN")
    page.goto(address + picture.address)
    page.locator(picture.ready).first.wait_for(timeout=30_000)
    page.wait_for_load_state("networkidle")
    path = IMAGES / f"{picture.name}-{width}.png"
    page.screenshot(path=path)
    page.close()
    return path


def photograph_entry(browser: Browser, address: str, database: str) -> Iterator[Path]:
    """File a return, have it sent back, and photograph each step of it for the guide."""
    page = browser.new_page(viewport={"width": 1000, "height": 1800}, locale="vi-VN")
    page.goto(f"{address}/nhap-so-lieu?vai=commune_reporter")
    yield _photograph_step(page, "list", ".entry-owed")
    page.get_by_role("button", name="Dịch vụ công trực tuyến hằng tháng").click()
    received, online = page.get_by_role("textbox").first, page.get_by_role("textbox").last
    online.fill("1.42")
    received.fill("2.240")
    yield _photograph_step(page, "form", "text=Máy hiểu là")
    page.get_by_role("button", name="Kiểm tra lại").click()
    yield _photograph_step(page, "errors", ".entry-corrections")
    online.fill("1.420")
    page.get_by_role("button", name="Kiểm tra lại").click()
    yield _photograph_step(page, "review", ".entry-rates")
    page.get_by_role("button", name="Nộp số liệu").click()
    yield _photograph_step(page, "receipt", ".entry-facts")
    _send_back(database)
    page.goto(f"{address}/nhap-so-lieu?vai=commune_reporter&phieu=online-services.05908.2025-09")
    yield _photograph_step(page, "returned", ".entry-note")
    page.goto(f"{address}/nhap-so-lieu?vai=commune_reporter&phieu=online-services.05908.2025-08")
    yield _photograph_step(page, "closed", ".entry-table")
    page.close()


def photograph_parts(browser: Browser, address: str) -> Iterator[Path]:
    """Mark a member of a list and a step of a milestone, and photograph both for the guide."""
    page = browser.new_page(viewport={"width": 1000, "height": 3200}, locale="vi-VN")
    page.goto(f"{address}/nhap-so-lieu?vai=office_head&phieu=essential-services.van-phong-ubnd.2025-09")
    page.get_by_role("textbox").first.fill("75")
    page.get_by_text("Dịch vụ số 61–76").click()
    page.get_by_role("radio", name="Đã cung cấp").last.click()
    page.get_by_role("textbox", name="Từ ngày").fill("15/9/2025")
    yield _photograph_step(page, "members", "text=1 đã cung cấp")
    page.goto(f"{address}/nhap-so-lieu?vai=office_head&phieu=milestone:hotline.van-phong-ubnd.2025-09")
    page.get_by_role("radio", name="Đã xong").click()
    page.get_by_role("textbox", name="Xong ngày").fill("10/5/2025")
    page.get_by_role("textbox", name="Minh chứng").fill("QĐ 123/QĐ-UBND ngày 09/5/2025")
    yield _photograph_step(page, "steps", "text=1 bước đã xong")
    page.close()


def _send_back(database: str) -> None:
    """Give the return just filed back to its commune, as the coordinating office does."""
    settings = read_settings({})
    province = read_province(settings.targets / "thai-nguyen").province
    if province is None:
        raise SystemExit("the definitions hold an error")
    reviewer, today = Person("demo-reviewer", "", Role.REVIEWER), settings.demo_today
    with closing(open_store(database)) as store:
        form, period = province.form("online-services"), Period.parse("2025-09")
        filed = find_return(store, province, readable(reviewer), "05908", form, period, today)
        if filed is None:
            raise SystemExit("the return is not there")
        reason, note = "Số toàn trình cao hơn hẳn tháng trước", "Đối chiếu lại với báo cáo toàn trình"
        notes = {form.elements[-1].id: note}
        now = settings.now(datetime.now(UTC))
        send_back(store, province, reviewer, seen(filed), reason, now=now, today=today, notes=notes)


def photograph_review(browser: Browser, address: str) -> Iterator[Path]:
    """Photograph what a reviewer sees, for the guide; nothing is decided."""
    page = browser.new_page(viewport={"width": 1100, "height": 820}, locale="vi-VN")
    page.goto(f"{address}/duyet-so-lieu?vai=reviewer")
    yield _photograph_view(page, "review-queue", ".review-item")
    page.get_by_role("button", name="Duyệt 26 phiếu không có cảnh báo").click()
    yield _photograph_view(page, "review-bulk", ".review-titles")
    page.goto(f"{address}/duyet-so-lieu?vai=reviewer&xem=flagged")
    page.get_by_role("button", name="Trả lại…").first.click()
    page.get_by_label("Vì sao trả lại").fill("Số tiếp nhận thừa một chữ số")
    page.locator(".review-item").first.scroll_into_view_if_needed()
    yield _photograph_view(page, "review-send-back", "[class*=st-key-review-answer-]")
    page.goto(f"{address}/muc-do-day-du?vai=reviewer")
    yield _photograph_view(page, "completeness", "[data-testid=stVegaLiteChart] :is(svg, canvas)")
    page.close()


def photograph_justification(browser: Browser, address: str) -> Iterator[Path]:
    """Say why a target is late, and photograph each step of it for the guide."""
    page = browser.new_page(viewport={"width": 1100, "height": 900}, locale="vi-VN")
    page.goto(f"{address}/giai-trinh?vai=science_head")
    yield _photograph_view(page, "justification-list", ".records")
    page.get_by_role("link", name="80% hồ sơ được xử lý hoàn toàn trực tuyến").click()
    panel = page.locator(".st-key-justification")
    texts = {
        "Nguyên nhân": "Hệ thống một cửa ngừng 10 ngày; 12 xã chưa đủ người trực.",
        "Cách khắc phục": "Sở bổ sung máy chủ dự phòng; 12 xã cử thêm người trực trước 15/10.",
        "Khắc phục xong ngày": "30/11/2025",
    }
    for label, text in texts.items():
        page.get_by_label(label).fill(text)
        page.get_by_label(label).blur()
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    panel.screenshot(path=IMAGES / "justification-form.png")
    yield IMAGES / "justification-form.png"
    page.get_by_role("button", name="Ghi giải trình").click()
    page.locator(".justified-done").wait_for(timeout=30_000)
    panel.screenshot(path=IMAGES / "justification-given.png")
    yield IMAGES / "justification-given.png"


def photograph_unit(browser: Browser, address: str) -> Iterator[Path]:
    """Photograph the page of a commune and that of a department that leads targets, for the guide."""
    page = browser.new_page(viewport={"width": 1366, "height": 1200}, locale="vi-VN")
    for name, shown in (("commune", "commune_head&ky=2025-08"), ("lead", "science_head")):
        page.goto(f"{address}/?vai={shown}")
        yield _photograph_view(page, f"unit-{name}", "[data-testid=stVegaLiteChart] :is(svg, canvas)")
    page.close()


def photograph_target(browser: Browser, address: str) -> Iterator[Path]:
    """Photograph the page of a target and the comparison of communes, for the guides."""
    page = browser.new_page(viewport={"width": 1366, "height": 1200}, locale="vi-VN")
    page.goto(f"{address}/chi-tieu?vai=chair")
    yield _photograph_view(page, "target", ".st-key-chart-units svg.marks")
    page.goto(f"{address}/so-sanh?vai=chair&nhom=xa")
    yield _photograph_view(page, "compare", ".compared")
    page.close()


def photograph_meeting(browser: Browser, address: str) -> Iterator[Path]:
    """Freeze an edition, present it and photograph it for the guide; no work is given."""
    page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    page.goto(f"{address}/hop?vai=chair")
    page.get_by_label("Tên bản chốt").fill("Họp giao ban tháng 10")
    page.get_by_role("button", name="Chốt tháng").click()
    yield _photograph_view(page, "meeting-editions", ".editions")
    page.goto(f"{address}/trinh-chieu?vai=chair&trang=2")
    yield _photograph_view(page, "meeting-slide", ".slide.current")
    page.keyboard.press("End")
    page.get_by_label("Việc được giao").fill("Báo cáo cách bù số dịch vụ còn thiếu")
    page.get_by_label("Hạn (ngày/tháng/năm)").fill("31/10/2025")
    yield _photograph_view(page, "meeting-give", ".slide.conclusions.current")
    page.close()


def _photograph_view(page: Page, name: str, ready: str) -> Path:
    page.locator(ready).first.wait_for(timeout=30_000)
    page.wait_for_load_state("networkidle")
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    return path


def _photograph_step(page: Page, step: str, ready: str) -> Path:
    page.locator(ready).first.wait_for(timeout=30_000)
    page.wait_for_load_state("networkidle")
    path = IMAGES / f"entry-{step}.png"
    page.locator(".st-key-entry").screenshot(path=path)
    return path


def main() -> None:
    """Photograph every page at every size, print each file."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with running_demo() as (address, database), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(BROWSER_FLAGS))
        for picture in PICTURES:
            for width, height in SIZES:
                print(photograph(browser, address, picture, width, height).relative_to(ROOT))
        photographed = chain(
            photograph_review(browser, address),
            photograph_unit(browser, address),
            photograph_target(browser, address),
            photograph_meeting(browser, address),
            photograph_entry(browser, address, database),
            photograph_parts(browser, address),
            photograph_justification(browser, address),
        )
        for path in photographed:
            print(path.relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    main()
