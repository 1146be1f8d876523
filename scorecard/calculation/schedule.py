"""What the plan says of each target month by month: goal in force, window, deadline, points of its path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import polars as pl

from scorecard.calculation.scopes import EARLIEST
from scorecard.domain.goal import AllOf, Band, Comparator, Done, Goal, Relative, Threshold, WholeList
from scorecard.domain.indicator import Indicator, Window
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan, Target
from scorecard.domain.province import Province

YEAR = 12
QUARTER = 3

_TARGET_MONTHS: dict[str, pl.DataType | type[pl.DataType]] = {
    "target": pl.String,
    "month": pl.Int32,
    "in_plan": pl.Boolean,
    "superseded": pl.Boolean,
    "before_review": pl.Boolean,
    "window_start": pl.Int32,
    "segment_start": pl.Int32,
    "due_month": pl.Int32,
    "due_window_start": pl.Int32,
    "not_due_before": pl.Int32,
    "spoken_of": pl.Int32,
    "spoken_from": pl.Int32,
    "previous": pl.Int32,
    "previous_from": pl.Int32,
    "lower_month": pl.Int32,
    "lower_value": pl.Float64,
    "upper_month": pl.Int32,
    "upper_value": pl.Float64,
    "late_days": pl.List(pl.Int64),
}
TARGET_MONTHS = pl.Schema(_TARGET_MONTHS)
"""One row per target × month, from a year before its plan to the month asked for.

The value judged is the one held in month `spoken_of`, and must speak of `spoken_from` or later; `previous` is
the same for last year's. `due_window_start` is where the window of the deadline begins. Before `not_due_before` the
value is not yet published. `lower_*` and `upper_*` are
the dated values of the path around the month; null means the baseline below and the goal above. `late_days`
are the days each step of a milestone is past its own last day (negative: still to come).
"""

CONDITIONS = pl.Schema(
    {
        "target": pl.String,
        "month": pl.Int32,
        "comparator": pl.String,
        "relative": pl.Boolean,
        "goal_upper": pl.Int64,
        "goal_lower": pl.Int64,
        "leading": pl.Boolean,
    }
)
"""What must hold, all of it: value `comparator` goal_upper ÷ goal_lower (plus last year's value when `relative`).

`leading` conditions are those whose path is followed, see `leading_part`.
"""


@dataclass(frozen=True)
class Schedule:
    """One target with its plan and indicator (None for a milestone), up to a month."""

    province: Province
    plan: Plan
    target: Target
    indicator: Indicator | None
    as_of: Month

    @property
    def starts(self) -> Month:
        """First month judged: that of the plan, never later than the month asked for."""
        return min(Month.containing(self.target.starts), self.as_of)

    @property
    def months(self) -> range:
        """A year before the plan (for its baseline and last year's values) to the month asked for."""
        return range(self.starts.index - YEAR, self.as_of.index + 1)

    def target_months(self) -> Iterator[tuple[object, ...]]:
        """Yield rows of TARGET_MONTHS."""
        ended = superseded_from(self.province, self.plan)
        review = self.target.first_review
        for index in self.months:
            month = Month(index)
            due = Month.containing(self.target.goal_at(month)[1])
            yield (
                self.target.id,
                index,
                index >= self.starts.index,
                ended is not None and ended <= month.last_day,
                review is not None and month.last_day < review,
                max(self._window_start(month), self._segment_start(month)),
                self._segment_start(month),
                due.index,
                max(self._window_start(due), self._segment_start(month)),
                *self._judged(month),
                *self._points(month),
                [(month.last_day - step.by).days for step in self.target.steps],
            )

    def conditions(self) -> Iterator[tuple[object, ...]]:
        """Yield rows of CONDITIONS."""
        listed = self.indicator is not None and self.indicator.versions[0].denominator is not None
        for index in self.months:
            goal = self.target.goal_at(Month(index))[0]
            leading = leading_part(goal)
            for part in goal.parts if isinstance(goal, AllOf) else (goal,):
                for comparator, relative, value in _conditions(part, as_share=listed):
                    yield self.target.id, index, comparator, relative, *value.as_integer_ratio(), part is leading

    def _segment_start(self, month: Month) -> int:
        breaks = self.indicator.break_months if self.indicator else ()
        return max((each.index for each in breaks if each <= month), default=EARLIEST)

    def _window_start(self, month: Month) -> int:
        window = self.indicator.window if self.indicator else Window.PLAN
        if self.target.cumulative:
            window = Window.PLAN
        match window:
            case Window.MONTH:
                return month.index
            case Window.YEAR:
                return Month.of(month.year, 1).index
            case Window.ROLLING_3:
                return month.index - QUARTER + 1
            case Window.ROLLING_12:
                return month.index - YEAR + 1
            case Window.PLAN:
                return Month.containing(self.target.starts).index

    def _judged(self, month: Month) -> tuple[int, int, int, int, int]:
        lag = self.indicator.publication_lag_months if self.indicator else None
        if lag is None:
            return EARLIEST, month.index, EARLIEST, month.index - YEAR, EARLIEST
        first = Month.of(self.target.goal_at(month)[1].year, 1).index
        last = first + YEAR - 1
        return last + lag, min(month.index, last), first, first - 1, first - YEAR

    def _points(self, month: Month) -> tuple[int | None, float | None, int | None, float | None]:
        values = self.target.path or self.target.stepped
        dated = [(Month.containing(each.by), float(each.value)) for each in values]
        below = max((each for each in dated if each[0] <= month), default=None)
        above = min((each for each in dated if each[0] > month), default=None)
        lower = (below[0].index, below[1]) if below else (None, None)
        upper = (above[0].index, above[1]) if above else (None, None)
        return *lower, *upper


def superseded_from(province: Province, plan: Plan) -> date | None:
    """Return the day from which another plan stands in this one's place, None when none does."""
    if plan.superseded_from is not None:
        return plan.superseded_from
    return min((other.starts for other in province.plans if plan.id in other.supersedes), default=None)


def leading_part(goal: Goal) -> Goal:
    """Return the part of a goal whose path is followed: the first with a number of its own, else the first."""
    if not isinstance(goal, AllOf):
        return goal
    return next((part for part in goal.parts if not isinstance(part, Relative)), goal.parts[0])


def _conditions(part: Goal, *, as_share: bool) -> Iterator[tuple[str, bool, Fraction]]:
    match part:
        case Threshold():
            yield part.comparator.value, False, part.value
        case Relative():
            yield part.comparator.value, True, part.offset
        case Band():
            yield Comparator.AT_LEAST.value, False, part.low
            yield Comparator.AT_MOST.value, False, part.high
        case WholeList():
            yield Comparator.AT_LEAST.value, False, Fraction(1 if as_share else part.size)
        case Done():
            yield Comparator.AT_LEAST.value, False, Fraction(1)
        case AllOf():
            raise TypeError(part)
