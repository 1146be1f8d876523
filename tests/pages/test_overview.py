import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from scorecard.domain.status import Status
from scorecard.presentation.formats import NO_BREAK_SPACE
from scorecard.presentation.report.content import Report
from scorecard.presentation.report.typesetting import OverfullReportError, typeset
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import Store, StoreError
from scorecard.ui import overview_report, session
from scorecard.ui.navigation import OVERVIEW
from tests.pages.test_meeting import freeze
from tests.presentation.report.printed import said, sheet_of

OpenApp = Callable[..., AppTest]
VI = load_texts(Language.VIETNAMESE)
KH_222_NAMES = (
    "80% hồ sơ được xử lý hoàn toàn trực tuyến",
    "Cung cấp đủ 76 dịch vụ công thiết yếu của Đề án 06",
    "100% biểu mẫu điện tử được cập nhật",
    "Hoàn thành kho dữ liệu số phục vụ giải quyết thủ tục",
    "Đường dây nóng, tổng đài hỗ trợ 24/7",
)


def html(app: AppTest) -> str:
    return " ".join(element.value for element in app.markdown)


def text(app: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html(app))).replace(NO_BREAK_SPACE, " ")


def rows(app: AppTest) -> int:
    return html(app).count('scope="row"')


def test_the_chair_sees_every_target_of_the_plan_with_value_goal_reason_and_lead(open_app: OpenApp) -> None:
    app = open_app("chair")
    page = text(app)
    assert not app.exception
    assert app.title[0].value == "Tổng quan chỉ tiêu Thái Nguyên"
    assert rows(app) == 11
    assert all(name in page for name in KH_222_NAMES)
    assert "75/76 dịch vụ" in page
    assert "Còn thiếu 1 dịch vụ." in page
    assert (
        "Số liệu đến hết tháng 9/2025 · chốt 00:00 ngày 03/10/2025 · "
        "Văn bản số 222 ngày 27/11/2024 của UBND tỉnh Thái Nguyên · 90/105 đơn vị đã nộp, ứng với 87,4% khối lượng"
    ) in page
    assert "Văn phòng Ủy ban nhân dân tỉnh" in page


def test_the_counts_add_up_to_the_rows_and_all_nine_are_there(open_app: OpenApp) -> None:
    app = open_app("chair")
    counts = [int(button.label.split()[0]) for button in app.button]
    assert len(counts) == len(Status)
    assert sum(counts) == rows(app)


def test_a_count_shows_only_its_rows_and_a_second_click_shows_all_again(open_app: OpenApp) -> None:
    app = open_app("chair")
    app.button(key="count-off_track").click().run()
    late = next(int(button.label.split()[0]) for button in app.button if button.key == "chosen-off_track")
    assert rows(app) == late > 0
    assert app.query_params["trang-thai"] == "off_track"
    app.button(key="chosen-off_track").click().run()
    assert rows(app) == 11


def test_a_status_without_rows_says_so(open_app: OpenApp) -> None:
    app = open_app("chair", **{"trang-thai": "missed"})
    assert rows(app) == 0
    assert "Không có chỉ tiêu nào ở trạng thái “Không đạt” trong kỳ này." in text(app)


def test_a_link_shows_the_month_and_plan_it_names(open_app: OpenApp) -> None:
    app = open_app("chair", ky="2025-06", **{"ke-hoach": "nq-01-2020"})
    assert app.selectbox(key="ky").value == "2025-06"
    assert "Số liệu đến hết tháng 6/2025" in text(app)
    assert "Cấp xã" in text(app)


def test_choosing_a_month_puts_it_into_the_address_and_the_default_takes_it_out(open_app: OpenApp) -> None:
    app = open_app("chair")
    app.selectbox(key="ky").select("2025-08").run()
    assert app.query_params["ky"] == "2025-08"
    assert "Số liệu đến hết tháng 8/2025" in text(app)
    app.selectbox(key="ky").select("2025-09").run()
    assert "ky" not in app.query_params


def test_only_months_for_which_collecting_has_begun_are_offered(open_app: OpenApp) -> None:
    months = open_app("chair").selectbox(key="ky").options
    assert (months[0], months[-1]) == ("tháng 9/2025", "tháng 12/2024")


