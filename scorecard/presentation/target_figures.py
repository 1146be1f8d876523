"""The figures of one target as its page prints them; differences are those of the printed figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from scorecard.calculation.projection import FEWEST_POINTS
from scorecard.domain.goal import Comparator, Scale, Threshold, WholeList
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Month
from scorecard.presentation.amounts import Amounts, plain_number
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.explanation_value import value_period
from scorecard.presentation.formats import MINUS, NO_BREAK_SPACE
from scorecard.presentation.standing import Standing
from scorecard.presentation.target_names import lead_name

_WHOLE_WITHIN = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """The second of two printed figures minus the first; `text` is its size with the unit of measure."""

    amount: Fraction
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFigures:
    """Every figure that the page and its sentence share; None where there is none.

    `from_path` is how far the value is from the expected one, `from_goal` and `forecast_from_goal` how far value and
    forecast are from the goal, each as other − value. `points` counts the months in one series that a forecast could
    use.
    """

    value: str | None
    period: str | None
    expected: str | None
    from_path: Difference | None
    goal: str
    due: str
    from_goal: Difference | None
    forecast: str | None
    forecast_low: str | None
    forecast_high: str | None
    forecast_from_goal: Difference | None
    forecast_reaches: bool
    points: int
    lead: str | None


def read_figures(case: Case, amounts: Amounts) -> TargetFigures:
    """Print the figures of a case."""
    standing, formats = case.standing, amounts.formats
    value = amounts.value(standing)
    wanted = case.expected if case.judged else None
    expected = None if wanted is None else expected_text(wanted, standing, amounts)
    forecast = printed(standing.forecast, standing, amounts) if case.judged and ahead(case) else None
    limit = _limit(standing, amounts)
    return TargetFigures(
        value=value,
        period=_period(standing, amounts),
        expected=expected,
        from_path=_difference(value, expected, standing, amounts),
        goal=amounts.goal(standing),
        due=formats.day(standing.due),
        from_goal=_difference(value, limit, standing, amounts),
        forecast=forecast,
        forecast_low=printed(standing.forecast_low, standing, amounts) if forecast else None,
        forecast_high=printed(standing.forecast_high, standing, amounts) if forecast else None,
        forecast_from_goal=_difference(forecast, limit, standing, amounts),
        forecast_reaches=forecast is not None and _reaches(standing),
        points=count_points(case),
        lead=lead_name(standing, case.province),
    )


def ahead(case: Case) -> bool:
    """Say whether the deadline is still ahead of the month."""
    return case.standing.month < Month.containing(case.standing.due)


def too_few_points(case: Case) -> bool:
    """Say whether only the number of months stands in the way of a forecast."""
    standing = case.standing
    open_now = case.judged and ahead(case) and not standing.target.steps and not case.now["single"]
    return open_now and standing.forecast is None and count_points(case) < FEWEST_POINTS


def count_points(case: Case) -> int:
    """Count the months with figures of their own since the last break of the series."""
    start = case.now["segment_start"]
    return sum(
        start <= month <= case.standing.month.index and row["value_month"] == month and bool(row["lower"])
        for month, row in case.measured.items()
    )


def _period(standing: Standing, amounts: Amounts) -> str | None:
    if standing.value_month is None:
        return None
    if standing.indicator is None:
        return amounts.formats.month(standing.value_month)
    return value_period(standing.indicator, standing.value_month, amounts)


def expected_text(value: Fraction, standing: Standing, amounts: Amounts) -> str | None:
    """Print a value of the path (0-1 for a list); None for a milestone or a place in a ranking.

    Whole things are rounded to the side on which the path is kept.
    """
    if standing.indicator is None or standing.indicator.kind is IndicatorKind.RANK:
        return None
    if standing.is_share:
        return amounts.on_scale(standing, value)
    size = standing.denominator or 0 if standing.indicator.kind is IndicatorKind.LIST_COUNT else 1
    value = round(value * size, _WHOLE_WITHIN)
    if standing.indicator.decimals:
        text = amounts.formats.decimal(value, standing.indicator.decimals)
    else:
        text = amounts.formats.count(ceil(value) if standing.indicator.rising_is_good else floor(value))
    return _counted(text, standing, amounts)


def _limit(standing: Standing, amounts: Amounts) -> str | None:
    """Print the number of the goal that the value is held against; None for a range, a place or a milestone."""
    goal = standing.threshold or standing.goal
    match goal:
        case Threshold(_, value, Scale.SHARE):
            return f"{plain_number(value * 100, amounts.formats)}%"
        case Threshold(_, value, Scale.NUMBER):
            return plain_number(value, amounts.formats)
        case WholeList(size):
            return amounts.formats.count(size)
        case _:
            return None


def printed(value: Fraction | None, standing: Standing, amounts: Amounts) -> str | None:
    """Print another value of a standing as its own is printed, with what it counts; None where there is none."""
    return None if value is None else _counted(amounts.on_scale(standing, value), standing, amounts)


def _counted(text: str | None, standing: Standing, amounts: Amounts) -> str | None:
    indicator = standing.indicator
    if text is None or indicator is None or standing.is_share or indicator.kind is IndicatorKind.RANK:
        return text
    return f"{text} {indicator.counted_in}".strip().replace(" ", NO_BREAK_SPACE)


def _reaches(standing: Standing) -> bool:
    """Say whether the forecast meets the goal, as exactly as it is known."""
    goal, value = standing.threshold or standing.goal, standing.forecast
    if value is None:
        return False
    match goal:
        case Threshold(Comparator.EQUAL, limit):
            return round(value, _WHOLE_WITHIN) == round(limit, _WHOLE_WITHIN)
        case Threshold(comparator, limit):
            return comparator.holds(round(value, _WHOLE_WITHIN), limit)
        case WholeList():
            return round(value, _WHOLE_WITHIN) >= 1
        case _:
            return standing.forecast_path is not None and standing.forecast_path >= 1


def _difference(first: str | None, second: str | None, standing: Standing, amounts: Amounts) -> Difference | None:
    """Subtract two printed figures, so that the reader's subtraction agrees."""
    if first is None or second is None or standing.indicator is None:
        return None
    if standing.indicator.kind is IndicatorKind.RANK:
        return None
    (one, decimals), (other, more) = _read(first, amounts), _read(second, amounts)
    size = amounts.formats.decimal(abs(other - one), max(decimals, more))
    if standing.is_share:
        text = amounts.formats.texts("format.points", number=size)
    else:
        text = f"{size} {amounts.counted_in(standing.indicator, standing.month)}".strip()
    return Difference(other - one, text.replace(" ", NO_BREAK_SPACE))


def _read(printed: str, amounts: Amounts) -> tuple[Fraction, int]:
    """Read the first number of a printed figure, and with how many decimals it is printed."""
    thousands, decimal = amounts.formats.texts("format.thousands"), amounts.formats.texts("format.decimal")
    match = re.search(rf"({MINUS}?)(\d[\d{re.escape(thousands)}]*)(?:{re.escape(decimal)}(\d+))?", printed)
    if match is None:
        raise ValueError(printed)
    sign, whole, rest = match[1], match[2].replace(thousands, ""), match[3] or ""
    size = Fraction(int(whole + rest), 10 ** len(rest))
    return (-size if sign else size), len(rest)
