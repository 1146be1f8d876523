"""The gap of an explanation: which units carry what is short, and what raising them would do."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import polars as pl

from scorecard.calculation.raising import able, no_worse, raised
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.explanation_numbers import share

_SHOWN = 5
_BULLET = "  - "


def gap_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    """Name the units with the largest gaps; nothing where nobody is short, or only one unit has figures."""
    standing, gaps = case.standing, case.gaps
    short = gaps.filter(pl.col("short_by") > 0)
    if not short.height or gaps.height < 2 or standing.indicator is None:
        return
    formats, texts = amounts.formats, amounts.formats.texts
    counted_in = amounts.counted_in(standing.indicator, standing.month)
    total = Fraction(int(gaps["short_upper"].sum()), int(gaps["short_lower"][0]))
    over = gaps.height - short.height
    yield texts("gap.units", short=formats.count(short.height), over=formats.count(over))
    for row in short.head(_SHOWN).iter_rows(named=True):
        part = formats.share(Fraction(str(row["share"])))
        amount = formats.counted(row["short_by"], counted_in)
        yield _BULLET + texts("gap.unit", unit=_name(row["contributor"], amounts), amount=amount, share=part)
    rest = short.height - min(_SHOWN, short.height)
    if rest:
        held = sum((Fraction(str(value)) for value in short["share"][_SHOWN:]), Fraction(0))
        yield _BULLET + texts("gap.others", count=formats.count(rest), share=formats.share(held))
    if total > 0:
        yield texts("gap.total", total=formats.decimal(total, 0 if total.denominator == 1 else 1))
    yield from _raised_lines(case, amounts)


def _raised_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    gaps, levels, formats, goal = case.gaps, case.levels, amounts.formats, case.standing.threshold
    if goal is None:
        return
    units = able(gaps, levels)
    for count in dict.fromkeys((min(_SHOWN, len(units)), len(units))):
        if count:
            value = raised(gaps, levels, units[:count], no_worse(goal.comparator)).value
            yield formats.texts("gap.raised", count=formats.count(count), value=share(value, formats))


def _name(unit_id: str | None, amounts: Amounts) -> str:
    unit = amounts.province.units.by_id.get(unit_id or "")
    return unit.name if unit else amounts.formats.texts("gap.constant")
