"""Who carries the gap, in exact numbers: table, sums, sentence, strip, supposition."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from html import unescape

import pytest

from scorecard.calculation.board import Board
from scorecard.calculation.evidence import evidence
from scorecard.calculation.gaps import gaps as carried
from scorecard.calculation.unit_maps import heirs_on
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scorecard.domain.unit_map import DrawnMap, UnitMap
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.charts.style import PALETTES, Ground
from scorecard.presentation.charts.unit_strip import unit_strip
from scorecard.presentation.explanation_case import read_cases
from scorecard.presentation.supposition import Aim, Supposition
from scorecard.presentation.unit_gaps import GapsOnMap, UnitGaps
from scorecard.presentation.unit_search import is_found
from tests.calculation.provinces import figures, indicator, merged, province, target, unit
from tests.calculation.test_by_unit import rate
from tests.calculation.test_gaps import peer
from tests.presentation.scoreboards import VI

JUNE = Month.parse("2025-06")
LIGHT = PALETTES[Ground.LIGHT]


def gaps_of(where: Province, *rates: list[tuple[str, str, str, int]]) -> UnitGaps:
    what = figures(*(row for each in rates for row in each))
    case = read_cases(where, where.targets[0], evidence(where, where.targets[0], what, JUNE))[0]
    return UnitGaps(case, Amounts(VI, where))


def of_peers(*units: Unit, goal: str = ">= 80%") -> Province:
    return province([target(goal)], units=units or [peer(code) for code in "abcd"])


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).replace("\N{NO-BREAK SPACE}", " ").strip()


def rows(html: str) -> list[str]:
    return [plain(row) for row in re.findall(r"<tr.*?</tr>", html)]


@pytest.fixture
def gaps() -> UnitGaps:
    return gaps_of(
        of_peers(),
        rate("a", "2025-06", 10, 100),
        rate("b", "2025-06", 33, 91),
        rate("c", "2025-06", 50, 100),
        rate("d", "2025-06", 90, 100),
    )


def test_the_sums_at_the_foot_are_those_of_the_rows_and_equal_the_shortfall(gaps: UnitGaps) -> None:
    assert rows(gaps.table_html()) == [
        "Đơn vị Tử số/mẫu số Tỷ lệ Còn thiếu () Phần của tổng thiếu Cộng dồn",
        "Chưa đạt mức đích: 3 đơn vị",
        "a 10/100 10,0% 70 50,1% 50,1%",
        "b 33/91 36,3% 39,8 28,5% 78,5%",
        "c 50/100 50,0% 30 21,5% 100,0%",
        "Đã đạt mức đích: 1 đơn vị (số âm là phần vượt)",
        "d 90/100 90,0% −10",
        "Cộng các đơn vị chưa đạt 93/291 32,0% 139,8",
        "Cộng các đơn vị đã đạt 90/100 90,0% −10",
        "Cộng tất cả 183/391 46,8% 129,8",
    ]
    assert gaps.total * 10 == 8 * 391 - 10 * 183


def test_the_sentence_says_how_few_carry_how_much(gaps: UnitGaps) -> None:
    assert gaps.sentence() == (
        "3 đơn vị giữ 100,0% phần còn thiếu. 3 đơn vị chưa đạt mức ≥\N{NO-BREAK SPACE}80%, 1 đơn vị đã đạt."
    )
    met = gaps_of(of_peers(), rate("a", "2025-06", 10, 100), rate("b", "2025-06", 1000, 1000))
    assert met.sentence().startswith("Cộng lại đã đạt mức ≥\N{NO-BREAK SPACE}80%, nhưng 1 đơn vị còn dưới mức này")
    nobody = gaps_of(of_peers(), rate("a", "2025-06", 90, 100), rate("b", "2025-06", 9, 10))
    assert nobody.sentence().startswith("Không đơn vị nào còn thiếu")


def test_searching_leaves_the_sums_alone(gaps: UnitGaps) -> None:
    found = rows(gaps.table_html("B "))
    assert [row.split()[0] for row in found[1:3]] == ["Chưa", "b"]
    assert found[-1] == "Cộng tất cả 183/391 46,8% 129,8"
    assert len(found) == 6
    assert plain(gaps.table_html("zz")).startswith("Không có đơn vị nào tên như vậy.")


def test_where_less_is_better_the_units_above_carry_it() -> None:
    where = province([target("<= 10%")], indicators=[indicator(rising_is_good=False)], units=[peer("a"), peer("b")])
    found = gaps_of(where, rate("a", "2025-06", 30, 100), rate("b", "2025-06", 5, 100))
    assert found.sentence().startswith("1 đơn vị giữ 100,0% phần vượt mức cho phép.")
    assert "Còn phải giảm" in rows(found.table_html())[0]
    goal = found.goal
    assert goal is not None
    assert plain(Supposition(found, goal, Aim.GOAL).of_largest(1)).startswith(
        "Giả định: nếu 1 đơn vị vượt nhiều nhất về đích (≤ 10%) thì cả chỉ tiêu là 7,5% thay cho 17,5%, cần bớt 20"
    )


def test_the_strip_has_every_unit_alive_and_names_the_largest_gaps(gaps: UnitGaps) -> None:
    found = unit_strip(gaps, LIGHT)
    assert found is not None
    assert found.spoken == "1/4 đơn vị đã đạt mức ≥\N{NO-BREAK SPACE}80%; thiếu nhiều nhất (): a 70, b 39,8."
    assert [row[1] for row in found.rows] == ["10,0%", "36,3%", "50,0%", "90,0%"]
    points = [row for name in found.spec["datasets"].values() for row in name]
    assert [row["rate"] for row in points if row.get("ink")] == pytest.approx([0.1, 33 / 91, 0.5, 0.9])
    assert {row["ink"] for row in points if row.get("ink") and row["rate"] < 0.8} != {
        row["ink"] for row in points if row.get("ink") and row["rate"] > 0.8
    }
    assert [row["text"] for row in points if "text" in row] == ["70 · a", "39,8 · b", "30 · c"]
    assert found.spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0.1, 0.9]


def test_a_unit_that_is_no_more_is_in_the_table_and_not_on_the_strip() -> None:
    units = [peer("a"), peer("b"), unit("old", died="2025-05-31")]
    found = gaps_of(
        of_peers(*units), rate("a", "2025-06", 1, 10), rate("b", "2025-06", 2, 10), rate("old", "2025-05", 3, 10)
    )
    strip = unit_strip(found, LIGHT)
    assert strip is not None
    assert [row[0] for row in strip.rows] == ["a", "b"]
    assert any(row.startswith("old (đến 31/05/2025) 3/10") for row in rows(found.table_html()))
    assert found.goal is not None
    assert Supposition(found, found.goal, Aim.GOAL).able == ("a@", "b@")


def test_old_units_stand_on_their_heirs_with_whom_the_sums_stay_the_same() -> None:
    old, heir = unit("old", died="2025-05-31"), unit("heir", born="2025-06-01")
    where = province([target()], units=[unit("a"), old, heir], successions=[merged(old, heir)])
    found = gaps_of(where, rate("a", "2025-06", 1, 10), rate("old@", "2025-05", 3, 10), rate(heir.id, "2025-06", 4, 10))
    assert [(row.name, row.numerator) for row in found.rows] == [("heir", 7), ("a", 1)]
    assert found.rows[-1].so_far == 1


def test_a_supposition_tells_the_new_total_whether_it_meets_the_goal_and_who(gaps: UnitGaps) -> None:
    assert gaps.goal is not None
    goal, median = (Supposition(gaps, gaps.goal, aim) for aim in Aim)
    assert plain(goal.of_largest(2)) == (
        "Giả định: nếu 2 đơn vị thiếu nhiều nhất đạt đích (≥ 80%) thì cả chỉ tiêu là 74,9% thay cho 46,8%,"
        " cần thêm 110 . Khi đó vẫn chưa đạt đích ≥ 80%. Các đơn vị: a, b."
    )
    assert "là 82,6% thay cho 46,8%" in plain(goal.of_largest(3))
    assert "Khi đó đạt đích ≥ 80%." in plain(goal.of_largest(3))
    assert plain(median.of_largest(3)) == (
        "Giả định: nếu 3 đơn vị thiếu nhiều nhất đạt trung vị của nhóm đơn vị cùng loại thì cả chỉ tiêu là 53,7% thay"
        " cho 46,8%, cần thêm 27 . Khi đó vẫn chưa đạt đích ≥ 80%. 2 đơn vị trong đó đã tốt hơn trung vị của nhóm đơn"
        " vị cùng loại nên giữ nguyên. Các đơn vị: a, b, c."
    )


def test_picked_units_are_raised_exactly_and_told_as_picked(gaps: UnitGaps) -> None:
    assert gaps.goal is not None
    goal, median = (Supposition(gaps, gaps.goal, aim) for aim in Aim)
    assert plain(goal.of_picked(["c@", "b@"])) == (
        "Giả định: nếu 2 đơn vị bạn chọn đạt đích (≥ 80%) thì cả chỉ tiêu là 64,7% thay cho 46,8%,"
        " cần thêm 70 . Khi đó vẫn chưa đạt đích ≥ 80%. Các đơn vị: b, c."
    )
    assert goal.of_picked(["b@", "a@", "c@"]).replace("bạn chọn", "thiếu nhiều nhất") == goal.of_largest(3)
    assert "1 đơn vị bạn chọn đạt trung vị" in median.of_picked(["a@"])
    assert goal.option("b@") == "b (thiếu 39,8)"


def test_units_to_pick_stand_in_the_order_of_their_names() -> None:
    names = {"a": "Xã Đu", "b": "Xã Dương", "c": "Xã Âu", "d": "Xã An"}
    where = of_peers(*(replace(peer(code), name=name) for code, name in names.items()))
    found = gaps_of(where, *(rate(code, "2025-06", 10 + place, 100) for place, code in enumerate(names)))
    assert found.goal is not None
    supposed = Supposition(found, found.goal, Aim.GOAL)
    assert [names[unit[0]] for unit in supposed.by_name] == ["Xã An", "Xã Âu", "Xã Dương", "Xã Đu"]


def on_both_maps(*rates: list[tuple[str, str, str, int]]) -> tuple[UnitGaps, UnitGaps]:
    """Return the gap of June on the units of July, and on those that reported: old into heir, cut into two."""
    old = [replace(peer(code), valid_to=date(2025, 6, 30)) for code in ("old", "cut")]
    heirs = [replace(peer(code), valid_from=date(2025, 7, 1)) for code in ("heir", "x", "y")]
    links = [merged(old[0], heirs[0]), merged(old[1], heirs[1], None), merged(old[1], heirs[2], None)]
    where = province([target()], units=[peer("a"), *old, *heirs], successions=links)
    found, july = gaps_of(where, *rates), Month.parse("2025-07")
    what = figures(*(row for each in rates for row in each))
    board = Board(where, where.targets, JUNE)
    today, own = (
        GapsOnMap(carried(board, what, heirs_on(kind, where, july)), DrawnMap(kind, july)) for kind in UnitMap
    )
    return replace(found, on_map=today), replace(found, on_map=own)


def test_earlier_figures_stand_on_todays_units_or_on_those_that_reported_with_the_same_sums() -> None:
    rates = rate("a", "2025-06", 1, 100), rate("old@", "2025-06", 30, 100), rate("cut@", "2025-06", 40, 100)
    today, own = on_both_maps(*rates)
    assert [row.name for row in today.rows] == ["a", "heir", "cut (đến 30/06/2025)"]
    assert [row.name for row in own.rows] == ["a", "old (đến 30/06/2025)", "cut (đến 30/06/2025)"]
    assert today.total == own.total == Fraction(169)
    assert rows(today.table_html())[-1] == rows(own.table_html())[-1]
    assert today.has_other_units
    assert not own.has_other_units
    assert today.map_sentence() == (
        "Theo địa giới hiện nay: số của 1 đơn vị cũ đã nhập trọn được cộng vào đơn vị mới. "
        "1 đơn vị cũ không có đơn vị nào nhận trọn đứng riêng, không chia ước."
    )
    assert own.map_sentence() == (
        "Theo đơn vị khi báo cáo: 3 đơn vị, mỗi đơn vị chỉ có số do chính mình báo cáo; "
        "2 đơn vị nay không còn như trước. Tổng không đổi."
    )


def test_a_supposition_raises_the_units_of_the_map_shown() -> None:
    rates = rate("a", "2025-06", 1, 100), rate("old@", "2025-06", 30, 100), rate("cut@", "2025-06", 40, 100)
    for found, able in zip(on_both_maps(*rates), (("a@", "heir@2025-07-01"), ("a@", "old@", "cut@")), strict=True):
        assert found.goal is not None
        goal, median = (Supposition(found, found.goal, aim) for aim in Aim)
        assert goal.able == median.able == able
        assert set(median.levels.values()) == {Fraction(30, 100)}
        strip = unit_strip(found, LIGHT)
        assert strip is not None
        assert len(strip.rows) == len(able)


@pytest.mark.parametrize(
    ("typed", "name", "found"),
    [
        ("phu binh", "Xã Phú Bình", True),
        (" DINH HOA ", "Xã Định Hóa", True),
        ("Định", "Xã Định Hóa", True),
        ("", "Xã Định Hóa", True),
        ("hoa dinh", "Xã Định Hóa", False),
    ],
)
def test_a_unit_is_found_without_accents(typed: str, name: str, found: bool) -> None:
    assert is_found(name, typed) is found
