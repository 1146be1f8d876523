"""A composite index in words that can be redone with a calculator."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from scorecard.calculation.points import index_lines
from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.index import Published, Step
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_index import IndexCase, index_explanation
from scorecard.presentation.formats import NO_BREAK_SPACE, Formats
from scorecard.presentation.standing import read_standings
from tests.calculation.provinces import figures, province, target
from tests.calculation.test_by_unit import rate
from tests.calculation.test_points import JUNE, an_index, component
from tests.presentation.scoreboards import EN, VI


def told(online: int, formats: Formats = VI, *, published: dict[str, Fraction] | None = None) -> list[str]:
    where = province([target(">= 80%")])
    steps = (Step(at_least=Fraction(4, 5), points=Fraction(1)),)
    index = an_index(component("6", "0.5"), component("0", name="seen"), component("1", name="steps", steps=steps))
    index = replace(index, published=(Published(element_id="online", group_ids=("g",)),), published_id="received")
    what = figures(*rate("a", "2025-06", online, 100), *rate("b", "2025-06", online, 100))
    case = IndexCase(
        index=index,
        month=JUNE,
        lines=index_lines(where, index, what, JUNE),
        standings=read_standings(scoreboard(where, what, JUNE), where),
        published=published or {},
    )
    text = index_explanation(case, Amounts(formats, where)).replace(NO_BREAK_SPACE, " ")
    return [line.strip() for line in text.splitlines()]


def test_points_are_told_so_that_they_can_be_redone() -> None:
    lines = told(40)
    assert "a: 80 ÷ 200 = 40%; 6 × 40% ÷ 50% = 4,80/6,00 điểm" in lines
    assert "seen: 80 ÷ 200 = 40%; chỉ để xem, không tính điểm" in lines
    assert "steps: 80 ÷ 200 = 40%; dưới mức thấp nhất = 0,00/1,00 điểm" in lines
    assert lines[-3:] == ["Tổng điểm tính từ số liệu", "Cộng: 4,80/7,00 điểm", "Xếp loại: low"]


def test_full_points_and_a_target_that_is_missed_are_both_told() -> None:
    lines = told(50)
    assert "a: 100 ÷ 200 = 50%; từ 50% là trọn điểm = 6,00/6,00 điểm" in lines
    open_target = [line for line in lines if line.startswith("- Chỉ tiêu «target»")]
    assert open_target[0].endswith("Đủ điểm nhưng chưa đạt chỉ tiêu")
    assert not open_target[1].endswith("Đủ điểm nhưng chưa đạt chỉ tiêu")
    assert "Full points, but the target is not met" in " ".join(told(50, EN))
    assert "Đủ điểm nhưng chưa đạt" not in " ".join(told(85))


def test_published_scores_are_held_against_their_total() -> None:
    right = told(40, published={"online": Fraction("4.8"), "received": Fraction("4.8")})
    assert "g: 4,80/7,00" in right
    assert "4,80 = 4,80, đúng bằng tổng đã công bố" in right
    wrong = told(40, published={"online": Fraction("4.8"), "received": Fraction("5")})
    assert "4,80 = 4,80, khác tổng đã công bố 5,00" in wrong
    assert "Điểm đã công bố" not in told(40)
