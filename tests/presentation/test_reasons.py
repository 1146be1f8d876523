from datetime import date

import pytest

from scorecard.domain.period import Month
from scorecard.domain.plan import Step, Target
from scorecard.domain.province import Province
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.formats import NO_BREAK_SPACE
from scorecard.presentation.reasons import Reasons
from tests.builders import a_target
from tests.presentation.scoreboards import EN, PLAIN, VI, a_late_row, a_row, a_standing, province_of

ONE_STEP = (Step(name="Đường dây nóng", name_en=None, by=date(2025, 8, 31)),)
THREE_STEPS = (
    Step(name="Phương án", name_en="Plan", by=date(2025, 3, 31)),
    Step(name="Trang bị", name_en=None, by=date(2025, 8, 31)),
    Step(name="Vận hành 24/7", name_en=None, by=date(2025, 12, 31)),
)


def sentence(row: dict[str, object], province: Province = PLAIN) -> str:
    return Reasons(Amounts(VI, province)).sentence(a_standing(row, province)).replace(NO_BREAK_SPACE, " ")


def milestone(*steps: Step) -> Target:
    return a_target("hotline", "done", indicator_id=None, steps=steps)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            a_late_row(),
            "Chậm vì mới đi 55,8% quãng đường, đến nay phải đi 75,0%. Còn thiếu 84 hồ sơ.",
        ),
        (
            a_late_row(reason="falling_twice"),
            "Chậm vì giảm hai kỳ liền, mới đi 55,8% quãng đường, đến nay phải đi 75,0%. Còn thiếu 84 hồ sơ.",
        ),
        (
            a_late_row(path_done=-0.123),
            "Chậm vì lùi 12,3% quãng đường so với mốc đầu kỳ, đến nay phải đi 75,0%. Còn thiếu 84 hồ sơ.",
        ),
        (
            a_late_row(status="at_risk", reason="behind_path", path_done=0.7),
            "Có nguy cơ vì mới đi 70,0% quãng đường, đến nay phải đi 75,0%. Còn thiếu 84 hồ sơ.",
        ),
        (
            a_late_row(status="at_risk", reason="margin_not_reached", path_done=0.72),
            "Có nguy cơ: đã khá hơn kỳ trước nhưng chưa vượt hẳn ngưỡng, "
            "mới đi 72,0% quãng đường, đến nay phải đi 75,0%. Còn thiếu 84 hồ sơ.",
        ),
        (
            a_late_row(status="on_track", reason="on_path", path_done=0.76, short_by=1234),
            "Đã đi 76,0% quãng đường, đến nay phải đi 75,0%. Còn thiếu 1.234 hồ sơ.",
        ),
        (
            a_late_row(reason="not_held"),
            "Chậm vì đầu kỳ đã qua đích ≥ 80%, nay lùi xuống 71,6%. Còn thiếu 84 hồ sơ.",
        ),
        (
            a_late_row(status="met", reason="met", numerator=801, short_by=None),
            "Đã đạt: 80,1%, đích ≥ 80%.",
        ),
        (
            a_late_row(status="missed", reason="missed"),
            "Hết hạn 31/12/2025 mới đạt 71,6%, đích ≥ 80%. Còn thiếu 84 hồ sơ.",
        ),
        (
            a_late_row(status="too_early", reason="path_just_begun", path_done=0.02, path_expected=0.08, short_by=None),
            "Mới đầu kỳ: đã đi 2,0% quãng đường, đến nay mới phải đi 8,0%.",
        ),
        (
            a_late_row(status="too_early", reason="path_just_begun", path_done=None, path_expected=None, short_by=None),
            "Mới đầu kỳ, chưa đủ số liệu để so với lộ trình.",
        ),
        (a_row(), "Chưa có đơn vị nào báo cáo số liệu cho chỉ tiêu này."),
        (a_row(reason="not_reported"), "Chưa có số liệu tháng 9/2025."),
        (
            a_row(reason="not_reported", value_month=Month.parse("2025-07").index),
            "Chưa có số liệu tháng 9/2025; số gần nhất là của tháng 7/2025.",
        ),
        (
            a_late_row(status="no_data", reason="low_coverage", reported_units=60, coverage=0.612),
            "Mới có 60/107 đơn vị báo cáo, chiếm 61,2% khối lượng; cần từ 80% mới đủ để kết luận.",
        ),
        (a_row(reason="no_cases"), "Không phát sinh trong kỳ nên không tính tỷ lệ."),
        (
            a_row(status="not_due", reason="not_published"),
            "Số liệu năm 2025 do cơ quan khác công bố, chưa đến kỳ công bố.",
        ),
        (
            a_row(status="not_applicable", reason="superseded"),
            "Kế hoạch đã được văn bản khác thay thế nên không đánh giá nữa.",
        ),
        (
            a_row(status="not_applicable", reason="not_concerned"),
            "Các đơn vị phải báo cáo đều đã báo chỉ tiêu này không áp dụng cho mình.",
        ),
        (
            a_row(status="not_applicable", reason="no_units"),
            "Trong kỳ này không còn đơn vị nào thuộc phạm vi của chỉ tiêu.",
        ),
    ],
    ids=lambda case: case["reason"] if isinstance(case, dict) else "",
)
def test_each_reason_is_a_sentence_with_the_figures_that_decided(row: dict[str, object], expected: str) -> None:
    assert sentence(row) == expected


