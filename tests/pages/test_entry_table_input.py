"""A pasted table and a form 06a fill the boxes of a form, to be checked and looked over as if typed."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.pages.entry_page import (
    FULL_ONLINE,
    ONLINE,
    RECEIVED,
    check,
    entry_page,
    fill,
    in_force,
    open_form,
    page_text,
    press,
    typed,
)
from tests.pages.test_entry_kinds import HOTLINE
from tests.workflow.test_uploaded_06a import form_06a

OpenApp = Callable[..., AppTest]


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area[0].set_value(text)
    return press(app, "Điền vào biểu")


def take_06a(app: AppTest, content: bytes) -> AppTest:
    return app.file_uploader[0].upload("06a.xlsx", content).run()


def test_a_pasted_table_fills_the_boxes_and_is_reviewed_as_if_typed(open_app: OpenApp, demo_database: Path) -> None:
    app = paste(open_form(entry_page(open_app)), f"{RECEIVED}\t2.240\n{FULL_ONLINE}\t1420\n")
    assert typed(app) == {RECEIVED: "2.240", FULL_ONLINE: "1.420"}
    assert "Máy đã điền 2/2 số liệu, chưa gửi đi" in page_text(app)
    assert in_force(demo_database) == {}
    press(app, "Kiểm tra lại")
    assert app.title[0].value == f"Kiểm tra lại: {ONLINE}"
    press(app, "Sửa")
    assert "Máy đã điền" not in page_text(app)
    press(app, "Kiểm tra lại")
    press(app, "Nộp số liệu")
    assert in_force(demo_database)["dossiers_full_online"].figure.value == 1420


def test_a_reason_pasted_instead_of_a_number_answers_that_there_is_none(open_app: OpenApp) -> None:
    why = "Phần mềm chưa tổng hợp xong"
    app = paste(open_form(entry_page(open_app)), f"{RECEIVED}\t2240\n{FULL_ONLINE}\t\t{why}")
    assert app.radio[1].value == "not_available"
    check(app, {})
    assert f"{FULL_ONLINE} chưa có số liệu, vì: {why}" in page_text(app)


def test_what_the_table_leaves_out_stays_as_typed_or_is_named(open_app: OpenApp) -> None:
    app = paste(open_form(entry_page(open_app)), f"{RECEIVED}: 2240")
    assert f"Còn phải trả lời: {FULL_ONLINE}." in page_text(app)
    fill(app, {FULL_ONLINE: "14 20"}).run()
    paste(app, f"{RECEIVED}: 2250")
    assert typed(app) == {RECEIVED: "2.250", FULL_ONLINE: "14 20"}
    assert "Còn phải trả lời" not in page_text(app)


def test_a_table_that_is_not_understood_is_told_by_row_and_fills_nothing(open_app: OpenApp) -> None:
    app = fill(open_form(entry_page(open_app)), {RECEIVED: "99"}).run()
    paste(app, f"{RECEIVED}\t2240\nHồ sơ lạ\t5")
    shown = page_text(app)
    assert "Dòng 2 của bảng dán: biểu này không có số liệu tên “Hồ sơ lạ”." in shown
    assert "Chưa ô nào được điền." in shown
    assert typed(app) == {RECEIVED: "99", FULL_ONLINE: ""}


def test_form_06a_fills_what_follows_from_it_and_names_the_rest(open_app: OpenApp, demo_database: Path) -> None:
    app = take_06a(open_form(entry_page(open_app)), form_06a())
    assert typed(app) == {RECEIVED: "90", FULL_ONLINE: ""}
    shown = page_text(app)
    assert "Máy đã điền 1/2 số liệu, chưa gửi đi" in shown
    assert f"Còn phải trả lời: {FULL_ONLINE}." in shown
    assert in_force(demo_database) == {}


def test_form_06a_of_another_unit_fills_nothing(open_app: OpenApp) -> None:
    app = take_06a(open_form(entry_page(open_app)), form_06a(unit="Đơn vị báo cáo: UBND phường Quyết Thắng"))
    assert "không phải Xã Phú Bình" in page_text(app)
    assert typed(app) == {RECEIVED: "", FULL_ONLINE: ""}


def test_only_a_form_that_follows_from_06a_takes_one(open_app: OpenApp) -> None:
    app = open_form(entry_page(open_app), "Hồ sơ công việc trên môi trường mạng hằng tháng, tháng 9/2025")
    assert [each.label for each in app.expander] == ["Dán từ bảng"]
    assert not app.file_uploader


def test_a_milestone_takes_no_table(open_app: OpenApp) -> None:
    app = open_form(entry_page(open_app, "office_head"), HOTLINE)
    assert not app.text_area
    assert not app.expander
