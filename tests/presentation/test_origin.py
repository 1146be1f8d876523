"""«Từ đâu ra?» in exact numbers: the sentence, the counts by unit and by period, the history."""

from datetime import UTC, datetime
from decimal import Decimal

import polars as pl

from scorecard.calculation.board import Board
from scorecard.calculation.gaps import heirs
from scorecard.calculation.origins import origins
from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.figure import Figure, RecordedFigure
from scorecard.domain.form import Measure
from scorecard.domain.period import Month, Period
from scorecard.domain.province import Province
from scorecard.presentation.origin import Origin
from scorecard.presentation.origin_unit import figures_html, history_html, part_sentence
from scorecard.presentation.recorded import Names
from scorecard.store import KeptFigure
from scorecard.workflow.settings import VIETNAM
from tests.calculation.provinces import element, figures, form, indicator, merged, province, reporters, target, unit
from tests.calculation.test_contributions import month
from tests.presentation.scoreboards import VI
from tests.presentation.test_unit_gaps import plain, rows

JUNE = Month.parse("2025-06")


def names_of(where: Province) -> Names:
    return Names(province=where, formats=VI, zone=VIETNAM, person=lambda person: f"<{person}>")


def origin_of(where: Province, what: pl.DataFrame) -> Origin:
    board = Board(where, where.targets, JUNE)
    line = scoreboard(where, what, JUNE)
    return Origin(line, origins(board, what), dict(heirs(board).iter_rows()), where.plans[0], names_of(where))


def link(unit_id: str) -> str:
    return f"?don-vi={unit_id}"


OLD, HEIR = unit("old", died="2025-05-31"), unit("heir", born="2025-06-01")
WHERE = province([target()], units=[unit("a"), unit("b"), OLD, HEIR], successions=[merged(OLD, HEIR)])
WHAT = figures(
    *(row for number in range(1, 6) for row in month("a", f"2025-0{number}", number, 10)),
    *month("a", "2025-06", 6, 1000),
    *month("b", "2025-06", 5, 10),
    *month("old", "2025-05", 1, 2),
    *month(HEIR.id, "2025-06", 3, 4),
)


def test_the_number_is_written_as_what_it_is_made_of() -> None:
    assert (
        origin_of(WHERE, WHAT).sentence() == "2,8% = 30 ÷ 1.066, cộng số liệu đã duyệt của 4 đơn vị, kể cả đơn vị cũ."
    )
    assert origin_of(WHERE, WHAT.clear()).sentence() == "tháng 6/2025 chưa có số liệu được duyệt nào để tính."


def test_the_units_stand_the_largest_first_and_add_up_to_the_number() -> None:
    html = origin_of(WHERE, WHAT).units_html(link)
    assert rows(html) == [
        "Đơn vị online (tử số) received (mẫu số) Tỷ lệ Kỳ có số",
        "a 21 1.050 2,0% 6/6 tháng",
        "b 5 10 50,0% 1/6 tháng thiếu 5 tháng, gần nhất là tháng 5/2025",
        "heir gồm 1 đơn vị cũ đã nhập vào 4 6 66,7% 2/6 tháng thiếu 4 tháng, gần nhất là tháng 4/2025",
        "Cộng 30 1.066 2,8%",
    ]
    assert f'<a href="?don-vi={HEIR.id}">heir</a>' in html
    assert rows(origin_of(WHERE, WHAT).units_html(link, "B"))[1:] == [
        "b 5 10 50,0% 1/6 tháng thiếu 5 tháng, gần nhất là tháng 5/2025",
        "Cộng 30 1.066 2,8%",
    ]


def test_a_few_missing_months_are_named() -> None:
    what = figures(*(row for number in (1, 2, 3, 6) for row in month("a", f"2025-0{number}", 1, 2)))
    assert "4/6 tháng thiếu tháng 4/2025, tháng 5/2025" in rows(origin_of(WHERE, what).units_html(link))[1]


