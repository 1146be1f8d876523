"""The page of a target: its sentence, its facts, its definition; each figure of the sentence stands on the page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.calculation.changes import Change
from scorecard.domain.plan import Plan
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.formats import NO_BREAK_SPACE, Formats
from scorecard.presentation.target import opening_html
from scorecard.presentation.target_change import change_html, rounded
from scorecard.presentation.target_definition import definition_html
from scorecard.presentation.target_facts import facts
from scorecard.presentation.target_figures import read_figures
from scorecard.presentation.target_sentence import MOST_LETTERS, MOST_WORDS, sentence
from scorecard.presentation.target_steps import steps_html
from scorecard.presentation.trajectory_points import read_trajectory
from scorecard.presentation.trajectory_table import trajectory_rows
from tests.presentation.scoreboards import EN, VI
from tests.presentation.shipped_cases import FILES, cases_of, shipped
from tests.presentation.target_cases import CASES

BROKEN = re.compile(r"\b(?:NaN|None|null|nan|inf)\b")
PLANS = [(province_id, plan) for province_id in FILES for plan in shipped(province_id)[0].plans]
SENTENCES = {
    "behind": (
        "Hiện đạt 46,0% (tháng 6/2025), thấp hơn lộ trình 14,0 điểm %; nếu giữ đà hiện nay, đến 31/12/2025 "
        "đạt khoảng 52,0%, thiếu 28,0 điểm %. Chủ trì: a."
    ),
    "ahead": (
        "Hiện đạt 70,0% (tháng 6/2025), cao hơn lộ trình 10,0 điểm %; nếu giữ đà hiện nay, đến 31/12/2025 "
        "đạt khoảng 100,0%, tới đích. Chủ trì: a."
    ),
    "on the path": (
        "Hiện đạt 60,0% (tháng 6/2025), đúng bằng lộ trình; đích ≥ 80%, hạn 31/12/2025, chưa dự báo vì mới "
        "có 1 tháng số liệu. Chưa giao đơn vị chủ trì."
    ),
    "two months": (
        "Hiện đạt 55,0% (tháng 6/2025), thấp hơn lộ trình 5,0 điểm %; đích ≥ 80%, hạn 31/12/2025, chưa dự "
        "báo vì mới có 2 tháng số liệu. Chưa giao đơn vị chủ trì."
    ),
    "met": (
        "Đã tới đích: 83,0% (tháng 6/2025) so với ≥ 80%; nếu giữ như tháng gần nhất, đến 31/12/2025 đạt "
        "khoảng 83,0%, tới đích. Chưa giao đơn vị chủ trì."
    ),
    "past its deadline": (
        "Hết hạn 31/05/2025 mới đạt 71,0% (tháng 6/2025), đích ≥ 80%; thiếu 9,0 điểm %. Chưa giao đơn vị chủ trì."
    ),
    "without any figure": (
        "Chưa có đơn vị nào báo cáo số liệu cho chỉ tiêu này; đích ≥ 80%, hạn 31/12/2025. Chưa giao đơn vị chủ trì."
    ),
    "without this month": "Chưa có số liệu tháng 6/2025; đích ≥ 80%, hạn 31/12/2025. Chưa giao đơn vị chủ trì.",
    "with an older value": (
        "Chưa có số liệu tháng 6/2025; gần nhất 3 việc (tháng 5/2025); đích ≥ 12, hạn 31/12/2025. Chưa giao "
        "đơn vị chủ trì."
    ),
    "hardly covered": (
        "Mới có 1/2 đơn vị báo cáo, chiếm 50,0% khối lượng; cần từ 80% mới đủ để kết luận; đích ≥ 80%, hạn "
        "31/12/2025. Chưa giao đơn vị chủ trì."
    ),
    "nearly covered": (
        "Hiện đạt 55,0% (tháng 6/2025), thấp hơn lộ trình 5,0 điểm %; đích ≥ 80%, hạn 31/12/2025, "
        "chưa dự báo vì mới có 3 tháng số liệu. Chưa giao đơn vị chủ trì."
    ),
    "without cases": (
        "Không phát sinh trong kỳ nên không tính tỷ lệ; đích ≥ 80%, hạn 31/12/2025. Chưa giao đơn vị chủ trì."
    ),
    "lower is better": (
        "Hiện đạt 34,0% (tháng 6/2025), cao hơn lộ trình 4,0 điểm %; nếu giữ đà hiện nay, đến 31/12/2025 đạt "
        "khoảng 28,0%, vượt mức cho phép 8,0 điểm %. Chưa giao đơn vị chủ trì."
    ),
    "to be held": (
        "Đã tới đích: 84,0% (tháng 6/2025) so với ≥ 80%; nếu giữ đà hiện nay, đến 31/12/2025 đạt khoảng "
        "78,0%, thiếu 2,0 điểm %. Chưa giao đơn vị chủ trì."
    ),
    "in a range": (
        "Hiện đạt 60,0% (tháng 6/2025), cao hơn lộ trình 5,0 điểm %; nếu giữ đà hiện nay, đến 31/12/2025 đạt "
        "khoảng 72,0%, tới đích. Chưa giao đơn vị chủ trì."
    ),
    "compound": (
        "Hiện đạt 60,0% (tháng 6/2025), đúng bằng lộ trình; nếu giữ đà hiện nay, đến 31/12/2025 đạt khoảng "
        "72,0%, thiếu 8,0 điểm %. Chưa giao đơn vị chủ trì."
    ),
    "superseded": "Kế hoạch đã được văn bản khác thay thế nên không đánh giá nữa. Chưa giao đơn vị chủ trì.",
    "a list": (
        "Hiện đạt 70/76 việc (tháng 6/2025), cao hơn lộ trình 2 việc; nếu giữ đà hiện nay, đến 31/12/2025 "
        "đạt khoảng 76 việc, tới đích. Chưa giao đơn vị chủ trì."
    ),
    "a count": (
        "Hiện đạt 3 việc (tháng 6/2025), thấp hơn lộ trình 3 việc; nếu giữ như tháng gần nhất, đến "
        "31/12/2025 đạt khoảng 3 việc, thiếu 9 việc. Chưa giao đơn vị chủ trì."
    ),
    "a rank": "Hiện xếp hạng 6 (tháng 6/2025); đích hạng 3 trở lên, hạn 31/12/2025. Chưa giao đơn vị chủ trì.",
    "a score": (
        "Hiện đạt 85,5% (tháng 6/2025), đúng bằng lộ trình; đích ≥ 90%, hạn 31/12/2025. Chưa giao đơn vị chủ trì."
    ),
    "steps to do": "Tiến độ: 0/3 bước (tháng 6/2025); hạn 31/12/2025. Chủ trì: a.",
    "steps done": "Đã hoàn thành: 3/3 bước (tháng 6/2025); hạn 31/12/2025. Chủ trì: a.",
}


def visible(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html)).replace(NO_BREAK_SPACE, " ")


def told(case: Case, formats: Formats = VI) -> str:
    amounts = Amounts(formats, case.province)
    return sentence(case, read_figures(case, amounts), amounts).replace(NO_BREAK_SPACE, " ")


def fact(case: Case, key: str, formats: Formats = VI) -> tuple[str, tuple[str, ...]]:
    amounts = Amounts(formats, case.province)
    found = next(each for each in facts(case, read_figures(case, amounts), amounts) if each.key == key)
    plain = [text.replace(NO_BREAK_SPACE, " ") for text in (found.value, *found.notes)]
    return plain[0], tuple(plain[1:])


def page(case: Case, formats: Formats = VI) -> str:
    """Return everything that the page shows below its sentence."""
    amounts = Amounts(formats, case.province)
    opening = opening_html(case, read_figures(case, amounts), amounts)
    below = re.sub(r'<div class="sentence">.*?</div>', "", opening)
    steps = steps_html(case, amounts) if case.standing.target.steps else ""
    shown = visible(below + steps + (change_html(case, amounts) or "") + definition_html(case, amounts))
    points = read_trajectory(case, frozenset())
    if points is not None:
        rows = trajectory_rows(case, points, read_figures(case, amounts), amounts)
        shown += " ".join(cell for row in rows for cell in row)
    return shown.replace(NO_BREAK_SPACE, " ")


def numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+(?:[./,]\d+)*%?", text))


def assert_sound(case: Case, formats: Formats) -> None:
    said, shown = told(case, formats), page(case, formats)
    assert len(said) <= MOST_LETTERS, said
    assert len(said.split()) <= MOST_WORDS, said
    assert not numbers(said).keys() - numbers(shown).keys(), (said, shown)
    assert not BROKEN.search(said + shown), said


@pytest.mark.parametrize("kind", CASES)
def test_check_14_the_sentence_of_each_kind_of_case_and_its_figures_on_the_page(kind: str) -> None:
    case = CASES[kind]()
    assert told(case) == SENTENCES[kind]
    assert_sound(case, VI)
    assert_sound(case, EN)


@pytest.mark.parametrize(("province_id", "plan"), PLANS, ids=[plan.id for _, plan in PLANS])
def test_every_shipped_target_is_shown_in_every_month_of_its_plan(province_id: str, plan: Plan) -> None:
    where, what = shipped(province_id)
    seen: Counter[str] = Counter()
    for case in cases_of(where, what, plan):
        assert_sound(case, EN if case.standing.month.index % 6 == 5 else VI)
        seen[case.standing.target.id] += 1
    assert set(seen) == {each.id for each in plan.targets}
    assert len(set(seen.values())) == 1


@pytest.mark.parametrize(
    ("kind", "key", "expected"),
    [
        ("behind", "now", ("46,0%", ("tháng 6/2025", "460/1.000"))),
        ("behind", "expected", ("60,0%", ("thấp hơn lộ trình 14,0 điểm %", "từ mốc 40,0% (tháng 12/2024)"))),
        (
            "behind",
            "pace",
            ("80,0% / 52,0%", ("phần còn lại phải đạt 80,0%; theo nhịp hiện nay 52,0%", "tức thêm 800 nữa")),
        ),
        ("two months", "pace", ("80,0%", ("phần còn lại phải đạt 80,0%", "tức thêm 800 nữa"))),
        ("lower is better", "pace", ("20,0% / 28,0%", ("phần còn lại chỉ được tới 20,0%; theo nhịp hiện nay 28,0%",))),
        ("a list", "pace", ("+1 / +2", ("việc mỗi tháng", "đang có: bình quân 3 tháng gần đây"))),
        ("a count", "expected", ("6 việc", ("thấp hơn lộ trình 3 việc", "từ mốc 0 việc (tháng 12/2024)"))),
        ("without cases", "now", ("Không phát sinh", ())),
        ("superseded", "expected", ("Không có lộ trình", ())),
        ("to be held", "expected", ("80,0%", ("cao hơn lộ trình 4,0 điểm %", "đầu kỳ đã qua đích: phải giữ"))),
        ("past its deadline", "goal", ("≥ 80%", ("hạn 31/05/2025", "đã hết hạn", "thiếu 9,0 điểm %"))),
        ("met", "pace", ("Đã tới đích", ())),
    ],
)
def test_the_four_facts_by_kind(kind: str, key: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert fact(CASES[kind](), key) == expected


def test_a_partial_month_is_no_result_but_its_figures_and_their_share_are_told() -> None:
    value, notes = fact(CASES["hardly covered"](), "now")
    assert value == "Chưa có số liệu"
    assert notes == ("tạm tính: 52,0% (tháng 6/2025)", "520/1.000", "1/2 đơn vị nộp, chiếm 50,0% khối lượng")


def test_with_units_missing_the_value_carries_how_low_and_high_it_can_still_be() -> None:
    notes = fact(CASES["nearly covered"](), "now")[1]
    assert notes[-2:] == ("9/10 đơn vị nộp, chiếm 90,0% khối lượng", "khi đủ đơn vị: từ 54,0% đến 55,0%")


def test_how_many_months_a_forecast_needs_is_said_where_it_would_stand() -> None:
    notes = fact(CASES["two months"](), "goal")[1]
    assert notes[-1] == "Cần ít nhất 4 tháng số liệu để dự báo; hiện có 2."


def test_a_sentence_too_long_for_its_unit_loses_the_path_first_and_then_the_unit() -> None:
    case = CASES["behind"]()
    amounts = Amounts(VI, case.province)
    figures = read_figures(case, amounts)
    long = sentence(case, replace(figures, lead="Sở " + "Nông nghiệp và Môi trường " * 2), amounts)
    assert "lộ trình" not in long
    assert "Chủ trì: Sở Nông nghiệp" in long
    longest = sentence(case, replace(figures, lead="Sở " + "Nông nghiệp và Môi trường " * 9), amounts)
    assert "Chủ trì" not in longest
    assert "đạt khoảng 52,0%" in longest
    assert len(longest) <= MOST_LETTERS


@given(st.lists(st.fractions(min_value=-50, max_value=50, max_denominator=997), min_size=1, max_size=5))
def test_rounded_parts_add_up_to_their_rounded_sum(parts: list[Fraction]) -> None:
    found = rounded(parts, 2)
    total = sum(parts, Fraction(0))
    assert abs(sum(found, Fraction(0)) - total) <= Fraction(1, 200)
    assert all(abs(shown - part) < Fraction(1, 100) for shown, part in zip(found, parts, strict=True))
    assert all(each.denominator in (1, 2, 4, 5, 10, 20, 25, 50, 100) for each in found)


def test_why_it_moved_is_a_table_whose_parts_add_up_as_printed() -> None:
    case = CASES["behind"]()
    moved = Change(
        target="target",
        before=Fraction(45, 100),
        after=Fraction(46, 100),
        corrections=Fraction(1, 300),
        boundaries=Fraction(0),
        reporting=Fraction(1, 300),
        mix=Fraction(0),
        rate=Fraction(1, 300),
        movers=(),
        reversed_by_mix=False,
    )
    shown = visible(change_html(replace(case, change=moved), Amounts(VI, case.province)) or "")
    assert "Từ 45,00% (tháng 5/2025) đến 46,00% (tháng 6/2025)" in shown
    assert re.findall(r"\+\d,\d\d", shown) == ["+0,34", "+0,33", "+0,33", "+1,00"]
    assert "địa giới" not in shown


def test_a_value_that_stayed_or_cannot_be_compared_says_so() -> None:
    case = CASES["behind"]()
    none = change_html(replace(case, change=None), Amounts(VI, case.province))
    assert none == "<p>Chưa so sánh được với tháng 5/2025 vì thiếu số của một trong hai tháng.</p>"
    assert case.change is not None
    same = change_html(replace(case, change=replace(case.change, before=case.change.after)), Amounts(VI, case.province))
    assert same == "<p>Không thay đổi so với tháng 5/2025: 46,0%.</p>"


@pytest.mark.parametrize("kind", ["steps to do", "a rank", "a score", "without any figure", "superseded"])
def test_what_has_no_parts_has_no_table_of_them(kind: str) -> None:
    case = CASES[kind]()
    assert change_html(case, Amounts(VI, case.province)) is None


def test_the_steps_say_what_is_done_late_and_open() -> None:
    case = CASES["steps to do"]()
    shown = visible(steps_html(case, Amounts(VI, case.province)))
    assert re.findall(r"\d\d/\d\d/2025 +([^ ].*?) {2}", shown + "  ") == ["trễ 91 ngày", "chưa xong", "chưa xong"]


def test_the_definition_names_both_counts_their_source_documents_and_limits() -> None:
    where, what = shipped("thai-nguyen")
    plan = next(plan for plan in where.plans if plan.id == "kh-222-2024")
    only = replace(plan, targets=plan.targets[:1], ends=plan.starts)
    (case,) = cases_of(where, what, only)
    shown = visible(definition_html(case, Amounts(VI, where)))
    for said in (
        "«Trong đó, hồ sơ xử lý hoàn toàn trực tuyến» ÷ «Hồ sơ tiếp nhận trong tháng»",
        "báo cáo tình hình tiếp nhận theo đơn vị",
        "cộng từ đầu năm",
        "càng cao càng tốt",
        "Văn bản số 222 ngày 27/11/2024 của UBND tỉnh Thái Nguyên",
        "Mức chung của cả nước: 70% (188/NQ-CP); tỉnh đặt cao hơn 10 điểm %",
        "Kết luận được khi các đơn vị đã báo cáo chiếm từ 80% khối lượng",
    ):
        assert said in shown


def test_names_cannot_put_markup_into_the_page() -> None:
    case = CASES["behind"]()
    amounts = Amounts(VI, case.province)
    evil = replace(read_figures(case, amounts), lead="<script>alert(1)</script>")
    assert "<script>" not in opening_html(case, evil, amounts)
