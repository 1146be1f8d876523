"""The two charts of a unit's page: its place among its peers, its rate month by month."""

from collections.abc import Mapping

from scorecard import frames
from scorecard.calculation.scoreboard import status_history
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import PALETTES, Ground
from scorecard.presentation.charts.unit import unit_charts
from tests.calculation.provinces import figures
from tests.presentation.test_unit import LATER, MAY, PLAIN, Rows, month_of
from tests.presentation.units import JUNE, VI, frames_of

LIGHT = PALETTES[Ground.LIGHT]
APRIL = month_of("2025-04", a=(30, 100), b=(60, 100), c=(70, 100))


def every_chart(code: str, rows: Rows) -> Mapping[str, tuple[Drawing, Drawing | None]]:
    made = frames_of(PLAIN, figures(*rows))
    history = status_history(PLAIN, figures(*rows), JUNE, by_unit=True).sort("row", "month")
    unit = PLAIN.units.by_code[code][0].id
    amounts = Amounts(VI, PLAIN)
    told = history.select(frames.SCOREBOARD.names())
    return unit_charts(made.by_unit, made.ranks, told, unit, amounts, LIGHT)


def charts_of(code: str, rows: Rows) -> tuple[Drawing, Drawing | None]:
    return every_chart(code, rows)["full-online"]


def marks(drawing: Drawing) -> list[str]:
    return [layer["mark"]["type"] for layer in drawing.spec["layer"]]


def shares(drawing: Drawing, number: int) -> list[float | None]:
    data = drawing.spec["layer"][number]["data"]["name"]
    return [row["share"] for row in drawing.spec["datasets"][data]]


def test_every_ranked_peer_is_a_tick_the_unit_a_point_the_goal_a_rule() -> None:
    strip, _ = charts_of("a", [*MAY, *LATER])
    assert marks(strip) == ["tick", "rule", "text", "point", "text"]
    assert [shares(strip, number) for number in range(5)] == [[0.725, 0.65, 0.6], [0.8], [0.8], [0.725], [0.725]]
    assert strip.spec["layer"][2]["mark"]["text"] == "đích ≥\N{NO-BREAK SPACE}80%"
    assert strip.spec["layer"][4]["mark"]["text"] == "đơn vị này: 72,5%"
    assert strip.spec["layer"][3]["mark"]["color"] == LIGHT.mark[Status.MET]
    assert strip.spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0.6, 0.8]
    assert strip.spoken == "Xã A 72,5%, hạng 1/3; cao nhất 72,5%, thấp nhất 60,0%; đích ≥\N{NO-BREAK SPACE}80%."


def test_no_other_unit_is_named() -> None:
    strip, _ = charts_of("c", [*MAY, *LATER])
    assert strip.rows == [("1", "Đơn vị khác", "72,5%"), ("2", "Xã C", "65,0%"), ("3", "Đơn vị khác", "60,0%")]


def test_a_unit_that_is_not_ranked_is_not_drawn_and_neither_is_a_peer_that_did_not_report() -> None:
    strip, _ = charts_of("c", [*MAY, *LATER[:4]])
    assert marks(strip) == ["tick", "rule", "text"]
    assert shares(strip, 0) == [0.725, 0.6]
    assert strip.spoken.startswith("Xã C chưa xếp hạng; 2 đơn vị cùng nhóm")


def test_with_fewer_than_two_ranked_nothing_is_drawn() -> None:
    assert every_chart("a", LATER[:2]) == {}


def test_the_rate_begins_with_its_first_month_and_has_a_gap_where_the_unit_did_not_report() -> None:
    _, rate = charts_of("a", [*APRIL, *month_of("2025-05", b=(60, 100), c=(70, 100)), *LATER])
    assert rate is not None
    assert rate.rows == [
        ("tháng 4/2025", "30,0%", "30/100\N{NO-BREAK SPACE}hồ\N{NO-BREAK SPACE}sơ"),
        ("tháng 5/2025", "chưa báo cáo", ""),
        ("tháng 6/2025", "62,5%", "125/200\N{NO-BREAK SPACE}hồ\N{NO-BREAK SPACE}sơ"),
    ]
    assert marks(rate) == ["rule", "line", "point", "text"]
    assert shares(rate, 1) == [0.3, None, 0.625]
    assert rate.spec["layer"][1]["encoding"]["x"]["scale"]["domain"] == ["T4/2025", "T5/2025", "T6/2025"]
    assert rate.spoken == "Xã A: 30,0% (tháng 4/2025), 62,5% (tháng 6/2025)."


def test_one_month_makes_no_line() -> None:
    _, rate = charts_of("a", LATER)
    assert rate is None
