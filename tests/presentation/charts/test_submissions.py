"""The line of units that submitted everything they owe, by day."""

from datetime import date, timedelta

from scorecard.presentation.charts.drawing import behind_html
from scorecard.presentation.charts.style import PALETTES, Ground
from scorecard.presentation.charts.submissions import submissions
from tests.calculation.test_completeness import DUE
from tests.presentation.test_completeness import VI, everything, look

DAY = timedelta(days=1)
LIGHT = PALETTES[Ground.LIGHT]


def test_a_unit_counts_from_the_day_of_its_last_return_and_the_line_ends_today() -> None:
    early = DUE - 4 * DAY
    rows = look(*[(*row[:4], early if row[1] == "b" else DUE + DAY) for row in everything() if row[1] != "c"]).rows
    found = submissions(rows, DUE + 2 * DAY, LIGHT, VI)
    assert found is not None
    assert [count for _, count in found.rows] == ["0/3", "1/3", "1/3", "1/3", "1/3", "1/3", "2/3", "2/3"]
    assert (found.rows[0][0], found.rows[-1][0]) == (VI.day(early - DAY), VI.day(DUE + 2 * DAY))
    assert found.spoken == (
        f"Đến hạn {VI.day(DUE)} có 1/3 đơn vị đã nộp đủ; đến hết ngày {VI.day(DUE + 2 * DAY)} có 2/3."
    )


def test_when_all_have_submitted_the_line_ends_with_the_last_or_the_due_day() -> None:
    rows = look(*everything()).rows
    found = submissions(rows, DUE + 90 * DAY, LIGHT, VI)
    assert found is not None
    assert found.rows == [(VI.day(DUE - DAY), "0/3"), (VI.day(DUE), "3/3")]


def test_before_the_due_day_it_is_told_and_drawn() -> None:
    rows = look(*[(*row[:4], DUE - 3 * DAY) for row in everything() if row[1] == "b"]).rows
    found = submissions(rows, DUE - 2 * DAY, LIGHT, VI)
    assert found is not None
    assert found.spoken == (f"Đến hết ngày {VI.day(DUE - 2 * DAY)} có 1/3 đơn vị đã nộp đủ; hạn là {VI.day(DUE)}.")
    domain = found.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert domain == [f"{DUE - n * DAY:%d/%m}" for n in range(4, -1, -1)]
    assert found.spec["height"] == 300
    assert found.spec["config"]["locale"]["number"]["decimal"] == ","
    assert found.spec["layer"][1]["mark"]["text"] == f"hạn {VI.day(DUE)}"


def test_without_a_unit_that_is_done_there_is_no_line() -> None:
    assert submissions(look().rows, date(2025, 7, 10), LIGHT, VI) is None
    assert submissions(look(("2025-06", "a", "monthly", "submitted", DUE)).rows, date(2025, 7, 10), LIGHT, VI) is None


def test_the_points_stand_in_a_table_too() -> None:
    found = submissions(look(*everything()).rows, DUE, LIGHT, VI)
    assert found is not None
    html = behind_html(found, VI.texts)
    assert f'<tr><th scope="row">{VI.day(DUE)}</th><td>3/3</td></tr>' in html
    assert html.count("<tr>") == 1 + len(found.rows)
