"""The Excel file on the page: what it would change is shown first, nothing is written before it is confirmed."""

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from scorecard.definitions import read_province
from scorecard.domain.access import Person, Role
from scorecard.presentation.formats import Formats
from scorecard.presentation.return_file import fillable_workbook
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import open_store
from scorecard.workflow.checks import Entry
from scorecard.workflow.owed import owed_returns
from scorecard.workflow.returned_file import forms_to_fill
from scorecard.workflow.returns import submit_return
from scorecard.workflow.settings import ROOT
from scorecard.workflow.table_reading import answered_in_rows
from tests.pages.entry_page import (
    AT,
    FULL_ONLINE,
    GOOD,
    ONLINE,
    RECEIVED,
    SEPTEMBER,
    TODAY,
    check,
    entry_page,
    fill,
    in_force,
    open_form,
    page_text,
    press,
)
from tests.spreadsheet.office import saved

OpenApp = Callable[..., AppTest]
SHEET, FILES = "Dịch vụ công trực tuyến hằng", "Hồ sơ công việc trên môi trường"
WHY = "Sót hồ sơ nộp qua bưu chính"
LIST = "Nhập số liệu"


def colleague(unit: str = "05908") -> Person:
    return Person("dong-nghiep", "Cán bộ thống kê", Role.REPORTER, frozenset({unit}))


def workbook(database: Path, cells: dict[str, dict[str, object]], unit: str = "05908") -> bytes:
    """Make the September workbook of a unit as the list does, and fill in cells by the beginning of a sheet's name."""
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    assert province is not None
    store = open_store(f"sqlite:///{database}")
    owed = [
        each
        for each in owed_returns(store, province, colleague(unit), TODAY)
        if each.period == SEPTEMBER and answered_in_rows(each.form) and each.taken_on(TODAY)
    ]
    forms = forms_to_fill(store, province, owed)
    store.close()
    formats = Formats(load_texts(Language.VIETNAMESE))
    book = load_workbook(io.BytesIO(fillable_workbook(province, owed[0].unit, SEPTEMBER, forms, formats)))
    for name, answers in cells.items():
        (sheet,) = [each for each in book.worksheets if each.title.startswith(name)]
        for address, value in answers.items():
            sheet[address] = value
    return saved(book)


def upload(app: AppTest, content: bytes) -> AppTest:
    return app.file_uploader[0].upload("so-lieu.xlsx", content).run()


def submitted_by_colleague(database: Path, received: int, online: int) -> None:
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    assert province is not None
    store = open_store(f"sqlite:///{database}")
    entries = [
        Entry("dossiers_received", Decimal(received)),
        Entry("dossiers_full_online", Decimal(online)),
    ]
    form = province.form("online-services")
    submit_return(store, province, colleague(), "05908", form, SEPTEMBER, entries, expected_revision=0, **AT)
    store.close()


def end_of(database: Path) -> object:
    store = open_store(f"sqlite:///{database}")
    found = store.chain_end()
    store.close()
    return found


def reasons(app: AppTest, text: str) -> AppTest:
    for box in app.text_input:
        box.set_value(text)
    return app


def value_of(database: Path, element: str) -> Decimal | None:
    return in_force(database)[element].figure.value


def test_each_open_period_has_its_workbook_and_forms_that_need_a_source_or_evidence_are_named(
    open_app: OpenApp,
) -> None:
    commune = entry_page(open_app)
    assert [button.label for button in commune.download_button] == [
        "Tải tệp Excel để điền: Xã Phú Bình, quý III/2025",
        "Tải tệp Excel để điền: Xã Phú Bình, tháng 9/2025",
    ]
    assert "phải nhập trên trang" not in page_text(commune)
    office = page_text(entry_page(open_app, "office_head"))
    assert "vì cần ghi nguồn hoặc minh chứng: Đường dây nóng, tổng đài hỗ trợ 24/7." in office


