"""A return through its states on the page: kept, sent back, approved, locked, asked for, reopened."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from streamlit.testing.v1 import AppTest

from scorecard.domain.access import Person, Role
from scorecard.domain.period import Period
from scorecard.store import open_store
from scorecard.workflow.checks import Entry
from scorecard.workflow.returns import submit_return
from scorecard.workflow.review import approve, refuse_reopening, reopen, seen, send_back
from tests.pages.entry_page import (
    AT,
    FULL_ONLINE,
    GOOD,
    ONLINE,
    RECEIVED,
    TODAY,
    check,
    entry_page,
    fill,
    in_force,
    office,
    open_form,
    page_text,
    press,
    typed,
)

OpenApp = Callable[..., AppTest]
OPEN = "online-services.05908.2025-09"
LOCKED = "online-services.05908.2025-08"
WHY = "Sót hồ sơ nộp qua bưu chính"


def submitted(open_app: OpenApp, person: str = "commune_head") -> AppTest:
    return press(check(open_form(entry_page(open_app, person)), GOOD), "Nộp số liệu")


def drafts_in(database: Path) -> int:
    store = open_store(f"sqlite:///{database}")
    found = store.drafts.of_person("thai-nguyen", "demo-commune_head")
    store.close()
    return len(found)


def test_what_was_typed_is_there_again_after_the_browser_was_closed(open_app: OpenApp) -> None:
    app = open_form(entry_page(open_app))
    app.radio[1].set_value("not_available").run()
    fill(app, {RECEIVED: "12.34", f"{FULL_ONLINE}: vì sao chưa có số liệu?": "Hệ thống đang"}).run()
    later = entry_page(open_app)
    assert "Đang làm" in page_text(later)
    assert "đang nhập dở, lưu lúc" in page_text(later)
    open_form(later, action="Nhập tiếp")
    assert typed(later) == {RECEIVED: "12.34", f"{FULL_ONLINE}: vì sao chưa có số liệu?": "Hệ thống đang"}
    assert "Đây là bản nhập dở, lưu lúc" in page_text(later)
    press(later, "Bỏ bản nhập dở")
    press(later, "Bỏ hẳn, nhập lại từ đầu")
    assert typed(later) == {RECEIVED: "", FULL_ONLINE: ""}
    assert "Chưa làm" in page_text(press(later, "Về danh sách biểu"))


def test_a_draft_is_dropped_only_when_asked_twice(open_app: OpenApp, demo_database: Path) -> None:
    fill(open_form(entry_page(open_app)), {RECEIVED: "1234"}).run()
    later = open_form(entry_page(open_app), action="Nhập tiếp")
    press(later, "Bỏ bản nhập dở")
    assert "Bỏ hẳn bản nhập dở?" in page_text(later)
    assert "Đây là bản nhập dở" not in page_text(later)
    assert (typed(later)[RECEIVED], drafts_in(demo_database)) == ("1234", 1)
    press(later, "Giữ lại, nhập tiếp")
    assert "Bỏ hẳn bản nhập dở?" not in page_text(later)
    assert "Đây là bản nhập dở" in page_text(later)
    assert (typed(later)[RECEIVED], drafts_in(demo_database)) == ("1234", 1)
    press(press(later, "Bỏ bản nhập dở"), "Bỏ hẳn, nhập lại từ đầu")
    assert "Bỏ hẳn bản nhập dở?" not in page_text(later)
    assert "Đây là bản nhập dở" not in page_text(later)
    assert (typed(later)[RECEIVED], drafts_in(demo_database)) == ("", 0)


def test_looking_at_a_form_keeps_no_draft_and_neither_does_undoing_what_was_typed(
    open_app: OpenApp, demo_database: Path
) -> None:
    app = open_form(entry_page(open_app))
    assert drafts_in(demo_database) == 0
    fill(app, {RECEIVED: "1"}).run()
    assert drafts_in(demo_database) == 1
    fill(app, {RECEIVED: ""}).run()
    assert drafts_in(demo_database) == 0


def test_a_submitted_return_leaves_no_draft(open_app: OpenApp, demo_database: Path) -> None:
    submitted(open_app)
    assert drafts_in(demo_database) == 0


def test_a_draft_begun_before_a_colleague_submitted_still_meets_their_figures(open_app: OpenApp) -> None:
    fill(open_form(entry_page(open_app)), GOOD).run()
    mine = {RECEIVED: "2.300", FULL_ONLINE: "1.500"}
    press(check(open_form(entry_page(open_app, "commune_reporter")), mine), "Nộp số liệu")
    later = entry_page(open_app)
    press(check(open_form(later, action="Sửa số đã nộp"), {}), "Nộp số liệu")
    assert later.title[0].value == f"Người khác vừa nộp: {ONLINE}"


def test_a_colleague_at_the_same_form_is_announced_without_what_they_typed(open_app: OpenApp) -> None:
    fill(open_form(entry_page(open_app)), {RECEIVED: "2.777"}).run()
    other = page_text(open_form(entry_page(open_app, "commune_reporter")))
    assert "Chủ tịch UBND xã Phú Bình cũng đang nhập, lưu lần cuối" in other
    assert "2.777" not in other


def test_of_two_people_the_second_sees_the_figures_of_the_first_and_loses_none(
    open_app: OpenApp, demo_database: Path
) -> None:
    second = check(open_form(entry_page(open_app, "commune_reporter")), {RECEIVED: "2.300", FULL_ONLINE: "1.500"})
    submitted(open_app)
    press(second, "Nộp số liệu")
    assert second.title[0].value == f"Người khác vừa nộp: {ONLINE}"
    assert f"{RECEIVED} 2.300 hồ sơ 2.240 hồ sơ" in page_text(second)
    press(second, "Dùng số của tôi")
    second.text_input[0].set_value("Số của tôi đủ cả ngày cuối tháng")
    press(second, "Nộp số liệu")
    assert in_force(demo_database)["dossiers_received"].figure.value == Decimal(2300)


def test_a_return_sent_back_says_why_on_top_and_at_the_figure_and_until_when(
    open_app: OpenApp, demo_database: Path
) -> None:
    app = submitted(open_app)
    with office(demo_database, "05908", "online-services") as (owed, act):
        send_back(*act, seen(owed), "Số toàn trình cao bất thường", notes={"dossiers_full_online": "Đối chiếu"}, **AT)
    press(app, "Về danh sách biểu")
    assert "Cần sửa" in page_text(app)
    open_form(app, action="Sửa và nộp lại")
    shown = page_text(app)
    assert "Biểu bị trả lại, cần sửa và nộp lại đến hết ngày 25/10/2025" in shown
    assert "Chuyên viên tổng hợp, Văn phòng UBND tỉnh: Số toàn trình cao bất thường" in shown
    assert shown.index("Cần xem lại: Đối chiếu") > shown.index(f"2. {FULL_ONLINE}")
    assert typed(app) == {RECEIVED: "2.240", FULL_ONLINE: "1.420"}
    press(check(app, {FULL_ONLINE: "1.240"}), "Nộp số liệu")
    app.text_input[0].set_value("Trừ hồ sơ đếm hai lần")
    press(app, "Nộp số liệu")
    assert "Đã nộp, chờ duyệt" in page_text(press(app, "Về danh sách biểu"))


def test_an_approved_return_is_only_to_look_at(open_app: OpenApp, demo_database: Path) -> None:
    app = submitted(open_app)
    with office(demo_database, "05908", "online-services") as (owed, act):
        approve(*act, [seen(owed)], **AT)
    press(app, "Về danh sách biểu")
    press(app, f"Xem: {ONLINE}")
    shown = page_text(app)
    assert f"{RECEIVED} 2.240 hồ sơ" in shown
    assert "duyệt 16:00 ngày 03/10/2025, người duyệt: Chuyên viên tổng hợp" in shown
    assert [button.label for button in app.button] == ["Về danh sách biểu", "Xin mở lại"]


def test_asking_for_reopening_needs_a_reason_and_is_shown_until_it_is_answered(
    open_app: OpenApp, demo_database: Path
) -> None:
    app = entry_page(open_app, phieu=LOCKED)
    press(app, "Xin mở lại")
    assert "Cần sửa: Ghi rõ lý do, từ 10 ký tự trở lên." in page_text(app)
    app.text_input[0].set_value(WHY)
    press(app, "Xin mở lại")
    assert re.search(rf"Chủ tịch UBND xã Phú Bình, \d\d:\d\d ngày 03/10/2025: {WHY}", page_text(app))
    assert "Đã xin mở lại, chờ trả lời" in page_text(app)
    assert not app.text_input
    assert "đã xin mở lại, chờ trả lời" in page_text(press(app, "Về danh sách biểu")).lower()
    august = Period.parse("2025-08")
    with office(demo_database, "05908", "online-services", august) as (owed, act):
        refuse_reopening(*act, seen(owed), "Đã chốt số với Bộ", **AT)
    refused = page_text(entry_page(open_app, phieu=LOCKED))
    assert "Xin mở lại không được chấp nhận" in refused
    assert "Chuyên viên tổng hợp, Văn phòng UBND tỉnh, 16:00 ngày 03/10/2025: Đã chốt số với Bộ" in refused
    with office(demo_database, "05908", "online-services", august) as (owed, act):
        reopen(*act, seen(owed), "Cho sửa một lần", TODAY + timedelta(days=4), **AT)
    again = entry_page(open_app)
    assert "Được mở lại" in page_text(again)
    open_form(again, ONLINE.replace("9/", "8/"), "Sửa và nộp lại")
    assert "Biểu được mở lại, nộp được đến hết ngày 07/10/2025" in page_text(again)
    assert typed(again)[RECEIVED] == "2.188"


def test_returns_of_earlier_months_are_found_folded_below_the_list(open_app: OpenApp) -> None:
    app = entry_page(open_app)
    (box,) = [each for each in app.selectbox if each.label == "Biểu đã duyệt hoặc đã khóa"]
    assert f"tháng 8/2025 · {ONLINE[:-14]} · Đã duyệt" in box.options
    assert all("tháng 9/2025" not in option for option in box.options)
    box.select(LOCKED).run()
    press(app, "Xem biểu đã chọn")
    assert app.title[0].value == ONLINE.replace("9/", "8/")


def test_a_return_submitted_late_says_by_how_many_days(open_app: OpenApp, demo_database: Path) -> None:
    head = Person("demo-commune_head", "x", Role.HEAD, frozenset({"05908"}))
    entries = [Entry("dossiers_received", Decimal(2240)), Entry("dossiers_full_online", Decimal(1420))]
    with office(demo_database, "05908", "online-services") as (owed, (store, province, _)):
        now, today = datetime(2025, 10, 8, 18, tzinfo=UTC), date(2025, 10, 9)
        submit_return(
            store, province, head, "05908", owed.form, owed.period, entries, today=today, now=now, expected_revision=0
        )
    assert "nộp 01:00 ngày 09/10/2025, muộn 3 ngày" in page_text(entry_page(open_app))


def test_the_return_of_another_unit_is_not_opened_by_its_address_even_when_it_is_closed(open_app: OpenApp) -> None:
    app = entry_page(open_app, "office_head", phieu=LOCKED)
    assert [title.value for title in app.title] == ["Nhập số liệu"]
    assert not app.text_input