@pytest.mark.parametrize("address", [{"ky": "2031-01"}, {"ke-hoach": "x"}, {"trang-thai": "x"}, {"lang": "x"}])
def test_an_address_that_makes_no_sense_shows_the_default(open_app: OpenApp, address: dict[str, str]) -> None:
    app = open_app("chair", **address)
    assert not app.exception
    assert rows(app) == 11
    assert "tháng 9/2025" in text(app)


def test_months_of_every_plan_from_its_first_to_its_last_can_be_shown(open_app: OpenApp) -> None:
    app = open_app("chair")
    plans = ("kh-222-2024", "nq-01-2020", "par-sipas-2022", "nq-188-2024")
    assert len(app.selectbox(key="ke-hoach").options) == len(plans)
    for plan in plans:
        app.selectbox(key="ke-hoach").select(plan).run()
        for month in range(0, len(app.selectbox(key="ky").options), 6):
            app.selectbox(key="ky").select_index(month).run()
            assert [title.value for title in app.title] == ["Tổng quan chỉ tiêu Thái Nguyên"]
            assert not re.search(r"\b(NaN|None|null)\b", text(app))


def test_the_rules_are_told_with_the_limits_of_the_province(open_app: OpenApp) -> None:
    app = open_app("chair")
    labels = [each.label for each in app.expander]
    assert labels == [VI("overview.reasons"), VI("overview.method"), VI("overview.known_on"), VI("overview.guide")]
    assert "Nhịp từ 95% trở lên và dự báo tới đích khi đến hạn" in text(app)