def test_a_filled_workbook_is_shown_first_and_submitted_only_when_it_is_confirmed(
    open_app: OpenApp, demo_database: Path
) -> None:
    before = end_of(demo_database)
    app = upload(entry_page(open_app), workbook(demo_database, {SHEET: {"F7": 2240, "F8": "1.420"}}))
    shown = page_text(app)
    assert app.title[0].value == "Xem lại tệp Excel"
    assert "Chưa có gì được ghi." in shown
    assert f"{RECEIVED} 2.240 hồ sơ chưa có số liệu số mới {FULL_ONLINE} 1.420 hồ sơ" in shown
    assert "Chưa điền trong tệp nên chưa nộp: Hồ sơ công việc trên môi trường mạng" in shown
    assert end_of(demo_database) == before
    press(app, "Nộp 1 phiếu")
    done = page_text(app)
    assert "Đã nộp 1/1 phiếu." in done
    assert "Mã phiếu" in done
    assert (value_of(demo_database, "dossiers_received"), value_of(demo_database, "dossiers_full_online")) == (
        2240,
        1420,
    )
    after = end_of(demo_database)
    assert [button.label for button in app.button if "Nộp" in button.label] == []
    press(app, "Về danh sách biểu")
    assert app.title[0].value == LIST
    assert "Đã nộp, chờ duyệt" in page_text(app)
    assert end_of(demo_database) == after


def test_every_return_of_the_file_is_submitted_and_has_its_own_code(open_app: OpenApp, demo_database: Path) -> None:
    cells: dict[str, dict[str, object]] = {SHEET: {"F7": 2240, "F8": 1420}, FILES: {"F7": 1234, "F8": 1200}}
    app = upload(entry_page(open_app), workbook(demo_database, cells))
    press(reasons(app, "Đã đối chiếu với sổ"), "Nộp 2 phiếu")
    done = page_text(app)
    assert "Đã nộp 2/2 phiếu." in done
    assert done.count("Mã phiếu ") == 2
    assert value_of(demo_database, "work_files_total") == 1234


def test_a_bad_cell_is_named_by_sheet_and_address_and_nothing_is_written(
    open_app: OpenApp, demo_database: Path
) -> None:
    before = end_of(demo_database)
    cells: dict[str, dict[str, object]] = {SHEET: {"F7": 2240, "F8": "nhiều"}, FILES: {"F7": 1234, "F8": 1200}}
    app = upload(entry_page(open_app), workbook(demo_database, cells))
    shown = page_text(app)
    assert app.title[0].value == "Tệp Excel chưa dùng được"
    assert "Có 1 chỗ cần sửa" in shown
    assert f"Trang tính “{SHEET}”, ô F8 ({FULL_ONLINE}): “nhiều” không phải số." in shown
    assert "Chưa có gì được ghi." in shown
    assert [button.label for button in app.button] == ["Về danh sách biểu để chọn tệp khác"]
    press(app, "Về danh sách biểu để chọn tệp khác")
    assert app.title[0].value == LIST
    assert end_of(demo_database) == before


def test_an_answer_left_out_is_named_at_its_cell(open_app: OpenApp, demo_database: Path) -> None:
    app = upload(entry_page(open_app), workbook(demo_database, {SHEET: {"F7": 2240}}))
    assert f"Trang tính “{SHEET}”, ô F8" in page_text(app)


def test_the_file_of_another_unit_is_refused(open_app: OpenApp, demo_database: Path) -> None:
    app = upload(entry_page(open_app), workbook(demo_database, {SHEET: {"F7": 210, "F8": 200}}, unit="so-khcn"))
    assert "Tệp này của Sở Khoa học và Công nghệ, không phải của Xã Phú Bình." in page_text(app)


def test_what_is_no_workbook_is_refused_in_words(open_app: OpenApp) -> None:
    app = upload(entry_page(open_app), b"khong phai Excel")
    assert "Tệp không phải Excel (.xlsx)." in page_text(app)


def test_a_file_older_than_what_a_colleague_submitted_is_told_and_not_offered(
    open_app: OpenApp, demo_database: Path
) -> None:
    older = workbook(demo_database, {SHEET: {"F7": 2240, "F8": 1420}})
    submitted_by_colleague(demo_database, 2300, 1400)
    app = upload(entry_page(open_app), older)
    shown = page_text(app)
    assert "Phiếu này không nộp được từ tệp này" in shown
    assert "đã nộp số mới lúc 16:00 ngày 03/10/2025, sau khi tệp này được tải về." in shown
    assert [button.label for button in app.button] == ["Không nộp, về danh sách biểu"]


