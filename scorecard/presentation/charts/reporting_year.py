"""Who reported in time, late or not at all, month by month of a year: a heat map of the units most often late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from scorecard import frames
from scorecard.calculation.completeness import COMPLETENESS, Timing, by_unit
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.status import Status
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import Palette, finished
from scorecard.presentation.formats import Formats

_MOST_UNITS = 25
_ROW_PX, _EDGE_PX = 30, 60
_LATE = (Timing.LATE, Timing.MISSING)
_STATUS = {Timing.ON_TIME: Status.ON_TRACK, Timing.LATE: Status.AT_RISK, Timing.MISSING: Status.MISSED}


@dataclass(frozen=True, slots=True)
class _Line:
    """One unit: how each of its months went, and how many went badly."""

    name: str
    months: Mapping[int, Timing]

    @property
    def bad(self) -> int:
        return sum(each in _LATE for each in self.months.values())


def reporting_year(rows: pl.DataFrame, province: Province, palette: Palette, formats: Formats) -> Drawing | None:
    """Draw the units of COMPLETENESS that were late or silent most often, the most often late first, at most 25.

    Only units that owe something in the last month: those of before cannot be asked any more. A month of a unit is as
    late as the worst of its returns. The table holds every unit that was ever late. None where nobody was.
    """
    frames.check(rows, COMPLETENESS)
    months = [Month(index) for index in sorted(rows["last_month"].unique())]
    lines = [line for line in _lines(rows, province) if line.bad and months[-1].index in line.months]
    late = sorted(lines, key=lambda line: -line.bad)
    if not late:
        return None
    texts, drawn = formats.texts, late[:_MOST_UNITS]
    spoken = texts(
        "reporting_year.spoken",
        late=formats.count(len(late)),
        months=formats.count(len(months)),
        first=late[0].name,
        bad=formats.count(late[0].bad),
    )
    return Drawing(
        name="reporting-year",
        title=texts("reporting_year.title", months=formats.count(len(months))),
        spec=_spec(drawn, months, palette, formats),
        spoken=spoken,
        columns=[texts("reporting_year.unit"), texts("reporting_year.bad"), *(formats.month(each) for each in months)],
        rows=[(line.name, formats.count(line.bad), *_words(line, months, formats)) for line in late],
    )


def _lines(rows: pl.DataFrame, province: Province) -> Sequence[_Line]:
    found: dict[str, dict[int, Timing]] = {}
    for (month,), own in rows.group_by("last_month", maintain_order=True):
        for unit, timing in by_unit(own).select("unit", "timing").iter_rows():
            found.setdefault(unit, {})[int(str(month))] = Timing(timing)
    return [_Line(unit.name, found[unit.id]) for unit in province.units.members if unit.id in found]


def _words(line: _Line, months: Sequence[Month], formats: Formats) -> Sequence[str]:
    told = (line.months.get(month.index) for month in months)
    return [formats.texts(f"reporting_year.word_{each or 'not_owed'}") for each in told]


def _spec(lines: Sequence[_Line], months: Sequence[Month], palette: Palette, formats: Formats) -> dict[str, Any]:
    texts = formats.texts
    labels = [f"{month.number:02d}/{month.year}" for month in months]
    cells = [
        {"unit": line.name, "month": label, "timing": timing.value, "letter": texts(f"reporting_year.letter_{timing}")}
        for line in lines
        for month, label in zip(months, labels, strict=True)
        if (timing := line.months.get(month.index)) is not None
    ]
    across = alt.Axis(title=None, orient="top", ticks=False, domain=False)
    down = alt.Axis(title=None, ticks=False, domain=False, labelLimit=260)
    inks = [palette.mark[_STATUS[each]] if each in _STATUS else palette.track for each in Timing]
    base = alt.Chart(pl.DataFrame(cells)).encode(
        x=alt.X("month:O", sort=labels, scale=alt.Scale(domain=labels), axis=across),
        y=alt.Y("unit:N", sort=[line.name for line in lines], axis=down),
    )
    shade = alt.Color("timing:N", scale=alt.Scale(domain=[each.value for each in Timing], range=inks), legend=None)
    chart = alt.layer(
        base.mark_rect(stroke=palette.surface, strokeWidth=2, tooltip=False).encode(color=shade),
        base.mark_text(color=palette.surface, fontWeight="bold", tooltip=False).encode(text="letter:N"),
    )
    return finished(chart, palette, formats, height=_EDGE_PX + _ROW_PX * len(lines))
