"""The drawing of a trajectory: its layers, one scale, its words and its table."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import altair as alt
import pytest

from scorecard.domain.indicator import IndicatorKind, Window
from scorecard.domain.period import Month
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import PALETTES, Ground
from scorecard.presentation.charts.trajectory import trajectory
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.formats import NO_BREAK_SPACE
from scorecard.presentation.trajectory_points import Trajectory, read_trajectory
from tests.calculation.provinces import figures, indicator, province, target, unit
from tests.presentation.scoreboards import VI
from tests.presentation.target_cases import CASES, JUNE, case_of, rates

LIGHT, DARK = PALETTES[Ground.LIGHT], PALETTES[Ground.DARK]
NOT_DRAWN = ("without any figure", "without cases", "superseded", "steps to do", "steps done")
DRAWN = [kind for kind in CASES if kind not in NOT_DRAWN]


def points_of(case: Case, *corrected: tuple[str, int]) -> Trajectory:
    found = read_trajectory(case, corrected)
    assert found is not None
    return found


def draw(case: Case, points: Trajectory | None = None, palette: Any = LIGHT) -> Drawing:  # noqa: ANN401
    return trajectory(case, points or points_of(case), palette, Amounts(VI, case.province))


def layers(drawing: Drawing, mark: str) -> list[dict[str, Any]]:
    return [each for each in drawing.spec["layer"] if each["mark"]["type"] == mark]


def values(drawing: Drawing, layer: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = drawing.spec["datasets"][layer["data"]["name"]]
    return found


def words(drawing: Drawing) -> list[str]:
    return [each["mark"]["text"].replace(NO_BREAK_SPACE, " ") for each in layers(drawing, "text")]


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_kind_of_case_makes_a_sound_chart_on_one_scale(kind: str, palette: Any) -> None:  # noqa: ANN401
    drawing = draw(CASES[kind](), palette=palette)
    alt.LayerChart.validate(dict(drawing.spec))
    scales = [each["encoding"]["y"]["scale"] for each in drawing.spec["layer"] if "y" in each["encoding"]]
    assert all(scale == scales[0] for scale in scales)
    assert len(drawing.spoken) <= 250
    assert not re.search(r"\b(NaN|None|null)\b", drawing.spoken + " ".join(map(" ".join, drawing.rows)))


@pytest.mark.parametrize("kind", NOT_DRAWN)
def test_without_a_value_and_for_a_milestone_there_is_nothing_to_draw(kind: str) -> None:
    assert read_trajectory(CASES[kind](), ()) is None


def test_what_was_is_solid_the_plan_thin_the_forecast_dashed_to_the_deadline() -> None:
    drawing = draw(CASES["behind"]())
    goal, plan, forecast, actual = layers(drawing, "line")
    assert (actual["mark"]["strokeWidth"], actual["mark"]["color"]) == (4, LIGHT.mark[Status.MET])
    assert (plan["mark"]["strokeWidth"], plan["mark"]["color"]) == (2, LIGHT.plan)
    assert forecast["mark"]["strokeDash"] == [7, 5]
    assert values(drawing, forecast) == [{"month": "2025-06", "value": 46.0}, {"month": "2025-12", "value": 52.0}]
    assert [row["value"] for row in values(drawing, actual)] == [41, 42, 43, 44, 45, 46]
    assert [row["month"] for row in values(drawing, plan)][::12] == ["2024-12", "2025-12"]
    assert {row["value"] for row in values(drawing, goal)} == {80}


def test_everything_is_labelled_where_it_is_and_there_is_no_legend() -> None:
    drawing = draw(CASES["behind"]())
    assert words(drawing) == ["đích ≥ 80%", "lộ trình", "dự báo 52,0%", "46,0%"]
    assert "legend" not in str(drawing.spec["layer"])


def test_the_range_of_the_forecast_is_a_band_that_opens_from_the_last_point() -> None:
    drawing = draw(CASES["met"]())
    (band,) = layers(drawing, "area")
    last, end = values(drawing, band)
    assert (last["month"], last["value"], last["high"]) == ("2025-06", 83, 83)
    assert (end["month"], round(end["value"], 1), end["high"]) == ("2025-12", 41.7, 100)
    assert layers(draw(CASES["behind"]()), "area") == []


def test_a_new_series_is_not_joined_to_the_old_one_and_says_why() -> None:
    rate = indicator(window=Window.MONTH, breaks=["2025-04"])
    told = replace(rate, breaks=(replace(rate.breaks[0], reason="Đổi cách đếm hồ sơ"),))
    where = province([target(baseline=("2024-12-31", "0.4"))], units=[unit("a")], indicators=[told])
    case = case_of(where, figures(*rates(410, 420, 430, 640, 650, 660)))
    drawing = draw(case)
    assert [len(run) for run in points_of(case).runs] == [3, 3]
    (rule,) = layers(drawing, "rule")
    assert values(drawing, rule) == [{"month": "2025-04"}]
    assert "tính lại: Đổi cách đếm hồ sơ" in words(drawing)


def test_a_count_of_the_year_is_not_joined_over_the_new_year() -> None:
    count = indicator("online", None, kind=IndicatorKind.COUNT, window=Window.YEAR)
    where = province([target(">= 500", starts="2024-10-01")], units=[unit("a")], indicators=[count])
    months = ("2024-11", "2024-12", "2025-01", "2025-02")
    case = case_of(where, figures(*[(month, "a", "online", 100) for month in months]), Month.parse("2025-02"))
    assert [[int(value) for value in run.values()] for run in points_of(case).runs] == [[100, 200], [100, 200]]


def test_a_month_corrected_after_approval_is_hollow_and_says_so() -> None:
    case = CASES["behind"]()
    march = Month.parse("2025-03")
    points = points_of(case, ("online", march.index), ("other", JUNE.index))
    assert points.revised == {march}
    drawing = draw(case, points)
    hollow = [each for each in layers(drawing, "point") if each["mark"]["fill"] == LIGHT.surface]
    assert [row["month"] for each in hollow for row in values(drawing, each)] == ["2025-03"]
    assert "đã đính chính" in words(drawing)


def test_the_table_holds_every_month_its_path_and_the_forecast() -> None:
    rows = [tuple(cell.replace(NO_BREAK_SPACE, " ") for cell in row) for row in draw(CASES["behind"]()).rows]
    assert rows[0] == ("tháng 12/2024", "Chưa có số liệu", "40,0%")
    assert rows[6] == ("tháng 6/2025", "46,0%", "60,0%")
    assert rows[-2:] == [
        ("tháng 12/2025", "", "80,0%"),
        ("Dự báo đến 31/12/2025", "dự báo khoảng 52,0%", "≥ 80%"),
    ]


def test_what_is_said_of_it_names_value_path_forecast_and_goal() -> None:
    assert draw(CASES["behind"]()).spoken.replace(NO_BREAK_SPACE, " ") == (
        "Thực tế 46,0% (tháng 6/2025); lộ trình đến nay 60,0%; dự báo đến 31/12/2025 khoảng 52,0%; "
        "đích ≥ 80%, hạn 31/12/2025."
    )


def test_a_month_hardly_covered_is_not_drawn_and_the_last_label_is_that_of_the_last_point() -> None:
    drawing = draw(CASES["hardly covered"]())
    assert words(drawing)[-1] == "50,0%"
    assert drawing.spoken.startswith("Thực tế 50,0% (tháng 5/2025)")


def test_a_list_is_drawn_in_its_members_and_a_range_has_two_lines() -> None:
    assert points_of(CASES["a list"]()).plan[Month.parse("2025-12")] == 76
    assert points_of(CASES["in a range"]()).goals == (Fraction(70), Fraction(90))


def test_the_best_place_of_a_ranking_stands_on_top() -> None:
    scale = draw(CASES["a rank"]()).spec["layer"][0]["encoding"]["y"]["scale"]
    assert scale["reverse"] is True
