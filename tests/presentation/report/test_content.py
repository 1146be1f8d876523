"""The report says what the overview says, in the same words."""

from datetime import date

import pytest

from scorecard.domain.plan import Scope
from scorecard.presentation.report.content import build_report, refusal_of
from tests.builders import a_target
from tests.presentation.report.reports import ADDRESS, LEAD, MARK, an_occasion, province_with, report_of, report_with
from tests.presentation.scoreboards import (
    EN,
    PLAIN,
    SEPTEMBER,
    VI,
    a_late_row,
    a_row,
    overview_of,
    province_of,
)

LATE = {"forecast": 0.763, "forecast_path": 0.805}


def test_a_row_has_the_strings_of_the_overview_beside_its_shape() -> None:
    ((row,),) = (
        group.rows for group in report_of(a_late_row("t0", **LATE), province=province_with("Trực tuyến")).groups
    )
    assert (row.status, row.name, row.value, row.has_value) == ("Chậm tiến độ", "1. Trực tuyến", "71,6%", True)
    assert (row.notes, row.goal, row.lead) == (("95/107 đơn vị nộp",), "≥ 80%", LEAD)
    assert row.ahead == "Dự báo 76,3%: thiếu 3,7\xa0điểm\xa0%"
    assert row.reason == ("mới đi 55,8%, nay phải 75,0%",)
    assert row.mark.startswith("<svg xmlns=")
    assert row.way is not None
    assert row.way.startswith("<svg xmlns=")
    assert row.way_spoken.startswith("Đã đi 55,8% quãng đường")


def test_the_sentence_and_the_notices_are_those_of_the_overview() -> None:
    overview = overview_of(a_late_row(), province=PLAIN, known_on=date(2025, 10, 1))
    report = build_report(overview, PLAIN, PLAIN.plans[0], an_occasion(known_on=date(2025, 10, 1)), VI)
    assert report.sentence == overview.sentence
    assert (
        report.notices
        == overview.notices
        == ("Đang xem như đã biết đến hết ngày 01/10/2025, không phải số liệu mới nhất.",)
    )


def test_the_heading_is_that_of_an_administrative_paper() -> None:
    report = report_with(1)
    assert report.organisation == ("Ủy ban nhân dân", "Tỉnh Thái Nguyên")
    assert (report.nation, report.motto) == ("Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc")
    assert report.title == (
        "Báo cáo",
        "Tình hình thực hiện các chỉ tiêu tháng 9/2025",
        "Dịch vụ công trực tuyến 2024–2025",
    )


