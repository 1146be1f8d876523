"""The rate of one unit over the last twelve months, with a gap where it did not report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import Palette, finished
from scorecard.presentation.standing import Standing
from scorecard.presentation.texts import in_language

MONTHS_SHOWN = 12
_HEIGHT_PX = 170


def own_rate(standings: Sequence[Standing], amounts: Amounts, palette: Palette) -> Drawing | None:
    """Draw a unit's rate of one target month by month, the oldest first; None with fewer than two months that have one.

    Months before the first one with a rate are left out; a later month without a report of the unit is a gap.
    """
    rates = [(each, _rate(each, amounts)) for each in standings[-MONTHS_SHOWN:]]
    while rates and rates[0][1] is None:
        rates.pop(0)
    told = [(each, rate) for each, rate in rates if rate is not None]
    if len(told) < 2:
        return None
    texts, month = amounts.formats.texts, amounts.formats.month
    (first, first_rate), (last, last_rate) = told[0], told[-1]
    return Drawing(
        name=f"rate-{last.target.id}",
        title=texts("own_rate.title", target=in_language(texts, last.target.name, last.target.name_en)),
        spec=_spec(rates, amounts, palette),
        spoken=texts(
            "own_rate.spoken",
            unit=amounts.province.units.by_id[last.unit].name,
            first=first_rate,
            since=month(first.month),
            last=last_rate,
            until=month(last.month),
        ),
        columns=[texts(f"own_rate.column_{name}") for name in ("month", "rate", "parts")],
        rows=[
            (month(each.month), rate, amounts.parts(each) or "")
            if rate is not None
            else (month(each.month), texts("own_rate.not_reported"), "")
            for each, rate in rates
        ],
    )


def _rate(standing: Standing, amounts: Amounts) -> str | None:
    """Print the rate of a month for which the unit, or all that it was made of, reported; None for any other."""
    all_of = 0 < (standing.reported_units or 0) >= (standing.expected_units or 0)
    return amounts.value(standing) if all_of else None


def _spec(rates: Sequence[tuple[Standing, str | None]], amounts: Amounts, palette: Palette) -> dict[str, Any]:
    texts = amounts.formats.texts
    labels = [texts("own_rate.tick", month=each.month.number, year=each.month.year) for each, _ in rates]
    shares = [None if rate is None or each.value is None else float(each.value) for each, rate in rates]
    goal = rates[-1][0].resolved_goal
    x = alt.X("month:O", sort=labels, scale=alt.Scale(domain=labels), axis=alt.Axis(title=None, labelOverlap="greedy"))
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(zero=False, nice=True),
        axis=alt.Axis(title=None, format=".0%", tickCount=3),
    )
    ink = palette.mark[Status.MET]
    points = pl.DataFrame({"month": labels, "share": shares}, {"month": pl.String, "share": pl.Float64})
    line = alt.Chart(points).encode(x=x, y=y)
    layers = [
        line.mark_line(color=ink, strokeWidth=3, tooltip=False, invalid="break-paths-show-domains"),
        line.mark_point(filled=True, color=ink, size=60, opacity=1, tooltip=False),
    ]
    if goal is not None:
        rule = alt.Chart(pl.DataFrame({"share": [float(goal)]})).encode(y=y)
        layers.insert(0, rule.mark_rule(color=palette.plan, strokeWidth=2, strokeDash=[6, 4]))
        label = texts("peer_strip.goal", goal=amounts.goal(rates[-1][0]))
        layers.append(rule.mark_text(text=label, x=4, dy=-12, align="left", color=palette.second))
    return finished(alt.layer(*layers), palette, amounts.formats, height=_HEIGHT_PX)
