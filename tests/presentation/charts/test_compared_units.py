"""The charts of compared units: what is drawn, in which order, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.domain.status import Status
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.rank_strip import rank_strip
from scorecard.presentation.charts.style import PALETTES, Ground
from scorecard.presentation.charts.unit_deviations import unit_deviations
from scorecard.presentation.charts.unit_points import unit_points
from scorecard.presentation.comparison_picture import View, picture
from tests.presentation.scoreboards import VI
from tests.presentation.test_comparison import SEPTEMBER, Told, communes, shown

LIGHT, DARK = PALETTES[Ground.LIGHT], PALETTES[Ground.DARK]
FEW: Told = {"A": (36, 40), "B": (30, 40), "C": (10, 40), "D": None}
MANY: Told = {f"Xã{n:02}": (80 - n, 100) for n in range(21)}


def points(drawing: Drawing, layer: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = drawing.spec["datasets"][drawing.spec["layer"][layer]["data"]["name"]]
    return found


def test_few_units_are_points_in_the_order_of_their_ranks_with_a_rule_at_the_goal() -> None:
    found = unit_points(shown(FEW), LIGHT, VI)
    rule, words, marks, labels = found.spec["layer"]
    assert points(found, 0) == [{"share": 80.0}]
    assert (rule["mark"]["type"], words["mark"]["text"]) == ("rule", "đích 80%")
    assert marks["encoding"]["y"]["sort"] == ["Xã A", "Xã B", "Xã C"]
    assert [(each["share"], each["label"], each["reached"]) for each in points(found, 2)] == [
        (90.0, "90,0%", True),
        (75.0, "75,0%", False),
        (25.0, "25,0%", False),
    ]
    assert labels["mark"]["align"] == "left"
    low, high = marks["encoding"]["x"]["scale"]["domain"]
    assert low < 25 < 90 < high
    assert found.spec["height"] == 3 * 32 + 60


def test_many_units_lie_on_fixed_lanes_and_only_the_outermost_are_named() -> None:
    told = shown(MANY)
    found = rank_strip(told, LIGHT, VI)
    assert found.spec == rank_strip(told, LIGHT, VI).spec
    marks = next(layer for layer in found.spec["layer"] if layer["mark"]["type"] == "point")
    lanes = [each["lane"] for each in found.spec["datasets"][marks["data"]["name"]]]
    assert lanes[:10] == [0, 4, 8, 3, 7, 2, 6, 1, 5, 0]
    assert len(lanes) == 21
    named = points(found, 0)
    assert [(each["label"], each["lane"], each["to"]) for each in named] == [
        ("Xã00 80,0%", -3, 0),
        ("Xã01 79,0%", -2, 4),
        ("Xã02 78,0%", -1, 8),
        ("Xã18 62,0%", 9, 0),
        ("Xã19 61,0%", 10, 4),
        ("Xã20 60,0%", 11, 8),
    ]


def test_bars_go_from_the_goal_to_the_value() -> None:
    found = unit_deviations(shown(FEW), DARK, VI)
    assert [(each["points"], each["label"], each["label_at"]) for each in points(found, 0)] == [
        (10.0, "+10,0", 10.0),
        (-5.0, "−5,0", 0.0),
        (-55.0, "−55,0", 0.0),
    ]
    bars = found.spec["layer"][0]["encoding"]
    assert bars["x"]["scale"]["domain"] == [-55.0, 42.5]
    assert bars["x"]["axis"]["title"] == "Điểm % so với đích"
    assert bars["color"]["scale"]["range"] == [DARK.mark[Status.MET], DARK.mark[Status.OFF_TRACK]]


@pytest.mark.parametrize("draw", [unit_points, unit_deviations])
def test_the_table_behind_holds_the_ranked_and_the_sentence_names_both_ends(draw: Any) -> None:  # noqa: ANN401
    found = draw(shown(FEW), LIGHT, VI)
    assert found.rows == [
        ("Xã A", "1", "90,0%", "36/40", "+10,0 điểm %"),
        ("Xã B", "2", "75,0%", "30/40", "−5,0 điểm %"),
        ("Xã C", "3", "25,0%", "10/40", "−55,0 điểm %"),
    ]
    assert found.spoken == (
        "Gộp 3 tháng: cao nhất Xã A 90,0%, thấp nhất Xã C 25,0%, trong 3 xã được xếp hạng; đích 80%."
    )
    assert len(found.spoken) <= 250
    assert found.spec["config"]["locale"]["number"]["decimal"] == ","


def test_the_picture_follows_what_was_asked_and_how_many_there_are() -> None:
    def drawn(told: Told, view: View) -> str | None:
        found = picture(view, shown(told), communes(*told), SEPTEMBER, LIGHT, VI)
        return found.name if isinstance(found, Drawing) else found

    assert drawn(FEW, View.RANKS) == "unit-points"
    assert drawn(MANY, View.RANKS) == "rank-strip"
    assert drawn(FEW, View.DEVIATIONS) == "unit-deviations"
    assert drawn(FEW, View.TILES) == ""
    assert drawn({"A": None, "B": None}, View.RANKS) is None
