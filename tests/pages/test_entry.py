"""Entering figures through the page: as typed, as understood, as refused, as stored."""

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.domain.figure import Figure, FigureState
from scorecard.store import Batch, EventKind, ReturnDraft, open_store
from scorecard.ui.navigation import ENTRY, OVERVIEW
from scorecard.workflow.review import approve, seen
from scorecard.workflow.settings import ROOT
from tests.pages.entry_page import (
    AT,
    COMMUNE,
    FULL_ONLINE,
    GOOD,
    ONLINE,
    RECEIVED,
    SEPTEMBER,
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
REASON = "Đã đối chiếu với hệ thống của tỉnh"


def submit_as_somebody_else(database: Path, received: int, full_online: int) -> None:
    figures = tuple(
        Figure(unit_id=COMMUNE, element_id=element, period=SEPTEMBER, value=Decimal(value))
        for element, value in (("dossiers_received", received), ("dossiers_full_online", full_online))
    )
    draft = ReturnDraft(unit_id=COMMUNE, form_id="online-services", period=SEPTEMBER, figures=figures)
    store = open_store(f"sqlite:///{database}")
    store.record(
        Batch(
            kind=EventKind.RETURN_SUBMITTED,
            province_id="thai-nguyen",
            person_id="demo-commune_reporter",
            at=datetime(2025, 10, 3, 2, 15, tzinfo=UTC),
            returns=(draft,),
        )
    )
    store.close()


@pytest.fixture
def one_decimal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Definitions in which dossiers are counted with one decimal."""
    shutil.copytree(ROOT / "targets", tmp_path / "targets")
    form = tmp_path / "targets" / "thai-nguyen" / "forms" / "online-services.yaml"
    form.write_text(form.read_text(encoding="utf-8").replace("decimals: 0", "decimals: 1"), encoding="utf-8")
    monkeypatch.setenv("SCORECARD_TARGETS", str(tmp_path / "targets"))


@pytest.mark.parametrize("person", ["chair", "administrator"])
def test_who_may_not_report_is_told_why_and_sees_no_form(open_app: OpenApp, person: str) -> None:
    app = entry_page(open_app, person)
    assert [title.value for title in app.title] == ["Bạn chưa được mở trang này"]
    assert app.warning[0].value.startswith("Vai trò của bạn chỉ được xem.")
    assert not app.button
    assert not app.text_input


@pytest.mark.parametrize(
    ("person", "owed"),
    [
        ("commune_head", 3),
        ("commune_reporter", 3),
        ("office_head", 4),
        ("science_head", 4),
    ],
)
def test_the_list_names_what_the_own_unit_owes_and_every_form_opens(open_app: OpenApp, person: str, owed: int) -> None:
    app = entry_page(open_app, person)
    labels = [button.label for button in app.button]
    assert len(labels) == owed
    assert re.search(
        rf"(Còn \d/{owed} biểu chưa nộp; hạn 06/10/2025 \(còn 3 ngày\)\.|nộp đủ {owed}/{owed})", page_text(app)
    )
    for label in labels:
        form = press(entry_page(open_app, person), label)
        assert not form.exception
        assert form.title[0].value == label.split(": ", 1)[1]
        offered = "Xin mở lại" if label.startswith("Xem: ") else "Kiểm tra lại"
        table = ["Điền vào biểu"] if form.radio else []
        assert [button.label for button in form.button] == ["Về danh sách biểu", *table, offered]
        if offered == "Xin mở lại":
            assert "nạp từ tệp lúc 00:00 ngày 03/10/2025" in page_text(form)
            continue
        assert len(form.radio) == page_text(form).count("Lấy ở: ")
        assert len(form.radio) + len(form.get("button_group")) > 0


def test_the_return_of_another_unit_cannot_be_opened_by_its_address(open_app: OpenApp) -> None:
    app = entry_page(open_app, "office_head", phieu="online-services.05908.2025-09")
    assert [title.value for title in app.title] == ["Nhập số liệu"]
    assert not app.text_input


def test_earlier_figures_stand_beside_the_box_and_never_in_it(open_app: OpenApp) -> None:
    app = open_form(entry_page(open_app))
    assert "Tháng 8/2025: 2.188 hồ sơ" in page_text(app)
    assert "Tháng 9/2024: chưa có số liệu" in page_text(app)
    assert typed(app) == {RECEIVED: "", FULL_ONLINE: ""}


@pytest.mark.usefixtures("one_decimal")
@pytest.mark.parametrize(
    ("text", "read_back"),
    [("1.234", "1.234 hồ sơ"), ("80,5", "80,5 hồ sơ"), ("1.234,5", "1.234,5 hồ sơ"), (" 1 234 ", "1.234 hồ sơ")],
)
def test_a_number_typed_the_vietnamese_way_is_read_back(open_app: OpenApp, text: str, read_back: str) -> None:
    app = open_form(entry_page(open_app))
    fill(app, {RECEIVED: text}).run()
    assert f"Máy hiểu là: {read_back}" in page_text(app)
    check(app, {RECEIVED: text, FULL_ONLINE: "1"})
    assert app.title[0].value == f"Kiểm tra lại: {ONLINE}"
    assert f"{RECEIVED} {read_back} " in page_text(app)


@pytest.mark.usefixtures("one_decimal")
@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("1.23", "“1.23”: phần lẻ viết sau dấu phẩy, gõ 1,23."),
        ("1,234.5", "“1,234.5” viết theo kiểu tiếng Anh. Gõ 1.234,5:"),
        ("-5", "“-5” là số âm."),
        ("abc", "“abc” có chữ hoặc ký hiệu. Chỉ gõ số, ví dụ 1.234;"),
        ("<b>1</b>", "“<b>1</b>” có chữ hoặc ký hiệu."),
        ("", "Gõ số vào ô này."),
    ],
)
def test_what_could_be_misread_is_refused_with_advice_and_kept_as_typed(
    open_app: OpenApp, demo_database: Path, text: str, advice: str
) -> None:
    app = check(open_form(entry_page(open_app)), {RECEIVED: text, FULL_ONLINE: "12"})
    shown = page_text(app)
    assert "Có 1 chỗ cần sửa" in shown
    assert f"{RECEIVED}: {advice}" in shown
    assert f"Cần sửa: {advice}" in shown
    assert typed(app) == {RECEIVED: text, FULL_ONLINE: "12"}
    assert app.title[0].value == ONLINE
    assert "dossiers_received" not in in_force(demo_database)


def test_every_mistake_is_named_at_once_with_a_link_to_its_box(open_app: OpenApp) -> None:
    app = check(open_form(entry_page(open_app)), {RECEIVED: "1.23", FULL_ONLINE: "-5"})
    assert "Có 2 chỗ cần sửa" in page_text(app)
    summary = next(e.proto.body for e in app.get("html") if "entry-corrections" in e.proto.body[:60])
    places = re.findall(r'href="#([^"]+)"', summary)
    assert places == [box.key.removesuffix("-number") for box in app.text_input]


def test_a_part_greater_than_its_whole_is_refused_with_both_numbers(open_app: OpenApp, demo_database: Path) -> None:
    app = check(open_form(entry_page(open_app)), {RECEIVED: "2.000", FULL_ONLINE: "2.001"})
    shown = page_text(app)
    assert "Có 1 chỗ cần sửa" in shown
    assert "Hồ sơ xử lý hoàn toàn trực tuyến không thể nhiều hơn hồ sơ tiếp nhận." in shown
    assert f"Số vừa nhập: {FULL_ONLINE}: 2.001 hồ sơ; {RECEIVED}: 2.000 hồ sơ." in shown
    assert in_force(demo_database) == {}


def test_a_submitted_figure_is_in_the_store_with_who_and_when(open_app: OpenApp, demo_database: Path) -> None:
    app = check(open_form(entry_page(open_app)), GOOD)
    assert "Tỷ lệ hồ sơ xử lý hoàn toàn trực tuyến: 63,4% (1.420 trên 2.240)" in page_text(app)
    press(app, "Nộp số liệu")
    assert app.title[0].value == f"Đã nộp: {ONLINE}"
    recorded = in_force(demo_database)
    assert {element: each.figure.value for element, each in recorded.items()} == {
        "dossiers_received": Decimal(2240),
        "dossiers_full_online": Decimal(1420),
    }
    (when,) = {each.recorded_at for each in recorded.values()}
    assert {each.recorded_by for each in recorded.values()} == {"demo-commune_head"}
    assert when.astimezone(UTC).date().isoformat() in ("2025-10-02", "2025-10-03")
    receipt = page_text(app)
    assert "Người nộp Chủ tịch UBND xã Phú Bình" in receipt
    assert re.search(r"Mã phiếu \d{6}-[0-9A-F]{8}", receipt)
    assert "80% hồ sơ được xử lý hoàn toàn trực tuyến" in receipt
    assert "trước khi hết ngày 25/10/2025" in receipt
    assert "Còn 2/3 biểu chưa nộp" in page_text(press(app, "Về danh sách biểu"))


def test_the_overview_counts_a_figure_once_it_is_approved(open_app: OpenApp, demo_database: Path) -> None:
    app = entry_page(open_app, "office_head")
    assert "75/76 dịch vụ" in page_text(app.switch_page(OVERVIEW.path).run())
    app.switch_page(ENTRY.path).run()
    open_form(app, "Dịch vụ công thiết yếu theo Đề án 06, tháng 9/2025")
    check(app, {"Dịch vụ công thiết yếu đã cung cấp": "76"})
    assert "76/76 dịch vụ" in page_text(app)
    press(app, "Nộp số liệu")
    assert "75/76 dịch vụ" in page_text(press(app, "Xem Tổng quan"))
    with office(demo_database, "van-phong-ubnd", "essential-services") as (returned, act):
        approve(*act, [seen(returned)], **AT)
    overview = page_text(app.switch_page(OVERVIEW.path).run())
    assert "76/76 dịch vụ" in overview
    assert "75/76 dịch vụ" not in overview


def test_nothing_typed_is_lost_on_another_page_or_on_the_way_back(open_app: OpenApp) -> None:
    app = fill(open_form(entry_page(open_app)), {RECEIVED: "1.23", FULL_ONLINE: "7"}).run()
    app.switch_page(OVERVIEW.path).run()
    app.switch_page(ENTRY.path).run()
    press(app, "Về danh sách biểu")
    assert "Đang làm" in page_text(app)
    open_form(app, action="Nhập tiếp")
    assert typed(app) == {RECEIVED: "1.23", FULL_ONLINE: "7"}


def test_going_back_from_the_review_keeps_what_was_typed_as_it_was_typed(open_app: OpenApp) -> None:
    app = press(check(open_form(entry_page(open_app)), GOOD), "Sửa")
    assert typed(app) == GOOD


def test_a_draft_is_nobody_elses(open_app: OpenApp) -> None:
    app = fill(open_form(entry_page(open_app)), {RECEIVED: "123"}).run()
    app.selectbox(key="vai").select("commune_reporter").run()
    assert typed(app) == {RECEIVED: "", FULL_ONLINE: ""}


def test_none_occurred_is_zero_and_no_figure_yet_is_not(open_app: OpenApp, demo_database: Path) -> None:
    app = open_form(entry_page(open_app))
    app.radio[0].set_value("not_available").run()
    app.radio[1].set_value("none_occurred").run()
    press(app, "Kiểm tra lại")
    assert f"{RECEIVED}: Viết rõ vì sao chưa có số liệu, từ 10 ký tự trở lên." in page_text(app)
    check(app, {f"{RECEIVED}: vì sao chưa có số liệu?": "Hệ thống của tỉnh đang bảo trì"})
    for finding in app.text_input:
        finding.set_value(REASON)
    press(app, "Nộp số liệu")
    recorded = in_force(demo_database)
    missing, none = recorded["dossiers_received"].figure, recorded["dossiers_full_online"].figure
    assert (missing.value, missing.state) == (None, FigureState.NOT_AVAILABLE)
    assert missing.note == "Hệ thống của tỉnh đang bảo trì"
    assert (none.value, none.state) == (Decimal(0), FigureState.NUMBER)


def test_an_unusual_number_passes_only_with_a_reason_and_the_reason_is_kept(
    open_app: OpenApp, demo_database: Path
) -> None:
    app = check(open_form(entry_page(open_app)), {RECEIVED: "21.880", FULL_ONLINE: "1.420"})
    shown = page_text(app)
    assert "Có 1 số khác thường" in shown
    assert "gấp khoảng 10 lần kỳ trước (2.188), có thể thừa chữ số. Số vừa nhập: 21.880 hồ sơ." in shown
    app.text_input[0].set_value("đúng rồi")
    press(app, "Nộp số liệu")
    assert "Có 1 chỗ cần sửa" in page_text(app)
    assert app.text_input[0].value == "đúng rồi"
    assert in_force(demo_database) == {}
    app.text_input[0].set_value(REASON)
    press(app, "Nộp số liệu")
    assert in_force(demo_database)["dossiers_received"].reason == REASON


def test_a_correction_starts_from_what_was_submitted_and_needs_a_reason(open_app: OpenApp, demo_database: Path) -> None:
    app = press(press(check(open_form(entry_page(open_app)), GOOD), "Nộp số liệu"), "Về danh sách biểu")
    open_form(app, action="Sửa số đã nộp")
    assert typed(app) == {RECEIVED: "2.240", FULL_ONLINE: "1.420"}
    assert re.search(r"· nộp \d\d:\d\d ngày 03/10/2025, còn sửa được đến hết ngày 25/10/2025", page_text(app))
    check(app, {RECEIVED: "2.250"})
    assert "Số đã nộp trước" in page_text(app)
    press(app, "Nộp số liệu")
    assert "Viết rõ vì sao sửa số đã nộp" in page_text(app)
    app.text_input[0].set_value("Bổ sung hồ sơ nộp qua bưu chính")
    press(app, "Nộp số liệu")
    corrected = in_force(demo_database)["dossiers_received"]
    assert (corrected.figure.value, corrected.revision) == (Decimal(2250), 2)
    assert corrected.reason == "Bổ sung hồ sơ nộp qua bưu chính"


def test_submitting_the_same_figures_again_is_refused_in_words(open_app: OpenApp) -> None:
    app = press(press(check(open_form(entry_page(open_app)), GOOD), "Nộp số liệu"), "Về danh sách biểu")
    press(check(open_form(app, action="Sửa số đã nộp"), {}), "Nộp số liệu")
    assert "Các số này giống hệt số đã nộp, không có gì để nộp lại." in page_text(app)


def test_when_somebody_else_submitted_meanwhile_both_are_shown_and_theirs_can_stay(
    open_app: OpenApp, demo_database: Path
) -> None:
    app = check(open_form(entry_page(open_app)), GOOD)
    submit_as_somebody_else(demo_database, 2300, 1500)
    press(app, "Nộp số liệu")
    shown = page_text(app)
    assert "Người khác vừa nộp: Dịch vụ công trực tuyến hằng tháng, tháng 9/2025" in shown
    assert "Công chức đầu mối xã Phú Bình đã nộp lúc 09:15 ngày 03/10/2025" in shown
    assert f"{RECEIVED} 2.240 hồ sơ 2.300 hồ sơ" in shown
    assert in_force(demo_database)["dossiers_received"].figure.value == Decimal(2300)
    assert "Đã nộp" in page_text(press(app, "Giữ số người khác đã nộp"))
    assert in_force(demo_database)["dossiers_received"].figure.value == Decimal(2300)


def test_after_a_conflict_the_own_figures_can_replace_theirs_with_a_reason(
    open_app: OpenApp, demo_database: Path
) -> None:
    app = check(open_form(entry_page(open_app)), GOOD)
    submit_as_somebody_else(demo_database, 2300, 1500)
    press(press(app, "Nộp số liệu"), "Dùng số của tôi")
    app.text_input[0].set_value("Số của đầu mối thiếu ngày cuối tháng")
    press(app, "Nộp số liệu")
    mine = in_force(demo_database)["dossiers_received"]
    assert (mine.figure.value, mine.revision) == (Decimal(2240), 2)


def test_the_page_speaks_english_with_numbers_still_typed_the_vietnamese_way(open_app: OpenApp) -> None:
    app = entry_page(open_app, lang="en")
    press(app, "Enter figures: Online public services, monthly, month 9/2025")
    fill(app, {"Dossiers received in the month": "1.234"}).run()
    assert "Understood as: 1.234 hồ sơ" in page_text(app)
