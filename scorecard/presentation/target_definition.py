"""What a target is: what is counted over what, from where, by which document, and what its limits are."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from scorecard.domain.form import Measure
from scorecard.domain.formula import Formula
from scorecard.domain.indicator import Indicator, IndicatorKind
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation import document_text, limit_lines, national_text
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.explanation_value import formula_text
from scorecard.presentation.texts import in_language

Line = tuple[str, tuple[str, ...]]
_PUBLISHED = frozenset({IndicatorKind.SCORE, IndicatorKind.RANK})


def definition_html(case: Case, amounts: Amounts) -> str:
    """Return what is defined as a list: what, and its lines."""
    items = "".join(
        f"<div><dt>{escape(amounts.formats.texts(f'target.label_{key}'))}</dt>"
        f"<dd>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</dd></div>"
        for key, lines in definition(case, amounts)
        if lines
    )
    return f'<dl class="target-definition">{items}</dl>'


def definition(case: Case, amounts: Amounts) -> Iterator[Line]:
    """Yield (key of the label, lines): scope, counts, window, direction, source, documents, limits, note."""
    target, indicator = case.standing.target, case.standing.indicator
    yield "scope", (case.speaks_of(amounts.formats.texts),)
    if indicator is not None:
        yield from _counted(case, indicator, amounts)
    yield "document", (document_text(case.plan, amounts), *_plan_name(case, amounts))
    yield "national", (national_text(target.national, amounts),) if target.national else ()
    yield "limits", tuple(limit_lines(case, amounts))
    yield "note", (target.note,) if target.note else ()


def _plan_name(case: Case, amounts: Amounts) -> Iterator[str]:
    yield in_language(amounts.formats.texts, case.plan.name, case.plan.name_en)


def _counted(case: Case, indicator: Indicator, amounts: Amounts) -> Iterator[Line]:
    texts, month = amounts.formats.texts, case.standing.month
    version = indicator.version_at(month)
    if version.denominator is None:
        key = "published" if indicator.kind in _PUBLISHED else "counted"
        yield key, tuple(_elements(version.numerator, amounts))
    else:
        above, below = (formula_text(each, month, amounts) for each in (version.numerator, version.denominator))
        yield "formula", (f"{above} ÷ {below}",)
        yield "above", tuple(_elements(version.numerator, amounts))
        yield "below", tuple(_elements(version.denominator, amounts))
    yield "window", (texts(f"target.window_{_window(case, indicator, amounts)}"), *_breaks(case, indicator, amounts))
    yield "direction", (texts("target.rising" if indicator.rising_is_good else "target.falling"),)
    yield "source", (indicator.source_system,) if indicator.source_system else ()


def _elements(formula: Formula, amounts: Amounts) -> Iterator[str]:
    """Name each element with the place where its figure is found."""
    texts = amounts.formats.texts
    for element_id in formula.elements:
        element = amounts.province.elements[element_id]
        name = in_language(texts, element.label, element.label_en)
        yield texts("target.element", name=name, place=element.found_in) if element.found_in else name


def _window(case: Case, indicator: Indicator, amounts: Amounts) -> str:
    if indicator.kind in _PUBLISHED:
        return "published"
    elements = indicator.version_at(case.standing.month).numerator.elements
    if all(amounts.province.elements[each].measure is Measure.STOCK for each in elements):
        return "stock"
    return "plan" if case.standing.target.cumulative else indicator.window.value


def _breaks(case: Case, indicator: Indicator, amounts: Amounts) -> Iterator[str]:
    for each in indicator.breaks:
        if each.at <= case.standing.month:
            yield amounts.formats.texts("target.break", month=amounts.formats.month(each.at), reason=each.reason)