def test_check_17_without_any_figures_every_target_says_so_and_nothing_is_zero(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    app = open_app("chair")
    page = text(app)
    assert "Chưa có số liệu cho 11/11 chỉ tiêu; 2 đơn vị chủ trì cần nộp chậm nhất ngày 06/10/2025." in page
    assert "· chốt " not in page
    table = next(element.value for element in app.markdown if "overview" in element.value[:30])
    assert table.count("chip no_data") == 11
    assert not re.search(r"(?<![\d.,])0(,0)?%", unescape(re.sub(r"<[^>]+>", " ", table)))


def test_english_readers_get_an_english_page(open_app: OpenApp) -> None:
    page = text(open_app("chair", lang="en"))
    assert "targets are met or on track" in page
    assert "Off track" in page


@pytest.mark.parametrize(
    "person", ["chair", "science_head", "office_head", "commune_head", "commune_reporter", "reviewer", "administrator"]
)
def test_everybody_sees_every_target_and_can_open_it(open_app: OpenApp, person: str) -> None:
    app = open_app(person).switch_page(OVERVIEW.path).run()
    assert not app.exception
    assert rows(app) == 11
    link = f"/chi-tieu?vai={person}&amp;ke-hoach=kh-222-2024&amp;ky=2025-09&amp;muc=hotline"
    assert html(app).count(f'<a href="{link}" target="_self">') == 1


def test_nobody_sees_anything_before_a_role_is_chosen(open_app: OpenApp) -> None:
    assert rows(open_app()) == 0


def test_a_day_before_anything_was_approved_shows_nothing_and_says_which_day_it_is(open_app: OpenApp) -> None:
    app = open_app("chair")
    app.text_input(key="biet-den").input("01/10/2025").run()
    assert app.query_params["biet-den"] == "01/10/2025"
    page = text(app)
    assert "Đang xem như đã biết đến hết ngày 01/10/2025, không phải số liệu mới nhất." in page
    assert "Chưa có số liệu cho 11/11 chỉ tiêu" in page
    assert "&amp;biet-den=2025-10-01&amp;muc=" in html(app)
    app.text_input(key="biet-den").input("").run()
    assert "biet-den" not in app.query_params
    assert "75/76 dịch vụ" in text(app)


def test_a_link_may_name_the_day_the_way_addresses_do(open_app: OpenApp) -> None:
    assert "đến hết ngày 03/10/2025" in text(open_app("chair", **{"biet-den": "2025-10-03"}))


@pytest.mark.parametrize("typed", ["31/02/2025", "9/2025", "hôm qua", "04/10/2025", "2025-13-01"])
def test_what_is_no_day_that_has_come_is_told_and_changes_nothing(open_app: OpenApp, typed: str) -> None:
    app = open_app("chair", **{"biet-den": typed})
    assert VI("overview.known_on_unreadable") in text(app)
    assert "75/76 dịch vụ" in text(app)


def test_while_nothing_of_the_month_is_approved_the_last_approved_one_is_shown_and_said(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "today", lambda _: date(2025, 11, 3))
    app = open_app("chair")
    assert "Chưa có số liệu duyệt của tháng 10/2025; đang xem tháng 9/2025." in text(app)
    assert app.selectbox(key="ky").value == "2025-09"
    app.selectbox(key="ky").select("2025-10").run()
    assert "đang xem tháng 9/2025" not in text(app)
    assert "Số liệu đến hết tháng 10/2025" in text(app)


def test_a_store_that_cannot_be_read_is_explained_with_a_code_and_without_a_trace(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_: Store) -> int:
        raise StoreError("store.unreachable", path="/x")

    monkeypatch.setattr(Store, "data_version", unreadable)
    app = open_app("chair")
    assert [title.value for title in app.title] == ["Chưa đọc được kho số liệu"]
    assert re.search(r"mã lỗi [0-9a-f]{8}\.", text(app))
    assert "StoreError" not in text(app)


Pressed = Callable[[], bytes]


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> Pressed:
    """Press the button of the report that was offered last."""
    offered: list[Pressed] = []
    monkeypatch.setattr(st, "download_button", lambda label, data, **_: offered.append(data))
    return lambda: offered[-1]()


@pytest.mark.parametrize("person", ["chair", "commune_reporter", "administrator"])
def test_a_one_page_report_is_offered_to_all_and_made_only_when_asked_for(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, person: str
) -> None:
    monkeypatch.setattr(overview_report, "typeset", None)
    app = open_app(person).switch_page(OVERVIEW.path).run()
    assert not app.exception
    (button,) = app.get("download_button")
    assert button.proto.label == "Tải báo cáo một trang (PDF)"
    assert button.proto.deferred_file_id


def test_the_report_is_about_what_is_looked_at_and_leaves_the_role_out(open_app: OpenApp, pressed: Pressed) -> None:
    app = open_app("chair", ky="2025-06", **{"ke-hoach": "nq-01-2020", "trang-thai": "met"})
    printed = said(sheet_of(pressed()))
    assert "Tình hình thực hiện các chỉ tiêu tháng 6/2025 (SỐ LIỆU MINH HỌA)" in printed
    assert re.search(r'class="sentence">(.*?)</div>', html(app))[1] in printed  # type: ignore[index]
    assert all(part in printed for part in ("1. Cấp tỉnh", "2. Cấp huyện", "3. Cấp xã"))
    assert printed.endswith("/tong-quan?ke-hoach=nq-01-2020&ky=2025-06")
    assert "Số liệu này chưa có bản chốt dùng cho họp." in printed


def test_the_report_names_the_edition_that_shows_the_same_figures(open_app: OpenApp, pressed: Pressed) -> None:
    seal = re.search(r"mã (\w{8})", freeze_words(freeze(open_app)))
    assert seal
    open_app("chair")
    assert f"Bản chốt số 1 “Họp tháng 10”, mã {seal[1]}." in said(sheet_of(pressed()))


def freeze_words(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def test_a_report_as_known_on_a_day_says_so_and_names_no_edition(open_app: OpenApp, pressed: Pressed) -> None:
    freeze(open_app)
    open_app("chair", **{"biet-den": "2025-10-01"})
    printed = said(sheet_of(pressed()))
    assert "Đang xem như đã biết đến hết ngày 01/10/2025, không phải số liệu mới nhất." in printed
    assert printed.replace(" ", "").endswith("&ky=2025-09&biet-den=2025-10-01")
    assert "bản chốt" not in printed.lower()


def test_a_report_that_does_not_fit_says_so_in_words(
    open_app: OpenApp, pressed: Pressed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_row_at_most(report: Report) -> bytes:
        if report.groups:
            raise OverfullReportError
        return typeset(report)

    monkeypatch.setattr(overview_report, "typeset", one_row_at_most)
    open_app("chair")
    assert "Không lập được báo cáo một trang: bảng có 11 dòng" in said(sheet_of(pressed()))
