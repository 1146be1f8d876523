"""How units compare, in words."""

from __future__ import annotations

from dataclasses import replace

from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.period import Month
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.unit_comparison import unit_lines
from tests.calculation.provinces import figures, province, target, unit
from tests.calculation.test_by_unit import rate
from tests.presentation.scoreboards import EN, VI


def test_bands_and_ranks_are_told_for_each_target_with_several_units() -> None:
    units = [replace(unit(code), peer_group="xa", name=f"Xã {code}") for code in "abcd"]
    where = replace(province([target()], units=units), kinds={"commune": "xã", "province": "tỉnh"})
    what = figures(*rate("a", "2025-06", 90, 100), *rate("b", "2025-06", 50, 100), *rate("c", "2025-06", 3, 3))
    board = scoreboard(where, what, Month.parse("2025-06"), by_unit=True)
    assert list(unit_lines(board, Amounts(VI, where))) == [
        "",
        "target",
        "Số đơn vị: từ 80% trở lên: 2; từ 50% đến dưới 80%: 1; dưới 50%: 0; chưa có số liệu: 1; không áp dụng: 0",
        "Nhóm xã, xếp hạng 2 đơn vị (chưa xếp 2). Đầu: 1. Xã a, 2. Xã b. Cuối: 1. Xã a, 2. Xã b",
    ]
    assert "Units: 80% and more: 2; 50% to below 80%: 1" in list(unit_lines(board, Amounts(EN, where)))[2]


def test_a_target_of_one_unit_is_not_compared() -> None:
    where = replace(province([target()], units=[unit("a")]), kinds={"commune": "xã", "province": "tỉnh"})
    board = scoreboard(where, figures(*rate("a", "2025-06", 9, 10)), Month.parse("2025-06"), by_unit=True)
    assert list(unit_lines(board, Amounts(VI, where))) == []
