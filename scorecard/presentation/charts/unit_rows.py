"""What the charts of compared units share: the axis of rates, the goal, the colours, the table behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl

from scorecard.domain.status import Status
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import Palette
from scorecard.presentation.comparison import Comparison
from scorecard.presentation.formats import Formats

LABEL_LIMIT = alt.ExprRef("width < 600 ? 120 : 340")
"""Names get more room where there is some; in full they stand in the tables."""
_MARGIN = 3
_LABEL_ROOM = 6


def ink(palette: Palette) -> alt.Color:
    """Colour what reached the goal (column `reached`) apart from what did not."""
    scale = alt.Scale(domain=[True, False], range=[palette.mark[Status.MET], palette.mark[Status.OFF_TRACK]])
    return alt.Color("reached:N", scale=scale, legend=None)


def share_axis(shares: Sequence[float], shown: Comparison, *, room_right: bool = False) -> alt.X:
    """Return an axis of percentages that holds all shares and the goal."""
    goal = float(shown.goal.value * 100)
    low, high = min(*shares, goal), max(*shares, goal)
    high += _LABEL_ROOM if room_right else _MARGIN
    axis = alt.Axis(title=None, labelExpr="format(datum.value, ',') + '%'", tickCount=5, grid=False)
    return alt.X("share:Q", scale=alt.Scale(domain=[max(0.0, low - _MARGIN), high], nice=False, zero=False), axis=axis)


def goal_rule(shown: Comparison, palette: Palette, formats: Formats) -> tuple[alt.Chart, alt.Chart]:
    """Draw the goal: a rule from top to bottom, and its words above it."""
    at = alt.Chart(pl.DataFrame({"share": [float(shown.goal.value * 100)]})).encode(x=alt.X("share:Q"))
    words = formats.texts("compare.goal_label", goal=shown.goal_printed)
    return (
        at.mark_rule(color=palette.text, strokeWidth=2, tooltip=False),
        at.mark_text(y=-10, text=words, align="right", dx=4, color=palette.text),
    )


def drawn(name: str, title: str, spec: Mapping[str, Any], shown: Comparison, formats: Formats) -> Drawing:
    """Return a chart of the ranked units with its sentence and its table; `title` is a key of the text file."""
    texts = formats.texts
    best, worst = shown.ranked[0], shown.ranked[-1]
    spoken = texts(
        "compare.spoken",
        measure=shown.measure,
        best=best.unit.name,
        high=best.printed,
        worst=worst.unit.name,
        low=worst.printed,
        count=formats.count(len(shown.ranked)),
        kinds=shown.kinds,
        goal=shown.goal_printed,
    )
    return Drawing(
        name=name,
        title=texts(title),
        spec=spec,
        spoken=spoken,
        columns=[
            texts("compare.column_unit"),
            texts("compare.column_rank"),
            shown.measure,
            texts("compare.column_parts", counted_in=shown.counted_in),
            texts("compare.column_deviation", goal=shown.goal_printed),
        ],
        rows=[
            (each.unit.name, formats.count(each.rank or 0), each.printed, each.parts, each.deviation_printed)
            for each in shown.ranked
        ],
    )
