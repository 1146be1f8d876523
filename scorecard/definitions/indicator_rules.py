"""Rules of indicators: the right formulas for their kind, made of elements that exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scorecard.definitions.draft import Draft
from scorecard.definitions.fields import Field
from scorecard.definitions.form_rules import formula_names, ids
from scorecard.definitions.problem import Problem, error, warning
from scorecard.definitions.records import FormulaFields, IndicatorRecord, VersionRecord
from scorecard.definitions.rule import duplicates, findings
from scorecard.definitions.shapes import Placed
from scorecard.domain.form import Measure
from scorecard.domain.formula import Formula
from scorecard.domain.indicator import IndicatorKind

_TWO_SIDED = (IndicatorKind.RATIO, IndicatorKind.LIST_COUNT)
_PUBLISHED = (IndicatorKind.SCORE, IndicatorKind.RANK)
_SIDES: tuple[Field[Formula], ...] = (FormulaFields.numerator, FormulaFields.denominator)
_VALUE: tuple[Field[Formula], ...] = (FormulaFields.value,)


def indicator_problems(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with indicators.yaml."""
    for indicator in draft.indicators:
        yield from findings(_versions_in_order(indicator), _mixture(draft, indicator), _window(draft, indicator))
        for formulas in _formulas(indicator):
            yield from findings(_sides(indicator, formulas))
            yield from findings(_names(draft, formulas))
            yield from findings(_denominator(indicator, formulas))
            yield from findings(_published(draft, indicator, formulas), _summed(draft, indicator, formulas))
    yield from duplicates(ids(draft.indicators, IndicatorRecord.id))


def _formulas(indicator: IndicatorRecord) -> Iterator[FormulaFields]:
    yield indicator
    for version in indicator.values.get("versions", ()):  # type: ignore[attr-defined]
        yield version.value


def _written(formulas: FormulaFields) -> Iterator[Placed[Formula]]:
    for field in (*_SIDES, *_VALUE):
        formula = formulas.values.get(field.key)
        if isinstance(formula, Formula):
            yield Placed(formula, formulas.at(field))


def _sides(indicator: IndicatorRecord, formulas: FormulaFields) -> Iterator[Problem]:
    needed, excess = (_SIDES, _VALUE) if indicator.kind in _TWO_SIDED else (_VALUE, _SIDES)
    for field in needed:
        if not formulas.has(field):
            yield error(formulas.place, "formula_missing", key=field.key, kind=indicator.kind)
    for field in excess:
        if formulas.has(field):
            yield error(formulas.at(field), "formula_excess", key=field.key, kind=indicator.kind)


def _names(draft: Draft, formulas: FormulaFields) -> Iterator[Problem]:
    for formula in _written(formulas):
        yield from formula_names(draft, formula.value, formula.place, set(draft.elements))


def _denominator(indicator: IndicatorRecord, formulas: FormulaFields) -> Iterator[Problem]:
    denominator = formulas.denominator
    if denominator is None:
        return
    place = formulas.at(FormulaFields.denominator)
    if not denominator.terms:
        yield error(place, "denominator_zero")
    elif indicator.kind is IndicatorKind.LIST_COUNT and not _is_list_size(denominator):
        yield error(place, "list_size_needed")


def _is_list_size(formula: Formula) -> bool:
    return len(formula.terms) == len(formula.lists) == 1 and formula.terms[0].factor == 1


def _published(draft: Draft, indicator: IndicatorRecord, formulas: FormulaFields) -> Iterator[Problem]:
    """Report a score or rank that is not exactly one element published by others."""
    value = formulas.value
    if indicator.kind not in _PUBLISHED or value is None:
        return
    single = len(value.terms) == len(value.elements) == 1 and value.terms[0].factor == 1
    element = draft.elements.get(value.elements[0]) if single else None
    if not single or (element is not None and element.measure is not Measure.SCORE):
        yield error(formulas.at(FormulaFields.value), "score_element_needed", kind=indicator.kind)


def _summed(draft: Draft, indicator: IndicatorRecord, formulas: FormulaFields) -> Iterator[Problem]:
    """Report a score element in a formula that adds up over months and units."""
    if indicator.kind in _PUBLISHED:
        return
    for formula in _written(formulas):
        for name in formula.value.elements:
            if name in draft.elements and draft.elements[name].measure is Measure.SCORE:
                yield error(formula.place, "score_summed", name=name)


def _measures(draft: Draft, formulas: FormulaFields) -> set[Measure]:
    names = (name for formula in _written(formulas) for name in formula.value.elements)
    return {draft.elements[name].measure for name in names if name in draft.elements}


def _mixture(draft: Draft, indicator: IndicatorRecord) -> Iterator[Problem]:
    for formulas in _formulas(indicator):
        if {Measure.FLOW, Measure.STOCK} <= _measures(draft, formulas):
            yield warning(formulas.place, "mixes_flows_and_stocks")


def _window(draft: Draft, indicator: IndicatorRecord) -> Iterator[Problem]:
    summed = indicator.kind not in _PUBLISHED
    if summed and not indicator.has(IndicatorRecord.window) and Measure.FLOW in _measures(draft, indicator):
        yield error(indicator.place, "window_missing")


def _versions_in_order(indicator: IndicatorRecord) -> Iterator[Problem]:
    versions = [version.value for version in indicator.versions or ()]
    for earlier, later in pairwise(versions):
        if later.since <= earlier.since:
            yield error(later.at(VersionRecord.since), "not_in_order", earlier=earlier.since)
