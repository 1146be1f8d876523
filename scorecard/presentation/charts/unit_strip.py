"""All units of a target on one line: a tick for each rate, a rule at the goal, names for the largest gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any, Literal

import altair as alt
import polars as pl

from scorecard.domain.status import Status
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import Palette, finished
from scorecard.presentation.unit_gaps import SHOWN, UnitGap, UnitGaps

_LINE_PX = 30
_TICKS_PX = 40
_AXIS_PX = 50
_STEP = 10
_SIDES: tuple[tuple[Literal["left", "right"], int], ...] = (("left", 6), ("right", -6))
_ROOM = "max(120, width / 2 - 14)"


def unit_strip(gaps: UnitGaps, palette: Palette) -> Drawing | None:
    """Draw the units alive that have cases; None where fewer than two have."""
    goal, texts, formats = gaps.goal, gaps.amounts.formats.texts, gaps.amounts.formats
    drawn = [row for row in gaps.rows if row.rate is not None and gaps.alive(row.unit_id)]
    if goal is None or len(drawn) < 2:
        return None
    named = [row for row in drawn if row.gap > 0][:SHOWN]
    told = {"units": formats.count(len(drawn)), "goal": gaps.amounts.goal(gaps.case.standing)}
    told["met"] = formats.count(sum(row.gap <= 0 for row in drawn))
    largest = [texts("units.strip_told", unit=row.name, gap=gaps.cases(row.gap)) for row in named[:2]]
    key = "units.strip_spoken" if named else "units.strip_spoken_none"
    return Drawing(
        name="units",
        title=texts("units.strip_title"),
        spec=_spec(drawn, named, goal.value, gaps, palette),
        spoken=texts(key, largest=", ".join(largest), counted_in=gaps.counted_in, **told),
        columns=[texts(f"units.column_{name}") for name in ("unit", "rate")],
        rows=[(row.name, gaps.rate(row)) for row in drawn],
    )


def _spec(
    drawn: Sequence[UnitGap], named: Sequence[UnitGap], goal: Fraction, gaps: UnitGaps, palette: Palette
) -> dict[str, Any]:
    texts, top = gaps.amounts.formats.texts, len(named)
    rates = [row.rate for row in drawn if row.rate is not None]
    low, high = _ends([*rates, goal])
    axis = alt.Axis(title=None, format=".0%", tickCount=5, grid=False)
    x = alt.X("rate:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)
    y = alt.Y("line:Q", scale=alt.Scale(domain=[-1, top + 0.6], nice=False), axis=None)
    late, met = palette.mark[Status.OFF_TRACK], palette.mark[Status.MET]
    ticks = alt.Chart(pl.DataFrame(list(_ticks(drawn, late, met)))).encode(x=x, y=y)
    ends = alt.Chart(pl.DataFrame([{"rate": float(goal), "line": top + 0.6}])).encode(x=x)
    layers = [
        ends.mark_rule(color=palette.text, strokeWidth=2, strokeDash=[6, 4]),
        ticks.mark_tick(orient="vertical", size=_TICKS_PX, thickness=3, opacity=0.6, tooltip=False).encode(
            color=alt.Color("ink:N", scale=None)
        ),
        ends.mark_text(align="right", dx=-8, dy=10, color=palette.text, fontWeight=600).encode(
            y=y, text=alt.value(texts("units.strip_goal", goal=gaps.amounts.goal(gaps.case.standing)))
        ),
    ]
    if named:
        labels = alt.Chart(pl.DataFrame(list(_labels(named, (low + high) / 2, gaps)))).encode(x=x, y=y)
        layers.append(labels.mark_rule(color=palette.plan, strokeWidth=1).encode(y2=alt.Y2("foot:Q")))
        for align, away in _SIDES:
            chosen = labels.transform_filter(alt.datum.align == align)
            layers.append(
                chosen.mark_text(align=align, dx=away, color=palette.text, limit=alt.ExprRef(_ROOM)).encode(
                    text="text:N"
                )
            )
    height = _TICKS_PX + _AXIS_PX + _LINE_PX * (top + 1)
    return finished(alt.layer(*layers), palette, gaps.amounts.formats, height=height)


def _ends(rates: Sequence[Fraction]) -> tuple[float, float]:
    """Return the whole tenths around all rates."""
    return floor(min(rates) * _STEP) / _STEP, ceil(max(rates) * _STEP) / _STEP


def _ticks(drawn: Sequence[UnitGap], late: str, met: str) -> Iterator[Mapping[str, object]]:
    for row in drawn:
        yield {"rate": float(row.rate or 0), "line": -0.3, "ink": late if row.gap > 0 else met}


def _labels(named: Sequence[UnitGap], middle: float, gaps: UnitGaps) -> Iterator[Mapping[str, object]]:
    """Give each name a line of its own, written towards the middle of the chart."""
    for place, row in enumerate(named):
        rate = float(row.rate or 0)
        text = gaps.amounts.formats.texts("units.strip_named", unit=row.name, gap=gaps.cases(row.gap))
        align = "left" if rate <= middle else "right"
        yield {"rate": rate, "line": len(named) - place - 0.4, "foot": 0.0, "text": text, "align": align}
