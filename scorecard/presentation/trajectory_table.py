"""The points of a trajectory as a table: a row a month, and one for the forecast."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.domain.period import Month
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.target_figures import TargetFigures, expected_text
from scorecard.presentation.trajectory_points import Trajectory

Row = tuple[str, str, str]


def trajectory_rows(case: Case, points: Trajectory, figures: TargetFigures, amounts: Amounts) -> Iterator[Row]:
    """Yield month, value and path as printed; words for a month without figures, nothing for one still to come."""
    formats, texts = amounts.formats, amounts.formats.texts
    values = dict(printed_values(case, amounts))
    plan = dict(_plan(case, points, amounts))
    for month in points.months:
        value = values.get(month)
        if month > case.standing.month and month not in plan:
            continue
        missing = texts("overview.no_value") if month <= case.standing.month else ""
        yield formats.month(month), value or missing, plan.get(month, "")
    if figures.forecast is not None:
        yield texts("trajectory.row_forecast", due=figures.due), forecast_text(figures, amounts), figures.goal


def printed_values(case: Case, amounts: Amounts) -> Iterator[tuple[Month, str]]:
    """Yield each month that has a value of its own, with the value as printed."""
    for each in case.months:
        text = amounts.value(each)
        if each.judged and each.value_month is not None and text is not None:
            yield each.value_month, text


def forecast_text(figures: TargetFigures, amounts: Amounts) -> str:
    """Print the forecast with its range."""
    low, high = figures.forecast_low, figures.forecast_high
    if low is None or high is None or low == high:
        return amounts.formats.texts("target.forecast", forecast=figures.forecast)
    return amounts.formats.texts("target.forecast_range", forecast=figures.forecast, low=low, high=high)


def _plan(case: Case, points: Trajectory, amounts: Amounts) -> Iterator[tuple[Month, str]]:
    for month, share in points.path.items():
        text = expected_text(share, case.standing, amounts)
        if text is not None:
            yield month, text
