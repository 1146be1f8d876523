"""Who carries the gap of a target: each unit's part, and the sums that equal the shortfall of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from html import escape
from typing import Any

import polars as pl

from scorecard.calculation.gaps import fixed_goal
from scorecard.domain.goal import Comparator, Threshold
from scorecard.domain.unit_map import DrawnMap, UnitMap
from scorecard.presentation.amounts import Amounts, plain_number
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.record_table import Cell, Column
from scorecard.presentation.recorded import unit_name
from scorecard.presentation.sum_table import RowGroup, sum_table_html
from scorecard.presentation.unit_search import is_found

SHOWN = 5
_RISING = (Comparator.AT_LEAST, Comparator.ABOVE, Comparator.EQUAL)
_COLUMNS = ("unit", "parts", "rate", "gap", "share", "so_far")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGap:
    """One unit's part in a gap, exact: `gap` in cases, negative for what it has over.

    `rate` is None without cases, `share` of all that is short, `so_far` with everybody before it; both None for a
    unit that is not short. `unit_id` is None for what the formula itself adds.
    """

    unit_id: str | None
    name: str
    numerator: Fraction
    denominator: Fraction
    gap: Fraction
    share: Fraction | None
    so_far: Fraction | None

    @property
    def rate(self) -> Fraction | None:
        """The unit's own value."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True)
class GapsOnMap:
    """GAPS of the lines of a target on a map of units."""

    parts: pl.DataFrame
    shown_on: DrawnMap


