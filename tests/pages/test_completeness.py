"""Who has submitted what, on the page that the coordinating office copies its reminders from."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.ui.navigation import COMPLETENESS, REVIEW
from tests.pages.test_entry import page_text, press

OpenApp = Callable[..., AppTest]


def completeness_page(open_app: OpenApp, person: str = "reviewer", **address: str) -> AppTest:
    return open_app(person, **address).switch_page(COMPLETENESS.path).run()


def copied(app: AppTest) -> list[str]:
    (listed,) = app.get("code")
    return listed.value.split("\n")


def test_the_open_month_tells_both_shares_who_is_missing_and_by_when(open_app: OpenApp) -> None:
    app = completeness_page(open_app)
    page = page_text(app)
    assert re.search(r"Đến \d\d:\d\d ngày 03/10/2025 có 100/106 đơn vị đã nộp \(94,3%\); 6 đơn vị chưa nộp\.", page)
    assert "Các đơn vị đã nộp ứng với 96,0% số hồ sơ kỳ trước." in page
    assert "Sở, ban, ngành: 12/14 (85,7%) Phường: 15/15 (100,0%) Xã: 73/77 (94,8%)" in page
    assert "Đến hết ngày 03/10/2025 có 100/106 đơn vị đã nộp đủ; hạn là 06/10/2025." in page
    assert "29/09/2025 0/106 30/09/2025 14/106 01/10/2025 50/106 02/10/2025 100/106 03/10/2025 100/106" in page
    assert not re.search(r"\b(NaN|None|null)\b", page)


def test_the_list_to_copy_names_every_form_that_a_unit_owes(open_app: OpenApp) -> None:
    first, *lines = copied(completeness_page(open_app))
    assert re.fullmatch(r"Chưa nộp tháng 9/2025, tính đến \d\d:\d\d ngày 03/10/2025:", first)
    assert lines[0] == ("1. Văn phòng Ủy ban nhân dân tỉnh: Dịch vụ công thiết yếu theo Đề án 06 (hạn 06/10/2025)")
    assert [line.partition(":")[0] for line in lines] == [
        "1. Văn phòng Ủy ban nhân dân tỉnh",
        "2. Sở Khoa học và Công nghệ",
        "3. Xã Côn Minh",
        "4. Xã Sảng Mộc",
        "5. Xã Phú Bình",
        "6. Xã Tân Khánh",
    ]


def test_the_matrix_tells_what_waits_from_what_is_approved(open_app: OpenApp) -> None:
    page = page_text(completeness_page(open_app))
    assert "Sở Xây dựng không phải nộp không phải nộp D đã duyệt không phải nộp D đã duyệt" in page
    assert "Sở Y tế không phải nộp không phải nộp N đã nộp không phải nộp N đã nộp" in page


def test_a_month_of_the_address_is_shown_with_who_was_late_and_what_nobody_expected(open_app: OpenApp) -> None:
    app = completeness_page(open_app, thang="2025-08")
    page = page_text(app)
    assert "có 105/107 đơn vị đã nộp (98,1%); 2 đơn vị chưa nộp." in page
    assert "D +1 đã duyệt, nộp muộn 1 ngày" in page
    assert "M muộn, chưa nộp, quá hạn 28 ngày" in page
    assert copied(app)[2] == "2. Xã Tràng Xá: Dịch vụ công trực tuyến hằng tháng (hạn 05/09/2025, quá 28 ngày)"
    assert not app.expander
    (surplus,) = completeness_page(open_app, thang="2025-01").expander
    assert surplus.label == "Có 232 biểu nộp ngoài danh sách phải nộp; không tính vào tỷ lệ nào:"


def test_every_month_offered_can_be_shown(open_app: OpenApp) -> None:
    app = completeness_page(open_app)
    months = app.selectbox(key="thang").options
    assert (len(months), months[0], months[-1]) == (12, "tháng 9/2025", "tháng 10/2024")
    for number in range(len(months)):
        app.selectbox(key="thang").select_index(number).run()
        assert not re.search(r"\b(NaN|None|null)\b", page_text(app))
    assert app.query_params["thang"] == "2024-10"


def test_an_approval_is_in_the_matrix_at_once(open_app: OpenApp) -> None:
    before = page_text(completeness_page(open_app))
    app = press(open_app("reviewer").switch_page(REVIEW.path).run(), "Duyệt 26 phiếu không có cảnh báo")
    press(app, "Xác nhận duyệt 26 phiếu")
    after = page_text(app.switch_page(COMPLETENESS.path).run())
    assert (before.count(" N đã nộp"), after.count(" N đã nộp")) == (1 + 29, 1 + 3)


@pytest.mark.parametrize("person", ["chair", "administrator"])
def test_who_may_look_without_deciding_sees_it_all(open_app: OpenApp, person: str) -> None:
    assert "có 100/106 đơn vị đã nộp (94,3%)" in page_text(completeness_page(open_app, person))


def test_without_any_figures_nobody_has_submitted_and_no_line_is_drawn(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    page = page_text(completeness_page(open_app))
    assert "có 0/106 đơn vị đã nộp (0,0%); 106 đơn vị chưa nộp, trong đó 106 đơn vị chậm từ 2 kỳ liền." in page
    assert "ứng với" not in page
    assert "Số đơn vị đã nộp đủ theo ngày" not in page


def test_english_readers_get_an_english_page(open_app: OpenApp) -> None:
    app = completeness_page(open_app, lang="en")
    assert "Units that have not submitted" in [header.value for header in app.header]
    assert copied(app)[0].startswith("Not submitted")
