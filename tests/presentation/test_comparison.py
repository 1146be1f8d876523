"""Units side by side, in words and tables: who is ranked, who is not, and what each number says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any

import polars as pl
import pytest

from scorecard.calculation.comparison import comparison
from scorecard.domain.form import Measure
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit import Units
from scorecard.domain.unit_map import DrawnMap, UnitMap
from scorecard.presentation.comparison import Comparison, build_comparison
from scorecard.presentation.comparison_table import Reader, former_html, former_title, ranks_html, unranked_html
from scorecard.presentation.comparison_tiles import legend_html, regions, tiles_html
from scorecard.presentation.formats import Formats
from tests.calculation.provinces import element, figures, form, indicator, merged, province, target, unit
from tests.calculation.test_by_unit import rate
from tests.presentation.scoreboards import EN, VI

SEPTEMBER = Month.parse("2025-09")
ON_TODAYS_MAP = DrawnMap(UnitMap.TODAY, SEPTEMBER)
KINDS = {"commune": "xã", "province": "tỉnh", "district": "huyện"}
Told = Mapping[str, tuple[int, int] | None]


NOBODY = Reader((), "/chi-tieu?don-vi=")


def communes(*names: str, goal: str = "80%", comparator: str = ">=", **more: object) -> Province:
    units = [replace(unit(f"u{n}"), peer_group="xa", name=f"Xã {name}") for n, name in enumerate(names)]
    return replace(province([target(f"{comparator} {goal}")], units=units, **more), kinds=KINDS)


def shown(told: Told, formats: Formats = VI, **more: object) -> Comparison:
    """Compare communes by what each told for September, None for a silent one."""
    where = communes(*told, **more)
    rows = [row for n, pair in enumerate(told.values()) if pair for row in rate(f"u{n}", "2025-09", *pair)]
    found = comparison(where, figures(*rows), SEPTEMBER, "plan")
    return build_comparison(found, where, where.targets[0], SEPTEMBER, ON_TODAYS_MAP, formats)


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


TOLD: Told = {
    "Phú Bình": (90, 100),
    "Đại Từ": (40, 50),
    "An Khánh": (80, 100),
    "Na Rì": (79_999, 100_000),
    "Côn Minh": (49, 100),
    "Bé": (29, 29),
    "Lặng": None,
    "Vắng": (0, 0),
}


def test_the_sentence_counts_who_reached_the_goal_who_is_low_and_who_is_not_ranked() -> None:
    assert shown(TOLD).sentence == (
        "Gộp 3 tháng, 3/5 xã đủ số liệu đạt từ 80% trở lên; 1 đơn vị dưới 50%; "
        "3 đơn vị chưa xếp hạng do ít phát sinh, chưa có số liệu duyệt hoặc không phát sinh."
    )
    assert shown(TOLD, EN).sentence == (
        "Over three months, 3/5 xã with enough figures have 80% or more; 1 units below 50%; "
        "3 units not ranked: few cases, no approved figures or no cases."
    )


@pytest.mark.parametrize(
    ("told", "more", "expected"),
    [
        ({"A": (9, 30), "B": None}, {}, "Gộp 3 tháng, 0/1 xã đủ số liệu đạt từ 80% trở lên; 1 đơn vị dưới 50%; "),
        ({"A": (30, 30), "B": (30, 30)}, {}, "2/2 xã đủ số liệu đạt từ 80% trở lên; không đơn vị nào dưới 50%."),
        ({"A": None, "B": None}, {}, "Chưa có xã nào đủ số liệu để xếp hạng; 2 đơn vị chưa xếp hạng"),
        ({"A": (9, 10), "B": None}, {"comparator": ">"}, "Chưa có xã nào đủ số liệu để xếp hạng; "),
        ({"A": (8, 40), "B": (9, 40)}, {"goal": "40%"}, "Gộp 3 tháng, 0/2 xã đủ số liệu đạt từ 40% trở lên."),
        ({"A": (40, 40), "B": (39, 40)}, {"goal": "100%", "comparator": "="}, "1/2 xã đủ số liệu đạt 100%; không"),
    ],
)
def test_the_sentence_leaves_out_what_there_is_none_of(told: Told, more: dict[str, Any], expected: str) -> None:
    assert expected in shown(told, **more).sentence


def test_where_less_is_better_nobody_is_called_low() -> None:
    found = shown(
        {"A": (1, 40), "B": (9, 40)},
        goal="5%",
        comparator="<=",
        indicators=[indicator(rising_is_good=False)],
    )
    assert found.sentence == "Gộp 3 tháng, 1/2 xã đủ số liệu đạt từ 5% trở xuống."
    assert [(band.letter, band.label, band.count) for band in found.bands] == [
        ("A", "từ 5% trở xuống", 1),
        ("B", "chưa tới đích", 1),
    ]
    assert [(each.unit.name, each.rank) for each in found.ranked] == [("Xã A", 1), ("Xã B", 2)]


def test_units_of_one_rank_stand_in_the_order_of_the_alphabet() -> None:
    found = shown({"Đu": (8, 40), "Du": (8, 40), "Ên": (8, 40), "Em": (8, 40), "Zơ": (9, 40)})
    assert [(each.unit.name, each.rank) for each in found.ranked] == [
        ("Xã Zơ", 1),
        ("Xã Du", 2),
        ("Xã Đu", 2),
        ("Xã Em", 2),
        ("Xã Ên", 2),
    ]


def test_a_miss_is_never_printed_as_the_goal_nor_its_distance_as_nothing() -> None:
    near = next(each for each in shown(TOLD).ranked if each.short_name == "Na Rì")
    assert (near.printed, near.deviation_printed, near.band) == ("79,999%", "−0,001 điểm %", 1)
    exact = next(each for each in shown(TOLD).ranked if each.short_name == "Đại Từ")
    assert (exact.printed, exact.parts, exact.deviation_printed, exact.band) == ("80,0%", "40/50", "0,0 điểm %", 0)


def test_bands_are_counted_over_the_ranked_only() -> None:
    found = shown(TOLD)
    assert [(each.letter, each.label, each.look, each.count) for each in found.bands] == [
        ("A", "từ 80% trở lên", "reached", 3),
        ("B", "từ 50%, chưa tới đích", "between", 1),
        ("C", "dưới 50%", "low", 1),
    ]
    assert text(legend_html(found, VI)) == (
        "A từ 80% trở lên: 3 B từ 50%, chưa tới đích: 1 C dưới 50%: 1 ? chưa xếp hạng: 3"
    )
    four = shown({"A": (40, 40), "B": (38, 40), "C": (25, 40), "D": (1, 40)}, goal="100%", comparator="=").bands
    assert [(each.label, each.count) for each in four] == [
        ("100%", 1),
        ("từ 80%, chưa tới đích", 1),
        ("từ 50% đến dưới 80%", 1),
        ("dưới 50%", 1),
    ]


def test_every_number_of_the_sentence_stands_on_the_page() -> None:
    found = shown(TOLD)
    below = text(legend_html(found, VI)) + text(ranks_html(found, "", NOBODY, VI)) + " ".join(found.facts)
    for number in re.findall(r"\d+(?:,\d+)?", found.sentence.replace("Gộp 3 tháng", "")):
        assert re.search(rf"(?<!\d){number}(?!\d)", below), number


def test_the_table_tells_rank_rate_sides_distance_own_window_and_move() -> None:
    html = ranks_html(shown(TOLD), "", Reader({"u0"}, "/chi-tieu?don-vi="), VI)
    assert text(html).startswith(
        "Thứ hạng 5 xã Hạng Đơn vị Gộp 3 tháng Tử số/mẫu số () So với đích 80% Từ đầu năm (số xét chỉ tiêu) "
        "Đổi hạng so với tháng trước "
        "1 Xã Phú Bình (đơn vị của bạn) 90,0% 90/100 +10,0 điểm % 90,0% chưa so được 2 Xã An Khánh"
    )
    assert html.count("class=own") == 1
    assert '<a href="/chi-tieu?don-vi=u0%40" target="_self">Xã Phú Bình</a>' in html
    assert "Nhóm" not in html


def test_many_are_read_in_quarters() -> None:
    found = shown({f"Xã{n:02}": (80 - n, 100) for n in range(21)})
    html = text(ranks_html(found, "", NOBODY, VI))
    assert [html.count(f"Nhóm {quarter}: hạng") for quarter in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert "Nhóm 1: hạng 1–6 (6 đơn vị)" in html
    assert "Nhóm 4: hạng 17–21 (5 đơn vị)" in html
    one = text(ranks_html(found, "xa20", NOBODY, VI))
    assert "Nhóm 4: hạng 17–21 (5 đơn vị)" in one
    assert "Nhóm 1" not in one


def test_a_unit_is_found_without_accents() -> None:
    html = ranks_html(shown(TOLD), "phu binh", NOBODY, VI)
    assert ("Xã Phú Bình" in html, "Xã Đại Từ" in html) == (True, False)
    assert "Không có đơn vị nào có tên như vậy" in ranks_html(shown(TOLD), "hà nội", NOBODY, VI)
    assert "Xã Lặng" in unranked_html(shown(TOLD), "LANG", NOBODY, VI)
    assert "Chưa có đơn vị nào đủ số liệu" in ranks_html(shown({"A": None, "B": None}), "", NOBODY, VI)


def test_who_is_not_ranked_stands_apart_with_the_reason_and_never_with_a_zero() -> None:
    html = text(unranked_html(shown(TOLD), "", NOBODY, VI))
    assert html.endswith(
        "Xã Bé Mẫu số quá nhỏ để xếp hạng 100,0% 29/29 "
        "Xã Lặng Chưa có số liệu được duyệt của tháng này chưa có số liệu chưa có số liệu "
        "Xã Vắng Không phát sinh trong kỳ chưa có số liệu 0/0"
    )
    assert not re.search(r"(?<![\d,])0(,0)?%", html)


def test_names_are_escaped() -> None:
    found = shown({"<b>": (9, 40), "&": (8, 40), "<i>": None})
    everything = ranks_html(found, "", NOBODY, VI) + unranked_html(found, "", NOBODY, VI) + found.opening_html()
    assert "Xã &lt;b&gt;" in everything
    assert not re.search(r"<b>|<i>|Xã &(?!amp)", everything.replace("Xã &lt;", ""))


def test_moves_are_told_up_and_down() -> None:
    where = communes("A", "B", "C", "D")
    by_month = {"2025-08": [(30, 60), (40, 60), (50, 60)], "2025-09": [(60, 60), (9, 60), (40, 60), (1, 60)]}
    rows = [
        row for month, pairs in by_month.items() for n, pair in enumerate(pairs) for row in rate(f"u{n}", month, *pair)
    ]
    found = comparison(where, figures(*rows), SEPTEMBER, "plan")
    told = build_comparison(found, where, where.targets[0], SEPTEMBER, ON_TODAYS_MAP, VI).ranked
    assert {each.short_name: each.change for each in told} == {
        "A": "lên 2 bậc",
        "B": "xuống 1 bậc",
        "C": "giữ hạng",
        "D": "chưa so được",
    }


def test_the_rule_is_told_in_one_line_and_what_is_held_is_not_called_pooled() -> None:
    found = shown(TOLD)
    assert found.explained.startswith("Xếp theo tỷ lệ gộp 3 tháng, từ tháng 7/2025 đến tháng 9/2025: tổng tử số chia")
    assert "mẫu số gộp từ 30" in found.explained
    held = shown(
        {"A": (20, 40), "B": (30, 40)},
        forms=[form([element("online", Measure.STOCK), element("received", Measure.STOCK)])],
    )
    assert held.sentence == "0/2 xã đủ số liệu đạt từ 80% trở lên; không đơn vị nào dưới 50%."
    assert (held.measure, held.own_window) == ("Số hiện có", None)
    assert "Từ đầu năm" not in ranks_html(held, "", NOBODY, VI)


def reorganised() -> tuple[Province, dict[str, str]]:
    districts = [
        replace(unit(code, "district", died="2025-06-30"), name=f"Huyện {name}", protocol_order=order)
        for code, name, order in (("d1", "Sau", 9), ("d2", "Trước", 8))
    ]
    old = [
        replace(unit(code, died="2025-06-30", parent=parent), peer_group="xa", name=f"Xã {code}")
        for code, parent in (("p", "d1"), ("q", "d1"), ("r", "d2"), ("s", "d2"))
    ]
    new = [
        replace(unit(code, born="2025-07-01"), peer_group="xa", name=f"Xã {name}")
        for code, name in (("x", "Đu"), ("y", "Du"), ("z", "Lẻ"))
    ]
    links = [merged(old[0], new[0]), merged(old[1], new[0]), merged(old[2], new[0]), merged(old[3], new[1])]
    where = province([target()], units=[*districts, *old, *new], successions=links)
    return replace(where, kinds=KINDS), {each.code: each.id for each in new}


def test_units_stand_in_the_district_that_most_of_them_came_from() -> None:
    where, ids = reorganised()
    units = [where.units.by_id[each] for each in ids.values()]
    found = regions(units, where, SEPTEMBER)
    assert {name: [each.code for each in own] for name, own in found.items()} == {
        "Huyện Trước": ["y"],
        "Huyện Sau": ["x"],
    }
    assert list(found) == ["Huyện Trước", "Huyện Sau"]
    before = [where.units.by_id[code] for code in ("p@", "q@", "r@")]
    told = regions(before, where, Month.parse("2025-06"))
    assert {name: [each.code for each in own] for name, own in told.items()} == {
        "Huyện Trước": ["r"],
        "Huyện Sau": ["p", "q"],
    }


def test_a_tile_tells_name_letter_and_rate_or_why_there_is_none() -> None:
    where, ids = reorganised()
    rows = comparison(where, figures(*rate(ids["x"], "2025-09", 36, 40)), SEPTEMBER, "plan")
    told = build_comparison(rows, where, where.targets[0], SEPTEMBER, ON_TODAYS_MAP, VI)
    html = tiles_html(told, where, SEPTEMBER, VI)
    assert '<li class="tile reached"><strong>Đu</strong><span>A · 90,0%</span></li>' in html
    assert '<li class="tile unknown"><strong>Du</strong><span>chưa có số liệu duyệt</span></li>' in html
    assert "không phải bản đồ địa lý" in html
    assert tiles_html(shown(TOLD), communes(*TOLD), SEPTEMBER, VI) == ""


def on_map(what: pl.DataFrame, as_of: Month, kind: UnitMap, where: Province) -> Comparison:
    drawn = max(as_of, Month.parse("2025-07"))
    rows = comparison(where, what, as_of, "plan", kind, drawn)
    return build_comparison(rows, where, where.targets[0], as_of, DrawnMap(kind, drawn), VI)


def test_which_units_are_shown_is_told_where_there_are_others() -> None:
    where, ids = reorganised()
    june, july = Month.parse("2025-06"), Month.parse("2025-07")
    what = figures(*(row for code in "pqrs" for row in rate(code, "2025-06", 36, 40)))
    told = on_map(what, june, UnitMap.AS_REPORTED, where)
    assert told.on_map == (
        "Theo đơn vị khi báo cáo: mỗi đơn vị có trong tháng 6/2025 chỉ có số do chính mình báo cáo. 4/4 đơn vị nay "
        "không còn như trước."
    )
    assert {each.short_name for each in told.ranked} == {"p", "q", "r", "s"}
    told = on_map(what, june, UnitMap.TODAY, where)
    assert told.on_map == (
        "Theo địa giới hiện nay: số của 2 đơn vị gồm cả số liệu của các đơn vị cũ đã nhập trọn vào đơn vị đó."
    )
    assert {each.short_name: each.parts for each in told.ranked} == {"Đu": "108/120", "Du": "36/40"}
    after = pl.concat([what, figures(*rate(ids["x"], "2025-07", 36, 40))])
    assert on_map(after, july, UnitMap.TODAY, where).ranked[0].parts == "144/160"
    told = on_map(after, july, UnitMap.AS_REPORTED, where)
    assert (told.ranked[0].parts, len(told.former)) == ("36/40", 4)
    assert told.on_map.endswith("mỗi đơn vị có trong tháng 7/2025 chỉ có số do chính mình báo cáo.")
    quiet = on_map(figures(*rate(ids["x"], "2025-09", 36, 40)), SEPTEMBER, UnitMap.TODAY, where)
    assert quiet.on_map == ""


def test_only_a_unit_of_the_month_has_a_page_for_it() -> None:
    where, _ = reorganised()
    what = figures(*(row for code in "pqrs" for row in rate(code, "2025-06", 36, 40)))
    reader = Reader((), "/chi-tieu?don-vi=")
    today, own = (ranks_html(on_map(what, Month.parse("2025-06"), kind, where), "", reader, VI) for kind in UnitMap)
    assert "<a " not in today
    assert own.count("<a ") == 4


def test_what_stands_on_no_unit_shown_is_told_apart_with_what_became_of_it() -> None:
    where, ids = reorganised()
    split = replace(unit("t", died="2025-06-30"), peer_group="xa", name="Xã t")
    heirs = [where.units.by_id[ids[code]] for code in "yz"]
    links = (*where.units.successions, *(merged(split, heir, None) for heir in heirs))
    where = replace(where, units=Units((*where.units.members, split), links))
    what = figures(*(row for code in "pqrst" for row in rate(code, "2025-06", 36, 40)))
    told = on_map(what, Month.parse("2025-06"), UnitMap.TODAY, where)
    assert [each.short_name for each in told.ranked] == ["Đu"]
    assert {each.short_name: each.reason for each in told.unranked} == {"Du": "split", "Lẻ": "split"}
    assert "2 đơn vị nhận một phần của đơn vị cũ mà không văn bản nào nêu tỷ lệ chia" in told.on_map
    assert former_title(told, VI) == "Số của đơn vị cũ không cộng được vào đơn vị hiện nay: 2 đơn vị cũ"
    html = text(former_html(told, "", NOBODY, where, VI))
    assert "Xã s Xã Du 36/40" in html
    assert "Xã t Xã Du, Xã Lẻ 36/40" in html
    assert "2 đơn vị chưa xếp hạng do nhận một phần đơn vị cũ" in told.sentence
    assert on_map(what, Month.parse("2025-06"), UnitMap.AS_REPORTED, where).former == ()
