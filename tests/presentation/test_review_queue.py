"""What the review page says of submitted figures."""

from __future__ import annotations

import re
from datetime import datetime
from fractions import Fraction

import polars as pl
import pytest

from scorecard.calculation.effects import effects
from scorecard.calculation.review_queue import review_queue
from scorecard.calculation.suspicion import suspicions
from scorecard.domain.indicator import Window
from scorecard.domain.province import Province
from scorecard.domain.suspicion import SuspicionLimits
from scorecard.presentation.formats import Formats
from scorecard.presentation.review_flags import limit_texts
from scorecard.presentation.review_html import item_html, trend_svg
from scorecard.presentation.review_queue import QueueItem, Trend, effect_text, queue_items, queue_sentence
from scorecard.presentation.texts import Language, load_texts
from tests.calculation.provinces import figures, indicator, province, target
from tests.calculation.test_review_queue import half, returned
from tests.calculation.test_suspicion import JUNE, months

VI = Formats(load_texts(Language.VIETNAMESE))
MONTHLY = province([target()], indicators=[indicator(window=Window.MONTH)])


def waiting(past: list, new: list, where: Province = MONTHLY) -> tuple[pl.DataFrame, pl.DataFrame]:
    approved = figures(*past)
    rows = suspicions(where, approved, figures(*new))
    return review_queue(rows, effects(where, approved, rows)), rows


def items(past: list, new: list) -> tuple[QueueItem, ...]:
    return queue_items(*waiting(past, new), MONTHLY, VI)


def test_the_sentence_names_the_odd_return_that_matters_most() -> None:
    queue, _ = waiting([*half("a"), *half("b")], [*returned("a", 99, 101), *returned("b", 51, 101)])
    # (99 + 51) ÷ 202 is 74,3%, (50 + 51) ÷ 201 would be 50,2%.
    assert queue_sentence(queue, MONTHLY, VI) == (
        "Còn 2 phiếu chờ duyệt; 1 phiếu có cảnh báo, ảnh hưởng lớn nhất là a "
        "(“target” toàn tỉnh giảm 24,0 điểm % nếu số này sai)."
    )


def test_the_sentence_when_nothing_is_odd_or_nothing_waits() -> None:
    queue, _ = waiting([*half("a"), *half("b")], returned("b", 51, 101))
    assert queue_sentence(queue, MONTHLY, VI) == "Còn 1 phiếu chờ duyệt; không phiếu nào có cảnh báo."
    assert queue_sentence(queue.clear(), MONTHLY, VI) == "Không còn phiếu chờ duyệt."
    at = datetime(2026, 10, 8, 9, 12)
    assert queue_sentence(queue.clear(), MONTHLY, VI, at) == (
        "Không còn phiếu chờ duyệt. Lần duyệt gần nhất: 09:12 ngày 08/10/2026."
    )


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (0.006, "“target” toàn tỉnh giảm 0,6 điểm % nếu số này sai"),
        (-0.0012, "“target” toàn tỉnh tăng 0,12 điểm % nếu số này sai"),
        (-0.00001, "“target” toàn tỉnh tăng dưới 0,01 điểm % nếu số này sai"),
        (0.0, "không làm thay đổi tổng toàn tỉnh"),
    ],
)
def test_an_effect_is_what_the_total_would_lose_or_gain(points: float, text: str) -> None:
    row = {"target": "target", "points": points, "cases": 1.0}
    assert effect_text(row, MONTHLY, VI) == text
    assert effect_text({"target": None, "points": None, "cases": None}, MONTHLY, VI).startswith("không làm thay đổi")


def test_a_count_is_told_in_cases() -> None:
    counted = province([target(">= 10", indicator_id="n")], indicators=[indicator("online", None, name="n")])
    row = {"target": "target", "points": None, "cases": 1200.0}
    assert effect_text(row, counted, VI) == "“target” toàn tỉnh giảm 1.200,0 % nếu số này sai"


def test_a_figure_stands_beside_what_was_to_be_expected() -> None:
    past = [*months("2024-12", [90, 100, 101, 110, 120, 100]), *months("2024-12", [50] * 6, "online")]
    (item,) = items(past, [(JUNE, "a", "received", 1010), (JUNE, "a", "online", 51)])
    online, received = item.figures
    assert (item.title, item.flagged) == ("a: , tháng 6/2025", 2)
    assert (received.new, received.previous, received.median) == ("1.010", "100", "100,5")
    assert (received.change, received.approved) == ("+910 (+910%)", None)
    assert received.flags == ("received: gấp khoảng 10 lần kỳ trước (100), có thể thừa chữ số.",)
    assert online.flags == ("online_rate: từ 50,0% (50/100) thành 5,0% (51/1.010), đổi −45,0 điểm %.",)
    assert received.trend.values == (None,) * 6 + (90, 100, 101, 110, 120, 100, 1010)
    assert received.trend.spoken == "12 kỳ gần nhất từ 90 đến 120; số mới 1.010"


