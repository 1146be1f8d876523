"""The page of one unit, as its head, its reporter, a lead department and the coordinating office see it."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.domain.access import Role
from scorecard.domain.period import Period
from scorecard.presentation.formats import NO_BREAK_SPACE
from scorecard.store import open_store
from scorecard.ui import demo
from scorecard.ui.navigation import UNIT
from scorecard.workflow.review import reopen, seen, send_back
from tests.pages.entry_page import (
    AT,
    GOOD,
    ONLINE,
    RECEIVED,
    TODAY,
    check,
    entry_page,
    fill,
    office,
    open_form,
    page_text,
    press,
)
from tests.workflow.test_meeting import freeze_in_words, give

OpenApp = Callable[..., AppTest]
OTHER = "05665@2025-07-01"
DISTRICT = "173@"
AUGUST = Period.parse("2025-08")
WHY = "Sót hồ sơ nộp qua bưu chính"


def unit_page(open_app: OpenApp, person: str, **address: str) -> AppTest:
    return open_app(person, **address).switch_page(UNIT.path).run()


def text(app: AppTest) -> str:
    return page_text(app).replace(NO_BREAK_SPACE, " ")


def headings(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


def tasks(app: AppTest) -> list[tuple[str, str]]:
    """Return kind and what of each task, in the order shown."""
    (listed,) = [each.proto.body for each in app.get("html") if 'class="tasks' in each.proto.body]
    found = re.findall(r'<span class="task-kind (\w+)">[^<]*</span><strong>([^<]*)</strong>', listed)
    return [(kind, unescape(what)) for kind, what in found]


def links(app: AppTest) -> list[str]:
    (listed,) = [each.proto.body for each in app.get("html") if 'class="tasks' in each.proto.body]
    return [unescape(link) for link in re.findall(r'href="([^"]*)"', listed)]


@pytest.mark.parametrize("person", ["commune_head", "commune_reporter"])
def test_who_is_bound_to_a_unit_begins_with_it_and_sees_what_to_do(open_app: OpenApp, person: str) -> None:
    app = open_app(person)
    assert [title.value for title in app.title] == ["Xã Phú Bình"]
    assert (
        "Xã Phú Bình chưa có số liệu tháng 9/2025 nên chưa xếp hạng; gần nhất: 58,8% (tháng 8/2025); "
        "tháng này còn 3 việc, hạn gần nhất 06/10/2025."
    ) in text(app)
    assert tasks(app) == [
        ("to_submit", "Hộ gia đình biết dùng VNeID và dịch vụ công trực tuyến, quý III/2025"),
        ("to_submit", ONLINE),
        ("to_submit", "Hồ sơ công việc trên môi trường mạng hằng tháng, tháng 9/2025"),
    ]
    assert headings(app) == ["Việc tháng này (3)", "Số của đơn vị trong từng chỉ tiêu"]
    assert not re.search(r"\b(NaN|None|null)\b", text(app))


def test_each_task_leads_to_its_form_as_the_same_person(open_app: OpenApp) -> None:
    found = [urlsplit(link) for link in links(open_app("commune_head"))]
    assert {link.path for link in found} == {"/nhap-so-lieu"}
    asked = [parse_qs(link.query) for link in found]
    assert {each["vai"][0] for each in asked} == {"commune_head"}
    assert [each["phieu"][0] for each in asked] == [
        "households.05908.2025-Q3",
        "online-services.05908.2025-09",
        "work-files.05908.2025-09",
    ]
    app = entry_page(open_app, phieu=asked[1]["phieu"][0])
    assert [title.value for title in app.title] == [ONLINE]


def test_everybody_else_begins_with_the_overview_and_both_pages_have_an_address(open_app: OpenApp) -> None:
    for person in ("chair", "reviewer", "administrator"):
        assert open_app(person).title[0].value == "Tổng quan chỉ tiêu Thái Nguyên"


def test_a_month_that_is_approved_tells_rate_rank_and_how_many_are_missing(open_app: OpenApp) -> None:
    app = open_app("commune_head", ky="2025-08")
    page = text(app)
    assert (
        "Xã Phú Bình: 58,8% (“80% hồ sơ được xử lý hoàn toàn trực tuyến”), hạng 63/76 (tăng 4 bậc), "
        "còn 850 hồ sơ nữa thì đạt 80%."
    ) in page
    assert "58,8% 2.364/4.017 hồ sơ Còn 850 hồ sơ nữa thì đạt 80% Hạng 63/76 (tăng 4 bậc)" in page
    assert "Việc dưới đây tính đến hôm nay, 03/10/2025; phần còn lại của trang là tháng 8/2025." in page
    assert len(tasks(app)) == 3


def test_what_is_begun_or_sent_back_or_reopened_is_told_with_its_reason(open_app: OpenApp, demo_database: Path) -> None:
    fill(open_form(entry_page(open_app)), {RECEIVED: "2.240"}).run()
    app = unit_page(open_app, "commune_head")
    assert ("begun", ONLINE) in tasks(app)
    assert "đang nhập dở, lưu lúc" in text(app)
    press(check(open_form(entry_page(open_app), action="Nhập tiếp"), GOOD), "Nộp số liệu")
    app = unit_page(open_app, "commune_head")
    assert len(tasks(app)) == 2
    assert "1 biểu đã nộp, đang chờ duyệt; được duyệt rồi mới tính vào kết quả." in text(app)
    with office(demo_database, "05908", "online-services") as (found, asked):
        send_back(*asked, seen(found), "Số toàn trình cao hơn hẳn", **AT)
    with office(demo_database, "05908", "online-services", AUGUST) as (found, asked):
        reopen(*asked, seen(found), WHY, until=TODAY + timedelta(days=4), **AT)
    app = unit_page(open_app, "commune_head")
    assert [kind for kind, _ in tasks(app)] == ["to_submit", "to_submit", "reopened", "sent_back"]
    assert tasks(app)[2][1] == "Dịch vụ công trực tuyến hằng tháng, tháng 8/2025"
    page = text(app)
    assert "Hạn 07/10/2025 (còn 4 ngày) Chuyên viên tổng hợp, Văn phòng UBND tỉnh: Sót hồ sơ nộp qua bưu chính" in page
    assert "Chuyên viên tổng hợp, Văn phòng UBND tỉnh: Số toàn trình cao hơn hẳn" in page
    assert "tháng này còn 4 việc, hạn gần nhất 06/10/2025" in page


def test_a_lead_department_sees_its_targets_as_the_overview_shows_them_and_who_is_last(open_app: OpenApp) -> None:
    app = open_app("science_head")
    page = text(app)
    assert (
        "Sở Khoa học và Công nghệ chủ trì 7 chỉ tiêu: 3 chậm, 1 có nguy cơ, 1 chưa có số liệu; tháng này còn 10 việc."
    ) in page
    assert headings(app) == [
        "Việc tháng này (10)",
        "Chỉ tiêu chủ trì (7)",
        "Số của đơn vị trong từng chỉ tiêu",
        "Đơn vị hạng cuối trong chỉ tiêu chủ trì",
    ]
    assert "3 Chậm tiến độ 1 Có nguy cơ 1 Chưa có số liệu 1 Đúng tiến độ 1 Đạt" in page
    assert "Nhóm xã: 5 đơn vị hạng cuối trong 65 đơn vị được xếp hạng; 12 đơn vị chưa xếp hạng" in page
    assert "Xã Phú Bình" not in page
    table = next(each.value for each in app.markdown if 'class="overview"' in each.value)
    assert table.count('class="lead"') == 1 + 7
    assert set(re.findall(r'<td role="cell" class="lead">([^<]*)', table)) == {"Sở Khoa học và Công nghệ"}


def test_another_unit_is_refused_in_words_and_the_way_back_is_one_press(open_app: OpenApp) -> None:
    app = open_app("commune_head", **{"don-vi": OTHER})
    assert [title.value for title in app.title] == ["Không xem được trang của đơn vị khác"]
    assert "Bạn không phụ trách đơn vị Xã Văn Lăng" in app.warning[0].value
    assert "60,4%" not in text(app)
    press(app, "Về trang của đơn vị tôi")
    assert [title.value for title in app.title] == ["Xã Phú Bình"]
    assert "don-vi" not in app.query_params


@pytest.mark.parametrize("person", ["chair", "reviewer", "administrator"])
def test_who_is_bound_to_no_unit_chooses_one_and_cannot_enter_for_it(open_app: OpenApp, person: str) -> None:
    app = unit_page(open_app, person)
    assert [title.value for title in app.title] == ["Xem một đơn vị"]
    box = app.selectbox(key="don-vi")
    assert len(box.options) == 92 + 14
    box.select("05908@2025-07-01").run()
    assert app.query_params["don-vi"] == "05908@2025-07-01"
    assert [title.value for title in app.title] == ["Xã Phú Bình"]
    assert len(tasks(app)) == 3
    assert links(app) == []


def test_a_viewer_sees_what_was_computed_and_not_what_is_owed(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "_PERSONS", (("chair", Role.VIEWER, None),))
    app = unit_page(open_app, "chair", **{"don-vi": "05908@2025-07-01"})
    app.selectbox(key="ky").select("2025-08").run()
    assert "hạng 63/76" in text(app)
    assert headings(app) == ["Số của đơn vị trong từng chỉ tiêu"]


def test_when_nothing_is_left_to_do_that_is_said(open_app: OpenApp) -> None:
    app = unit_page(open_app, "reviewer", **{"don-vi": OTHER})
    assert headings(app)[0] == "Việc tháng này"
    assert "Không còn việc nào trong tháng này." in text(app)
    assert "3 biểu đã nộp, đang chờ duyệt" in text(app)
    assert "Chưa có số liệu tháng 9/2025 của đơn vị này." in text(app)
    assert "0/1 đơn vị" not in text(app)


def test_a_unit_that_leads_nothing_and_contributes_nothing_says_so(open_app: OpenApp) -> None:
    app = unit_page(open_app, "chair", **{"don-vi": "trung-tam-pvhcc@"})
    assert (
        "Trung tâm Phục vụ hành chính công tỉnh không chủ trì và không góp số vào chỉ tiêu nào của văn bản này."
    ) in text(app)
    assert headings(app) == ["Việc tháng này"]


def test_a_commune_before_it_was_there_and_a_district_after_it_ended(open_app: OpenApp) -> None:
    app = open_app("commune_head", ky="2025-06")
    page = text(app)
    assert [title.value for title in app.title] == ["Xã Phú Bình"]
    assert "Xã Phú Bình có từ ngày 01/07/2025; tháng 6/2025 chưa có đơn vị này." in page
    assert "Trước đó là: Thị trấn Hương Sơn" in page
    page = text(unit_page(open_app, "chair", **{"don-vi": DISTRICT}))
    assert "có đến hết ngày 30/06/2025; tháng 9/2025 không còn đơn vị này." in page


def test_without_any_figures_nothing_is_zero_and_nobody_is_ranked(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    page = text(open_app("commune_head"))
    assert "Xã Phú Bình chưa có số liệu tháng 9/2025 nên chưa xếp hạng" in page
    assert not re.search(r"(?<![\d.,])0(,0)?%|[Hh]ạng \d", page)


def test_english_readers_get_an_english_page(open_app: OpenApp) -> None:
    app = open_app("commune_head", lang="en")
    assert headings(app) == ["To do this month (3)", "The unit's own figures in each target"]


def test_work_given_in_a_meeting_is_a_task_of_its_unit_until_it_is_done(open_app: OpenApp, demo_database: Path) -> None:
    store = open_store(f"sqlite:///{demo_database}")
    freeze_in_words(store)
    give(store)
    store.close()
    app = open_app("office_head")
    assert ("given", "Cung cấp nốt một dịch vụ") in tasks(app)
    assert "về chỉ tiêu: Cung cấp đủ 76 dịch vụ công thiết yếu của Đề án 06. Số đã hứa: 76" in text(app)
    assert "given" not in dict(tasks(unit_page(open_app, "science_head")))


def test_the_line_of_a_merged_commune_holds_the_former_units_or_its_own_months(open_app: OpenApp) -> None:
    app = unit_page(open_app, "chair", **{"don-vi": "05569@2025-07-01"})
    page = text(app)
    assert (
        "Đường 12 tháng gồm cả số của các đơn vị cũ đã nhập trọn vào Xã Định Hóa: "
        "Thị trấn Chợ Chu, Xã Bảo Linh, Xã Đồng Thịnh, Xã Phúc Chu."
    ) in page
    assert "tháng 12/2024 " in page
    rank = re.findall(r"Hạng [^ ]+", page)
    own = text(app.selectbox(key="dia-gioi").select("khi-bao-cao").run())
    assert app.query_params["dia-gioi"] == "khi-bao-cao"
    assert "Đường 12 tháng chỉ có số do Xã Định Hóa tự báo cáo." in own
    assert "tháng 12/2024 " not in own
    assert re.findall(r"Hạng [^ ]+", own) == rank


def test_a_commune_that_took_a_part_is_told_where_its_line_begins(open_app: OpenApp) -> None:
    app = unit_page(open_app, "commune_head")
    assert "dia-gioi" not in [box.key for box in app.selectbox]
    assert (
        "đã nhận một phần của Xã Thượng Đình mà không văn bản nào nêu tỷ lệ chia: đường 12 tháng bắt đầu từ đó"
    ) in text(app)


def test_a_unit_without_former_units_is_asked_nothing_more(open_app: OpenApp) -> None:
    app = unit_page(open_app, "chair", **{"don-vi": "05716@", "ky": "2025-05"})
    assert "dia-gioi" not in [box.key for box in app.selectbox]
