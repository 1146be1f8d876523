"""Every kind of form on the page: a list told member by member, a milestone, a published score, a stock."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.definitions import read_province
from scorecard.domain.access import Person, Role
from scorecard.store import open_store
from scorecard.ui.navigation import OVERVIEW
from scorecard.workflow.exchange import read_exchange
from scorecard.workflow.importing import import_figures
from scorecard.workflow.review import approve, seen
from scorecard.workflow.settings import ROOT
from tests.pages.entry_page import AT, check, entry_page, in_force, office, open_form, page_text, press

OpenApp = Callable[..., AppTest]
SERVICES, TOTAL = "Dịch vụ công thiết yếu theo Đề án 06, tháng 9/2025", "Dịch vụ công thiết yếu đã cung cấp"
HOTLINE = "Đường dây nóng, tổng đài hỗ trợ 24/7, tháng 9/2025"
SINCE = "Từ ngày (không nhớ ngày thì ghi 3/2025 hoặc 2025)"
DONE_ON, EVIDENCE = "Xong ngày (ví dụ 05/3/2025)", "Minh chứng: địa chỉ https://…"
SCORE, RANK = "Chỉ số cải cách hành chính (PAR Index)", "Thứ hạng PAR Index cả nước"
SOURCE = "Nguồn: ai công bố, ngày nào"


def office_id(database: Path) -> str:
    with office(database, "van-phong-ubnd", "essential-services") as (owed, _):
        return owed.unit.id


def mark(app: AppTest, number: int, presence: str | None) -> AppTest:
    """Mark one part by its number, as the button with the word does."""
    (control,) = [each for each in app.segmented_control if each.label.startswith(f"{number}. ")]
    return control.set_value(presence).run()


def boxes(app: AppTest, label: str) -> list:
    return [box for box in app.text_input if box.label.startswith(label)]


def import_rows(database: Path, *rows: str) -> None:
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    assert province is not None
    parsed = read_exchange(("period,unit,element,value,state,note\n" + "\n".join(rows)).encode(), province)
    store = open_store(f"sqlite:///{database}")
    administrator = Person("quan-tri", "x", Role.ADMINISTRATOR)
    import_figures(store, province, administrator, parsed, datetime(2025, 10, 3, tzinfo=UTC), "Nạp")
    store.close()


def test_every_member_of_the_list_is_asked_for_and_none_is_marked(open_app: OpenApp) -> None:
    app = open_form(entry_page(open_app, "office_head"), SERVICES)
    labels = [control.label for control in app.segmented_control]
    assert len(labels) == 76
    assert labels[2] == "3. Đăng ký thường trú: chưa báo riêng mục này"
    assert "Dịch vụ số 76: chưa báo riêng mục này" in labels
    assert {control.value for control in app.segmented_control} == {None}
    assert [each.label for each in app.expander] == [
        "Dán từ bảng",
        "Dịch vụ số 1–20",
        "Dịch vụ số 21–40",
        "Dịch vụ số 41–60",
        "Dịch vụ số 61–76",
    ]
    assert "Trong 76 mục của danh sách: 0 đã cung cấp, 0 chưa, 76 chưa rõ từng mục." in page_text(app)


def test_what_is_said_of_members_is_read_back_stored_and_next_to_the_question_later(
    open_app: OpenApp, demo_database: Path
) -> None:
    app = open_form(entry_page(open_app, "office_head"), SERVICES)
    mark(app, 3, "there")
    mark(app, 5, "not_there")
    boxes(app, SINCE)[0].set_value("05/3/2024").run()
    assert "1 đã cung cấp, 1 chưa, 74 chưa rõ từng mục" in page_text(app)
    check(app, {TOTAL: "75"})
    assert "3. Đăng ký thường trú đã cung cấp từ 05/03/2024 chưa rõ" in page_text(app)
    press(app, "Nộp số liệu")
    stored = in_force(demo_database, office_id(demo_database))
    there, not_there = (stored[f"essential_services_online#{number}"].figure for number in (3, 5))
    assert (there.value, there.note, not_there.value) == (Decimal(1), "2024-03-05", Decimal(0))
    assert {key for key in stored if "#" in key} == {"essential_services_online#3", "essential_services_online#5"}
    with office(demo_database, "van-phong-ubnd", "essential-services") as (owed, act):
        approve(*act, [seen(owed)], **AT)
    assert "75/76 dịch vụ" in page_text(app.switch_page(OVERVIEW.path).run())
    later = entry_page(open_app, "office_head", phieu="essential-services.van-phong-ubnd.2025-09")
    assert "3. Đăng ký thường trú đã cung cấp từ 05/03/2024" in page_text(later)


def test_what_was_said_of_a_member_stands_beside_it_until_it_changes(open_app: OpenApp, demo_database: Path) -> None:
    import_rows(demo_database, "2025-07,van-phong-ubnd,essential_services_online#3,1,,2024")
    app = open_form(entry_page(open_app, "office_head"), SERVICES)
    labels = [control.label for control in app.segmented_control]
    assert labels[2] == "3. Đăng ký thường trú. Đã báo tháng 7/2025: đã cung cấp từ 2024"
    assert {control.value for control in app.segmented_control} == {None}
    mark(app, 3, "not_there")
    check(app, {TOTAL: "75"})
    assert "3. Đăng ký thường trú chưa cung cấp đã cung cấp từ 2024" in page_text(app)


def test_a_total_that_the_members_contradict_is_refused_and_nothing_is_lost(open_app: OpenApp) -> None:
    app = open_form(entry_page(open_app, "office_head"), SERVICES)
    mark(app, 5, "not_there")
    check(app, {TOTAL: "76"})
    assert "số đã gõ là 76, nhưng theo từng mục thì từ 0 đến 75" in page_text(app)
    mark(app, 5, None)
    check(app, {})
    assert app.title[0].value == f"Kiểm tra lại: {SERVICES}"


@pytest.mark.parametrize(
    ("day", "advice"),
    [
        ("", "Gõ ngày, ví dụ 05/3/2025."),
        ("31/2/2025", "Không có ngày này"),
        ("01/10/2025", "Ngày này sau kỳ báo cáo"),
        ("hôm qua", "Gõ ngày theo thứ tự ngày, tháng, năm"),
    ],
)
def test_a_member_that_is_there_says_since_when(open_app: OpenApp, day: str, advice: str) -> None:
    app = open_form(entry_page(open_app, "office_head"), SERVICES)
    mark(app, 3, "there")
    boxes(app, SINCE)[0].set_value(day)
    check(app, {TOTAL: "75"})
    assert f"3. Đăng ký thường trú: {advice}" in page_text(app)
    assert boxes(app, SINCE)[0].value == day
    assert [each.label for each in app.expander if each.proto.expanded] == ["Dịch vụ số 1–20"]


def test_a_milestone_is_filed_step_by_step_with_evidence(open_app: OpenApp, demo_database: Path) -> None:
    app = open_form(entry_page(open_app, "office_head"), HOTLINE)
    assert "Tháng 8/2025: 1/1 bước" in page_text(app)
    press(app, "Kiểm tra lại")
    assert "chọn bước 1 đã xong hay chưa" in page_text(app)
    mark(app, 1, "there")
    boxes(app, DONE_ON)[0].set_value("10/5/2025")
    boxes(app, EVIDENCE)[0].set_value("đã xong rồi")
    press(app, "Kiểm tra lại")
    assert "Ghi minh chứng: địa chỉ bắt đầu bằng https://" in page_text(app)
    boxes(app, EVIDENCE)[0].set_value("QĐ 12/QĐ-UBND ngày 09/5/2025")
    press(app, "Kiểm tra lại")
    assert "đã xong ngày 10/05/2025, QĐ 12/QĐ-UBND ngày 09/5/2025" in page_text(app)
    press(app, "Nộp số liệu")
    assert "Đường dây nóng, tổng đài hỗ trợ 24/7" in page_text(app)
    stored = in_force(demo_database, office_id(demo_database))
    for element in ("hotline", "hotline#1"):
        figure = stored[element].figure
        assert (figure.value, figure.note) == (Decimal(1), "2025-05-10 QĐ 12/QĐ-UBND ngày 09/5/2025")


@pytest.fixture
def monthly_scores(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Definitions in which the People's Committee office reports the published indices every month."""
    shutil.copytree(ROOT / "targets", tmp_path / "targets")
    form = tmp_path / "targets" / "thai-nguyen" / "forms" / "published-indices.yaml"
    text = form.read_text(encoding="utf-8").replace(
        '{units: ["19"], every: year, due_day: 28, since: 2021-01, until: 2024-12}',
        "{units: [van-phong-ubnd], every: month, due_day: 28, since: 2025-09}",
    )
    assert "since: 2025-09" in text
    form.write_text(text, encoding="utf-8")
    monkeypatch.setenv("SCORECARD_TARGETS", str(tmp_path / "targets"))


