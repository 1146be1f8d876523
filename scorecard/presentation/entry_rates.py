"""What follows from one return: the rates computed from it, the targets it counts for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from scorecard.domain.form import Form
from scorecard.domain.goal import Scale, Threshold
from scorecard.domain.indicator import Indicator, IndicatorKind
from scorecard.domain.period import Month, Period
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.presentation.entry import Answer
from scorecard.presentation.formats import Formats, Line
from scorecard.presentation.texts import Texts, in_language


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate that follows from one return, both parts printed."""

    name: str
    value: str
    parts: str


def fed_targets(province: Province, form: Form, period: Period, texts: Texts) -> list[str]:
    """Name the targets in force that are computed from a form."""
    own = {element.id for element in form.elements}
    return [
        in_language(texts, target.name, target.name_en)
        for target in province.targets
        if target.starts <= period.last.last_day and period.first.first_day <= target.due
        if own & _counted(province, target, period.last)
    ]


def rates(province: Province, form: Form, period: Period, answers: Sequence[Answer], formats: Formats) -> list[Rate]:
    """Return the ratios that follow from this return alone; one whose parts are not all numbers is left out."""
    values = {answer.element.id: answer.value for answer in answers if answer.value is not None}
    own = {element.id for element in form.elements}
    list_size = partial(province.list_size, month=period.last)
    found = []
    for indicator in province.indicators.values():
        version = indicator.version_at(period.last)
        if version.denominator is None or not own & values.keys() >= set(_elements(indicator, period.last)):
            continue
        part, whole = (side.total(values, list_size) for side in (version.numerator, version.denominator))
        found.append(_rate(indicator, part, whole, _line(province, indicator), formats))
    return found


def _counted(province: Province, target: Target, month: Month) -> set[str]:
    if target.indicator_id is None:
        return {target.id} if target.steps else set()
    return set(_elements(province.indicators[target.indicator_id], month))


def _elements(indicator: Indicator, month: Month) -> tuple[str, ...]:
    version = indicator.version_at(month)
    return version.numerator.elements + (version.denominator.elements if version.denominator else ())


def _rate(indicator: Indicator, part: Fraction, whole: Fraction, line: Line | None, formats: Formats) -> Rate:
    texts = formats.texts
    name = in_language(texts, indicator.name, indicator.name_en)
    decimals = 0 if part.denominator == whole.denominator == 1 else 2
    printed = (formats.decimal(part, decimals), formats.decimal(whole, decimals))
    if whole == 0:
        return Rate(name, texts("entry.no_cases"), "")
    if indicator.kind is IndicatorKind.LIST_COUNT:
        return Rate(name, f"{printed[0]}/{printed[1]} {indicator.counted_in}", "")
    return Rate(
        name,
        formats.share(part / whole, indicator.decimals, line),
        texts("entry.parts", part=printed[0], whole=printed[1]),
    )


def _line(province: Province, indicator: Indicator) -> Line | None:
    """Return the goal that a printed rate must not seem to cross, where a target sets one."""
    for target in province.targets:
        if target.indicator_id == indicator.id:
            for goal in target.parts:
                if isinstance(goal, Threshold) and goal.scale is Scale.SHARE:
                    return Line(goal.comparator, goal.value)
    return None
