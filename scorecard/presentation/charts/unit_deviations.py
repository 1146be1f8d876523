"""How far each unit is from the goal: bars around it."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import Palette, finished
from scorecard.presentation.charts.unit_rows import LABEL_LIMIT, drawn, ink
from scorecard.presentation.comparison import Comparison
from scorecard.presentation.formats import Formats

_STEP_PX, _AXIS_PX = 30, 70
_ROOM = 0.35
"""Of the widest bar, left free on both sides for the printed values."""


def unit_deviations(shown: Comparison, palette: Palette, formats: Formats) -> Drawing:
    """Draw value − goal of the ranked units, best first, in percentage points; there is at least one."""
    return drawn("unit-deviations", "compare.chart_deviations", _spec(shown, palette, formats), shown, formats)


def _spec(shown: Comparison, palette: Palette, formats: Formats) -> dict[str, Any]:
    names = [each.short_name for each in shown.ranked]
    points = [float((each.deviation or 0) * 100) for each in shown.ranked]
    rows = [
        {
            "unit": each.short_name,
            "points": value,
            "label": each.deviation_printed,
            "reached": not each.band,
        }
        for each, value in zip(shown.ranked, points, strict=True)
    ]
    widest = max(map(abs, points)) or 1.0
    below, above = max(-min(points), 0.0), max(max(points), 0.0)
    room = widest * _ROOM
    scale = alt.Scale(domain=[-below - room, above + room], nice=False)
    title = formats.texts("compare.axis_deviation")
    x = alt.X("points:Q", scale=scale, axis=alt.Axis(title=title, tickCount=5, grid=False))
    y_axis = alt.Axis(title=None, labelLimit=LABEL_LIMIT, ticks=False, domain=False)
    bars = alt.Chart(pl.DataFrame(rows)).encode(x=x, y=alt.Y("unit:N", sort=names, axis=y_axis))
    labels = bars.encode(text="label:N")
    chart = alt.layer(
        bars.mark_bar(height=18, tooltip=False).encode(color=ink(palette)),
        labels.mark_text(align="right", dx=-6).transform_filter("datum.points < 0"),
        labels.mark_text(align="left", dx=6).transform_filter("datum.points >= 0"),
        alt.Chart(pl.DataFrame({"points": [0.0]})).mark_rule(color=palette.text, strokeWidth=2).encode(x="points:Q"),
    )
    return finished(chart, palette, formats, height=_STEP_PX * len(rows) + _AXIS_PX)
