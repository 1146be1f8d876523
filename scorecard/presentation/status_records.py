"""Rows of a scoreboard as plain records, for JSON and CSV: the fields of the product page, in its order."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from scorecard.calculation.schedule import leading_part
from scorecard.domain.goal import Band, Comparator, Goal, Relative, Threshold, WholeList
from scorecard.domain.province import Province
from scorecard.presentation.reasons import Reasons
from scorecard.presentation.standing import Standing

Record = Mapping[str, str | int | float | None]

FIELDS = (
    "plan",
    "target",
    "unit",
    "period",
    "numerator",
    "denominator",
    "value",
    "comparator",
    "goal",
    "baseline",
    "expected",
    "path_done",
    "path_expected",
    "forecast",
    "forecast_low",
    "forecast_high",
    "status",
    "reason",
    "short_by",
    "needed_rate",
    "needed_count",
    "reported_units",
    "expected_units",
    "coverage",
)


def record(standing: Standing, row: Mapping[str, float | None], province: Province, reasons: Reasons) -> Record:
    """Return one row with every field; None where a value does not exist.

    `row` is the same line of frames.SCOREBOARD. Rates are shares 0-1, the unit is its code, the comparator of a
    range is `..` and its goal the limit that is nearer; a milestone has neither.
    """
    unit = province.units.by_id.get(standing.unit)
    told: Record = {
        "plan": standing.target.plan_id,
        "target": standing.target.id,
        "unit": unit.code if unit else standing.unit,
        "period": str(standing.month),
        "numerator": _number(standing.numerator),
        "denominator": _number(standing.denominator),
        "comparator": _comparator(standing.goal),
        "status": standing.status.value,
        "reason": reasons.sentence(standing),
    }
    return {name: told[name] if name in told else row[name] for name in FIELDS}


def _comparator(goal: Goal) -> str | None:
    match leading_part(goal):
        case Threshold(comparator) | Relative(comparator):
            return comparator.value
        case WholeList():
            return Comparator.AT_LEAST.value
        case Band():
            return ".."
        case _:
            return None


def _number(amount: Fraction | None) -> int | float | None:
    if amount is None:
        return None
    return amount.numerator if amount.denominator == 1 else float(amount)
