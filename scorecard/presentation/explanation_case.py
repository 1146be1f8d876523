"""What an explanation is made of: a line of the scoreboard, what it was measured from, and its months before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from scorecard.calculation.changes import Change
from scorecard.calculation.evidence import Evidence
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan, Target
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scorecard.frames import SCOREBOARD
from scorecard.presentation.standing import Standing, read_standings
from scorecard.presentation.texts import Texts, in_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one unit brought to a value, exact; `unit` is None for what the formula itself adds."""

    unit: Unit | None
    numerator: Fraction
    denominator: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line to be explained.

    `months` are its standings from the plan's start to the month asked for, `measured` what each month was judged
    on, by month, from a year before the plan (columns of calculation.measurement.measure). `silent` are the units of a
    total that owed figures for the month and did not report; `gaps`, `levels`, `change` and `holders` as in Evidence.
    """

    province: Province
    plan: Plan
    months: tuple[Standing, ...]
    measured: Mapping[int, Mapping[str, Any]]
    expected: Fraction | None
    window_start: Month | None
    contributions: tuple[Contribution, ...]
    silent: tuple[Unit, ...]
    gaps: pl.DataFrame
    levels: Mapping[str, Fraction]
    change: Change | None
    holders: pl.DataFrame | None

    @property
    def standing(self) -> Standing:
        """The line in the month asked for."""
        return self.months[-1]

    @property
    def now(self) -> Mapping[str, Any]:
        """What the month asked for was judged on."""
        return self.measured[self.standing.month.index]

    @property
    def judged(self) -> bool:
        """Whether the value of the month decided the status."""
        return self.standing.judged

    @property
    def held(self) -> bool:
        """Whether the baseline was already past the goal, so that the goal must be held and there is no path."""
        standing = self.standing
        known = standing.baseline is not None and standing.resolved_goal is not None
        return known and standing.path_expected is None and not standing.target.steps

    @property
    def ratio(self) -> Fraction | None:
        """R = P ÷ E, as it is held against the limits: rounded to nine decimals; None without a path."""
        done, wanted = self.standing.path_done, self.standing.path_expected
        return round(done / wanted, 9) if done is not None and wanted else None

    def arrival(self, margin: Fraction) -> Fraction:
        """Return the share of the path that a forecast must reach: all of it and the margin, but not above 100%."""
        goal, start = self.standing.resolved_goal, self.standing.baseline
        if not self.now["is_ratio"] or goal is None or start is None or goal == start:
            return 1 + margin
        farthest = ((1 if goal > start else 0) - start) / (goal - start)
        return min(1 + margin, max(Fraction(1), round(Fraction(farthest), 9)))

    def value_at(self, month: Month) -> Fraction | None:
        """Return the exact value that a month is judged on, on the scale of goal and path: of a list, a share."""
        row = self.measured[month.index]
        return Fraction(row["upper"], row["lower"]) if row["lower"] else None

    def exact_baseline(self) -> tuple[Fraction, Fraction] | None:
        """Return both sides of the ratio that the baseline was taken from; None where it is no such ratio."""
        standing = self.standing
        if not standing.baseline_taken or standing.baseline is None or standing.baseline_month is None:
            return None
        for month in sorted(self.measured, reverse=True):
            row = self.measured[month]
            taken = month <= standing.baseline_month.index and row["is_ratio"] and row["lower"]
            if taken and abs(Fraction(row["upper"], row["lower"]) - standing.baseline) < Fraction(1, 10**12):
                scales = (10 ** row["numerator_decimals"], 10 ** row["denominator_decimals"])
                return Fraction(row["numerator"], scales[0]), Fraction(row["denominator"], scales[1])
        return None

    def speaks_of(self, texts: Texts) -> str:
        """Name the units that the line speaks of: one unit, the named units, a level, or the province."""
        target, province = self.standing.target, self.province
        unit = province.units.by_id.get(self.standing.unit)
        if unit is not None:
            return unit.name
        if target.scope.codes:
            return ", ".join(_names(target, province))
        level = next((each for each in province.levels if each.id == target.scope.level), None)
        if level is not None:
            return in_language(texts, level.name, level.name_en)
        return texts("explain.whole_province", name=in_language(texts, province.name, province.name_en))


def read_cases(province: Province, target: Target, found: Evidence) -> tuple[Case, ...]:
    """Join the frames behind one target line by line."""
    plan = province.plan(target.plan_id)
    own = found.history.filter((pl.col("plan") == plan.id) & (pl.col("target") == target.id)).sort("month")
    cases = []
    for unit in own.filter(pl.col("month") == pl.col("month").max()).sort("row")["unit"]:
        board = own.filter(pl.col("unit") == unit).select(SCOREBOARD.names())
        last = board.row(-1, named=True)
        rows = found.measured.filter((pl.col("target") == target.id) & (pl.col("unit") == unit))
        parts = found.contributions.filter((pl.col("target") == target.id) & (pl.col("unit") == unit))
        cases.append(
            Case(
                province=province,
                plan=plan,
                months=read_standings(board, province),
                measured={row["month"]: row for row in rows.iter_rows(named=True)},
                expected=None if last["expected"] is None else Fraction(str(last["expected"])),
                window_start=None if last["window_start"] is None else Month(last["window_start"]),
                contributions=tuple(_contributions(parts, province, last)),
                silent=() if unit in province.units.by_id else tuple(province.units.by_id[u] for u in found.silent),
                gaps=found.gaps.filter(pl.col("unit") == unit),
                levels=found.levels,
                change=found.change,
                holders=found.holders,
            )
        )
    return tuple(cases)


def _contributions(parts: pl.DataFrame, province: Province, last: Mapping[str, Any]) -> Iterator[Contribution]:
    for row in parts.iter_rows(named=True):
        below = row["denominator"]
        yield Contribution(
            unit=province.units.by_id[row["contributor"]] if row["contributor"] else None,
            numerator=Fraction(row["numerator"], 10 ** (last["numerator_decimals"] or 0)),
            denominator=None if below is None else Fraction(below, 10 ** (last["denominator_decimals"] or 0)),
        )


def _names(target: Target, province: Province) -> Iterator[str]:
    for code in target.scope.codes:
        units = province.units.by_code.get(code)
        yield units[-1].name if units else code
