"""The points of a target's trajectory: what was, what the plan asks for, what is expected, on the scale printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from scorecard.calculation.plan_line import plan_line
from scorecard.domain.goal import Band, Goal, Relative, Threshold, WholeList
from scorecard.domain.indicator import FormulaVersion, IndicatorKind, Window
from scorecard.domain.period import Month
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.standing import Standing
from scorecard.presentation.target_figures import ahead

_PERCENT = 100

Forecast = tuple[Fraction, Fraction | None, Fraction | None]
"""Value, low and high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """Everything that is drawn; values are in %, members of the list, or the number itself.

    `runs` are the values that may be joined by a line: not across a break, nor where a count begins again. `path` are
    the values of the plan as shares or numbers, `plan` the same as drawn; empty without a path. `goals` has two lines
    for a range. `forecast` is value, low and high; low and high are None where the past error is not known. `breaks`
    say why a new series begins, `revised` are months whose figures were corrected after they were approved.
    """

    runs: tuple[Mapping[Month, Fraction], ...]
    path: Mapping[Month, Fraction]
    plan: Mapping[Month, Fraction]
    goals: tuple[Fraction, ...]
    forecast: Forecast | None
    due: Month
    breaks: Mapping[Month, str]
    revised: frozenset[Month]

    @property
    def actual(self) -> Mapping[Month, Fraction]:
        """All values, in order of time."""
        return {month: value for run in self.runs for month, value in run.items()}

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month drawn, from the first value or the start of the path to the deadline or the last value."""
        known = [*self.actual, *self.plan, self.due]
        return tuple(Month(index) for index in range(min(known).index, max(known).index + 1))


def read_trajectory(case: Case, corrected: Collection[tuple[str, int]]) -> Trajectory | None:
    """Gather the points of a case; None without any value, and for a milestone.

    `corrected` are elements and months (`Month.index`) of figures that were changed after they had been approved.
    """
    standing = case.standing
    values = {
        each.value_month: scaled(each.value, each, listed=False)
        for each in case.months
        if each.value is not None and each.value_month is not None and each.judged
    }
    if not values or standing.indicator is None:
        return None
    path = _path(case)
    begun = [month for month in standing.indicator.break_months if min(values) < month <= max(values)]
    reasons = {each.at: each.reason for each in standing.indicator.breaks}
    return Trajectory(
        runs=tuple(_runs(values, case, begun)),
        path=path,
        plan={month: scaled(value, standing) for month, value in path.items()},
        goals=tuple(_goals(standing.goal, standing)),
        forecast=_forecast(case),
        due=Month.containing(standing.due),
        breaks={month: reasons.get(month, "") for month in begun},
        revised=_revised(case, values, corrected),
    )


def scaled(value: Fraction, standing: Standing, *, listed: bool = True) -> Fraction:
    """Return a value as a number to print; `listed` values of a list are shares of it."""
    if standing.is_share:
        return value * _PERCENT
    of_list = listed and standing.indicator is not None and standing.indicator.kind is IndicatorKind.LIST_COUNT
    return value * (standing.denominator or 0) if of_list else value


def _runs(values: Mapping[Month, Fraction], case: Case, begun: Collection[Month]) -> Iterator[Mapping[Month, Fraction]]:
    """Split the values where a new series begins, and a count of the year where it begins at nothing again."""
    starts = set(begun)
    indicator, cumulative = case.standing.indicator, case.standing.target.cumulative
    counted = indicator is not None and indicator.kind is IndicatorKind.COUNT and indicator.window is Window.YEAR
    if counted and not cumulative:
        starts |= {Month.of(month.year, 1) for month in values}
    cuts = sorted(starts)
    for _, months in groupby(sorted(values), key=lambda month: bisect_right(cuts, month)):
        yield {month: values[month] for month in months}


def _path(case: Case) -> Mapping[Month, Fraction]:
    """Return the path, month by month; nothing where none is known, or the goal is to be held or moves."""
    standing, target = case.standing, case.standing.target
    start, goal = standing.baseline, standing.resolved_goal
    if case.held or start is None or goal is None or standing.baseline_month is None:
        return {}
    if any(isinstance(part, Relative) for part in target.parts):
        return {}
    end = target.stepped[-1].value if target.stepped else goal
    line = plan_line(target, (standing.baseline_month, start), (Month.containing(target.due), end))
    return dict(line)


def _goals(goal: Goal, standing: Standing) -> Iterator[Fraction]:
    match standing.threshold or goal:
        case Threshold(_, value):
            yield scaled(value, standing, listed=False)
        case WholeList(size):
            yield Fraction(size)
        case Band(low, high):
            yield from (scaled(each, standing, listed=False) for each in (low, high))
        case _:
            if standing.resolved_goal is not None and standing.indicator is not None:
                yield scaled(standing.resolved_goal, standing)


def _forecast(case: Case) -> Forecast | None:
    standing = case.standing
    if standing.forecast is None or not case.judged or not ahead(case):
        return None
    low, high = (
        None if each is None else scaled(each, standing) for each in (standing.forecast_low, standing.forecast_high)
    )
    return scaled(standing.forecast, standing), low, high


def _revised(case: Case, values: Collection[Month], corrected: Collection[tuple[str, int]]) -> frozenset[Month]:
    indicator = case.standing.indicator
    if indicator is None:
        return frozenset()
    return frozenset(
        month
        for month in values
        for element in _elements(indicator.version_at(month))
        if (element, month.index) in corrected
    )


def _elements(version: FormulaVersion) -> Iterator[str]:
    yield from version.numerator.elements
    if version.denominator is not None:
        yield from version.denominator.elements
