"""What each indicator adds up, as frames: its elements by version, its constants by month, its scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from scorecard.calculation.scopes import EARLIEST, LATEST
from scorecard.domain.form import Element, Measure
from scorecard.domain.formula import Formula
from scorecard.domain.indicator import FormulaVersion, Indicator, IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province

FLOW_GROUP = "flow"
PERCENT = "%"

TERMS = pl.Schema(
    {
        "indicator": pl.String,
        "since": pl.Int32,
        "until": pl.Int32,
        "flow": pl.Boolean,
        "group": pl.String,
        "groups_needed": pl.Int32,
        "terms_needed": pl.Int32,
        "in_numerator": pl.Boolean,
        "element": pl.String,
        "factor": pl.Int64,
        "decimals_wanted": pl.Int8,
    }
)
"""One row per indicator × formula version × side × element.

The elements of a `group` count only together, period by period: all flows, or the stocks of one form.
"""

SCALES = pl.Schema(
    {
        "indicator": pl.String,
        "numerator_decimals": pl.Int8,
        "denominator_decimals": pl.Int8,
        "is_ratio": pl.Boolean,
        "single": pl.Boolean,
        "has_flow": pl.Boolean,
        "has_stock": pl.Boolean,
        "rising_is_good": pl.Boolean,
        "numerator_scale": pl.Int128,
        "denominator_scale": pl.Int128,
        "case": pl.Int128,
    }
)
"""One row per indicator (a milestone stands under its target's id).

Exact value = numerator × numerator_scale ÷ (denominator × denominator_scale), denominator 1 when not a ratio;
`case` is what one more case adds to the upper half. `single` values are picked, not summed.
"""

CONSTANTS = pl.Schema(
    {"indicator": pl.String, "month": pl.Int32, "numerator_constant": pl.Int64, "denominator_constant": pl.Int64}
)


@dataclass(frozen=True)
class Measured:
    """The indicators and milestones behind some targets, with the decimals that their figures carry."""

    province: Province
    targets: tuple[Target, ...]
    decimals: Mapping[str, int]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Indicators in use, in the order of the file."""
        used = {target.indicator_id for target in self.targets}
        return tuple(each for each in self.province.indicators.values() if each.id in used)

    @property
    def milestones(self) -> tuple[Target, ...]:
        """Targets that count steps done."""
        return tuple(target for target in self.targets if target.steps)

    def terms(self) -> pl.DataFrame:
        """Return frame TERMS."""
        rows: list[tuple[object, ...]] = []
        for indicator in self.indicators:
            for version, since, until in _spans(indicator.versions):
                rows += self._terms_of(indicator, version, since, until)
        rows += [
            (each.id, EARLIEST, LATEST, False, each.id, 1, 1, True, each.id, 1, self.decimals.get(each.id, 0))
            for each in self.milestones
        ]
        return pl.DataFrame(rows, TERMS, orient="row")

    def scales(self) -> pl.DataFrame:
        """Return frame SCALES."""
        rows = [self._scale_of(indicator) for indicator in self.indicators]
        for each in self.milestones:
            decimals = self.decimals.get(each.id, 0)
            rows.append((each.id, decimals, 0, True, True, False, True, True, 1, 10**decimals, 10**decimals))
        return pl.DataFrame(rows, SCALES, orient="row")

    def constants(self, months: Iterable[int]) -> pl.DataFrame:
        """Return frame CONSTANTS: list sizes and plain numbers of the formulas, only where there are any."""
        rows: list[tuple[object, ...]] = []
        for index in months:
            rows += [(each.id, index, 0, len(each.steps)) for each in self.milestones]
            for indicator in self.indicators:
                version = indicator.version_at(Month(index))
                sides = (self._constant(version.numerator, index), self._constant(version.denominator, index))
                if any(sides):
                    scales = (10 ** self._decimals(indicator, upper) for upper in (True, False))
                    rows.append((indicator.id, index, *(s * scale for s, scale in zip(sides, scales, strict=True))))
        return pl.DataFrame(rows, CONSTANTS, orient="row")

    def _terms_of(
        self, indicator: Indicator, version: FormulaVersion, since: int, until: int
    ) -> Iterator[tuple[object, ...]]:
        terms = [
            (self.province.elements[term.element], term.factor, upper)
            for upper, formula in ((True, version.numerator), (False, version.denominator))
            for term in (formula.terms if formula else ())
            if term.element is not None
        ]
        groups = [_group(element) for element, _, _ in terms]
        stocks = len(set(groups) - {FLOW_GROUP})
        for (element, factor, upper), group in zip(terms, groups, strict=True):
            flow = group == FLOW_GROUP
            needed = (1 if flow else stocks, groups.count(group))
            wanted = self._decimals(indicator, upper)
            yield indicator.id, since, until, flow, group, *needed, upper, element.id, factor, wanted

    def _scale_of(self, indicator: Indicator) -> tuple[object, ...]:
        ratio = indicator.versions[0].denominator is not None
        elements = [self.province.elements[each] for each in _elements(indicator)]
        flows = [element.measure is Measure.FLOW for element in elements]
        single = indicator.kind in (IndicatorKind.SCORE, IndicatorKind.RANK)
        percent = single and any(element.counted_in == PERCENT for element in elements)
        upper, lower = self._decimals(indicator, True), self._decimals(indicator, False)
        above = 10**lower if ratio else 1
        return (
            indicator.id,
            upper,
            lower if ratio else None,
            ratio,
            single,
            any(flows),
            not all(flows),
            indicator.rising_is_good,
            above,
            10**upper * (100 if percent else 1),
            10**upper * above,
        )

    def _decimals(self, indicator: Indicator, upper: bool) -> int:
        sides = [v.numerator if upper else v.denominator for v in indicator.versions]
        used = {element for side in sides if side is not None for element in side.elements}
        known = self.province.elements
        return max((max(known[each].decimals, self.decimals.get(each, 0)) for each in used), default=0)

    def _constant(self, formula: Formula | None, month: int) -> int:
        total = 0
        for term in formula.terms if formula else ():
            if term.element is None:
                size = self.province.list_size(term.list_id, Month(month)) if term.list_id else 1
                total += term.factor * size
        return total


def segments(indicators: Iterable[Indicator]) -> pl.DataFrame:
    """Return the spans between breaks of each indicator: indicator, segment_start, segment_end."""
    rows = []
    for indicator in indicators:
        starts = [EARLIEST, *(month.index for month in indicator.break_months)]
        ends = [*(start - 1 for start in starts[1:]), LATEST]
        rows += [(indicator.id, *span) for span in zip(starts, ends, strict=True)]
    schema = {"indicator": pl.String, "segment_start": pl.Int32, "segment_end": pl.Int32}
    return pl.DataFrame(rows, schema, orient="row")


def _spans(versions: tuple[FormulaVersion, ...]) -> Iterator[tuple[FormulaVersion, int, int]]:
    starts = [version.since.index if version.since else EARLIEST for version in versions]
    ends = [*(start - 1 for start in starts[1:]), LATEST]
    return zip(versions, starts, ends, strict=True)


def _group(element: Element) -> str:
    return FLOW_GROUP if element.measure is Measure.FLOW else element.form_id


def _elements(indicator: Indicator) -> tuple[str, ...]:
    formulas = [side for v in indicator.versions for side in (v.numerator, v.denominator) if side is not None]
    return tuple(dict.fromkeys(element for formula in formulas for element in formula.elements))