def test_a_colleague_who_submits_during_the_review_wins_and_the_other_return_is_still_submitted(
    open_app: OpenApp, demo_database: Path
) -> None:
    cells: dict[str, dict[str, object]] = {SHEET: {"F7": 2240, "F8": 1420}, FILES: {"F7": 1234, "F8": 1200}}
    app = upload(entry_page(open_app), workbook(demo_database, cells))
    submitted_by_colleague(demo_database, 2300, 1400)
    press(reasons(app, "Đã đối chiếu với sổ"), "Nộp 2 phiếu")
    shown = page_text(app)
    assert "Đã nộp 1/2 phiếu." in shown
    assert f"{ONLINE}, Xã Phú Bình Chưa nộp được phiếu này Người khác vừa nộp" in shown
    assert value_of(demo_database, "dossiers_received") == 2300
    assert value_of(demo_database, "work_files_total") == 1234


def test_a_correction_by_file_shows_what_stays_and_owes_a_reason(open_app: OpenApp, demo_database: Path) -> None:
    app = press(check(open_form(entry_page(open_app)), GOOD), "Nộp số liệu")
    press(app, "Về danh sách biểu")
    before = end_of(demo_database)
    upload(app, workbook(demo_database, {SHEET: {"F7": 2250}}))
    shown = page_text(app)
    assert f"{RECEIVED} 2.250 hồ sơ 2.240 hồ sơ thay số đã nộp 1 số giữ nguyên như đã nộp." in shown
    press(app, "Nộp 1 phiếu")
    assert "Viết rõ vì sao sửa số đã nộp, từ 10 ký tự trở lên." in page_text(app)
    assert end_of(demo_database) == before
    press(reasons(app, WHY), "Nộp 1 phiếu")
    assert "Đã nộp 1/1 phiếu." in page_text(app)
    assert value_of(demo_database, "dossiers_received") == 2250
    assert in_force(demo_database)["dossiers_received"].reason == WHY


def test_a_file_that_changes_nothing_offers_nothing_to_submit(open_app: OpenApp, demo_database: Path) -> None:
    app = press(check(open_form(entry_page(open_app)), GOOD), "Nộp số liệu")
    press(app, "Về danh sách biểu")
    upload(app, workbook(demo_database, {}))
    assert "Tệp này không có phiếu nào để nộp." in page_text(app)
    assert [button.label for button in app.button] == ["Không nộp, về danh sách biểu"]


def test_an_unusual_figure_needs_a_reason_which_is_kept(open_app: OpenApp, demo_database: Path) -> None:
    app = upload(entry_page(open_app), workbook(demo_database, {SHEET: {"F7": 24000, "F8": 1420}}))
    before = end_of(demo_database)
    press(app, "Nộp 1 phiếu")
    assert "Viết rõ vì sao số đúng, từ 10 ký tự trở lên; số sai thì sửa trong Excel" in page_text(app)
    assert end_of(demo_database) == before
    press(reasons(app, "Chiến dịch cấp đổi giấy tờ"), "Nộp 1 phiếu")
    assert "Đã nộp 1/1 phiếu." in page_text(app)
    assert "Chiến dịch cấp đổi giấy tờ" in in_force(demo_database)["dossiers_received"].reason


def test_what_was_half_typed_is_announced_as_dropped_and_is_gone_afterwards(
    open_app: OpenApp, demo_database: Path
) -> None:
    app = fill(open_form(entry_page(open_app)), {RECEIVED: "12"}).run()
    press(app, "Về danh sách biểu")
    upload(app, workbook(demo_database, {SHEET: {"F7": 2240, "F8": 1420}}))
    assert "bản nhập dở đó được bỏ" in page_text(app)
    press(app, "Nộp 1 phiếu")
    press(app, "Về danh sách biểu")
    open_form(app, action="Sửa số đã nộp")
    assert [box.value for box in app.text_input] == ["2.240", "1.420"]


def test_english_readers_look_over_the_file_in_english(open_app: OpenApp, demo_database: Path) -> None:
    app = upload(entry_page(open_app, lang="en"), workbook(demo_database, {SHEET: {"F7": 2240, "F8": 1420}}))
    assert app.title[0].value == "Look over the Excel file"
    press(app, "Submit returns: 1")
    assert "Submitted 1 of 1." in page_text(app)
