"""Where a target stands: one row of the scoreboard as exact values, beside its definitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from scorecard import frames
from scorecard.domain.goal import Goal, Threshold
from scorecard.domain.indicator import Indicator, IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.domain.status import ForecastMethod, Status

_PERCENT = "%"
_CERTAIN_DECIMALS = 12
_NOT_JUDGED = frozenset({Status.NOT_APPLICABLE, Status.NOT_DUE, Status.NO_DATA})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One row of `frames.SCOREBOARD`, its amounts as fractions; None is «there is none», never zero.

    `goal` is the goal in force in the month and `due` its last day; `resolved_goal` is its number, needed where
    the goal is relative. `indicator` is None for a milestone. Path shares run from 0 (baseline) to 1 (goal). Forecast
    and what is needed are explained with the scoreboard; of a list, the forecast is a share.
    """

    target: Target
    indicator: Indicator | None
    goal: Goal
    due: date
    unit: str
    month: Month
    status: Status
    previous_status: Status | None
    status_since: Month | None
    reason: str
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    value_low: Fraction | None
    value_high: Fraction | None
    value_month: Month | None
    approximate: bool
    resolved_goal: Fraction | None
    baseline: Fraction | None
    baseline_month: Month | None
    baseline_taken: bool
    path_done: Fraction | None
    path_expected: Fraction | None
    short_by: int | None
    forecast: Fraction | None
    forecast_low: Fraction | None
    forecast_high: Fraction | None
    forecast_path: Fraction | None
    forecast_method: ForecastMethod | None
    forecast_rate: Fraction | None
    forecast_recent: Fraction | None
    forecast_earlier: Fraction | None
    forecast_pool: int | None
    forecast_error: Fraction | None
    forecast_trial: int | None
    forecast_trials: int | None
    known_numerator: Fraction | None
    known_denominator: Fraction | None
    expected_volume: Fraction | None
    needed_rate: Fraction | None
    needed_count: int | None
    out_of_reach: bool
    steps_done: int | None
    step_late_days: int | None
    reported_units: int | None
    expected_units: int | None
    coverage: Fraction | None
    crosses_boundaries: bool

    @property
    def judged(self) -> bool:
        """Whether the value of the month decided the status."""
        return self.status not in _NOT_JUDGED

    @property
    def is_share(self) -> bool:
        """Whether the value is a share 0-1, printed as a percentage."""
        return self.indicator is not None and is_share(self.indicator)

    @property
    def threshold(self) -> Threshold | None:
        """The first fixed number that the value is held against, if the goal has one."""
        parts = self.target.parts if self.goal == self.target.goal else (self.goal,)
        return next((part for part in parts if isinstance(part, Threshold)), None)


def is_share(indicator: Indicator) -> bool:
    """Say whether the values of an indicator are shares: ratios, and scores published in %."""
    published = indicator.kind is IndicatorKind.SCORE and indicator.counted_in == _PERCENT
    return indicator.kind is IndicatorKind.RATIO or published


def read_standings(scoreboard: pl.DataFrame, province: Province) -> tuple[Standing, ...]:
    """Read a scoreboard, in its order; KeyError when a target is not among the province's."""
    frames.check(scoreboard, frames.SCOREBOARD)
    targets = {(target.plan_id, target.id): target for target in province.targets}
    return tuple(
        _standing(row, targets[row["plan"], row["target"]], province) for row in scoreboard.iter_rows(named=True)
    )


def _standing(row: Mapping[str, Any], target: Target, province: Province) -> Standing:
    indicator = province.indicators[target.indicator_id] if target.indicator_id else None
    month = Month(row["month"])
    goal, due = target.goal_at(month)
    numerator = _exact(row["numerator"], row["numerator_decimals"])
    denominator = _exact(row["denominator"], row["denominator_decimals"])
    return Standing(
        target=target,
        indicator=indicator,
        goal=goal,
        due=due,
        unit=row["unit"],
        month=month,
        status=Status(row["status"]),
        previous_status=Status(row["previous_status"]) if row["previous_status"] else None,
        status_since=_month(row["status_since"]),
        reason=row["reason"],
        numerator=numerator,
        denominator=denominator,
        value=None if row["value"] is None else _value(indicator, numerator, denominator),
        value_low=_share(row["value_low"]),
        value_high=_share(row["value_high"]),
        value_month=_month(row["value_month"]),
        approximate=bool(row["approximate"]),
        resolved_goal=_share(row["goal"]),
        baseline=_share(row["baseline"]),
        baseline_month=_month(row["baseline_month"]),
        baseline_taken=bool(row["baseline_taken"]),
        path_done=_share(row["path_done"]),
        path_expected=_share(row["path_expected"]),
        short_by=row["short_by"],
        forecast=_share(row["forecast"]),
        forecast_low=_share(row["forecast_low"]),
        forecast_high=_share(row["forecast_high"]),
        forecast_path=_share(row["forecast_path"]),
        forecast_method=ForecastMethod(row["forecast_method"]) if row["forecast_method"] else None,
        forecast_rate=_share(row["forecast_rate"]),
        forecast_recent=_share(row["forecast_recent"]),
        forecast_earlier=_share(row["forecast_earlier"]),
        forecast_pool=row["forecast_pool"],
        forecast_error=_share(row["forecast_error"]),
        forecast_trial=row["forecast_trial"],
        forecast_trials=row["forecast_trials"],
        known_numerator=_exact(row["known_numerator"], row["numerator_decimals"]),
        known_denominator=_exact(row["known_denominator"], row["denominator_decimals"]),
        expected_volume=_exact(row["expected_volume"], row["denominator_decimals"]),
        needed_rate=_share(row["needed_rate"]),
        needed_count=row["needed_count"],
        out_of_reach=bool(row["out_of_reach"]),
        steps_done=row["steps_done"],
        step_late_days=row["step_late_days"],
        reported_units=row["reported_units"],
        expected_units=row["expected_units"],
        coverage=_share(row["coverage"]),
        crosses_boundaries=bool(row["crosses_boundaries"]),
    )


def _value(indicator: Indicator | None, numerator: Fraction | None, denominator: Fraction | None) -> Fraction | None:
    if indicator is None or numerator is None:
        return None
    if indicator.kind is IndicatorKind.RATIO:
        return numerator / denominator if denominator else None
    return numerator / 100 if is_share(indicator) else numerator


def _exact(amount: int | None, decimals: int | None) -> Fraction | None:
    return None if amount is None else Fraction(amount, 10 ** (decimals or 0))


def _share(value: float | None) -> Fraction | None:
    """Read a calculated amount without the noise of its last digits, which would print 100% as «almost»."""
    return None if value is None else round(Fraction(str(value)), _CERTAIN_DECIMALS)


def _month(index: int | None) -> Month | None:
    return None if index is None else Month(index)
