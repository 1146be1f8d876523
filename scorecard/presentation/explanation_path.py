"""The path of an explanation: baseline, expected today, P, E and R, each with its division written out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scorecard.domain.goal import Comparator
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Month
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.explanation_numbers import equals, exact, number, share, sign_of
from scorecard.presentation.formats import Line

_LIST_DECIMALS = 6


def path_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    """Say how far the way is done (P), how far it should be (E), and their quotient (R)."""
    standing, texts = case.standing, amounts.formats.texts
    if standing.target.steps:
        yield from _step_path(case, amounts)
        return
    if standing.baseline is None or standing.resolved_goal is None:
        yield texts("explain.no_baseline")
        return
    yield _baseline_line(case, amounts)
    if case.held:
        yield texts("explain.held", goal=level(case, standing.resolved_goal, amounts))
        return
    yield from _expected_lines(case, amounts)
    yield from _share_lines(case, amounts)
    yield from _ratio_lines(case, amounts)


def ratio_text(case: Case, amounts: Amounts) -> str | None:
    """Print R so that it never seems to reach a limit that it misses; None without a path."""
    limits, ratio = case.standing.target.limits, case.ratio
    if ratio is None:
        return None
    margin = limits.improving_margin
    levels = (limits.on_track_ratio, limits.off_track_ratio)
    lines = [Line(Comparator.AT_LEAST, level + more) for level in levels for more in (Fraction(0), margin)]
    return share(ratio, amounts.formats, *lines)


def level(case: Case, value: Fraction, amounts: Amounts) -> str:
    """Print a level of the path on the scale of the value: a share, a plain number, or members of a list."""
    standing, goal = case.standing, case.standing.resolved_goal
    rising = standing.baseline is None or goal is None or goal >= standing.baseline
    comparator = Comparator.AT_LEAST if rising else Comparator.AT_MOST
    if standing.is_share:
        return share(value, amounts.formats, *([Line(comparator, goal)] if goal is not None else []))
    line = Line(comparator, _scaled(case, goal)) if goal is not None else None
    return number(_scaled(case, value), amounts.formats, line)


def _scaled(case: Case, value: Fraction) -> Fraction:
    """Return a level in what it is printed in: %, members of the list, or the number itself."""
    standing = case.standing
    if standing.is_share:
        return value * 100
    listed = standing.indicator is not None and standing.indicator.kind is IndicatorKind.LIST_COUNT
    return round(value * standing.denominator, _LIST_DECIMALS) if listed and standing.denominator else value


def _baseline_line(case: Case, amounts: Amounts) -> str:
    texts, standing = amounts.formats.texts, case.standing
    value = standing.baseline or Fraction(0)
    month = amounts.formats.month(standing.baseline_month) if standing.baseline_month else ""
    sides = case.exact_baseline()
    printed = level(case, value, amounts)
    if sides is not None and standing.is_share:
        above, below = (exact(side, amounts.formats) for side in sides)
        printed = f"{above} ÷ {below} {sign_of(sides[0] / sides[1])} {printed}"
    if standing.target.cumulative and standing.target.baseline is None:
        return texts("explain.baseline_zero", value=printed)
    key = "explain.baseline_taken" if standing.baseline_taken else "explain.baseline_stated"
    return texts(key, value=printed, month=month)


def _expected_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    texts, standing, now = amounts.formats.texts, case.standing, case.now
    start, goal, expected = standing.baseline, standing.resolved_goal, case.expected
    if start is None or goal is None or expected is None or standing.baseline_month is None:
        return
    month, due, begun = standing.month.index, now["due_month"], standing.baseline_month.index
    if month >= due:
        yield texts("explain.expected_due", value=level(case, goal, amounts))
        return
    if month <= begun:
        yield texts("explain.expected_start", value=level(case, start, amounts))
        return
    from_start = now["lower_month"] is None or now["lower_month"] <= begun
    first, low = (begun, start) if from_start else (now["lower_month"], _float(now["lower_value"]))
    last = now["upper_month"] if now["upper_month"] is not None else due
    high = _float(now["upper_value"]) if now["upper_value"] is not None else goal
    yield texts(
        "explain.line",
        low=level(case, low, amounts),
        first=amounts.formats.month(Month(first)),
        high=level(case, high, amounts),
        last=amounts.formats.month(Month(last)),
    )
    low_text, high_text = level(case, low, amounts), level(case, high, amounts)
    months = f"{amounts.formats.count(month - first)} ÷ {amounts.formats.count(last - first)}"
    line = f"{low_text} + ({high_text} − {low_text}) × {months}"
    value = f"{sign_of(_scaled(case, expected) / 100)} {level(case, expected, amounts)}"
    yield texts("explain.expected", line=line, value=value)
    if abs(low + (high - low) * Fraction(month - first, last - first) - expected) > Fraction(1, 10**8):
        yield texts("explain.never_behind")


def _share_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    standing = case.standing
    done, wanted, expected = standing.path_done, standing.path_expected, case.expected
    value = case.value_at(standing.month)
    if value is None or standing.baseline is None or standing.resolved_goal is None:
        return
    start, goal = (level(case, each, amounts) for each in (standing.baseline, standing.resolved_goal))
    for key, reached, part in (("done", value, done), ("wanted", expected, wanted)):
        if reached is not None and part is not None:
            quotient = f"({level(case, reached, amounts)} − {start}) ÷ ({goal} − {start})"
            result = f"{sign_of(part)} {share(part, amounts.formats)}"
            yield amounts.formats.texts(f"explain.path_{key}", quotient=quotient, result=result)


def _ratio_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    texts, ratio = amounts.formats.texts, ratio_text(case, amounts)
    done, wanted = case.standing.path_done, case.standing.path_expected
    if ratio is None or done is None or wanted is None:
        yield texts("explain.no_ratio")
        return
    quotient = f"{share(done, amounts.formats)} ÷ {share(wanted, amounts.formats)}"
    sign = equals(done / wanted == case.ratio and sign_of(done / wanted) == "=")
    yield texts("explain.ratio", quotient=quotient, result=f"{sign} {ratio}")


def _step_path(case: Case, amounts: Amounts) -> Iterator[str]:
    formats, standing = amounts.formats, case.standing
    total = len(standing.target.steps)
    for key, part in (("done", standing.path_done), ("wanted", standing.path_expected)):
        if part is not None:
            quotient = f"{formats.count(round(part * total))} ÷ {formats.count(total)}"
            result = f"{sign_of(part)} {share(part, formats)}"
            yield formats.texts(f"explain.path_{key}", quotient=quotient, result=result)


def _float(value: float) -> Fraction:
    return Fraction(str(value))
