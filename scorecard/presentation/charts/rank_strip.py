"""Many units on one strip: each a point at its rate, the outermost by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt
import polars as pl

from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import Palette, finished
from scorecard.presentation.charts.unit_rows import drawn, goal_rule, ink, share_axis
from scorecard.presentation.comparison import Comparison
from scorecard.presentation.comparison_units import ComparedUnit
from scorecard.presentation.formats import Formats

_HEIGHT_PX = 380
_NAMED = 3
_LANES, _LANE_STEP = 9, 4
_HIGHEST, _LOWEST = range(-_NAMED, 0), range(_LANES, _LANES + _NAMED)


def rank_strip(shown: Comparison, palette: Palette, formats: Formats) -> Drawing:
    """Draw the ranked units, at least six, with the names of the first and the last three.

    Points close to one another lie on different lanes, always the same ones: the lane follows from the order, not from
    chance, and means nothing.
    """
    return drawn("rank-strip", "compare.chart_ranks", _spec(shown, palette, formats), shown, formats)


def _spec(shown: Comparison, palette: Palette, formats: Formats) -> dict[str, Any]:
    points = [
        {"share": float((each.value or 0) * 100), "lane": place * _LANE_STEP % _LANES, "reached": not each.band}
        for place, each in enumerate(shown.ranked)
    ]
    named = pl.DataFrame(list(_named(shown, points)))
    lanes = alt.Scale(domain=[_HIGHEST.start - 1, _LOWEST.stop], reverse=True, nice=False, zero=False)
    y = alt.Y("lane:Q", scale=lanes, axis=None)
    x = share_axis([float(point["share"]) for point in points], shown)
    first, last = (alt.Chart(part) for part in named.partition_by("end", maintain_order=True))
    chart = alt.layer(
        alt.Chart(named).mark_rule(color=palette.plan, tooltip=False).encode(x=x, y=y, y2="to:Q"),
        *goal_rule(shown, palette, formats),
        alt.Chart(pl.DataFrame(points))
        .mark_point(filled=True, size=130, opacity=0.85, tooltip=False)
        .encode(x=x, y=y, color=ink(palette)),
        *(first.mark_text(align="right", dx=-5, **look).encode(x=x, y=y, text="label:N") for look in _looks(palette)),
        *(last.mark_text(align="left", dx=5, **look).encode(x=x, y=y, text="label:N") for look in _looks(palette)),
    )
    return finished(chart, palette, formats, height=_HEIGHT_PX)


def _looks(palette: Palette) -> tuple[dict[str, Any], ...]:
    """Write a name twice: the ground around it first, so that it can be read over a rule."""
    return {"stroke": palette.surface, "strokeWidth": 5}, {}


def _named(shown: Comparison, points: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give each outermost unit a lane of its own for its name, above or below the points, and the way to its point.

    The outermost of all is farthest away, so that no way crosses a name.
    """
    ends = (("first", _HIGHEST, range(_NAMED)), ("last", _LOWEST, range(len(points) - _NAMED, len(points))))
    for end, lanes, places in ends:
        for lane, place in zip(lanes, places, strict=True):
            each, point = shown.ranked[place], points[place]
            yield {"end": end, "share": point["share"], "lane": lane, "to": point["lane"], "label": _label(each)}


def _label(each: ComparedUnit) -> str:
    return f"{each.short_name} {each.printed}"
