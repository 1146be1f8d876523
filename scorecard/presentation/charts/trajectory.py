"""The way of a target to its goal: what was, what the plan asks for, where it will be at the deadline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import altair as alt
import polars as pl

from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.style import Palette, finished
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.target_figures import TargetFigures, read_figures
from scorecard.presentation.trajectory_points import Forecast, Trajectory
from scorecard.presentation.trajectory_table import printed_values, trajectory_rows

_HEIGHT_PX = 380
_MOST_LABELLED = 24
_ROOM = 0.1
_LETTERS = 0.12
"""Letters need so much of the height beside a line."""
_PERCENT = 100
_LONGEST_REASON = 50


def trajectory(case: Case, points: Trajectory, palette: Palette, amounts: Amounts) -> Drawing:
    """Draw the trajectory of a case; every layer shares one scale of values."""
    texts, figures = amounts.formats.texts, read_figures(case, amounts)
    return Drawing(
        name="trajectory",
        title=texts("trajectory.title"),
        spec=_Picture(case, points, figures, palette, amounts).spec(),
        spoken=spoken(case, points, figures, amounts),
        columns=[texts(f"trajectory.column_{name}") for name in ("month", "value", "plan")],
        rows=list(trajectory_rows(case, points, figures, amounts)),
    )


def spoken(case: Case, points: Trajectory, figures: TargetFigures, amounts: Amounts) -> str:
    """Say what the chart shows in at most 250 characters: last value, path, forecast, goal."""
    texts = amounts.formats.texts
    last = max(points.actual)
    value = dict(printed_values(case, amounts))[last]
    parts = [texts("trajectory.spoken_value", value=value, month=amounts.formats.month(last))]
    if figures.expected is not None:
        parts.append(texts("trajectory.spoken_plan", expected=figures.expected))
    if figures.forecast is not None:
        parts.append(texts("trajectory.spoken_forecast", due=figures.due, forecast=figures.forecast))
    parts.append(texts("trajectory.spoken_goal", goal=figures.goal, due=figures.due))
    return "; ".join(parts) + "."


@dataclass(frozen=True)
class _Picture:
    """The layers of one trajectory."""

    case: Case
    points: Trajectory
    figures: TargetFigures
    palette: Palette
    amounts: Amounts

    def spec(self) -> dict[str, Any]:
        layers = [
            *self._band(),
            *self._goal_rules(),
            *self._plan(),
            *self._breaks(),
            *self._forecast(),
            *self._actual(),
        ]
        return finished(alt.layer(*layers), self.palette, self.amounts.formats, height=_HEIGHT_PX)

    @property
    def _ink(self) -> str:
        return self.palette.mark[Status.MET]

    @cached_property
    def _x(self) -> alt.X:
        months = [str(month) for month in self.points.months]
        long = len(months) > _MOST_LABELLED
        shown = [month for month in months if month.endswith("-01")] if long else months
        year, number = "substring(datum.value, 0, 4)", "toNumber(substring(datum.value, 5, 7))"
        first = f"(datum.value === '{months[0]}' || {number} === 1)"
        label = year if long else f"{first} ? ['T' + {number}, {year}] : 'T' + {number}"
        axis = alt.Axis(title=None, values=shown, labelExpr=label, labelOverlap="greedy", grid=False)
        return alt.X("month:O", scale=alt.Scale(domain=months, type="point", padding=0.4), axis=axis)

    @cached_property
    def _y(self) -> alt.Y:
        low, high = self._domain()
        share = self.case.standing.is_share
        number = "format(datum.value, ',.1~f')"
        label = f"datum.value > {_PERCENT} ? '' : {number} + '%'" if share else number
        indicator = self.case.standing.indicator
        whole = indicator is not None and indicator.decimals == 0 and not share
        axis = alt.Axis(title=self._unit(), labelExpr=label, tickCount=6, tickMinStep=1 if whole else alt.Undefined)
        ranked = indicator is not None and indicator.kind is IndicatorKind.RANK
        scale = alt.Scale(domain=[low, high], zero=False, nice=False, reverse=ranked)
        return alt.Y("value:Q", scale=scale, axis=axis)

    def _unit(self) -> str | None:
        indicator = self.case.standing.indicator
        return None if indicator is None or self.case.standing.is_share else indicator.counted_in or None

    def _domain(self) -> tuple[float, float]:
        """Return lowest and highest value drawn with some room, never below zero."""
        forecast = [each for each in self.points.forecast or () if each is not None]
        drawn = [float(each) for each in (*self.points.actual.values(), *self.points.plan.values(), *forecast)]
        drawn += [float(goal) for goal in self.points.goals]
        room = max((max(drawn) - min(drawn)) * _ROOM, 1.0)
        return max(min(drawn) - room, 0.0), max(drawn) + room

    def _chart(self, values: Mapping[Month, Fraction]) -> alt.Chart:
        return _chart([{"month": str(month), "value": float(value)} for month, value in values.items()])

    def _goal_rules(self) -> Iterator[alt.Chart]:
        first, ink = self.points.months[0], self.palette.text
        text = self.amounts.formats.texts("trajectory.goal", goal=self.figures.goal)
        for goal in self.points.goals:
            line = dict.fromkeys((first, self.points.months[-1]), goal)
            yield self._chart(line).mark_line(strokeWidth=2, color=ink, tooltip=False).encode(x=self._x, y=self._y)
        if self.points.goals:
            label = self._chart({first: self.points.goals[-1]})
            yield label.mark_text(align="left", dx=-8, dy=-10, color=ink, text=text, fontWeight="bold").encode(
                x=self._x, y=self._y
            )

    def _plan(self) -> Iterator[alt.Chart]:
        plan = self.points.plan
        if len(plan) < 2:
            return
        line = self._chart(plan).mark_line(strokeWidth=2, color=self.palette.plan, tooltip=False)
        yield line.encode(x=self._x, y=self._y)
        month = sorted(plan)[len(plan) // 3]
        actual = self.points.actual.get(month)
        below = actual is not None and actual > plan[month]
        text = self.amounts.formats.texts("trajectory.plan")
        label = self._chart({month: plan[month]})
        yield label.mark_text(dy=22 if below else -14, color=self.palette.second, text=text).encode(
            x=self._x, y=self._y
        )

    def _breaks(self) -> Iterator[alt.Chart]:
        for month, reason in self.points.breaks.items():
            at = _chart([{"month": str(month)}]).encode(x=self._x)
            text = self.amounts.formats.texts("trajectory.break", reason=_shortened(reason)).strip()
            yield at.mark_rule(strokeWidth=2, strokeDash=[4, 4], color=self.palette.second)
            yield at.mark_text(align="left", dx=6, y=12, color=self.palette.second, text=text)

    def _band(self) -> Iterator[alt.Chart]:
        if self.points.forecast is None:
            return
        _, low, high = self.points.forecast
        if low is None or high is None or low == high:
            return
        last, value = self._last()
        rows = [
            {"month": str(last), "value": float(value), "high": float(value)},
            {"month": str(self.points.due), "value": float(low), "high": float(high)},
        ]
        band = _chart(rows).mark_area(opacity=0.18, color=self._ink, tooltip=False, line=False)
        yield band.encode(x=self._x, y=self._y, y2="high:Q")

    def _forecast(self) -> Iterator[alt.Chart]:
        if self.points.forecast is None:
            return
        (last, value), forecast = self._last(), self.points.forecast[0]
        line = self._chart({last: value, self.points.due: forecast})
        yield line.mark_line(strokeWidth=3, strokeDash=[7, 5], color=self._ink, tooltip=False).encode(
            x=self._x, y=self._y
        )
        yield from self._forecast_label(self.points.forecast)

    def _forecast_label(self, forecast: Forecast) -> Iterator[alt.Chart]:
        """Write the forecast on that side of its band where no goal is in the way."""
        value, low, high = forecast
        bottom, top = (value, value) if low is None or high is None else (low, high)
        lowest, highest = self._domain()
        crowded = any(abs(float(goal - top)) < (highest - lowest) * _LETTERS for goal in self.points.goals)
        end = self._chart({self.points.due: bottom if crowded else top}).encode(x=self._x, y=self._y)
        text = self.amounts.formats.texts("trajectory.forecast", forecast=self.figures.forecast)
        yield end.mark_text(align="right", dx=4, dy=34 if crowded else -14, color=self._ink, text=text)

    def _actual(self) -> Iterator[alt.Chart]:
        for run in self.points.runs:
            line = self._chart(run).mark_line(strokeWidth=4, color=self._ink, tooltip=False)
            yield line.encode(x=self._x, y=self._y)
        revised = {month: value for month, value in self.points.actual.items() if month in self.points.revised}
        kept = {month: value for month, value in self.points.actual.items() if month not in revised}
        for fill, chosen in ((self._ink, kept), (self.palette.surface, revised)):
            if chosen:
                dots = self._chart(chosen).mark_point(
                    size=70, filled=True, fill=fill, stroke=self._ink, strokeWidth=2.5, opacity=1, tooltip=False
                )
                yield dots.encode(x=self._x, y=self._y)
        if revised:
            label = self._chart(dict([min(revised.items())])).encode(x=self._x, y=self._y)
            text = self.amounts.formats.texts("trajectory.revised")
            yield label.mark_text(align="left", dx=8, dy=16, color=self.palette.second, text=text)
        yield from self._last_label()

    def _last_label(self) -> Iterator[alt.Chart]:
        last, value = self._last()
        plan, forecast = self.points.plan.get(last), self.points.forecast
        above = forecast is None and (plan is None or plan <= value)
        label = self._chart({last: value}).encode(x=self._x, y=self._y)
        text = dict(printed_values(self.case, self.amounts))[last]
        yield label.mark_text(dy=-18 if above else 24, fontWeight="bold", color=self._ink, text=text)

    def _last(self) -> tuple[Month, Fraction]:
        month = max(self.points.actual)
        return month, self.points.actual[month]


def _chart(rows: list[dict[str, object]]) -> alt.Chart:
    return alt.Chart(pl.DataFrame(rows))


def _shortened(reason: str) -> str:
    """Return the beginning of a reason that fits into a chart; the page tells it whole."""
    if len(reason) <= _LONGEST_REASON:
        return reason
    return reason[:_LONGEST_REASON].rsplit(" ", 1)[0] + "…"
