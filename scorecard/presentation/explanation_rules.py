"""The rules of an explanation: the statuses in the order in which they are tried, up to the first that holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from scorecard.domain.goal import Comparator
from scorecard.domain.period import Month
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts, plain_number, plain_share
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.explanation_numbers import share
from scorecard.presentation.explanation_path import level, ratio_text
from scorecard.presentation.formats import Line

_WORSE_THAN_GOOD = frozenset({Status.AT_RISK, Status.OFF_TRACK})
_BAD = frozenset({Status.OFF_TRACK})
_REPORTS_SHOWN = 3


def rule_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    """Say of each status, in the order of product rule §6.7, whether its rule holds; the first that does decides.

    Which one holds is what the calculation decided, so that the explanation can never contradict the overview.
    """
    texts, reached = amounts.formats.texts, case.standing.status
    for status, condition in _CONDITIONS.items():
        key = "explain.rule_holds" if status is reached else "explain.rule_fails"
        yield texts(key, status=texts(f"status.{status}"), condition=condition(case, amounts))
        if status is reached:
            break
    yield from _memory_lines(case, amounts)


def _not_applicable(_: Case, amounts: Amounts) -> str:
    return amounts.formats.texts("explain.if_not_applicable")


def _not_due(case: Case, amounts: Amounts) -> str:
    formats, indicator = amounts.formats, case.standing.indicator
    if indicator is None or indicator.publication_lag_months is None:
        return formats.texts("explain.if_not_due_never")
    published = formats.month(Month(case.now["not_due_before"]))
    return formats.texts("explain.if_not_due", year=str(case.standing.due.year), month=published)


def _no_data(case: Case, amounts: Amounts) -> str:
    formats, standing = amounts.formats, case.standing
    if standing.target.steps or case.now["single"]:
        return formats.texts("explain.if_no_value")
    if standing.coverage is None:
        return formats.texts("explain.if_no_data")
    limit = standing.target.limits.minimum_coverage
    covered = share(standing.coverage, formats, Line(Comparator.AT_LEAST, limit))
    return formats.texts("explain.if_low_coverage", coverage=covered, limit=plain_share(limit, formats))


def _met(case: Case, amounts: Amounts) -> str:
    formats, standing = amounts.formats, case.standing
    if standing.target.steps:
        done, total = formats.count(standing.steps_done or 0), formats.count(len(standing.target.steps))
        return formats.texts("explain.if_steps_done", done=done, total=total)
    return formats.texts("explain.if_met_ever" if standing.target.cumulative else "explain.if_met")


def _missed(case: Case, amounts: Amounts) -> str:
    formats, standing = amounts.formats, case.standing
    return formats.texts("explain.if_missed", period=formats.month(standing.month), due=formats.day(standing.due))


def _too_early(case: Case, amounts: Amounts) -> str:
    formats, standing = amounts.formats, case.standing
    texts, target = formats.texts, standing.target
    told = []
    if target.first_review:
        told.append(texts("explain.if_before_review", day=formats.day(target.first_review)))
    if case.held or target.steps:
        return told[0] if told else texts("explain.if_no_review")
    if case.ratio is None or standing.path_expected is None:
        told.append(texts("explain.if_no_ratio"))
    else:
        limit = target.limits.too_early_expected
        wanted = share(standing.path_expected, formats, Line(Comparator.AT_LEAST, limit))
        told.append(texts("explain.if_path_just_begun", expected=wanted, limit=plain_share(limit, formats)))
    return texts("explain.or").join(told)


def _on_track(case: Case, amounts: Amounts) -> str:
    texts, limits = amounts.formats.texts, case.standing.target.limits
    if case.standing.target.steps:
        return texts("explain.if_no_step_late", days=_days(case, amounts))
    if case.held:
        return texts("explain.if_held", goal=amounts.goal(case.standing))
    ratio = ratio_text(case, amounts) or ""
    paced = texts("explain.if_ratio_reaches", ratio=ratio, limit=_limit(case, limits.on_track_ratio, amounts))
    return paced + _forecast(case, "explain.if_forecast_reaches", _WORSE_THAN_GOOD, amounts)


def _off_track(case: Case, amounts: Amounts) -> str:
    formats, limits = amounts.formats, case.standing.target.limits
    texts = formats.texts
    if case.standing.target.steps:
        limit = formats.count(limits.late_step_days)
        return texts("explain.if_step_late", days=_days(case, amounts), limit=limit)
    if case.held:
        return texts("explain.if_not_held", goal=amounts.goal(case.standing))
    ratio = ratio_text(case, amounts) or ""
    behind = texts("explain.if_ratio_below", ratio=ratio, limit=_limit(case, limits.off_track_ratio, amounts))
    told = [behind + _forecast(case, "explain.if_forecast_misses", _BAD, amounts)]
    if case.standing.forecast_path is not None:
        told.append(
            texts(
                "explain.if_forecast_below",
                forecast=_forecast_share(case, amounts),
                limit=_limit(case, limits.off_track_forecast, amounts),
                ratio=ratio,
                other=plain_share(limits.on_track_ratio + _margin(case, _BAD), formats),
            )
        )
    falling = texts("explain.if_falling", limit=plain_share(limits.on_track_ratio, formats))
    return texts("explain.or").join([*told, f"{falling}{_last_values(case, amounts)}"])


def _at_risk(_: Case, amounts: Amounts) -> str:
    return amounts.formats.texts("explain.if_between")


_CONDITIONS: Mapping[Status, Callable[[Case, Amounts], str]] = {
    Status.NOT_APPLICABLE: _not_applicable,
    Status.NOT_DUE: _not_due,
    Status.NO_DATA: _no_data,
    Status.MET: _met,
    Status.MISSED: _missed,
    Status.TOO_EARLY: _too_early,
    Status.ON_TRACK: _on_track,
    Status.OFF_TRACK: _off_track,
    Status.AT_RISK: _at_risk,
}


def _forecast(case: Case, key: str, after: frozenset[Status], amounts: Amounts) -> str:
    """Say how the forecast is held against the goal; nothing where there is none."""
    if case.standing.forecast_path is None:
        return ""
    limit = plain_share(case.arrival(_margin(case, after)), amounts.formats)
    return amounts.formats.texts(key, forecast=_forecast_share(case, amounts), limit=limit)


def _forecast_share(case: Case, amounts: Amounts) -> str:
    limits = case.standing.target.limits
    margins = (Fraction(0), limits.improving_margin)
    levels = [limits.off_track_forecast + margin for margin in margins] + [case.arrival(margin) for margin in margins]
    value = case.standing.forecast_path or Fraction(0)
    return share(value, amounts.formats, *(Line(Comparator.AT_LEAST, level) for level in levels))


def _margin(case: Case, after: frozenset[Status]) -> Fraction:
    worse = case.standing.previous_status in after
    return case.standing.target.limits.improving_margin if worse else Fraction(0)


def _days(case: Case, amounts: Amounts) -> str:
    return amounts.formats.count(case.standing.step_late_days or 0)


def _limit(case: Case, limit: Fraction, amounts: Amounts) -> str:
    """Print a limit; with the margin for improving where the month before was worse."""
    limits, formats = case.standing.target.limits, amounts.formats
    before = case.standing.previous_status
    if not _raised(case, limit) or before is None:
        return plain_share(limit, formats)
    return formats.texts(
        "explain.raised_limit",
        total=plain_share(limit + limits.improving_margin, formats),
        limit=plain_share(limit, formats),
        margin=plain_number(limits.improving_margin * 100, formats),
        before=formats.texts(f"status.{before}"),
    )


def _raised(case: Case, limit: Fraction) -> bool:
    worse = _WORSE_THAN_GOOD if limit == case.standing.target.limits.on_track_ratio else _BAD
    return case.standing.previous_status in worse


def _memory_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    """Say so when only the month before keeps the target from the better status."""
    standing, ratio, limits = case.standing, case.ratio, case.standing.target.limits
    by_path = standing.status in _WORSE_THAN_GOOD and not standing.target.steps and not case.held
    if ratio is None or not by_path:
        return
    for limit in (limits.on_track_ratio, limits.off_track_ratio):
        if _raised(case, limit) and limit <= ratio < limit + limits.improving_margin:
            yield amounts.formats.texts(
                "explain.memory",
                ratio=ratio_text(case, amounts),
                limit=plain_share(limit, amounts.formats),
                before=amounts.formats.texts(f"status.{standing.previous_status}"),
            )


def _last_values(case: Case, amounts: Amounts) -> str:
    """Print the values of the last three reports, in brackets."""
    reports = {each.value_month: case.value_at(each.month) for each in case.months if each.value_month is not None}
    told = [
        amounts.formats.texts("explain.value_of", month=amounts.formats.month(month), value=level(case, value, amounts))
        for month, value in sorted(reports.items())[-_REPORTS_SHOWN:]
        if value is not None
    ]
    return f" ({', '.join(told)})" if told else ""
