"""«Từ đâu ra?» through the page: approved counts for everybody, revisions for those who may read the returns."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.ui.navigation import ORIGIN
from tests.pages.test_audit import COMMUNE, submit, text

OpenApp = Callable[..., AppTest]
EVERYBODY = ["chair", "science_head", "office_head", "commune_head", "commune_reporter", "reviewer", "administrator"]
NUMBER = {"ke-hoach": "kh-222-2024", "muc": "full-online-dossiers", "ky": "2025-09"}
SECRET = "Bổ sung hồ sơ nộp qua bưu chính"


@pytest.fixture
def filled(demo_database: Path) -> Path:
    """A figure of September of one commune, submitted and changed, not yet approved."""
    submit(demo_database, 2240, by="demo-commune_reporter")
    submit(demo_database, 2250, at=datetime(2025, 10, 3, 3, tzinfo=UTC), reason=SECRET)
    return demo_database


def origin(open_app: OpenApp, person: str, **address: str) -> AppTest:
    named = NUMBER | {key.replace("_", "-"): value for key, value in address.items()}
    return open_app(person, **named).switch_page(ORIGIN.path).run()


@pytest.mark.parametrize("person", EVERYBODY)
def test_everybody_sees_the_counts_of_a_total_and_they_add_up(open_app: OpenApp, person: str) -> None:
    page = text(origin(open_app, person))
    assert "66,9% = 505.317 ÷ 755.226, cộng số liệu đã duyệt của 426 đơn vị, kể cả đơn vị cũ." in page
    assert "Căn cứ pháp lý Văn bản số 222 ngày 27/11/2024 của UBND tỉnh Thái Nguyên" in page
    assert "Cộng 505.317 755.226 66,9%" in page
    assert "Chưa có số liệu nào được duyệt: Sở Khoa học và Công nghệ, Sở Y tế," in page


@pytest.mark.parametrize("person", ["chair", "commune_head", "commune_reporter", "reviewer", "administrator"])
def test_who_may_read_the_returns_of_a_unit_sees_every_revision(open_app: OpenApp, filled: Path, person: str) -> None:
    app = origin(open_app, person, don_vi=COMMUNE)
    page = text(app)
    assert re.search(
        r"Hồ sơ tiếp nhận trong tháng tháng 9/2025 Xã Phú Bình 2\.240 hồ sơ 2\.250 hồ sơ"
        rf" 03/10/2025 10:00 Chủ tịch UBND xã Phú Bình {SECRET} \d{{6}}-[0-9A-F]{{8}} chưa duyệt",
        page,
    )
    assert "tháng 8/2025 Xã Phú Bình lần đầu" in page


@pytest.mark.parametrize("person", ["science_head", "office_head"])
def test_others_see_the_approved_figures_and_are_told_why_nothing_else(
    open_app: OpenApp, filled: Path, person: str
) -> None:
    app = origin(open_app, person, don_vi=COMMUNE)
    page = text(app)
    assert "Từng số trong kỳ tính" in [each.value for each in app.header]
    assert re.search(r"tháng 8/2025 [\d.]+ [\d.]+ \d+,\d%", page)
    (warning,) = app.warning
    assert warning.value.startswith("Các con số đã duyệt ai cũng xem được.")
    assert "Bạn không phụ trách: Thị trấn Hương Sơn (đến 30/06/2025), Xã Phú Bình, Xã Bảo Lý" in warning.value
    assert SECRET not in page
    assert "lần đầu" not in page


def test_one_element_can_be_looked_at_alone(open_app: OpenApp, filled: Path) -> None:
    page = text(origin(open_app, "reviewer", don_vi=COMMUNE, so_lieu="dossiers_full_online"))
    history = page[page.index("lần ghi") :]
    assert "Trong đó, hồ sơ xử lý hoàn toàn trực tuyến" in history
    assert "Hồ sơ tiếp nhận trong tháng" not in history


def test_a_former_unit_is_shown_as_a_part_of_the_total(open_app: OpenApp) -> None:
    page = text(origin(open_app, "reviewer", phan_cua="165@"))
    assert "Thành phố Sông Công (đến 30/06/2025) góp 1.796/2.661 vào tổng chung." in page
    assert "Cộng 1.796 2.661 67,5%" in page


def test_a_unit_that_changed_its_boundaries_shows_what_counts_in_the_total_only(open_app: OpenApp) -> None:
    page = text(origin(open_app, "reviewer", don_vi="05443@2025-07-01"))
    assert "68,4% = 6.427 ÷ 9.401, lấy từ số liệu đã duyệt của một đơn vị." in page
    assert "Phần trong tổng chung 15.048 23.129 65,1%" in page


def test_a_unit_is_found_by_name(open_app: OpenApp) -> None:
    page = text(origin(open_app, "chair", tim_don_vi="phu binh"))
    assert "Xã Phú Bình" in page
    assert "Sở Xây dựng" not in page
    assert "Cộng 505.317 755.226 66,9%" in page


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("essential-services", "75/76 dịch vụ = 75 ÷ 76, lấy từ số liệu đã duyệt của một đơn vị."),
        ("piloted-procedures", "8 TTHC, cộng số liệu đã duyệt của 3 đơn vị, kể cả đơn vị cũ."),
        ("data-store", "lấy từ số liệu đã duyệt của một đơn vị."),
    ],
)
def test_numbers_of_other_kinds_are_told_too(open_app: OpenApp, target: str, said: str) -> None:
    assert said in text(origin(open_app, "chair", muc=target))


def test_a_number_is_shown_as_known_on_a_day(open_app: OpenApp) -> None:
    assert "chưa có số liệu được duyệt nào" in text(origin(open_app, "chair", biet_den="2025-09-30"))


def test_without_any_figures_nobody_fails(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    assert "chưa có số liệu được duyệt nào" in text(origin(open_app, "chair"))
    assert "chưa có số liệu được duyệt nào" in text(origin(open_app, "reviewer", don_vi=COMMUNE))