@dataclass(frozen=True)
class UnitGaps:
    """The gap of one case, unit by unit, the largest part first; on the map of its own month unless told otherwise."""

    case: Case
    amounts: Amounts
    on_map: GapsOnMap | None = None

    @cached_property
    def parts(self) -> pl.DataFrame:
        """The GAPS of the line on the map shown."""
        if self.on_map is None:
            return self.case.gaps
        return self.on_map.parts.filter(pl.col("unit") == self.case.standing.unit)

    def alive(self, unit_id: str | None) -> bool:
        """Say whether a unit is one of the map: of today, or of the month."""
        unit = self.amounts.province.units.by_id.get(unit_id or "")
        return unit is not None and unit.alive_on(self._day)

    @property
    def levels(self) -> Mapping[str, Fraction]:
        """The median of the month in the peer group of each unit of the map, as Evidence has it."""
        units = self.amounts.province.units.by_id
        of_group = {units[unit_id].peer_group: level for unit_id, level in self.case.levels.items()}
        shown = filter(self.alive, self._shown)
        return {each: of_group[group] for each in shown if (group := units[each].peer_group) in of_group}

    @property
    def has_other_units(self) -> bool:
        """Whether figures of the value stand on another unit than the one that reported them."""
        return self._reported != self._shown

    def map_sentence(self) -> str:
        """Say which units are shown; of former ones how many stand on another, how many for themselves."""
        texts, formats = self.amounts.formats.texts, self.amounts.formats
        apart = sum(self._gone(unit_id) for unit_id in self._shown)
        if self.on_map is not None and self.on_map.shown_on.kind is UnitMap.AS_REPORTED:
            return texts("units.map_as_reported", all=formats.count(len(self._shown)), gone=formats.count(apart))
        told = texts("units.map_today", moved=formats.count(len(self._reported - self._shown)))
        return f"{told} {texts('units.map_apart', apart=formats.count(apart))}" if apart else told

    @cached_property
    def rows(self) -> tuple[UnitGap, ...]:
        """Every unit with a part in the value."""
        return tuple(self._rows())

    @property
    def goal(self) -> Threshold | None:
        """The fixed goal that the gap is measured to; None where there is none, and then there are no rows either."""
        return fixed_goal(self.amounts.province, self.case.standing.target, self.case.standing.month)

    @property
    def short(self) -> tuple[UnitGap, ...]:
        """The units that are short."""
        return tuple(row for row in self.rows if row.gap > 0)

    @property
    def over(self) -> tuple[UnitGap, ...]:
        """The units at the goal or beyond."""
        return tuple(row for row in self.rows if row.gap <= 0)

    @property
    def total(self) -> Fraction:
        """The shortfall of the whole, negative when it is beyond the goal."""
        return sum((row.gap for row in self.rows), Fraction(0))

    @property
    def counted_in(self) -> str:
        """What the cases are."""
        indicator = self.case.standing.indicator
        return self.amounts.counted_in(indicator, self.case.standing.month) if indicator else ""

    @property
    def direction(self) -> str:
        """`rising` where more is asked for, `falling` where less is."""
        return "rising" if self.goal is None or self.goal.comparator in _RISING else "falling"

    def rate(self, row: UnitGap) -> str:
        """Print a unit's value as that of the whole is printed."""
        printed = None if row.rate is None else self.amounts.on_scale(self.case.standing, row.rate)
        return printed or self.amounts.formats.texts("overview.no_cases")

    def cases(self, amount: Fraction) -> str:
        """Print an amount of cases exactly."""
        return plain_number(amount, self.amounts.formats)

    def sentence(self) -> str:
        """Say how few units carry how much of the gap; «5 đơn vị giữ 48% phần còn thiếu»."""
        texts, formats = self.amounts.formats.texts, self.amounts.formats
        goal = self.amounts.goal(self.case.standing)
        if not self.short:
            return texts(f"units.sentence_none_{self.direction}", goal=goal)
        few = self.short[:SHOWN]
        told = {"few": formats.count(len(few)), "short": formats.count(len(self.short)), "goal": goal}
        share = formats.share(few[-1].so_far or Fraction(0))
        key = f"sentence_{self.direction}" if self.total > 0 else f"sentence_met_{self.direction}"
        return texts(f"units.{key}", share=share, over=formats.count(len(self.over)), **told)

    def table_html(self, typed: str = "") -> str:
        """Return the table of the units whose names hold what was typed; the sums are always those of all."""
        texts, formats = self.amounts.formats.texts, self.amounts.formats
        headings = {name: texts(f"units.column_{name}") for name in _COLUMNS if name != "gap"}
        headings["gap"] = texts(f"units.column_gap_{self.direction}", counted_in=self.counted_in)
        columns = [Column(headings[name], numeric=name != "unit") for name in _COLUMNS]
        groups = [
            RowGroup(heading=texts(key, count=formats.count(len(rows))), rows=self._found(rows, typed))
            for key, rows in (("units.group_short", self.short), ("units.group_over", self.over))
        ]
        shown = [group for group in groups if group.rows]
        missing = "" if shown else f"<p>{escape(texts('units.found_none'))}</p>"
        return missing + sum_table_html(texts("units.table"), columns, shown, tuple(self._foot()))

    @cached_property
    def _reported(self) -> frozenset[str]:
        """The units that reported what the value is made of."""
        return frozenset(each.unit.id for each in self.case.contributions if each.unit is not None)

    @cached_property
    def _shown(self) -> frozenset[str]:
        """The units that it stands on."""
        return frozenset(self.parts["contributor"].drop_nulls())

    @property
    def _day(self) -> date:
        if self.on_map is None or self.on_map.shown_on.kind is UnitMap.AS_REPORTED:
            return self.case.standing.month.last_day
        return self.on_map.shown_on.month.last_day

    def _gone(self, unit_id: str) -> bool:
        month = self.case.standing.month if self.on_map is None else self.on_map.shown_on.month
        return not self.amounts.province.units.by_id[unit_id].alive_on(month.last_day)

    def _rows(self) -> Iterator[UnitGap]:
        gaps = self.parts
        all_short = sum(int(each) for each in gaps["short_upper"] if each > 0)
        so_far = 0
        for row in gaps.iter_rows(named=True):
            upper = int(row["short_upper"])
            so_far += max(upper, 0)
            yield UnitGap(
                unit_id=row["contributor"],
                name=self._name(row["contributor"]),
                numerator=_side(row, "numerator"),
                denominator=_side(row, "denominator"),
                gap=Fraction(upper, int(row["short_lower"])),
                share=Fraction(upper, all_short) if upper > 0 else None,
                so_far=Fraction(so_far, all_short) if upper > 0 else None,
            )

    def _name(self, unit_id: str | None) -> str:
        if unit_id is None:
            return self.amounts.formats.texts("gap.constant")
        return unit_name(unit_id, self.amounts.province, self.amounts.formats)

    def _found(self, rows: Sequence[UnitGap], typed: str) -> list[tuple[Cell, ...]]:
        return [self._row(row) for row in rows if is_found(row.name, typed)]

    def _row(self, row: UnitGap) -> tuple[Cell, ...]:
        share, so_far = ("" if each is None else self.amounts.formats.share(each) for each in (row.share, row.so_far))
        parts = f"{self.cases(row.numerator)}/{self.cases(row.denominator)}"
        return tuple(map(Cell, (row.name, parts, self.rate(row), self.cases(row.gap), share, so_far)))

    def _foot(self) -> Iterator[tuple[Cell, ...]]:
        texts = self.amounts.formats.texts
        for key, rows in (("units.sum_short", self.short), ("units.sum_over", self.over), ("units.sum_all", self.rows)):
            above, below, gap = (
                sum((getattr(row, side) for row in rows), Fraction(0)) for side in ("numerator", "denominator", "gap")
            )
            whole = UnitGap(
                unit_id=None, name=texts(key), numerator=above, denominator=below, gap=gap, share=None, so_far=None
            )
            yield self._row(whole)


def _side(row: dict[str, Any], side: str) -> Fraction:
    return Fraction(row[side], 10 ** row[f"{side}_decimals"])