def flags(past: list[int], value: int) -> tuple[str, ...]:
    (item,) = items(months("2024-12", list(past)), [(JUNE, "a", "received", value)])
    return item.figures[0].flags


def test_each_flag_has_its_sentence() -> None:
    assert flags([100, 110, 90, 100, 100, 100], 250) == (
        "received: 250, lệch xa mức thường gặp của đơn vị (trung vị 6 kỳ gần nhất là 100).",
    )
    assert flags([100] * 6, 0) == ("received: kỳ trước là 100, kỳ này bằng 0.",)
    assert flags([100] * 6, 100) == ("received: đúng bằng kỳ trước (100).",)


def test_a_fall_and_no_change_are_told_with_their_sign() -> None:
    (fallen,) = items(months("2024-12", [100] * 6), [(JUNE, "a", "received", 80)])
    assert fallen.figures[0].change == "−20 (−20%)"
    (little,) = items(months("2024-12", [9544] * 6), [(JUNE, "a", "received", 9543)])
    assert little.figures[0].change == "−1 (−0,01%)"
    (same,) = items(months("2024-12", [9] * 6), [(JUNE, "a", "received", 9)])
    assert same.figures[0].change == "không đổi"
    (first,) = items([], [(JUNE, "a", "received", 9)])
    assert (first.figures[0].change, first.figures[0].previous) == ("", "chưa có")
    assert first.figures[0].trend.spoken == "chưa có kỳ nào trước đó; số mới 9"


def test_a_correction_shows_what_is_in_force() -> None:
    past = [*months("2024-12", [100] * 6), (JUNE, "a", "received", 100)]
    (item,) = items(past, [(JUNE, "a", "received", 110)])
    assert item.figures[0].approved == "100"
    assert "Đang có hiệu lực" in item_html(item, VI.texts)
    (item,) = items(past[:-1], [(JUNE, "a", "received", 110)])
    assert "Đang có hiệu lực" not in item_html(item, VI.texts)


def test_no_number_is_said_in_words() -> None:
    (item,) = items(months("2024-12", [100] * 6), [(JUNE, "a", "received", None, "not_available")])
    assert (item.figures[0].new, item.figures[0].change) == ("chưa có số liệu", "")
    assert re.search(r"None|null|NaN|nan", item_html(item, VI.texts)) is None


def test_what_the_unit_explains_is_shown_and_every_text_is_escaped() -> None:
    (item,) = items(months("2024-12", [100] * 6), [(JUNE, "a", "received", 1000)])
    html = item_html(item, VI.texts, {"received": "<b>nhập bù</b>"}, "A & B nộp")
    assert "Đơn vị giải trình: &lt;b&gt;nhập bù&lt;/b&gt;" in html
    assert "A &amp; B nộp" in html
    assert 'class="review-item flagged"' in html


def test_the_trend_is_a_line_with_gaps_and_the_new_point() -> None:
    drawn = trend_svg(Trend((None, 0, 10, None, 5, 10), "lời"))
    assert drawn.count("<polyline") == 2
    assert 'cx="116.0" cy="4.0"' in drawn
    assert 'aria-label="lời"' in drawn
    assert "trend-new" not in trend_svg(Trend((1, 2, None), ""))
    assert 'points="4.0,4.0 60.0,4.0 116.0,4.2"' in trend_svg(Trend((1000, 1000, 999), ""))
    assert 'points="4.0,24.0 60.0,24.0 116.0,24.0"' in trend_svg(Trend((0, 0, 0), ""))


def test_the_rules_name_their_limits() -> None:
    lines = list(limit_texts(SuspicionLimits(score=Fraction(4)), MONTHLY, VI))
    assert lines[0].startswith("Một số được cảnh báo khi cách mức thường gặp quá 4,0 lần độ dao động.")
    assert lines[1].endswith("nên lệch từ 12 trở xuống không bao giờ bị cảnh báo.")
    assert "quá 20 điểm %, hoặc quá 10 điểm %" in lines[3]
    assert len(lines) == 5
