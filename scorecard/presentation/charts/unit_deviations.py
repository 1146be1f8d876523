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
_ROOM = 0.5
"""Of the length of the widest bars on both sides, left free on the right for the printed values."""


def unit_deviations(shown: Comparison, palette: Palette, formats: Formats) -> Drawing:
    """Draw value − goal of the ranked units, best first, in percentage points; there is at least one."""
    return drawn("unit-deviations", "compare.chart_deviations", _spec(shown, palette, formats), shown, formats)


def _spec(shown: Comparison, palette: Palette, formats: Formats) -> dict[str, Any]:
    names = [each.short_name for each in shown.ranked]
    points = [float((each.deviation or 0) * 100) for each in shown.ranked]
    words = formats.texts("format.points", number="")
    rows = [
        {
            "unit": each.short_name,
            "points": value,
            "label_at": max(value, 0.0),
            "label": each.deviation_printed.removesuffix(words),
            "reached": not each.band,
        }
        for each, value in zip(shown.ranked, points, strict=True)
    ]
    low, high = min(*points, 0.0), max(*points, 0.0)
    scale = alt.Scale(domain=[low, high + ((high - low) or 1.0) * _ROOM], nice=False)
    axis = alt.Axis(title=formats.texts("compare.axis_deviation"), tickCount=5, grid=False)
    y_axis = alt.Axis(title=None, labelLimit=LABEL_LIMIT, ticks=False, domain=False)
    bars = alt.Chart(pl.DataFrame(rows)).encode(y=alt.Y("unit:N", sort=names, axis=y_axis))
    chart = alt.layer(
        bars.mark_bar(height=18, tooltip=False).encode(x=alt.X("points:Q", scale=scale, axis=axis), color=ink(palette)),
        bars.mark_text(align="left", dx=6).encode(x="label_at:Q", text="label:N"),
        alt.Chart(pl.DataFrame({"points": [0.0]})).mark_rule(color=palette.text, strokeWidth=2).encode(x="points:Q"),
    )
    return finished(chart, palette, formats, height=_STEP_PX * len(rows) + _AXIS_PX)
