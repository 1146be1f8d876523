"""The heat map of a year: who was late, how often, and what the table says of each month."""

from datetime import date, timedelta

import polars as pl

from scorecard.calculation.completeness import completeness
from scorecard.domain.status import Status
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.reporting_year import reporting_year
from scorecard.presentation.charts.style import PALETTES, Ground
from tests.calculation.test_completeness import DUE, JUNE, returns
from tests.presentation.test_completeness import PAST, PLACE, VI

LIGHT = PALETTES[Ground.LIGHT]
DAY = timedelta(days=1)


def drawn(*rows: tuple[str, str, str, str, date | None], today: date) -> Drawing | None:
    found = completeness(PLACE, returns(*rows), PAST, range(JUNE.index - 1, JUNE.index + 1), today)
    return reporting_year(found.rows, PLACE, LIGHT, VI)


def row(month: str, who: str, day: date, form: str = "monthly") -> tuple[str, str, str, str, date | None]:
    return (month, who, form, "approved", day)


IN_TIME = [
    *(row(month, who, date(2025, int(month[5:]), 28)) for month in ("2025-05", "2025-06") for who in "abc"),
    *(row(month, "a", date(2025, int(month[5:]), 28), "yearly") for month in ("2025-05", "2025-06")),
]


def test_nobody_late_is_nothing_to_draw() -> None:
    assert drawn(*IN_TIME, today=DUE) is None
    assert drawn(today=date(2025, 5, 1)) is None


def test_the_most_often_late_come_first_and_each_month_is_told_in_words() -> None:
    rows = [each for each in IN_TIME if each[:2] not in {("2025-05", "b"), ("2025-06", "b"), ("2025-06", "c")}]
    found = drawn(*rows, row("2025-05", "b", date(2025, 6, 20)), today=DUE + DAY)
    assert found is not None
    assert found.columns == ["Đơn vị", "Số tháng muộn hoặc chưa nộp", "tháng 5/2025", "tháng 6/2025"]
    assert [tuple(each) for each in found.rows] == [
        (PLACE.units.by_id["b@"].name, "2", "nộp muộn", "chưa nộp, quá hạn"),
        (PLACE.units.by_id["c@"].name, "1", "đúng hạn", "chưa nộp, quá hạn"),
    ]
    assert found.spoken.startswith("Trong 2 tháng có 2 đơn vị hiện nay từng nộp muộn hoặc chưa nộp; nhiều nhất là ")


def test_a_month_still_open_is_neither_late_nor_in_time() -> None:
    found = drawn(*[each for each in IN_TIME if each[0] == "2025-06" and each[1] != "b"], today=DUE)
    assert found is not None
    assert {each[3] for each in found.rows} == {"đúng hạn", "chưa nộp, chưa đến hạn"}


def test_colour_is_never_alone_and_both_axes_keep_their_order() -> None:
    found = drawn(*[each for each in IN_TIME if each[0] == "2025-06"], today=DUE + DAY)
    assert found is not None
    shade = found.spec["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(shade["domain"], shade["range"], strict=True)) == {
        "on_time": LIGHT.mark[Status.ON_TRACK],
        "late": LIGHT.mark[Status.AT_RISK],
        "missing": LIGHT.mark[Status.MISSED],
        "awaited": LIGHT.track,
    }
    assert found.spec["layer"][1]["encoding"]["text"]["field"] == "letter"
    assert found.spec["layer"][0]["encoding"]["x"]["sort"] == ["05/2025", "06/2025"]
    assert found.spec["layer"][0]["encoding"]["y"]["sort"] == [each[0] for each in found.rows]
    letters = pl.DataFrame(next(iter(found.spec["datasets"].values())))
    assert set(letters.filter(pl.col("month") == "05/2025")["letter"]) == {"C"}


def test_a_unit_that_owes_nothing_any_more_is_not_shown() -> None:
    rows = completeness(PLACE, returns(*IN_TIME[1:]), PAST, range(JUNE.index - 1, JUNE.index + 1), DUE).rows
    gone = rows.filter(~((pl.col("unit") == "a@") & (pl.col("last_month") == JUNE.index)))
    assert reporting_year(rows, PLACE, LIGHT, VI) is not None
    assert reporting_year(gone, PLACE, LIGHT, VI) is None
