"""Columns and types of the frames that cross a module; the only place where they are named."""

from __future__ import annotations

from typing import TypeVar

import polars as pl

from scorecard.domain.figure import FigureState
from scorecard.domain.review import ReturnState
from scorecard.domain.status import ForecastMethod, Status

FIGURE_STATE = pl.Enum([state.value for state in FigureState])
STATUS = pl.Enum([status.value for status in Status])
FORECAST_METHOD = pl.Enum([method.value for method in ForecastMethod])

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)
_Columns = dict[str, pl.DataType | type[pl.DataType]]

_FIGURE_COLUMNS: _Columns = {
    "unit": pl.String,
    "element": pl.String,
    "first_month": pl.Int32,
    "last_month": pl.Int32,
    "amount": pl.Int64,
    "decimals": pl.Int8,
    "state": FIGURE_STATE,
}
FIGURES = pl.Schema(_FIGURE_COLUMNS)
"""One row per unit id × element × period: the revision in force.

Months are `Month.index`. `amount` is the value times 10 to the power `decimals`, so 89.20 is 8920 with 2;
null exactly when the state carries no number.
"""

RETURN_STATE = pl.Enum([state.value for state in ReturnState])

_RETURN_COLUMNS: _Columns = {
    "unit": pl.String,
    "form": pl.String,
    "first_month": pl.Int32,
    "last_month": pl.Int32,
    "state": RETURN_STATE,
    "first_submitted_on": pl.Date,
}
RETURNS = pl.Schema(_RETURN_COLUMNS)
"""One row per return that was begun: unit id × form × period, with where it stands.

`first_submitted_on` is the day (Vietnamese time) of its first submission, whatever was corrected later; null for one
never submitted.
"""

FORECAST_EVIDENCE: _Columns = {
    "forecast_method": FORECAST_METHOD,
    "forecast_rate": pl.Float64,
    "forecast_recent": pl.Float64,
    "forecast_earlier": pl.Float64,
    "forecast_pool": pl.Int32,
    "forecast_error": pl.Float64,
    "forecast_trial": pl.Int32,
    "forecast_trials": pl.Int32,
}
"""How a forecast was reached: its way, the rates it read and the trials on the past."""

_SCOREBOARD_COLUMNS: _Columns = {
    "plan": pl.String,
    "target": pl.String,
    "unit": pl.String,
    "month": pl.Int32,
    "status": STATUS,
    "reason": pl.String,
    "numerator": pl.Int64,
    "numerator_decimals": pl.Int8,
    "denominator": pl.Int64,
    "denominator_decimals": pl.Int8,
    "value": pl.Float64,
    "value_low": pl.Float64,
    "value_high": pl.Float64,
    "value_month": pl.Int32,
    "approximate": pl.Boolean,
    "goal": pl.Float64,
    "due_month": pl.Int32,
    "baseline": pl.Float64,
    "baseline_month": pl.Int32,
    "baseline_taken": pl.Boolean,
    "expected": pl.Float64,
    "path_done": pl.Float64,
    "path_expected": pl.Float64,
    "short_by": pl.Int64,
    "forecast": pl.Float64,
    "forecast_low": pl.Float64,
    "forecast_high": pl.Float64,
    "forecast_path": pl.Float64,
    **FORECAST_EVIDENCE,
    "known_numerator": pl.Int64,
    "known_denominator": pl.Int64,
    "expected_volume": pl.Int64,
    "needed_rate": pl.Float64,
    "needed_count": pl.Int64,
    "out_of_reach": pl.Boolean,
    "steps_done": pl.Int64,
    "steps_total": pl.Int64,
    "step_late_days": pl.Int64,
    "reported_units": pl.Int64,
    "expected_units": pl.Int64,
    "coverage": pl.Float64,
    "window_start": pl.Int32,
    "crosses_boundaries": pl.Boolean,
    "previous_status": STATUS,
    "status_since": pl.Int32,
}
SCOREBOARD = pl.Schema(_SCOREBOARD_COLUMNS)
"""One row per target × unit (the province's root code for a total; a unit id for `each` and by-unit rows).

Shares are 0-1. `numerator` and `denominator` are exact fixed-point sums; for a count, score or rank the value
is the numerator and the denominator is null. `value` is null where there is none (no figures, or a denominator
of zero, which leaves `denominator` at 0). `value_low` and `value_high` are what it would be with the worst and the best
that the units not yet reported had in their last 12 months, see calculation.ranges; null for scores, ranks and
milestones, and for every month but the last. `value_month` is the last month the value speaks of, older than
`month` for a stock reported earlier. `goal` is the goal in force, null for a milestone. `reason` is a key under
`reason.` of the text file. `reported_units` of `expected_units` reported for the period (for a stock: for the
latest period whose due day has passed); `coverage` is the share of cases of the units that the value stands on,
null where nobody is expected. `short_by` is null unless the target is open and further cases would meet the goal.
A milestone's value is the share of its steps done. `window_start` is the first month summed, null for stocks and
scores. `crosses_boundaries` marks a value that holds figures of units that no longer exist. `status_since` is the
first month of those in a row with the present status.

`forecast` is the value expected at the deadline, `forecast_low` and `forecast_high` hold it in about 80 of 100 cases,
`forecast_path` is the forecast on the scale of the path; null with fewer than four reported months, for scores, ranks
and milestones. It is made of what the deadline's window holds (`known_numerator` ÷ `known_denominator`) and of
`forecast_rate` over the `expected_volume` still to come, which is told by `forecast_method` (the pace is that from
`forecast_earlier` to `forecast_recent` in `forecast_pool` months); the mean error of that
method was `forecast_error` in `forecast_trials` trials made `forecast_trial` months ahead. `needed_rate` is the share
that the rest must reach for the goal, `needed_count` the cases that this means, `out_of_reach` says that even 100% of
the rest would not do; see calculation.needed. Null where nothing is needed any more.
"""


def check(frame: Frame, schema: pl.Schema) -> Frame:
    """Return the frame unchanged; raise TypeError when its columns or types differ from the schema."""
    found = frame.collect_schema()
    if found != schema:
        raise TypeError(f"expected {schema}, found {found}")
    return frame
