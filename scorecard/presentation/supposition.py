"""What would be if some units were better, told so that nobody takes it for a figure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from html import escape

from scorecard.calculation.raising import Raised, able, goal_levels, no_worse, raised
from scorecard.domain.collation import sort_key
from scorecard.domain.goal import Threshold
from scorecard.presentation.unit_gaps import UnitGaps

_NAMED = 10
_SIDES = ("numerator", "denominator")


class Aim(StrEnum):
    """What the units are supposed to reach."""

    GOAL = "goal"
    MEDIAN = "median"


@dataclass(frozen=True)
class Supposition:
    """Some units of a case raised to an aim; the fixed `goal` of the case is what all is held against."""

    gaps: UnitGaps
    goal: Threshold
    aim: Aim

    @cached_property
    def levels(self) -> Mapping[str, Fraction]:
        """What each unit that is alive would reach."""
        if self.aim is Aim.MEDIAN:
            return self.gaps.levels
        alive = [row.unit_id for row in self.gaps.rows if row.unit_id and self.gaps.alive(row.unit_id)]
        return goal_levels(self.gaps.parts, self.goal, alive)

    @cached_property
    def able(self) -> tuple[str, ...]:
        """The units that can be supposed better, the largest gap first."""
        return able(self.gaps.parts, self.levels)

    @cached_property
    def by_name(self) -> tuple[str, ...]:
        """The same units in the order of their names."""
        return tuple(sorted(self.able, key=lambda unit: sort_key(self._names[unit])))

    def option(self, unit_id: str) -> str:
        """Name one of the units with its gap, to be picked."""
        texts, gap = self.gaps.amounts.formats.texts, self._gaps[unit_id]
        return texts(f"units.option_unit_{self.gaps.direction}", unit=self._names[unit_id], gap=self.gaps.cases(gap))

    def of_largest(self, count: int) -> str:
        """Tell what would be with the `count` largest gaps raised, as of_picked."""
        count_printed = self.gaps.amounts.formats.count(count)
        who = self.gaps.amounts.formats.texts(f"units.who_largest_{self.gaps.direction}", count=count_printed)
        return self._result_html(who, self.able[:count])

    def of_picked(self, units: Collection[str]) -> str:
        """Tell the new total with some units raised, whether the goal would be met, and who they are."""
        picked = tuple(unit for unit in self.able if unit in units)
        count_printed = self.gaps.amounts.formats.count(len(picked))
        return self._result_html(self.gaps.amounts.formats.texts("units.who_picked", count=count_printed), picked)

    def _result_html(self, who: str, chosen: Sequence[str]) -> str:
        texts, formats = self.gaps.amounts.formats.texts, self.gaps.amounts.formats
        found = self._raised(chosen)
        first = texts(
            f"units.supposed_{self.gaps.direction}",
            who=who,
            aim=self.name,
            value=self._printed(found.value),
            now=self._printed(self._now),
            cases=self.gaps.cases(abs(found.changed_by)),
            counted_in=self.gaps.counted_in,
        )
        lines = [self._verdict(found.value)]
        if unchanged := len(chosen) - len(found.units):
            lines.append(texts("units.supposed_unchanged", count=formats.count(unchanged), aim=self.name))
        lines.append(self._named(chosen))
        notes = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return f'<p class="supposed">{escape(first)}</p>{notes}'

    @property
    def name(self) -> str:
        """Name the aim in words."""
        goal = self.gaps.amounts.goal(self.gaps.case.standing)
        return self.gaps.amounts.formats.texts(f"units.aim_{self.aim}", goal=goal)

    @property
    def _now(self) -> Fraction:
        above, below = (sum((getattr(row, side) for row in self.gaps.rows), Fraction(0)) for side in _SIDES)
        return above / below

    def _printed(self, value: Fraction) -> str:
        return self.gaps.amounts.on_scale(self.gaps.case.standing, value) or ""

    def _verdict(self, value: Fraction) -> str:
        key = "units.supposed_met" if self.goal.comparator.holds(value, self.goal.value) else "units.supposed_short"
        return self.gaps.amounts.formats.texts(key, goal=self.gaps.amounts.goal(self.gaps.case.standing))

    def _raised(self, units: Collection[str]) -> Raised:
        comparator = self.goal.comparator if self.aim is Aim.GOAL else no_worse(self.goal.comparator)
        return raised(self.gaps.parts, self.levels, units, comparator)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {row.unit_id: row.name for row in self.gaps.rows if row.unit_id}

    @cached_property
    def _gaps(self) -> Mapping[str, Fraction]:
        return {row.unit_id: row.gap for row in self.gaps.rows if row.unit_id}

    def _named(self, units: Sequence[str]) -> str:
        texts, formats = self.gaps.amounts.formats.texts, self.gaps.amounts.formats
        names = ", ".join(self._names[unit] for unit in units[:_NAMED])
        if len(units) <= _NAMED:
            return texts("units.supposed_units", units=names)
        return texts("units.supposed_units_more", units=names, count=formats.count(len(units) - _NAMED))
