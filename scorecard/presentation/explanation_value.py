"""The value of an explanation: formula, months summed, who brought what, coverage, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scorecard.domain.formula import Formula, Term
from scorecard.domain.indicator import Indicator, IndicatorKind
from scorecard.domain.period import Frequency, Month, Period
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case, Contribution
from scorecard.presentation.explanation_numbers import equals, exact
from scorecard.presentation.explanation_path import level
from scorecard.presentation.texts import in_language

_ALL_UP_TO = 10
_LARGEST = 5
_BULLET = "  - "


def value_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    """Say how the value is computed and from what; of a milestone, which steps are done."""
    if case.standing.target.steps:
        yield from _step_lines(case, amounts)
        return
    indicator = case.standing.indicator
    if indicator is None or case.standing.status is Status.NOT_APPLICABLE:
        return
    yield formula_line(indicator, case.standing.value_month or case.standing.month, amounts)
    yield from _window_lines(case, indicator, amounts)
    if case.standing.numerator is None:
        yield amounts.formats.texts("explain.no_value")
    else:
        yield from _side_lines(case, amounts)
        yield from _contribution_lines(case, amounts)
    yield from _coverage_lines(case, indicator, amounts)
    yield from _printed_lines(case, indicator, amounts)


def _step_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    formats, standing = amounts.formats, case.standing
    texts, done = formats.texts, standing.steps_done
    if done is None:
        yield texts("explain.no_value")
        return
    yield texts("explain.steps_done", done=formats.count(done), total=formats.count(len(standing.target.steps)))
    for number, step in enumerate(standing.target.steps):
        late = (standing.month.last_day - step.by).days
        key = "explain.step_done" if number < done else "explain.step_late" if late > 0 else "explain.step_open"
        name = in_language(texts, step.name, step.name_en)
        yield _BULLET + texts(key, name=name, due=formats.day(step.by), days=formats.count(max(late, 0)))


def formula_line(indicator: Indicator, month: Month, amounts: Amounts) -> str:
    """Write an indicator as the formula in force in a month."""
    texts, version = amounts.formats.texts, indicator.version_at(month)
    above = formula_text(version.numerator, month, amounts)
    formula = above if version.denominator is None else f"{above} ÷ {formula_text(version.denominator, month, amounts)}"
    return texts("explain.formula", name=in_language(texts, indicator.name, indicator.name_en), formula=formula)


def formula_text(formula: Formula, month: Month, amounts: Amounts) -> str:
    """Write a formula with the names of its elements and the sizes of its lists."""
    written = ""
    for term in formula.terms:
        sign = " − " if term.factor < 0 else " + " if written else ""
        written += sign + _term(term, month, amounts)
    return f"({written})" if len(formula.terms) > 1 else written


def _term(term: Term, month: Month, amounts: Amounts) -> str:
    formats, factor = amounts.formats, abs(term.factor)
    if term.element is not None:
        element = amounts.province.elements[term.element]
        name = formats.texts("explain.element", name=in_language(formats.texts, element.label, element.label_en))
    elif term.list_id is not None:
        size = formats.count(amounts.province.list_size(term.list_id, month))
        name = formats.texts("explain.list_size", list=term.list_id, size=size)
    else:
        return formats.count(factor)
    return name if factor == 1 else f"{formats.count(factor)} × {name}"


def _window_lines(case: Case, indicator: Indicator, amounts: Amounts) -> Iterator[str]:
    formats, standing, start = amounts.formats, case.standing, case.window_start
    texts, last = formats.texts, standing.value_month
    if last is not None and standing.numerator is not None:
        if start is None:
            yield texts("explain.latest", period=value_period(indicator, last, amounts))
        else:
            key = "explain.window_one" if start == last else "explain.window"
            yield texts(key, first=formats.month(start), last=formats.month(last))
        if start is not None and start.index == case.now["not_before"]:
            yield texts("explain.carved", month=formats.month(start))
    begun = [month for month in indicator.break_months if month <= standing.month]
    if begun:
        reason = next((each.reason for each in indicator.breaks if each.at == begun[-1]), texts("explain.new_formula"))
        yield texts("explain.break", month=formats.month(begun[-1]), reason=reason)
    if standing.crosses_boundaries:
        yield texts("overview.across_boundaries")


def value_period(indicator: Indicator, month: Month, amounts: Amounts) -> str:
    """Name the month of a value, or the year where it is published once a year."""
    if indicator.publication_lag_months is None:
        return amounts.formats.month(month)
    return amounts.formats.period(Period.containing(month, Frequency.YEAR))


def _side_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    formats, standing = amounts.formats, case.standing
    if standing.numerator is None or case.now["single"]:
        return
    key = "explain.sum" if standing.denominator is None else "explain.numerator"
    yield formats.texts(key, number=exact(standing.numerator, formats))
    if standing.denominator is not None:
        yield formats.texts("explain.denominator", number=exact(standing.denominator, formats))
    if standing.approximate:
        yield formats.texts("explain.approximate")


def _contribution_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    texts = amounts.formats.texts
    ordered = sorted((each for each in case.contributions if each.unit is not None), key=_size, reverse=True)
    if not ordered:
        return
    shown = ordered if len(ordered) <= _ALL_UP_TO else ordered[:_LARGEST]
    yield texts("explain.contributions", count=amounts.formats.count(len(ordered)))
    for each in shown:
        yield _BULLET + texts("explain.contribution", unit=_unit_name(each, amounts), parts=_parts(each, amounts))
    others = ordered[len(shown) :]
    if others:
        rest = Contribution(
            unit=None,
            numerator=sum((each.numerator for each in others), Fraction(0)),
            denominator=None
            if others[0].denominator is None
            else sum((each.denominator or Fraction(0) for each in others), Fraction(0)),
        )
        count = amounts.formats.count(len(others))
        yield _BULLET + texts("explain.others", count=count, parts=_parts(rest, amounts))


def _size(each: Contribution) -> tuple[Fraction, Fraction]:
    return each.denominator or Fraction(0), each.numerator


def _parts(each: Contribution, amounts: Amounts) -> str:
    above = exact(each.numerator, amounts.formats)
    return f"{above}/{exact(each.denominator, amounts.formats)}" if each.denominator else above


def _unit_name(each: Contribution, amounts: Amounts) -> str:
    if each.unit is None or each.unit.valid_to is None:
        return each.unit.name if each.unit else ""
    return amounts.formats.texts("explain.until", unit=each.unit.name, day=amounts.formats.day(each.unit.valid_to))


def _coverage_lines(case: Case, indicator: Indicator, amounts: Amounts) -> Iterator[str]:
    formats, standing = amounts.formats, case.standing
    if indicator.kind in (IndicatorKind.SCORE, IndicatorKind.RANK):
        element = amounts.province.elements[indicator.version_at(standing.month).numerator.elements[0]]
        yield formats.texts("explain.found_in", source=element.found_in)
    elif standing.expected_units:
        reported, units = (formats.count(each or 0) for each in (standing.reported_units, standing.expected_units))
        yield formats.texts("explain.reported", reported=reported, units=units)
        if case.silent:
            yield _silent_line(case, amounts)
        if standing.numerator is not None and standing.coverage is not None:
            yield formats.texts("explain.coverage", share=formats.share(standing.coverage))
        yield from _range_lines(case, amounts)


def _range_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    """Say between what the value lies once everybody has reported; nothing where nobody is missing."""
    low, high = case.standing.value_low, case.standing.value_high
    if low is not None and high is not None and low < high:
        told = {"low": level(case, low, amounts), "high": level(case, high, amounts)}
        yield amounts.formats.texts("explain.range", **told)


def _silent_line(case: Case, amounts: Amounts) -> str:
    texts, most = amounts.formats.texts, _ALL_UP_TO if len(case.silent) <= _ALL_UP_TO else _LARGEST
    names = ", ".join(unit.name for unit in case.silent[:most])
    if len(case.silent) <= most:
        return texts("explain.silent", units=names)
    return texts("explain.silent_more", units=names, count=amounts.formats.count(len(case.silent) - most))


def _printed_lines(case: Case, indicator: Indicator, amounts: Amounts) -> Iterator[str]:
    standing, formats = case.standing, amounts.formats
    printed = amounts.value(standing)
    if printed is None or standing.value is None or standing.numerator is None:
        return
    if indicator.kind is IndicatorKind.RATIO and standing.denominator is not None:
        fraction = f"{exact(standing.numerator, formats)} ÷ {exact(standing.denominator, formats)}"
        whole = (standing.value * 100 * 10**indicator.decimals).denominator == 1
        printed = f"{fraction} {equals(whole)} {printed}"
    yield formats.texts("explain.value_line" if case.judged else "explain.value_unused", value=printed)
