"""The few words of a row, shape by shape."""

from datetime import date

import pytest

from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.plan import Step
from scorecard.domain.province import Province
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.formats import NO_BREAK_SPACE
from scorecard.presentation.prospects import Prospects
from tests.builders import a_target
from tests.presentation.scoreboards import (
    PLAIN,
    VI,
    a_late_row,
    a_row,
    a_standing,
    of_one_element,
    province_of,
    ranked_element,
)

THREE_STEPS = tuple(
    Step(name=name, name_en=None, by=date(2025, month, 28)) for name, month in (("Một", 3), ("Hai", 8), ("Ba", 12))
)


def lines(row: dict[str, object], province: Province = PLAIN) -> tuple[str, ...]:
    found = Prospects(Amounts(VI, province)).lines(a_standing(row, province))
    return tuple(line.replace(NO_BREAK_SPACE, " ") for line in found)


BEHIND = "mới đi 55,8%, nay phải 75,0%"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            a_late_row(status="met", reason="met", status_since=Month.parse("2025-07").index),
            ("Đã đạt từ tháng 7/2025",),
        ),
        (a_late_row(status="missed", reason="missed"), ("Hết hạn 31/12/2025: thiếu 8,4 điểm %",)),
        (a_late_row(forecast=0.763, forecast_path=0.8), ("Dự báo 76,3%: thiếu 3,7 điểm %", BEHIND)),
        (a_late_row(forecast=0.7996, forecast_path=0.99), ("Dự báo 79,96%: thiếu 0,04 điểm %", BEHIND)),
        (a_late_row(forecast=0.8, forecast_path=1.0), ("Dự báo 80,0%: tới đích", BEHIND)),
        (a_late_row(), ("Chưa đủ số liệu để dự báo", BEHIND)),
        (
            a_late_row(forecast=0.763, forecast_path=0.8, out_of_reach=True),
            ("Dự báo 76,3%: thiếu 3,7 điểm %", "không còn khả thi"),
        ),
        (a_late_row(reason="falling_twice"), ("Chưa đủ số liệu để dự báo", "giảm hai kỳ liền")),
        (a_late_row(path_done=-0.123), ("Chưa đủ số liệu để dự báo", "lùi 12,3%, nay phải đi 75,0%")),
        (a_late_row(status="on_track", path_done=0.8), ("Chưa đủ số liệu để dự báo", "đã đi 80,0%, nay phải 75,0%")),
        (a_late_row(path_done=None, path_expected=None, reason="path_just_begun"), ("Chưa đủ số liệu để dự báo",)),
        (a_row(reason="no_figures"), ("Chưa đơn vị nào báo cáo",)),
        (a_row(reason="not_reported"), ("Chưa có số liệu tháng 9/2025",)),
        (a_row(reason="no_cases"), ("Không phát sinh trong kỳ",)),
        (a_row(reason="no_previous"), ("Chưa có số cùng kỳ năm trước",)),
        (
            a_row(reason="low_coverage", reported_units=1060, expected_units=2000),
            ("Mới có 1.060/2.000 đơn vị nộp",),
        ),
        (a_row(status="not_due", reason="not_published"), ("Chờ công bố số liệu năm 2025",)),
        (a_row(status="not_applicable", reason="superseded"), ("Kế hoạch đã được thay thế",)),
        (a_row(status="not_applicable", reason="no_units"), ("Không còn đơn vị thuộc phạm vi",)),
        (a_row(status="not_applicable", reason="not_concerned"), ("Các đơn vị báo không áp dụng",)),
    ],
)
def test_a_row_says_what_comes_and_what_decided(row: dict[str, object], expected: tuple[str, ...]) -> None:
    assert lines(row) == expected


def test_the_first_review_is_named_before_anything_is_judged() -> None:
    province = province_of(a_target(first_review=date(2027, 3, 31)))
    assert lines(a_late_row(status="too_early", reason="before_review"), province) == (
        "Đánh giá lần đầu: tháng 3/2027",
    )


def test_the_gap_of_a_list_is_a_number_of_its_members() -> None:
    listed = of_one_element(IndicatorKind.LIST_COUNT, "cases", counted_in="dịch vụ", decimals=0)
    province = province_of(a_target("list", "76/76", indicator_id=listed.id), indicators=(listed,))
    row = a_late_row("list", numerator=75, denominator=76, value=75 / 76, goal=1.0)
    assert lines(row | {"forecast": 0.99, "forecast_path": 0.9}, province)[0] == "Dự báo 75: thiếu 1 dịch vụ"
    assert lines(row | {"forecast": 1.0, "forecast_path": 1.0}, province)[0] == "Dự báo 76: tới đích"
    assert lines(row | {"status": "missed", "reason": "missed"}, province) == ("Hết hạn 31/12/2025: thiếu 1 dịch vụ",)


def test_a_count_forecast_just_short_never_prints_as_the_goal() -> None:
    count = of_one_element(IndicatorKind.COUNT, "cases", counted_in="thủ tục", decimals=0)
    province = province_of(a_target("count", ">= 10", indicator_id=count.id), indicators=(count,))
    row = a_late_row("count", numerator=8, denominator=None, value=8.0, goal=10.0, forecast_path=0.98)
    assert lines(row | {"forecast": 9.8}, province)[0] == "Dự báo 9,8: thiếu 0,2 thủ tục"


def test_a_band_can_be_missed_on_either_side() -> None:
    province = province_of(a_target(goal="70..80%"))
    above = a_late_row(forecast=0.83, forecast_path=0.9)
    below = a_late_row(forecast=0.69, forecast_path=0.9)
    assert lines(above, province)[0] == "Dự báo 83,0%: vượt 3,0 điểm %"
    assert lines(below, province)[0] == "Dự báo 69,0%: thiếu 1,0 điểm %"


def test_a_place_in_a_ranking_has_a_deadline_and_no_forecast() -> None:
    rank = of_one_element(IndicatorKind.RANK, "score", counted_in="hạng", decimals=0)
    target = a_target("rank", "rank <= 3", indicator_id=rank.id)
    province = province_of(target, indicators=(rank,), score=ranked_element(63))
    row = a_late_row("rank", numerator=6, denominator=None, value=6.0, goal=3.0)
    assert lines(row, province) == ("Hạn 31/12/2025", BEHIND)
    assert lines(row | {"status": "missed", "reason": "missed"}, province) == ("Hết hạn 31/12/2025, chưa đạt",)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"steps_done": 1, "step_late_days": 33, "reason": "step_late"}, "Trễ hạn 33 ngày"),
        (
            {"steps_done": 2, "step_late_days": 0, "reason": "steps_in_time", "status": "on_track"},
            "Bước tiếp theo hạn 28/12/2025",
        ),
    ],
)
def test_a_milestone_tells_its_next_step_or_how_late_it_is(changes: dict[str, object], expected: str) -> None:
    province = province_of(a_target("hotline", "done", indicator_id=None, steps=THREE_STEPS))
    assert lines(a_late_row("hotline", **changes), province) == (expected,)


def test_a_single_step_is_done_or_not() -> None:
    province = province_of(a_target("hotline", "done", indicator_id=None, steps=THREE_STEPS[2:]))
    row = a_late_row("hotline", status="on_track", reason="steps_in_time", steps_done=0, step_late_days=0)
    assert lines(row, province) == ("Chưa xong, hạn 28/12/2025",)


def test_a_reason_without_words_is_an_error_and_not_an_empty_cell() -> None:
    with pytest.raises(KeyError):
        lines(a_row(reason="unheard_of"))
