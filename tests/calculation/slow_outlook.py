"""What a row of the slow scoreboard is heading for: its series on today's units, the forecast, and what is needed."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from scorecard.calculation.outlook import REMEMBERED_MONTHS
from scorecard.domain.form import Measure
from scorecard.domain.goal import Comparator
from scorecard.domain.indicator import Window
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.unit import Unit
from tests.calculation.slow_forecast import SlowForecast

if TYPE_CHECKING:
    from tests.calculation.slow_twin import Report, Twin

Points = dict[int, tuple[Fraction, Fraction]]
DECIMALS = {"online": 0, "received": 1, "extra": 0, "held": 0, "owned": 0, "par": 2, "steps": 0}
"""Decimals of the figures of random provinces; of the small provinces of other tests, none."""


def forecast_of(twin: Twin, target: Target, unit: Unit | None, month: int) -> dict[str, Any]:
    """Return the answer of the slow forecast, empty where the row has none."""
    if twin.is_single(target):
        return {}
    kinds = {twin.province.elements[e].measure for _, e, _ in twin.formulas(target, month)}
    flow = kinds == {Measure.FLOW}
    if len(kinds) > 1 or (flow and has_constants(twin, target)):
        return {}
    assert target.indicator_id
    ratio = twin.province.indicators[target.indicator_id].versions[0].denominator is not None
    points = flow_points(twin, target, unit, month, ratio) if flow else level_points(twin, target, unit, month, ratio)
    if not points:
        return {}
    due = Month.containing(target.goal_at(Month(month))[1]).index
    # The question at a point is that of the month of the point, so a deadline that changed since asks nothing.
    here = max(points)
    if month_due(target, here) != due and here >= min(Month.containing(target.starts).index, twin.as_of):
        return {}
    start = due_window_start(twin, target, unit, month, due)
    grain = 10 ** max((DECIMALS[e] for upper, e, _ in twin.formulas(target, month) if not upper), default=0)
    forecast = SlowForecast(points, not flow, ratio, Fraction(1) if ratio else None, due, start, grain if flow else 1)
    summed = ("known_upper", "known_lower", "expected_volume")
    return {name: told for name, told in forecast.answer().items() if flow or name not in summed}


def month_due(target: Target, month: int) -> int:
    return Month.containing(target.goal_at(Month(month))[1]).index


def has_constants(twin: Twin, target: Target) -> bool:
    assert target.indicator_id
    versions = twin.province.indicators[target.indicator_id].versions
    sides = [side for v in versions for side in (v.numerator, v.denominator) if side]
    return any(term.element is None for side in sides for term in side.terms)


def due_window_start(twin: Twin, target: Target, unit: Unit | None, month: int, due: int) -> int:
    assert target.indicator_id
    window = Window.PLAN if target.cumulative else twin.province.indicators[target.indicator_id].window
    start = {
        Window.MONTH: due,
        Window.YEAR: due - due % 12,
        Window.ROLLING_3: due - 2,
        Window.ROLLING_12: due - 11,
        Window.PLAN: Month.containing(target.starts).index,
    }[window]
    return max(start, twin.segment(target, month), twin.not_before(target, unit))


def remembered_from(twin: Twin, target: Target) -> int:
    return min(Month.containing(target.starts).index, twin.as_of) - 12


def usable(twin: Twin, target: Target, unit: Unit | None, month: int) -> int:
    return max(twin.segment(target, month), twin.not_before(target, unit))


def flow_points(twin: Twin, target: Target, unit: Unit | None, month: int, ratio: bool) -> Points:
    who = twin.line(target, unit, month) | twin.departed(target, unit, month)
    told = [r for r in twin.reports(target) if r.numerator is not None and r.last <= twin.as_of]
    first = max(
        usable(twin, target, unit, month), min(remembered_from(twin, target), twin.as_of - REMEMBERED_MONTHS + 1)
    )
    signed = [(r.last, r, 1) for r in told if r.unit in who]
    signed += [(longer.last, r, -1) for r in told if r.unit in who for longer in next_longer(r, told)]
    points: Points = {}
    for at, report, sign in signed:
        if first <= at <= month:
            upper, lower = points.get(at, (Fraction(0), Fraction(0)))
            assert report.numerator is not None
            points[at] = (upper + sign * report.numerator, lower + sign * report.denominator)
    if ratio:
        return {at: point for at, point in points.items() if point[1] > 0}
    return {at: (upper, Fraction(1)) for at, (upper, _) in points.items()}


def next_longer(report: Report, told: list[Report]) -> list[Report]:
    longer = [
        r
        for r in told
        if r.unit == report.unit
        and r.first <= report.first
        and r.last >= report.last
        and r.last - r.first > report.last - report.first
    ]
    return sorted(longer, key=lambda r: r.last - r.first)[:1]


def level_points(twin: Twin, target: Target, unit: Unit | None, month: int, ratio: bool) -> Points:
    points: Points = {}
    for at in range(max(remembered_from(twin, target), usable(twin, target, unit, month)), month + 1):
        counted = twin.held_by(target, twin.line(target, unit, month), at)
        if counted and max(r.last for r in counted) == at:
            value = twin.total(target, counted, set(), at)
            if value.exact is not None and (not ratio or (value.denominator or 0) > 0):
                points[at] = (value.exact, Fraction(1))
    return points


def needs_of(twin: Twin, target: Target, at: dict[str, Any]) -> tuple[float | None, int | None, bool | None]:
    """Return needed rate, needed count and whether the goal is out of reach."""
    forecast = at["forecast"]
    if target.steps or at["status"] not in ("too_early", "on_track", "at_risk", "off_track"):
        return None, None, None
    assert target.indicator_id
    indicator = twin.province.indicators[target.indicator_id]
    flow = twin.is_flow(target)
    if not flow:
        return None, twin.short_by(target, at) if indicator.rising_is_good else None, None
    better = (">=", ">", "=") if indicator.rising_is_good else ("<=", "<", "=")
    goal = next(((c, g) for c, g, lead in at["conditions"] if lead and c.value in better), None)
    if not forecast or goal is None or goal[1] is None:
        return None, None, None
    comparator, number = goal
    known, volume = Fraction(str(forecast["known_upper"])), Fraction(str(forecast["expected_volume"]))
    ratio = indicator.versions[0].denominator is not None
    whole = Fraction(str(forecast["known_lower"])) + volume if ratio else Fraction(1)
    missing = number * whole - known
    strict = comparator in (Comparator.ABOVE, Comparator.BELOW)
    count = max(0, floor(missing) + 1 if strict else ceil(missing)) if indicator.rising_is_good else None
    if not ratio or volume <= 0:
        return None, count, None
    if indicator.rising_is_good:
        beyond = missing >= volume if strict else missing > volume
    else:
        beyond = missing <= 0 if strict else missing < 0
    return max(0.0, float(missing / volume)), count, beyond
