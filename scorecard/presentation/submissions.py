"""How many units had submitted all they owe by each day: as a step line, a sentence and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

import altair as alt
import polars as pl

from scorecard import frames
from scorecard.calculation.completeness import COMPLETENESS, by_unit
from scorecard.presentation.formats import Formats

_INK, _SECOND, _LATE = "#27348B", "#3D4757", "#8A0A1E"
_FONT = "Source Sans, sans-serif"
_LETTERS_PX = 16
HEIGHT_PX = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Submissions:
    """The chart as Vega-Lite, what is said of it, and its points as (day, units)."""

    spec: Mapping[str, Any]
    spoken: str
    days: Sequence[tuple[str, str]]


def submissions(rows: pl.DataFrame, today: date, formats: Formats) -> Submissions | None:
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
    return Submissions(
        spec=_spec(points, due, units.height, formats),
        spoken=formats.texts(key, in_time=formats.count(in_time), day=formats.day(last), **told),
        days=[(formats.day(day), f"{formats.count(count)}/{told['expected']}") for day, count in points],
    )


def days_html(found: Submissions, formats: Formats) -> str:
    """Show the points of the line as a table that scrolls."""
    texts = formats.texts
    body = "".join(f'<tr><th scope="row">{escape(day)}</th><td>{escape(count)}</td></tr>' for day, count in found.days)
    caption = escape(texts("submissions.title"))
    head = "".join(f'<th scope="col">{escape(texts(f"submissions.column_{name}"))}</th>' for name in ("day", "units"))
    return (
        f'<div class="days" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _spec(points: Sequence[tuple[date, int]], due: date, expected: int, formats: Formats) -> dict[str, Any]:
    texts = formats.texts
    shown = list(_days(points[0][0], max(points[-1][0], due)))
    labels = [f"{day:%d/%m}" for day in shown]
    axis = alt.Axis(labelAngle=0, labelOverlap="greedy", title=None, labelFontSize=_LETTERS_PX)
    x = alt.X("day:O", sort=labels, scale=alt.Scale(domain=labels), axis=axis)
    height = alt.Scale(domain=[0, expected], nice=False)
    y = alt.Y(
        "units:Q",
        scale=height,
        axis=alt.Axis(
            title=texts("submissions.axis"), titleFontSize=_LETTERS_PX, labelFontSize=_LETTERS_PX, tickCount=5
        ),
    )
    counts = [{"day": f"{day:%d/%m}", "units": count} for day, count in points]
    line = alt.Chart(pl.DataFrame(counts)).mark_line(interpolate="step-after", strokeWidth=3, color=_INK, tooltip=False)
    end = alt.Chart(pl.DataFrame(counts[-1:]))
    dot = end.mark_point(filled=True, size=90, color=_INK, opacity=1, tooltip=False)
    until = alt.Chart(pl.DataFrame([{"day": f"{due:%d/%m}"}])).encode(x=x)
    label = texts("submissions.deadline", due=formats.day(due))
    chart = alt.layer(
        until.mark_rule(color=_LATE, strokeWidth=2, strokeDash=[6, 4]),
        until.mark_text(align="right", dx=-6, y=12, fontSize=_LETTERS_PX, color=_LATE, text=label),
        line.encode(x=x, y=y),
        dot.encode(x=x, y=y),
    ).configure(font=_FONT, locale={"number": _number_locale(formats)}, view=alt.ViewConfig(stroke=None))
    spec: dict[str, Any] = chart.properties(height=HEIGHT_PX, width="container").to_dict()
    return spec


def _number_locale(formats: Formats) -> dict[str, Any]:
    separators = {"decimal": formats.texts("format.decimal"), "thousands": formats.texts("format.thousands")}
    return {**separators, "grouping": [3], "currency": ["", ""]}