def test_a_stock_older_than_the_period_is_marked_and_the_list_is_a_row_of_its_own() -> None:
    where = province(
        [target("76/76")],
        forms=[form([element("offered", Measure.STOCK), element("gone", Measure.STOCK)], reporters())],
        indicators=[indicator("offered - gone", "size(services)")],
    )
    origin = origin_of(where, figures(("2025-04", "a", "offered", 75), ("2025-04", "a", "gone", 4)))
    assert rows(origin.units_html(link)) == [
        "Đơn vị gone (tử số) offered (tử số) Tử số Mẫu số Tỷ lệ Kỳ có số",
        "phần cố định của công thức … … 0 76 0,0%",
        "a −4 75 71 0 Không phát sinh tháng 4/2025 cũ hơn kỳ đang xem",
        "Cộng −4 75 71 76 93,4%",
    ]
    assert ("Kỳ tính", "Số báo cáo gần nhất: tháng 4/2025") in origin.facts(None)


def test_what_is_said_of_the_number_names_formula_months_and_document() -> None:
    facts = dict(origin_of(WHERE, WHAT).facts("30/06/2025"))
    assert facts["Công thức"] == "online_rate = «online» ÷ «received»"
    assert facts["Kỳ tính"] == "6 tháng đầu năm 2025"
    assert facts["Căn cứ pháp lý"] == "Văn bản của "
    assert facts["Đã báo cáo kỳ này"] == "3/3 đơn vị"
    assert facts["Theo số biết đến hết ngày"] == "30/06/2025"


def test_one_unit_is_told_period_by_period_and_what_counts_in_the_total_only_apart() -> None:
    origin = origin_of(WHERE, WHAT.filter(pl.col("unit") == HEIR.id))
    beyond = origin_of(WHERE, WHAT.filter(pl.col("unit") == OLD.id)).figures
    assert rows(figures_html(origin, HEIR.id, beyond)) == [
        "Kỳ online (tử số) received (mẫu số) Tỷ lệ",
        "Tính vào số của đơn vị",
        "tháng 6/2025 3 4 75,0%",
        "Chỉ tính vào tổng chung: số trước khi địa giới như ngày nay",
        "tháng 5/2025 old (đến 31/05/2025) 1 2 50,0%",
        "Cộng 3 4 75,0%",
        "Phần trong tổng chung 4 6 66,7%",
    ]
    assert len(rows(figures_html(origin, HEIR.id, beyond.clear()))) == 4
    part = origin_of(WHERE, WHAT.filter(pl.col("unit") == OLD.id))
    assert part_sentence(part, OLD.id).startswith("old (đến 31/05/2025) góp 1/2 vào tổng chung.")


def test_a_revision_tells_before_after_who_when_why_and_by_whom_it_was_approved() -> None:
    def recorded(value: int, revision: int, reason: str, by: str) -> RecordedFigure:
        period = Period(JUNE, JUNE)
        figure = Figure(unit_id="a@", element_id="online", period=period, value=Decimal(value), note="<b>sổ</b>")
        at = datetime(2025, 7, revision, 2, tzinfo=UTC)
        return RecordedFigure(figure=figure, revision=revision, recorded_at=at, recorded_by=by, reason=reason, event=7)

    first, second = recorded(1200, 1, "", "an"), recorded(1234, 2, "Đếm thiếu", "bình")
    at = datetime(2025, 7, 4, 3, tzinfo=UTC)
    html = history_html(
        [
            KeptFigure(after=first, before=None, code="000007-AAAAAAAA", approved_at=None, approved_by=None),
            KeptFigure(after=second, before=first, code="000008-BBBBBBBB", approved_at=at, approved_by="chi"),
        ],
        names_of(WHERE),
    )
    assert plain(html).startswith("2 lần ghi")
    assert rows(html)[1:] == [
        "online tháng 6/2025 a lần đầu 1.200 <b>sổ</b> 01/07/2025 09:00 <an> không nêu 000007-AAAAAAAA chưa duyệt",
        "online tháng 6/2025 a 1.200 1.234 <b>sổ</b> 02/07/2025 09:00 <bình> Đếm thiếu 000008-BBBBBBBB"
        " 04/07/2025 10:00 <chi>",
    ]
    assert "<b>" not in html
