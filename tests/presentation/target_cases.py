"""One case of each kind that a target's page must tell apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import polars as pl

from scorecard.calculation.evidence import evidence
from scorecard.domain.form import Element, Measure
from scorecard.domain.indicator import IndicatorKind, Window
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.presentation.explanation_case import Case, read_cases
from tests.calculation.provinces import element, figures, form, indicator, province, target, unit

JUNE = Month.parse("2025-06")
_MEASURES = {
    IndicatorKind.LIST_COUNT: Measure.STOCK,
    IndicatorKind.COUNT: Measure.FLOW,
    IndicatorKind.SCORE: Measure.SCORE,
    IndicatorKind.RANK: Measure.SCORE,
}
Row = tuple[str, str, str, int | str | None]
MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06")


def rates(*online: int, by: str = "a", months: Sequence[str] = MONTHS) -> list[Row]:
    """So many of 1.000 dossiers online in each month, the last of them being June 2025."""
    told = zip(months[-len(online) :], online, strict=True)
    return [row for month, count in told for row in ((month, by, "online", count), (month, by, "received", 1000))]


def counts(element_id: str, *values: int | str, by: str = "a", months: Sequence[str] = MONTHS) -> list[Row]:
    return [(month, by, element_id, value) for month, value in zip(months[-len(values) :], values, strict=True)]


def case_of(where: Province, what: pl.DataFrame, as_of: Month = JUNE) -> Case:
    (case,) = read_cases(where, where.targets[0], evidence(where, where.targets[0], what, as_of))
    return case


def _ratio(asked: Target, *rows: Row, as_of: Month = JUNE, rising_is_good: bool = True, units: str = "a") -> Case:
    rate = indicator(window=Window.MONTH, rising_is_good=rising_is_good)
    return case_of(province([asked], units=[unit(code) for code in units], indicators=[rate]), figures(*rows), as_of)


def _stated(goal: str | Sequence[str] = ">= 80%", start: str = "0.4", **changes: str) -> Target:
    return target(goal, baseline=("2024-12-31", start), **changes)  # type: ignore[arg-type]


def _counted(asked: Target, kind: IndicatorKind, *rows: Row, lower: str | None = None) -> Case:
    measured = kind is IndicatorKind.SCORE
    measure = _MEASURES[kind]
    told = indicator("done", lower, kind=kind, window=Window.PLAN, rising_is_good=kind is not IndicatorKind.RANK)
    one = replace(told, decimals=1, counted_in="%") if measured else replace(told, decimals=0, counted_in="việc")
    where = province([asked], units=[unit("a")], indicators=[one], forms=[form([_element(measured, measure)])])
    return case_of(where, figures(*rows))


def _element(measured: bool, measure: Measure) -> Element:
    return element("done", measure, decimals=1 if measured else 0, counted_in="%" if measured else "việc")


CASES: dict[str, Callable[[], Case]] = {
    "behind": lambda: _ratio(_stated(lead="a"), *rates(410, 420, 430, 440, 450, 460)),
    "ahead": lambda: _ratio(_stated(lead="a"), *rates(450, 500, 550, 600, 650, 700)),
    "on the path": lambda: _ratio(_stated(), *rates(600)),
    "two months": lambda: _ratio(_stated(), *rates(500, 550)),
    "met": lambda: _ratio(_stated(), *rates(500, 600, 700, 810, 820, 830)),
    "past its deadline": lambda: _ratio(_stated(due="2025-05-31"), *rates(700, 710)),
    "without any figure": lambda: _ratio(_stated()),
    "without this month": lambda: _ratio(_stated(), *rates(500, 520, months=MONTHS[:5])),
    "with an older value": lambda: _counted(
        target(">= 12", cumulative=True), IndicatorKind.COUNT, *counts("done", 0, 1, 0, 1, 1, months=MONTHS[:5])
    ),
    "hardly covered": lambda: _ratio(_stated(), *rates(500, 520), *rates(500, by="b", months=MONTHS[:5]), units="ab"),
    "nearly covered": lambda: _ratio(
        _stated(),
        *(row for by in "abcdefghi" for row in rates(550, by=by)),
        *rates(450, 550, by="j", months=MONTHS[:5]),
        units="abcdefghij",
    ),
    "without cases": lambda: _ratio(_stated(), ("2025-06", "a", "online", 0), ("2025-06", "a", "received", 0)),
    "lower is better": lambda: _ratio(_stated("<= 20%"), *rates(390, 380, 370, 360, 350, 340), rising_is_good=False),
    "to be held": lambda: _ratio(_stated(start="0.9"), *rates(890, 880, 870, 860, 850, 840)),
    "in a range": lambda: _ratio(_stated("70..90%"), *rates(500, 520, 540, 560, 580, 600)),
    "compound": lambda: _ratio(_stated([">= 80%", ">= previous + 2 points"]), *rates(500, 520, 540, 560, 580, 600)),
    "superseded": lambda: case_of(
        province([_stated()], units=[unit("a")], superseded_from="2025-03-01"), figures(*rates(500))
    ),
    "a list": lambda: _counted(
        target("76/76"), IndicatorKind.LIST_COUNT, *counts("done", 60, 62, 64, 66, 68, 70), lower="size(services)"
    ),
    "a count": lambda: _counted(
        target(">= 12", cumulative=True), IndicatorKind.COUNT, *counts("done", 0, 1, 0, 1, 1, 0)
    ),
    "a rank": lambda: _counted(target("rank <= 3"), IndicatorKind.RANK, *counts("done", 6)),
    "a score": lambda: _counted(target(">= 90%"), IndicatorKind.SCORE, *counts("done", "85.5")),
}


def milestone(done: int) -> Case:
    asked = target("done", name="store", indicator_id=None, steps=("2025-03-31", "2025-09-30", "2025-12-31"), lead="a")
    return case_of(province([asked], units=[unit("a")]), figures(("2025-06", "a", "store", done)))


CASES |= {"steps to do": lambda: milestone(0), "steps done": lambda: milestone(3)}
CASES = {kind: cache(make) for kind, make in CASES.items()}
