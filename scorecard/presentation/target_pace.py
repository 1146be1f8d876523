"""How fast a target must go from now on, and how fast it goes: one figure beside the other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scorecard.domain.goal import Threshold, WholeList
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.formats import MINUS
from scorecard.presentation.standing import Standing
from scorecard.presentation.target_figures import ahead

RECENT_MONTHS = 3

PaceFact = tuple[str, tuple[str, ...]]


def pace_fact(case: Case, amounts: Amounts) -> PaceFact:
    """Return both paces as one figure, with lines under it; words where there is no pace to tell.

    For a ratio of flows they are the shares of the cases still to come; for all else, the change each month.
    """
    standing, texts = case.standing, amounts.formats.texts
    if reason := _no_pace(case):
        return texts("target.no_pace"), (texts(f"target.{reason}"),)
    if standing.status is Status.MET:
        return texts("target.pace_met"), ()
    if standing.out_of_reach:
        return texts("target.out_of_reach"), tuple(_out_of_reach(standing, amounts))
    if standing.needed_rate is not None:
        return _shares(standing, amounts)
    return _monthly(case, amounts)


def _no_pace(case: Case) -> str | None:
    standing = case.standing
    if standing.target.steps:
        return "no_pace_steps"
    if not case.judged:
        return "no_pace_absent"
    if case.now["single"]:
        return "no_pace_published"
    return None if ahead(case) or standing.status is Status.MET else "no_pace_over"


def _out_of_reach(standing: Standing, amounts: Amounts) -> Iterator[str]:
    rising = standing.indicator is not None and standing.indicator.rising_is_good
    texts = amounts.formats.texts
    yield texts("target.out_of_reach_rate" if rising else "target.passed_for_good")
    if standing.needed_rate is not None:
        yield _shares(standing, amounts)[1][0]


def _shares(standing: Standing, amounts: Amounts) -> PaceFact:
    """Tell the share of the cases still to come that is needed, and the one expected at the present pace."""
    texts, formats, rate = amounts.formats.texts, amounts.formats, standing.needed_rate or Fraction(0)
    rising = standing.indicator is not None and standing.indicator.rising_is_good
    key = "target.pace_rate" if rising else "target.pace_allowed"
    needed = formats.share(rate)
    notes = []
    if standing.forecast_rate is None:
        value = texts("target.pace_alone", needed=needed)
        notes.append(texts(f"{key}_alone", needed=needed))
    else:
        now = formats.share(standing.forecast_rate)
        value = texts("target.pace_both", needed=needed, now=now)
        notes.append(texts(key, needed=needed, now=now))
    if standing.needed_count and standing.indicator is not None:
        counted = formats.counted(standing.needed_count, amounts.counted_in(standing.indicator, standing.month))
        notes.append(texts("target.needed_count", count=counted))
    return value, tuple(notes)


def _monthly(case: Case, amounts: Amounts) -> PaceFact:
    """Tell by how much the value must change each month, and by how much it did in the last months."""
    standing, texts = case.standing, amounts.formats.texts
    goal, value = _goal(standing), case.value_at(standing.month)
    if goal is None or value is None:
        return texts("target.no_pace"), ()
    left = Month.containing(standing.due).index - standing.month.index
    needed, before = _amount((goal - value) / left, standing, amounts), _value_before(case)
    unit = texts("target.points_a_month") if standing.is_share else _unit_a_month(standing, amounts)
    if before is None:
        return texts("target.pace_alone", needed=needed), (unit,)
    now = _amount((value - before) / RECENT_MONTHS, standing, amounts)
    note = texts("target.pace_recent_months", count=RECENT_MONTHS)
    return texts("target.pace_both", needed=needed, now=now), (unit, note)


def _unit_a_month(standing: Standing, amounts: Amounts) -> str:
    counted_in = standing.indicator.counted_in if standing.indicator else ""
    return amounts.formats.texts("target.unit_a_month", unit=counted_in).strip()


def _value_before(case: Case) -> Fraction | None:
    """Return the value three months before, in the same series and window; None where there is none."""
    month = case.standing.month.plus(-RECENT_MONTHS)
    row = case.measured.get(month.index)
    if row is None or row["segment_start"] != case.now["segment_start"] or not row["lower"]:
        return None
    counts_of_year = not case.now["is_ratio"] and case.window_start is not None and month < case.window_start
    return None if counts_of_year else case.value_at(month)


def _goal(standing: Standing) -> Fraction | None:
    """Return the number aimed at, on the scale of the path: of a list, all of it."""
    goal = standing.threshold or standing.goal
    if isinstance(goal, Threshold):
        return goal.value
    return Fraction(1) if isinstance(goal, WholeList) else standing.resolved_goal


def _amount(change: Fraction, standing: Standing, amounts: Amounts) -> str:
    """Print a change with its sign, on the scale of the value."""
    if standing.is_share:
        change *= 100
    listed = standing.indicator is not None and standing.indicator.kind is IndicatorKind.LIST_COUNT
    size = change * (standing.denominator or 0) if listed else change
    printed = amounts.formats.decimal(size, 0 if size.denominator == 1 and not standing.is_share else 1)
    return printed if printed.startswith(MINUS) else f"+{printed}"