def test_the_first_review_is_named() -> None:
    province = province_of(a_target(first_review=date(2026, 3, 31)))
    row = a_row(status="too_early", reason="before_review")
    assert sentence(row, province) == "Kỳ đánh giá đầu tiên là tháng 3/2026."


@pytest.mark.parametrize(
    ("status", "reason", "done", "late_days", "expected"),
    [
        ("off_track", "step_late", 1, 61, "Chậm vì bước «Trang bị» trễ hạn 61 ngày; đã xong 1/3 bước."),
        ("at_risk", "step_just_late", 1, 30, "Có nguy cơ vì bước «Trang bị» trễ hạn 30 ngày; đã xong 1/3 bước."),
        ("on_track", "steps_in_time", 2, None, "Đã xong 2/3 bước; bước tiếp theo «Vận hành 24/7» hạn 31/12/2025."),
        ("met", "met", 3, None, "Đã xong 3/3 bước."),
        ("missed", "missed", 2, None, "Hết hạn 31/12/2025 mới xong 2/3 bước."),
    ],
)
def test_a_milestone_names_the_step_that_decides(
    status: str, reason: str, done: int, late_days: int | None, expected: str
) -> None:
    row = a_row("hotline", status=status, reason=reason, steps_done=done, step_late_days=late_days)
    assert sentence(row, province_of(milestone(*THREE_STEPS))) == expected


@pytest.mark.parametrize(
    ("status", "reason", "done", "late_days", "expected"),
    [
        ("off_track", "step_late", 0, 61, "Chậm vì trễ hạn 61 ngày mà chưa xong."),
        ("at_risk", "step_just_late", 0, 30, "Có nguy cơ vì trễ hạn 30 ngày mà chưa xong."),
        ("on_track", "steps_in_time", 0, None, "Chưa xong, hạn 31/08/2025."),
        ("met", "met", 1, None, "Đã xong."),
        ("missed", "missed", 0, None, "Hết hạn 31/12/2025 mà chưa xong."),
    ],
)
def test_a_milestone_of_one_step_does_not_count_steps(
    status: str, reason: str, done: int, late_days: int | None, expected: str
) -> None:
    row = a_row("hotline", status=status, reason=reason, steps_done=done, step_late_days=late_days)
    assert sentence(row, province_of(milestone(*ONE_STEP))) == expected


def test_nothing_is_short_where_nothing_more_is_asked() -> None:
    late = a_late_row(status="no_data", reason="low_coverage")
    assert "Còn thiếu" not in sentence(late)


def test_english_readers_get_the_same_figures() -> None:
    english = Reasons(Amounts(EN, PLAIN)).sentence(a_standing(a_late_row(), PLAIN))
    assert english.replace(NO_BREAK_SPACE, " ") == (
        "Off track: only 55.8% of the path is done, 75.0% is due by now. 84 hồ sơ short."
    )


def test_a_reason_without_a_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        sentence(a_row(reason="no_such_reason"))
