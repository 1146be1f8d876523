"""The page of a target, opened as each of the demo's persons."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.presentation.formats import NO_BREAK_SPACE
from scorecard.ui.navigation import TARGET

OpenApp = Callable[..., AppTest]
SENTENCE = (
    "Hiện đạt 66,9% (tháng 9/2025), thấp hơn lộ trình 4,8 điểm %; nếu giữ như tháng gần nhất, "
    "đến 31/12/2025 đạt khoảng 69,8%, thiếu 10,2 điểm %. Chủ trì: Sở Khoa học và Công nghệ."
)


def opened(open_app: OpenApp, person: str = "chair", **address: str) -> AppTest:
    app = open_app(person, **address).switch_page(TARGET.path)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def text(app: AppTest) -> str:
    parts = [element.value for element in app.markdown] + [element.proto.body for element in app.get("html")]
    return unescape(re.sub(r"<[^>]+>", " ", " ".join(parts))).replace(NO_BREAK_SPACE, " ")


@pytest.mark.parametrize(
    "person", ["chair", "science_head", "commune_head", "commune_reporter", "reviewer", "administrator"]
)
def test_everybody_sees_the_first_target_of_the_plan(open_app: OpenApp, person: str) -> None:
    app = opened(open_app, person)
    assert not app.exception
    assert [title.value for title in app.title] == ["80% hồ sơ được xử lý hoàn toàn trực tuyến"]
    assert SENTENCE in text(app)
    assert [header.value for header in app.header] == [
        "Đường đi đến đích",
        "Đơn vị nào giữ phần còn thiếu",
        "Giải trình",
        "Vì sao thay đổi so với tháng 8/2025",
        "Chỉ tiêu này là gì",
    ]
    assert "khi đủ đơn vị: từ 66,8% đến 67,0%" in text(app)
    assert "Xét lần lượt, dừng ở quy tắc đúng đầu tiên" in app.code[0].value


def test_a_link_shows_the_plan_target_month_and_day_it_names(open_app: OpenApp) -> None:
    named = {"ke-hoach": "nq-01-2020", "muc": "online-work-files.commune", "ky": "2025-08", "biet-den": "2025-09-15"}
    app = opened(open_app, **named)
    assert not app.exception
    assert app.title[0].value.endswith(" – Cấp xã")
    assert app.info[0].value == "Số liệu như đã biết đến hết ngày 15/09/2025."
    assert {key: app.query_params[key] for key in named} == named


def test_the_figures_known_on_a_day_are_those_of_that_day(open_app: OpenApp) -> None:
    app = opened(open_app, ky="2025-08", **{"biet-den": "2025-08-31"})
    assert not app.exception
    assert "Chưa có đơn vị nào báo cáo số liệu cho chỉ tiêu này" in text(app)
    assert "104/105 đơn vị nộp" in text(opened(open_app, ky="2025-08"))


@pytest.mark.parametrize(
    "address",
    [
        {"muc": "x"},
        {"ke-hoach": "x"},
        {"ky": "2031-01"},
        {"don-vi": "x"},
        {"biet-den": "x"},
        {"biet-den": "2031-01-01"},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_default(open_app: OpenApp, address: dict[str, str]) -> None:
    app = opened(open_app, **address)
    assert not app.exception
    assert SENTENCE in text(app)


def test_one_units_own_line_has_its_own_sentence_and_no_table_of_change(open_app: OpenApp) -> None:
    app = opened(open_app, **{"don-vi": "05908@2025-07-01"})
    assert not app.exception
    assert app.selectbox(key="don-vi").value == "05908@2025-07-01"
    page = text(app)
    assert "Xã Phú Bình" in page
    assert SENTENCE not in page
    assert "Chỉ tiêu này là gì" in [header.value for header in app.header]
    assert not [header for header in app.header if header.value.startswith("Vì sao")]


def test_a_milestone_shows_its_steps_instead_of_a_trajectory(open_app: OpenApp) -> None:
    app = opened(open_app, muc="data-store")
    assert not app.exception
    assert "Tiến độ: chưa xong (tháng 8/2025); hạn 31/12/2025." in text(app)
    assert [header.value for header in app.header] == ["Giải trình", "Chỉ tiêu này là gì"]
    assert "chưa xong" in text(app)


def test_without_any_figures_nothing_is_zero_or_drawn(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    app = opened(open_app)
    assert not app.exception
    page = text(app)
    assert "Chưa có đơn vị nào báo cáo số liệu cho chỉ tiêu này; đích ≥ 80%, hạn 31/12/2025." in page
    assert "Chưa có số liệu nào để vẽ." in page
    assert not re.search(r"(?<![\d.,])0(,0)?%|\b(NaN|None|null)\b", page)


def test_english_readers_get_an_english_page(open_app: OpenApp) -> None:
    page = text(opened(open_app, lang="en"))
    assert "Now at 66.9%" in page
