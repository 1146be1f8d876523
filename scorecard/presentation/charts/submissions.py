"""How many units had submitted all they owe by each day, as a step line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import polars as pl

from scorecard import frames
from scorecard.calculation.completeness import COMPLETENESS, by_unit
from scorecard.domain.status import Status
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import Palette, finished
from scorecard.presentation.formats import Formats

_HEIGHT_PX = 300


def submissions(rows: pl.DataFrame, today: date, palette: Palette, formats: Formats) -> Drawing | None:
    """Count the units of COMPLETENESS of one month by the day on which the last of their returns came in.

    The line begins the day before the first of them and ends today, or when all had submitted and the time was up; the
    due day is that of most returns.
    None where nobody has submitted all yet.
    """
    frames.check(rows, COMPLETENESS)
    units = by_unit(rows)
    given = units["first_submitted_on"].drop_nulls().sort().to_list()
    if not given:
        return None
    ((due, _),) = Counter(rows["due"].sort().to_list()).most_common(1)
    last = today if len(given) < units.height else max(given[-1], min(due, today))
    points = [(day, sum(each <= day for each in given)) for day in _days(given[0] - timedelta(days=1), last)]
    in_time = sum(each <= due for each in given)
    told = {"submitted": formats.count(len(given)), "expected": formats.count(units.height), "due": formats.day(due)}
    key = "submissions.spoken_open" if today <= due else "submissions.spoken"
    return Drawing(
        name="submissions",
        title=formats.texts("submissions.title"),
        spec=_spec(points, due, units.height, palette, formats),
        spoken=formats.texts(key, in_time=formats.count(in_time), day=formats.day(last), **told),
        columns=[formats.texts(f"submissions.column_{name}") for name in ("day", "units")],
        rows=[(formats.day(day), f"{formats.count(count)}/{told['expected']}") for day, count in points],
    )


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _spec(
    points: Sequence[tuple[date, int]], due: date, expected: int, palette: Palette, formats: Formats
) -> dict[str, Any]:
    texts = formats.texts
    shown = list(_days(points[0][0], max(points[-1][0], due)))
    labels = [f"{day:%d/%m}" for day in shown]
    x = alt.X("day:O", sort=labels, scale=alt.Scale(domain=labels), axis=alt.Axis(labelOverlap="greedy", title=None))
    axis = alt.Axis(title=texts("submissions.axis"), tickCount=5)
    y = alt.Y("units:Q", scale=alt.Scale(domain=[0, expected], nice=False), axis=axis)
    counts = [{"day": f"{day:%d/%m}", "units": count} for day, count in points]
    ink, late = palette.mark[Status.MET], palette.mark[Status.OFF_TRACK]
    line = alt.Chart(pl.DataFrame(counts)).mark_line(interpolate="step-after", strokeWidth=3, color=ink, tooltip=False)
    end = alt.Chart(pl.DataFrame(counts[-1:]))
    dot = end.mark_point(filled=True, size=90, color=ink, opacity=1, tooltip=False)
    until = alt.Chart(pl.DataFrame([{"day": f"{due:%d/%m}"}])).encode(x=x)
    label = texts("submissions.deadline", due=formats.day(due))
    chart = alt.layer(
        until.mark_rule(color=late, strokeWidth=2, strokeDash=[6, 4]),
        until.mark_text(align="right", dx=-6, y=12, color=late, text=label),
        line.encode(x=x, y=y),
        dot.encode(x=x, y=y),
    )
    return finished(chart, palette, formats, height=_HEIGHT_PX)
