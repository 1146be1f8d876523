"""Where a unit stands among its peers: a tick for each of them, a point for the unit, a rule at the goal."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Any

import altair as alt
import polars as pl

from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import Palette, finished
from scorecard.presentation.standing import Standing
from scorecard.presentation.texts import in_language

_HEIGHT_PX = 170
_MIDDLE_PX, _GOAL_LABEL_PX, _OWN_LABEL_PX = 62, 12, 112
_TENTHS = 10


def peer_strip(
    ranked: Sequence[tuple[Standing, int]], unit_id: str, amounts: Amounts, palette: Palette
) -> Drawing | None:
    """Draw the ranked units of one peer group in one target, with their ranks; None for fewer than two.

    Only the unit itself is named; it is not drawn while it is not ranked.
    """
    if len(ranked) < 2:
        return None
    texts, count = amounts.formats.texts, amounts.formats.count
    in_order = sorted(ranked, key=lambda pair: pair[1])
    standing = in_order[0][0]
    own = next(((each, rank) for each, rank in ranked if each.unit == unit_id), None)
    unit = amounts.province.units.by_id[unit_id].name
    told = {"unit": unit, "ranked": count(len(ranked)), "goal": amounts.goal(standing)}
    told |= {"best": _value(in_order[0][0], amounts), "worst": _value(in_order[-1][0], amounts)}
    if own:
        spoken = texts("peer_strip.spoken", value=_value(own[0], amounts), rank=count(own[1]), **told)
    else:
        spoken = texts("peer_strip.spoken_unranked", **told)
    return Drawing(
        name=f"peers-{standing.target.id}",
        title=texts("peer_strip.title", target=in_language(texts, standing.target.name, standing.target.name_en)),
        spec=_spec([each for each, _ in in_order], own[0] if own else None, amounts, palette),
        spoken=spoken,
        columns=[texts(f"peer_strip.column_{name}") for name in ("rank", "unit", "rate")],
        rows=[
            (count(rank), unit if each.unit == unit_id else texts("peer_strip.other"), _value(each, amounts))
            for each, rank in in_order
        ],
    )


def _value(standing: Standing, amounts: Amounts) -> str:
    return amounts.value(standing) or ""


def _spec(peers: Sequence[Standing], own: Standing | None, amounts: Amounts, palette: Palette) -> dict[str, Any]:
    shares = [float(each.value) for each in peers if each.value is not None]
    goal = None if peers[0].resolved_goal is None else float(peers[0].resolved_goal)
    marked = [*shares, *([] if goal is None else [goal])]
    low, high = floor(min(marked) * _TENTHS) / _TENTHS, ceil(max(marked) * _TENTHS) / _TENTHS
    axis = alt.Axis(title=None, format=".0%", tickCount=5)
    x = alt.X("share:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)
    ink = palette.mark[Status.MET]
    tick = alt.Chart(_rows(shares)).mark_tick(
        color=palette.plan, thickness=2, size=44, opacity=0.75, tooltip=False, y=_MIDDLE_PX
    )
    layers = [tick.encode(x=x)]
    if goal is not None:
        rule = alt.Chart(_rows([goal])).encode(x=x)
        label = amounts.formats.texts("peer_strip.goal", goal=amounts.goal(peers[0]))
        layers.append(rule.mark_rule(color=palette.text, strokeWidth=3, y=22, y2=102))
        layers.append(rule.mark_text(text=label, y=_GOAL_LABEL_PX, **_inward(goal, low, high)))
    if own is not None and own.value is not None:
        point = alt.Chart(_rows([float(own.value)])).encode(x=x)
        label = amounts.formats.texts("peer_strip.own", value=_value(own, amounts))
        layers.append(point.mark_point(filled=True, size=320, color=ink, opacity=1, tooltip=False, y=_MIDDLE_PX))
        layers.append(
            point.mark_text(
                text=label, y=_OWN_LABEL_PX, color=ink, fontWeight="bold", **_inward(float(own.value), low, high)
            )
        )
    return finished(alt.layer(*layers), palette, amounts.formats, height=_HEIGHT_PX)


def _rows(shares: Sequence[float]) -> pl.DataFrame:
    return pl.DataFrame({"share": shares}, {"share": pl.Float64})


def _inward(share: float, low: float, high: float) -> dict[str, Any]:
    """Write a label to the side on which there is more room."""
    return {"align": "left", "dx": -6} if share < (low + high) / 2 else {"align": "right", "dx": 6}
