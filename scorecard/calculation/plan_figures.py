"""What a plan is computed from: its elements, the months for which they are there, the days on which they are due."""

from __future__ import annotations

from datetime import date

import polars as pl

from scorecard import frames
from scorecard.calculation.expected_returns import expected_returns
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.domain.province import Province


def plan_elements(province: Province, plan: Plan) -> frozenset[str]:
    """Return the elements behind the targets of a plan, whatever the month; of a milestone its own."""
    indicators = [province.indicators[each.indicator_id] for each in plan.targets if each.indicator_id]
    formulas = [side for each in indicators for v in each.versions for side in (v.numerator, v.denominator) if side]
    milestones = frozenset(each.id for each in plan.targets if each.steps)
    return milestones.union(*(formula.elements for formula in formulas))


def last_month_reported(province: Province, plan: Plan, figures: pl.DataFrame, until: Month) -> Month | None:
    """Return the last month, no later than `until`, in which a period of the plan's figures (frames.FIGURES) ends.

    None when there are none.
    """
    frames.check(figures, frames.FIGURES)
    own = figures.filter(pl.col("element").is_in(plan_elements(province, plan)) & (pl.col("last_month") <= until.index))
    last = own["last_month"].max()
    return None if last is None else Month(last)  # type: ignore[arg-type]


def due_days(province: Province, plan: Plan, month: Month) -> tuple[date, ...]:
    """Return the days on which returns behind a plan are due for periods that end in a month, each once, in order."""
    elements = plan_elements(province, plan)
    forms = [form.id for form in province.forms if any(each.id in elements for each in form.elements)]
    expected = expected_returns(province, range(month.index, month.index + 1))
    return tuple(expected.filter(pl.col("form").is_in(forms))["due"].unique().sort())