@pytest.mark.usefixtures("monthly_scores")
def test_a_published_score_stays_on_its_scale_and_names_its_source(open_app: OpenApp, demo_database: Path) -> None:
    app = open_form(entry_page(open_app, "office_head"), "Chỉ số và thứ hạng do trung ương công bố, tháng 9/2025")
    for radio in app.radio[2:]:
        radio.set_value("not_available")
    app.run()
    for box in [each for each in app.text_input if each.label.endswith("vì sao chưa có số liệu?")]:
        box.set_value("Chưa được công bố")
    check(app, {SCORE: "89,2", RANK: "64"})
    shown = page_text(app)
    assert "Tính bằng hạng. Ví dụ cách gõ: 12; từ 0 đến 63" in page_text(check(app, {RANK: ""}))
    assert f"{RANK}: Ngoài thang điểm: chỉ từ 0 đến 63." in shown
    assert f"{SCORE}: Ghi rõ nguồn: ai công bố, ngày nào, từ 10 ký tự trở lên." in shown
    for box in boxes(app, f"{SOURCE}"):
        box.set_value("Bộ Nội vụ, công bố 19/4/2025")
    check(app, {RANK: "6"})
    assert f"{SCORE} 89,2%, nguồn: Bộ Nội vụ, công bố 19/4/2025" in page_text(app)
    press(app, "Nộp số liệu")
    stored = in_force(demo_database, office_id(demo_database))["par_index_published"].figure
    assert (str(stored.value), stored.note) == ("89.20", "Bộ Nội vụ, công bố 19/4/2025")


def test_the_last_known_value_of_what_exists_stands_beside_the_box_with_its_month(
    open_app: OpenApp, demo_database: Path
) -> None:
    import_rows(demo_database, "2025-08,van-phong-ubnd,essential_services_online,,not_available,Chưa đếm được")
    app = open_form(entry_page(open_app, "office_head"), SERVICES)
    assert "Số gần nhất đã báo, tháng 7/2025: 74 dịch vụ" in page_text(app)
    assert boxes(app, TOTAL)[0].value == ""
