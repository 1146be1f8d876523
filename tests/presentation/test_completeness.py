"""What the completeness page says and shows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

import polars as pl

from scorecard.calculation.completeness import Completeness, completeness
from scorecard.domain.period import Period
from scorecard.presentation.completeness import (
    cases_sentence,
    completeness_sentence,
    kind_lines,
    late_list,
    surplus_lines,
)
from scorecard.presentation.completeness_matrix import matrix_html
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, load_texts
from tests.calculation.provinces import element, figures, form, province, reporters, target, unit
from tests.calculation.test_completeness import DUE, JUNE, returns

VI = Formats(load_texts(Language.VIETNAMESE))
AT = datetime(2025, 7, 10, 8)
PERIOD = Period(JUNE, JUNE)
FORMS = [
    replace(form([element("online", counted_in="hồ sơ"), element("received", counted_in="hồ sơ")]), name="Hồ sơ <a>"),
    replace(form([element("held", form="yearly")], reporters(codes=("a",), levels=())), name="Dịch vụ"),
]
PLACE = replace(
    province(
        [target()],
        units=[
            replace(unit("a"), peer_group="xa"),
            replace(unit("b"), peer_group="xa"),
            replace(unit("c"), kind="ward"),
        ],
        forms=FORMS,
    ),
    kinds={"commune": "xã", "ward": "phường", "province": "tỉnh"},
)
PAST = figures(("2025-05", "a", "received", 700), ("2025-05", "b", "received", 200), ("2025-05", "c", "received", 100))


def look(*rows: tuple[str, str, str, str, date | None]) -> Completeness:
    found = completeness(PLACE, returns(*rows), PAST, range(JUNE.index - 1, JUNE.index + 1), AT.date())
    return replace(found, rows=found.rows.filter(pl.col("last_month") == JUNE.index))


def everything(state: str = "approved") -> list[tuple[str, str, str, str, date | None]]:
    return [
        ("2025-06", who, name, state, DUE) for who, name in (*zip("abc", ["monthly"] * 3, strict=True), ("a", "yearly"))
    ]


def test_the_sentence_counts_units_and_who_is_late_again() -> None:
    may = [("2025-05", who, name, "approved", date(2025, 6, 1)) for who, name in (("b", "monthly"), ("a", "yearly"))]
    found = look(*may, *everything()[:1])
    assert completeness_sentence(found.rows, AT, VI) == (
        "Đến 08:00 ngày 10/07/2025 có 0/3 đơn vị đã nộp (0,0%); 3 đơn vị chưa nộp, trong đó 1 đơn vị chậm từ 2 kỳ liền."
    )
    assert cases_sentence(found.rows, PLACE, VI) == "Các đơn vị đã nộp ứng với 0,0% số hồ sơ kỳ trước."


def test_the_sentence_when_all_have_submitted() -> None:
    found = look(*everything())
    assert completeness_sentence(found.rows, AT, VI) == "Đến 08:00 ngày 10/07/2025 cả 3/3 đơn vị đã nộp đủ."
    assert cases_sentence(found.rows, PLACE, VI) == "Các đơn vị đã nộp ứng với 100,0% số hồ sơ kỳ trước."
    assert late_list(found.rows, PERIOD, PLACE, VI, AT) == (
        "Tất cả đơn vị đã nộp đủ tháng 6/2025, tính đến 08:00 ngày 10/07/2025."
    )
    assert completeness_sentence(found.rows.clear(), AT, VI) == "Kỳ này không đơn vị nào phải nộp biểu."
    assert cases_sentence(found.rows.clear(), PLACE, VI) is None


def test_both_shares_stand_side_by_side_and_by_kind() -> None:
    found = look(*everything()[:1], *everything()[3:])
    assert completeness_sentence(found.rows, AT, VI).startswith(
        "Đến 08:00 ngày 10/07/2025 có 1/3 đơn vị đã nộp (33,3%)"
    )
    assert cases_sentence(found.rows, PLACE, VI) == "Các đơn vị đã nộp ứng với 70,0% số hồ sơ kỳ trước."
    assert list(kind_lines(found.rows, PLACE, VI)) == ["Xã: 1/2 (50,0%)", "Phường: 0/1 (0,0%)"]


def test_the_list_of_who_is_late_can_be_copied() -> None:
    found = look(*everything()[1:2], ("2025-05", "c", "monthly", "approved", date(2025, 6, 1)))
    assert late_list(found.rows, PERIOD, PLACE, VI, AT) == (
        "Chưa nộp tháng 6/2025, tính đến 08:00 ngày 10/07/2025:\n"
        "1. a: Hồ sơ <a> (hạn 07/07/2025, quá 3 ngày); Dịch vụ (hạn 07/07/2025, quá 3 ngày); chậm 2 kỳ liền\n"
        "2. c: Hồ sơ <a> (hạn 07/07/2025, quá 3 ngày)"
    )


def cells(html: str) -> list[str]:
    return re.findall(r'<span class="spoken">([^<]*)</span>', html)


def test_each_cell_has_a_letter_and_its_word() -> None:
    late = ("2025-06", "b", "monthly", "submitted", date(2025, 7, 9))
    html = matrix_html(look(*everything("sent_back")[:1], late).rows, PERIOD, PLACE, VI)
    assert cells(html) == [
        "bị trả lại, chờ nộp lại",
        "muộn, chưa nộp, quá hạn 3 ngày",
        "đã nộp, nộp muộn 2 ngày",
        "không phải nộp",
        "muộn, chưa nộp, quá hạn 3 ngày",
        "không phải nộp",
    ]
    body = html[html.index("<tbody>") :]
    assert re.findall(r'aria-hidden="true"[^>]*>([^<]*)<', body) == ["T", "M", "N +2", "M"]
    assert "Xã: 1/2 đơn vị đã nộp đủ" in html
    assert "Không thuộc nhóm nào: 0/1 đơn vị đã nộp đủ" in html
    assert "Hồ sơ &lt;a&gt;" in html
    assert "<a>" not in html


def test_what_is_not_yet_due_is_an_empty_cell_and_a_draft_too() -> None:
    found = completeness(
        PLACE, returns(("2025-06", "a", "monthly", "draft", None)), PAST, range(JUNE.index, JUNE.index + 1), DUE
    )
    html = matrix_html(found.rows, PERIOD, PLACE, VI)
    assert set(cells(html)) == {"chưa nộp, chưa đến hạn", "không phải nộp"}


def test_surplus_is_named() -> None:
    found = look(*everything(), ("2025-06", "b", "yearly", "approved", DUE))
    assert list(surplus_lines(found.surplus, PLACE, VI)) == [
        "Có 1 biểu nộp ngoài danh sách phải nộp; không tính vào tỷ lệ nào:",
        "b: Dịch vụ, tháng 6/2025",
    ]
    assert list(surplus_lines(found.surplus.clear(), PLACE, VI)) == []
