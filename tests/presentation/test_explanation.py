"""What `explain` says: exact lines in small provinces, and never a contradiction on random ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.calculation.evidence import evidence
from scorecard.domain.form import Measure
from scorecard.domain.indicator import IndicatorKind, Window
from scorecard.domain.period import Month
from scorecard.domain.plan import Scope, Target
from scorecard.domain.province import Province
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation import explanation
from scorecard.presentation.explanation_case import Case, read_cases
from scorecard.presentation.explanation_numbers import exact, number, share
from scorecard.presentation.formats import NO_BREAK_SPACE, Formats
from tests.calculation.provinces import element, figures, form, indicator, province, reporters, target, unit
from tests.calculation.test_twin import LAST, provinces, reports
from tests.presentation.scoreboards import EN, VI

JUNE = Month.parse("2025-06")


def cases(where: Province, what: pl.DataFrame, as_of: Month, asked: Target) -> tuple[Case, ...]:
    return read_cases(where, asked, evidence(where, asked, what, as_of))


def told(where: Province, what: pl.DataFrame, as_of: Month = JUNE, formats: Formats = VI) -> list[str]:
    (case,) = cases(where, what, as_of, where.targets[0])
    text = explanation(case, Amounts(formats, where)).replace(NO_BREAK_SPACE, " ")
    return [line.strip() for line in text.splitlines()]


def months(*rates: tuple[str, int], by: str = "a", received: int = 1000) -> list[tuple[str, str, str, int]]:
    return [
        row for month, online in rates for row in ((month, by, "online", online), (month, by, "received", received))
    ]


def test_the_comparison_with_the_goal_is_multiplied_out_exactly() -> None:
    what = figures(("2025-06", "a", "online", 505_317), ("2025-06", "a", "received", 755_226))
    lines = told(province([target()], units=[unit("a")]), what)
    assert "Cần lớn hơn hoặc bằng: 505.317 × 100 = 50.531.700 so với 80 × 755.226 = 60.418.080: chưa đạt" in lines
    assert "Giá trị: 505.317 ÷ 755.226 ≈ 66,9%" in lines


@pytest.mark.parametrize(
    ("goal", "online", "said"),
    [
        (">= 99.9%", 999, "Cần lớn hơn hoặc bằng: 999 × 1.000 = 999.000 so với 999 × 1.000 = 999.000: đạt"),
        ("> 99.9%", 999, "Cần lớn hơn: 999 × 1.000 = 999.000 so với 999 × 1.000 = 999.000: chưa đạt"),
        ("< 2%", 20, "Cần nhỏ hơn: 20 × 100 = 2.000 so với 2 × 1.000 = 2.000: chưa đạt"),
        ("30..60%", 600, "Cần nhỏ hơn hoặc bằng: 600 × 100 = 60.000 so với 60 × 1.000 = 60.000: đạt"),
        ("= 100%", 1000, "Cần bằng: 1.000 × 100 = 100.000 so với 100 × 1.000 = 100.000: đạt"),
    ],
)
def test_every_comparison_says_what_must_hold(goal: str, online: int, said: str) -> None:
    assert said in told(province([target(goal)], units=[unit("a")]), figures(*months(("2025-06", online))))


def test_last_years_value_is_written_out_with_its_offset() -> None:
    what = figures(*months(("2024-06", 600), ("2025-06", 610)))
    lines = told(province([target(">= previous + 2 points")], units=[unit("a")]), what)
    assert "Đích tính từ cùng kỳ năm trước: 60% + 2% = 62%" in lines
    assert "Cần lớn hơn hoặc bằng: 610 × 100 = 61.000 so với 62 × 1.000 = 62.000: chưa đạt" in lines


def test_the_path_can_be_redone_with_a_calculator() -> None:
    what = figures(*months(("2024-12", 400), ("2025-06", 550)))
    lines = told(province([target()], units=[unit("a")]), what)
    assert [line for line in lines if re.match("Mốc|Đường|Đến nay|Đã đi P|Phải đi E|Nhịp", line)] == [
        "Mốc đầu kỳ: 400 ÷ 1.000 = 40% (tháng 12/2024), mốc tự lấy vì văn bản không nêu",
        "Đường thẳng từ 40% (tháng 12/2024) đến 80% (tháng 12/2025)",
        "Đến nay phải tới: 40% + (80% − 40%) × 6 ÷ 12 = 60%",
        "Đã đi P = (55% − 40%) ÷ (80% − 40%) = 37,5%",
        "Phải đi E = (60% − 40%) ÷ (80% − 40%) = 50%",
        "Nhịp R = P ÷ E = 37,5% ÷ 50% = 75%",
    ]
    assert lines[-3:-1] == ["Trạng thái: Chậm tiến độ", lines[-2]]
    assert "Đúng tiến độ nếu R = 75% ≥ 95%: sai" in lines


def test_a_stated_baseline_and_a_milestone_on_the_way_give_the_line_between_them() -> None:
    asked = target(baseline=("2024-12-31", "0.4"), path={"2025-03-31": "0.5"})
    lines = told(province([asked], units=[unit("a")]), figures(*months(("2025-06", 550))))
    assert "Mốc đầu kỳ: 40% (tháng 12/2024), văn bản nêu" in lines
    assert "Đường thẳng từ 50% (tháng 3/2025) đến 80% (tháng 12/2025)" in lines
    assert "Đến nay phải tới: 50% + (80% − 50%) × 3 ÷ 9 = 60%" in lines


def test_the_month_before_is_named_when_only_it_keeps_the_target_back() -> None:
    asked, rate = target(), indicator(window=Window.MONTH)
    # 40% + 0,96 × half of the way: past the limit of 95%, not past 97%.
    what = figures(*months(("2024-12", 400), ("2025-05", 460), ("2025-06", 592)))
    where = province([asked], units=[unit("a")], indicators=[rate])
    lines = told(where, what)
    assert "Trạng thái: Có nguy cơ" in lines
    assert "Đúng tiến độ nếu R = 96% ≥ 97% (= 95% + 2 điểm %, vì tháng trước là «Chậm tiến độ»): sai" in lines
    assert "Chỉ vì tháng trước là «Chậm tiến độ»: nếu không, R = 96% đã qua ngưỡng 95%" in lines
    lines = told(where, figures(*months(("2024-12", 400), ("2025-05", 560), ("2025-06", 592))))
    assert "Đúng tiến độ nếu R = 96% ≥ 95%: đúng" in lines


def test_a_goal_that_must_be_held_has_no_path() -> None:
    what = figures(*months(("2024-12", 900), ("2025-06", 700)))
    lines = told(province([target()], units=[unit("a")]), what)
    assert "Mốc đầu kỳ đã qua đích 80% nên đích phải được giữ, không tính quãng đường" in lines
    assert "Chậm tiến độ nếu đầu kỳ đã qua đích ≥ 80% mà nay không giữ được: đúng" in lines


def brought(lines: Sequence[str]) -> list[str]:
    """Return the lines that say what a unit brought to the value."""
    return [line for line in lines if re.fullmatch(r"- .*: [\d.]+/[\d.]+", line)]


def test_the_gap_is_told_by_unit_on_the_units_of_today() -> None:
    what = figures(*months(("2025-06", 400)), *months(("2025-06", 850), by="b"))
    lines = told(province([target()]), what)
    start = lines.index("Ai giữ phần còn thiếu")
    assert lines[start + 1 : start + 4] == [
        "Đơn vị còn thiếu: 1; đã đủ hoặc vượt: 1",
        "- a: thiếu 400, 100,0% phần thiếu",
        "Cộng phần thiếu, trừ phần vượt của các đơn vị đã đủ: 350",
    ]
    alone = told(province([target()], units=[unit("a")]), figures(*months(("2025-06", 400))))
    assert "Ai giữ phần còn thiếu" not in alone


def test_a_change_is_told_in_parts_and_movers() -> None:
    window = [indicator(window=Window.MONTH)]
    both = [*months(("2025-05", 100), ("2025-06", 300)), *months(("2025-05", 200), ("2025-06", 200), by="b")]
    what = figures(*both, *months(("2025-06", 700), by="c"))
    lines = told(province([target()], units=[unit(code) for code in "abc"], indicators=window), what)
    start = lines.index("Vì sao thay đổi so với tháng trước")
    assert lines[start + 1 : start + 4] == [
        "Từ 15% (tháng 5/2025) đến 40%: +25,0000 điểm %, gồm",
        "- đơn vị mới có số hoặc không còn số: +15,0000 điểm %",
        "- kết quả của từng đơn vị: +10,0000 điểm %",
    ]


def test_more_than_ten_units_are_shown_as_the_five_largest_and_the_others() -> None:
    units = [unit(f"x{n:02}") for n in range(12)]
    rows = [row for n in range(12) for row in months(("2025-06", n), by=f"x{n:02}", received=100 + n)]
    lines = told(province([target()], units=units), figures(*rows))
    assert brought(lines) == [
        *(f"- x{n:02}: {n}/{100 + n}" for n in (11, 10, 9, 8, 7)),
        "- 7 đơn vị khác: 21/721",
    ]
    few = told(province([target()], units=units), figures(*months(("2025-06", 5))), formats=EN)
    assert brought(few) == []
    ten = figures(*rows[:20])
    assert len(brought(told(province([target()], units=units), ten))) == 10


def test_who_has_not_reported_is_named() -> None:
    what = figures(*months(("2025-06", 500)))
    assert "Chưa báo cáo: b" in told(province([target()]), what)
    lines = told(province([target()], units=[unit(f"x{n:02}") for n in range(12)]), what)
    assert "Chưa báo cáo: x00, x01, x02, x03, x04 và 7 đơn vị khác" in lines
    assert not [line for line in told(province([target()], units=[unit("a")]), what) if "Chưa báo cáo" in line]


def test_the_members_of_a_list_are_counted_not_turned_into_percentages() -> None:
    where = province(
        [target("76/76")],
        units=[unit("a")],
        forms=[form([element("offered", Measure.STOCK)], reporters())],
        indicators=[indicator("offered", "size(services)", kind=IndicatorKind.LIST_COUNT)],
    )
    lines = told(where, figures(("2024-12", "a", "offered", 64), ("2025-06", "a", "offered", 75)))
    assert "Cần lớn hơn hoặc bằng: 75 so với 76: chưa đạt" in lines
    assert "Đã đi P = (75 − 64) ÷ (76 − 64) ≈ 91,6667%" in lines
    assert "Đến nay phải tới: 64 + (76 − 64) × 6 ÷ 12 = 70" in lines


def test_a_rank_is_compared_as_it_was_published() -> None:
    where = province(
        [target("rank < previous", due="2025-12-31")],
        forms=[form([element("place", Measure.SCORE, counted_in="hạng")])],
        indicators=[indicator("place", None, kind=IndicatorKind.RANK, rising_is_good=False, lag=5)],
    )
    lines = told(where, figures(("2024", "a", "place", 6), ("2025", "a", "place", 7)), Month.parse("2026-06"))
    assert "Cần nhỏ hơn: 7 so với 6: chưa đạt" in lines
    assert "Lấy số báo cáo gần nhất: năm 2025" in lines
    assert not [line for line in lines if line.startswith(("Giá trị cộng", "Các đơn vị"))]


def test_a_milestone_lists_its_steps() -> None:
    asked = target("done", steps=("2025-03-31", "2025-05-31", "2025-12-31"), lead="a")
    lines = told(province([asked]), figures(("2025-06", "a", "target", 1)))
    assert "Đã xong 1/3 bước" in lines
    assert "- : chưa xong, hạn 31/05/2025, trễ 30 ngày" in lines
    assert "Có nguy cơ nếu không thuộc các trường hợp trên: đúng" in lines
    assert "Chậm tiến độ nếu bước trễ nhất 30 ngày > 30 ngày: sai" in lines


def test_without_figures_only_the_rules_up_to_no_data_are_told() -> None:
    lines = told(province([target()]), figures())
    assert "Chưa có số liệu để tính" in lines
    assert "Quãng đường" not in lines
    assert [line for line in lines if line.endswith(": đúng")] == [lines[-6]]
    assert lines[-3] == "Trạng thái: Chưa có số liệu"


def test_each_unit_of_a_target_for_each_is_explained_by_itself() -> None:
    where = province([target(scope=Scope(each="commune"))])
    found = cases(where, figures(*months(("2025-06", 900), by="b")), JUNE, where.targets[0])
    texts = [explanation(case, Amounts(VI, where)) for case in found]
    assert ["Phạm vi: a" in texts[0], "Phạm vi: b" in texts[1]] == [True, True]
    assert ["Giá trị: " in text for text in texts] == [False, True]


def test_a_rounded_number_never_looks_like_more_than_it_is() -> None:
    assert share(Fraction(9_999_999, 10_000_000), VI) == "99,99999%"
    assert share(Fraction(1, 2), VI) == "50%"
    assert number(Fraction(20, 3), VI) == "6,6667"
    assert exact(Fraction(99_68, 100), VI) == "99,68"


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_is_said_never_contradicts_the_scoreboard(data: st.DataObject) -> None:
    where = data.draw(provinces())
    what = data.draw(reports(where))
    as_of = Month(data.draw(st.integers(Month.parse("2025-03").index, LAST)))
    for case in cases(where, what, as_of, data.draw(st.sampled_from(where.targets))):
        text = explanation(case, Amounts(VI, where))
        assert not re.search("None|nan|inf|null", text)
        rules = [line for line in text.splitlines() if line.endswith((": đúng", ": sai"))]
        assert [line.endswith(": đúng") for line in rules] == [False] * (len(rules) - 1) + [True]
        assert rules[-1].strip().startswith(VI.texts(f"status.{case.standing.status}"))
        compared = [line.endswith(": đạt") for line in text.splitlines() if line.strip().startswith("Cần ")]
        met_before = case.standing.target.cumulative and not all(compared)
        if compared and not met_before:
            assert all(compared) == (case.standing.status == "met")
