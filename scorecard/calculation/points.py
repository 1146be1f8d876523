"""Points of composite indexes: maxima and thresholds as the decision sets them, missing rates never as zero."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

import polars as pl

from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.goal import Comparator, Scale, Threshold
from scorecard.domain.index import Component, Group, Index
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan, Scope, Target
from scorecard.domain.province import Province

_PLAN = "index"
_HUNDREDTHS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one component earns; `rate` and `points` are None where there is no rate, `why_none` says why.

    `points` are whole hundredths, so that what is printed adds up.
    """

    component: Component
    numerator: Fraction | None
    denominator: Fraction | None
    rate: Fraction | None
    points: Fraction | None
    why_none: str | None

    @property
    def full(self) -> bool:
        """Whether the rate earns all points there are, never by rounding; a line shown only has none to earn."""
        component = self.component
        return self.rate is not None and exact_points(component, self.rate) == component.maximum > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Points added up: those earned so far, the maximum of the components that have a rate, and the whole maximum.

    With the missing components the total lies from `points` (nothing more) to `highest` (all of what is missing).
    """

    points: Fraction
    known_maximum: Fraction
    maximum: Fraction

    @property
    def highest(self) -> Fraction:
        """The total if all that is missing earned its full points."""
        return self.points + self.maximum - self.known_maximum

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return self.known_maximum == self.maximum


def exact_points(component: Component, rate: Fraction) -> Fraction:
    """Return the points of a rate (0-1): maximum × min(1, rate ÷ full_at), or those of the highest step reached."""
    if component.steps:
        return next((step.points for step in component.steps if rate >= step.at_least), Fraction(0))
    return component.maximum * min(Fraction(1), rate / component.full_at)


def counted_points(component: Component, rate: Fraction) -> Fraction:
    """Return the points as they are counted: hundredths, rounded half up, but never up to the maximum.

    QĐ 766/QĐ-TTg is scored with two decimals; rates below the threshold must not print as full points.
    """
    exact = exact_points(component, rate)
    rounded = Fraction(floor(exact * _HUNDREDTHS + Fraction(1, 2)), _HUNDREDTHS)
    if exact < component.maximum <= rounded:
        return component.maximum - Fraction(1, _HUNDREDTHS)
    return rounded


def total(lines: tuple[Line, ...], maximum: Fraction) -> Total:
    """Add up the lines of a group or of an index."""
    known = [line for line in lines if line.points is not None]
    points = sum((line.points for line in known if line.points is not None), Fraction(0))
    return Total(
        points=points,
        known_maximum=sum((line.component.maximum for line in known), Fraction(0)),
        maximum=maximum,
    )


def group_lines(group: Group, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines of one group."""
    return tuple(line for line in lines if line.component in group.components)


def index_lines(province: Province, index: Index, figures: pl.DataFrame, as_of: Month) -> tuple[Line, ...]:
    """Measure every component of an index for the whole province in a month; `figures` is frames.FIGURES.

    The rates are those of the indicators, over their own windows. A component has no rate when nobody reported the
    month (not_reported) or where there were no cases (no_cases); it then has no points, rather than none earned.
    """
    board = scoreboard(_as_plan(province, index, as_of), figures, as_of)
    rows = {row["target"]: row for row in board.iter_rows(named=True)}
    return tuple(_line(component, rows[component.id]) for component in index.components)


def published_scores(province: Province, index: Index, figures: pl.DataFrame, as_of: Month) -> dict[str, Fraction]:
    """Return the province's own figures of the index's published elements for a month, by element."""
    wanted = [*(each.element_id for each in index.published), *([index.published_id] if index.published_id else [])]
    root = province.units.find(province.root_code, as_of.last_day)
    own = figures.filter(
        pl.col("element").is_in(wanted)
        & (pl.col("unit") == (root.id if root else ""))
        & (pl.col("last_month") == as_of.index)
        & pl.col("amount").is_not_null()
    )
    return {
        element: Fraction(amount, 10**decimals)
        for element, amount, decimals in own.select("element", "amount", "decimals").iter_rows()
    }


def _line(component: Component, row: dict[str, int | str | None]) -> Line:
    sides = []
    for side in ("numerator", "denominator"):
        amount, decimals = row[side], row[f"{side}_decimals"]
        sides.append(None if amount is None else Fraction(int(amount), 10 ** int(decimals or 0)))
    numerator, denominator = sides
    why = None if row["status"] != "no_data" else "no_cases" if row["reason"] == "no_cases" else "not_reported"
    rate = numerator / denominator if why is None and numerator is not None and denominator else None
    return Line(
        component=component,
        numerator=numerator,
        denominator=denominator,
        rate=rate,
        points=None if rate is None else counted_points(component, rate),
        why_none=why,
    )


def _as_plan(province: Province, index: Index, as_of: Month) -> Province:
    """Return the province with one plan only, whose targets are the components."""
    starts, ends = Month.of(as_of.year, 1).first_day, Month.of(as_of.year, 12).last_day
    targets = tuple(
        Target(
            id=component.id,
            plan_id=_PLAN,
            name=component.name,
            name_en=component.name_en,
            indicator_id=component.indicator_id,
            goal=Threshold(Comparator.AT_LEAST, component.full_at, Scale.SHARE),
            starts=starts,
            due=ends,
            scope=Scope(),
        )
        for component in index.components
    )
    plan = Plan(
        id=_PLAN,
        name=index.name,
        name_en=index.name_en,
        document=index.document,
        starts=starts,
        ends=ends,
        supersedes=(),
        superseded_from=None,
        targets=targets,
    )
    return replace(province, plans=(plan,))
