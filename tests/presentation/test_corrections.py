import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from html import unescape

import pytest

from scorecard.calculation.corrections import CorrectedFigure, corrected_figures
from scorecard.domain.figure import Figure, FigureState, RecordedFigure
from scorecard.domain.period import Period
from scorecard.presentation.corrections import counts_html, ledger_html, sentence
from scorecard.presentation.formats import Formats
from scorecard.presentation.recorded import Names
from scorecard.presentation.texts import Language, load_texts
from tests.builders import a_form, a_province, an_element

COMMUNE = "05908@2025-07-01"
ZONE = timezone(timedelta(hours=7))
START = datetime(2025, 10, 1, 1, tzinfo=UTC)


def names(**element: object) -> Names:
    form = a_form(elements=(an_element("received", **element),))
    return Names(
        province=a_province(forms=(form,)),
        formats=Formats(load_texts(Language.VIETNAMESE)),
        zone=ZONE,
        person={"head": "Chủ tịch xã"}.__getitem__,
    )


def corrected(
    *values: str | None, days: tuple[int, ...] = (0, 1, 2), due: date | None = date(2025, 10, 6), reason: str = "Rà lại"
) -> tuple[CorrectedFigure, ...]:
    history = [
        RecordedFigure(
            figure=Figure(
                unit_id=COMMUNE,
                element_id="received",
                period=Period.parse("2025-09"),
                value=None if value is None else Decimal(value),
                state=FigureState.NOT_AVAILABLE if value is None else FigureState.NUMBER,
            ),
            revision=number,
            recorded_at=START + timedelta(days=days[number - 1]),
            recorded_by="head",
            reason=reason,
            event=number,
        )
        for number, value in enumerate(values, 1)
    ]
    return corrected_figures(history, lambda _: due, ZONE)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).replace("\N{NO-BREAK SPACE}", " ").strip()


@pytest.mark.parametrize(
    ("reported", "found", "expected"),
    [
        (0, (), "Xã Phú Bình chưa báo cáo số nào."),
        (1200, (), "Xã Phú Bình đã báo cáo 1.200 số, chưa số nào được sửa sau lần báo đầu."),
        (
            9,
            corrected("1", "2", "3", days=(0, 4, 12)),
            "Xã Phú Bình đã báo cáo 9 số; 1 số được sửa sau lần báo đầu, tổng cộng 2 lần, lần muộn nhất sau 12 ngày.",
        ),
        (
            9,
            corrected("1", "2", days=(0, 0)),
            "Xã Phú Bình đã báo cáo 9 số; 1 số được sửa sau lần báo đầu, tổng cộng 1 lần, đều trong ngày báo đầu.",
        ),
    ],
)
def test_the_sentence_tells_how_many_how_often_and_how_late(
    reported: int, found: tuple[CorrectedFigure, ...], expected: str
) -> None:
    assert sentence(COMMUNE, reported, found, names()) == expected


def test_changes_are_counted_by_time_and_direction() -> None:
    assert words(counts_html(corrected("1", "2", "1", days=(0, 1, 6)), names())) == (
        "Số lần sửa theo thời điểm và chiều sửa"
        " Thời điểm sửa Tăng Giảm Thêm số còn thiếu Rút số Không đổi số Cộng"
        " Trước hạn nộp hơn 3 ngày 1 0 0 0 0 1"
        " Quanh hạn nộp, cách hạn không quá 3 ngày 0 1 0 0 0 1"
        " Sau hạn nộp hơn 3 ngày 0 0 0 0 0 0"
    )


def test_figures_without_a_due_day_have_a_line_of_their_own_only_when_there_are_any() -> None:
    assert words(counts_html(corrected("1", None, due=None), names())).endswith("Số không có hạn nộp 0 0 0 1 0 1")


def test_each_corrected_figure_tells_first_now_difference_and_every_change() -> None:
    assert words(ledger_html(corrected("1234", "1300", "1200", days=(0, 1, 9)), names())) == (
        "Các số đã được sửa, lần sửa mới nhất ở trên"
        " Số liệu Lần đầu Hiện nay Chênh lệch Số lần sửa Sửa muộn nhất Từng lần sửa: ai, khi nào, vì sao"
        " Số liệu received tháng 9/2025 1.234 hồ sơ 1.200 hồ sơ −34 hồ sơ 2 9 ngày sau lần đầu sau hạn nộp 4 ngày"
        " 02/10/2025 08:00, Chủ tịch xã: 1.234 hồ sơ → 1.300 hồ sơ. Lý do: Rà lại."
        " 10/10/2025 08:00, Chủ tịch xã: 1.300 hồ sơ → 1.200 hồ sơ. Lý do: Rà lại."
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("1", "3"), "+2 hồ sơ"),
        (("3", "3"), "<span>0</span>"),
        (("3", None), "nay không còn số"),
        ((None, "3"), "trước chưa có số"),
        ((None, None), "không đổi số"),
    ],
)
def test_the_difference_is_a_signed_number_or_says_why_there_is_none(
    values: tuple[str | None, ...], expected: str
) -> None:
    assert expected in ledger_html(corrected(*values), names()).replace("\N{NO-BREAK SPACE}", " ")


def test_a_rate_changes_by_points_not_by_percent() -> None:
    html = ledger_html(corrected("89.2", "88.7"), names(counted_in="%", decimals=1))
    assert "−0,5 điểm %" in html


@pytest.mark.parametrize(
    ("days", "due", "expected"),
    [
        ((0, 0), date(2025, 10, 1), ("cùng ngày với lần đầu", "đúng ngày hạn nộp")),
        ((0, 1), date(2025, 10, 6), ("1 ngày sau lần đầu", "trước hạn nộp 4 ngày")),
        ((0, 8), date(2025, 10, 6), ("8 ngày sau lần đầu", "sau hạn nộp 3 ngày")),
        ((0, 1), None, ("1 ngày sau lần đầu", "không có hạn nộp")),
    ],
)
def test_how_late_is_told_from_the_first_figure_and_from_the_due_day(
    days: tuple[int, ...], due: date | None, expected: tuple[str, str]
) -> None:
    html = ledger_html(corrected("1", "2", days=days, due=due), names())
    assert all(text in html for text in expected)


def test_a_change_without_a_reason_says_so() -> None:
    assert "1 hồ sơ → 2 hồ sơ. Không nêu lý do." in words(ledger_html(corrected("1", "2", reason=""), names()))