@pytest.mark.parametrize(
    ("today", "dated"),
    [
        (date(2025, 10, 3), "Thái Nguyên, ngày 03 tháng 10 năm 2025"),
        (date(2026, 2, 11), "Thái Nguyên, ngày 11 tháng 02 năm 2026"),
        (date(2026, 3, 9), "Thái Nguyên, ngày 09 tháng 3 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_zero(today: date, dated: str) -> None:
    assert report_with(1, today=today).dated == dated


def test_sample_figures_are_marked_in_the_title() -> None:
    assert report_with(1, is_sample=True).title[1] == "Tình hình thực hiện các chỉ tiêu tháng 9/2025 (SỐ LIỆU MINH HỌA)"


def test_proposals_are_what_the_three_worst_targets_lack() -> None:
    province = province_with("a", "b", "c", "d", "e")
    report = report_of(
        a_late_row("t0", status="met", reason="met", short_by=None),
        a_row("t1"),
        a_late_row("t2", status="at_risk", reason="behind_path", short_by=1234),
        a_late_row("t3", out_of_reach=True),
        a_late_row("t4", status="missed", reason="missed"),
        province=province,
    )
    assert report.proposals_title == "Kiến nghị (3 trong 4 chỉ tiêu cần chú ý, xấu nhất trước)"
    assert report.proposals == (
        f"Chỉ tiêu 1 ({LEAD}): báo cáo cách đạt ≥ 80%.",
        f"Chỉ tiêu 2 ({LEAD}): báo cáo phương án, vì không còn kịp đích.",
        f"Chỉ tiêu 3 ({LEAD}): bù 1.234 hồ sơ trước 31/12/2025.",
    )


def test_missing_figures_are_asked_for_and_all_proposals_need_no_count() -> None:
    report = report_of(a_row("t0"), province=province_with("a"))
    assert report.proposals_title == "Kiến nghị"
    assert report.proposals == (f"Chỉ tiêu 1 ({LEAD}): đôn đốc nộp đủ số liệu tháng 9/2025.",)


def test_nothing_is_proposed_where_nothing_is_late() -> None:
    assert report_of(a_late_row("t0", status="met", reason="met"), province=province_with("a")).proposals == ()


def test_a_day_common_to_all_targets_stands_once_in_the_heading() -> None:
    report = report_with(2)
    assert report.columns["goal"] == "Đích"
    assert report.columns["prospects"] == "Đến hạn 31/12/2025"
    assert {row.due for group in report.groups for row in group.rows} == {None}


def test_different_days_stand_in_the_rows() -> None:
    province = province_of(a_target("a"), a_target("b", due=date(2026, 6, 30)))
    report = report_of(a_late_row("a"), a_late_row("b"), province=province)
    assert (report.columns["goal"], report.columns["prospects"]) == ("Đích, hạn", "Đến hạn")
    assert {row.due for group in report.groups for row in group.rows} == {"31/12/2025", "30/06/2026"}


def test_rows_of_one_goal_stand_under_its_name_and_are_numbered_on() -> None:
    province = province_of(a_target("z"), a_target("a.commune", name="Hồ sơ", scope=Scope(level="commune")))
    report = report_of(a_late_row("z"), a_late_row("a.commune"), province=province)
    assert [(group.title, [row.name for row in group.rows]) for group in report.groups] == [
        (None, ["1. 80% hồ sơ được xử lý hoàn toàn trực tuyến"]),
        ("Hồ sơ", ["2. Cấp xã"]),
    ]


def test_below_the_table_stands_how_to_read_it_and_what_the_figures_took_for_granted() -> None:
    taken = {"baseline": 0.5, "baseline_month": SEPTEMBER.index, "baseline_taken": True}
    rows = a_late_row("t0"), a_late_row("t1", **taken, crosses_boundaries=True), a_row("t2", **taken)
    report = report_of(*rows, province=province_with("a", "b", "c"))
    reading, *rest = report.legend.split(". ")
    assert reading.startswith("Quãng đường: đậm là đã đi")
    assert rest == [
        "Mốc đầu kỳ tự lấy: chỉ tiêu 2",
        "Số cộng dồn gồm cả số liệu của các đơn vị trước khi sáp nhập.",
    ]


FACTS = (
    "Số liệu đến hết tháng 9/2025 · chốt 08:00 ngày 03/10/2025 · Văn bản số 222 ngày 27/11/2024 của UBND tỉnh · "
    "95/107 đơn vị đã nộp, ứng với 93,0% khối lượng."
)


@pytest.mark.parametrize(
    ("changes", "frozen"),
    [
        ({}, ("Số liệu này chưa có bản chốt dùng cho họp.",)),
        ({"edition": MARK}, ("Bản chốt số 4 “Họp giao ban tháng 10”, mã AB12CD34.",)),
        ({"known_on": date(2025, 10, 1)}, ()),
    ],
    ids=["not frozen", "frozen", "as known on a day"],
)
def test_the_foot_says_how_fresh_the_figures_are_and_where_they_are_explained(
    changes: dict[str, object], frozen: tuple[str, ...]
) -> None:
    report = report_of(a_late_row("t0"), province=province_with("a"), **changes)
    assert report.foot == (FACTS, *frozen, f"Lý do từng trạng thái: {ADDRESS}")


def test_a_report_that_does_not_fit_says_so_in_place_of_its_table() -> None:
    refused = refusal_of(report_with(40), VI)
    assert (refused.groups, refused.proposals) == ((), ())
    assert refused.notices[0].startswith("Không lập được báo cáo một trang: bảng có 40 dòng, không vừa một trang A4")


def test_english_readers_get_an_english_report() -> None:
    report = report_of(a_late_row("t0"), province=province_with("a"), formats=EN)
    assert report.language == "en"
    assert report.title[1] == "How the targets stand, month 9/2025"
    assert report.groups[0].rows[0].status == "Off track"
