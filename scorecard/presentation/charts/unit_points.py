"""Few units in the order of their rates: a point each, a rule at the goal."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import Palette, finished
from scorecard.presentation.charts.unit_rows import LABEL_LIMIT, drawn, goal_rule, ink, share_axis
from scorecard.presentation.comparison import Comparison
from scorecard.presentation.formats import Formats

_STEP_PX, _AXIS_PX = 32, 60


def unit_points(shown: Comparison, palette: Palette, formats: Formats) -> Drawing:
    """Draw the ranked units, best first, with their values beside the points; there is at least one."""
    return drawn("unit-points", "compare.chart_ranks", _spec(shown, palette, formats), shown, formats)


def _spec(shown: Comparison, palette: Palette, formats: Formats) -> dict[str, Any]:
    names = [each.unit.name for each in shown.ranked]
    shares = [float((each.value or 0) * 100) for each in shown.ranked]
    rows = [
        {
            "unit": each.unit.name,
            "share": share,
            "label": each.printed,
            "reached": not each.band,
        }
        for each, share in zip(shown.ranked, shares, strict=True)
    ]
    axis = alt.Axis(title=None, labelLimit=LABEL_LIMIT, ticks=False, domain=False, grid=True)
    y = alt.Y("unit:N", sort=names, axis=axis)
    x = share_axis(shares, shown, room_right=True)
    points = alt.Chart(pl.DataFrame(rows)).encode(x=x, y=y)
    chart = alt.layer(
        *goal_rule(shown, palette, formats),
        points.mark_point(filled=True, size=170, opacity=1, tooltip=False).encode(color=ink(palette)),
        points.mark_text(align="left", dx=14).encode(text="label:N"),
    )
    return finished(chart, palette, formats, height=_STEP_PX * len(rows) + _AXIS_PX)
