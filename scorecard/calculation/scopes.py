"""Which units a row of the scoreboard speaks of in each month, and whose earlier figures it inherits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import polars as pl

from scorecard.domain.period import Month
from scorecard.domain.plan import Scope, Target
from scorecard.domain.province import Province
from scorecard.domain.unit import Succession, Unit

EARLIEST = 0
LATEST = Month.of(9999, 12).index

MEMBERS = pl.Schema({"scope": pl.String, "since": pl.Int32, "until": pl.Int32, "unit": pl.String})
"""Units alive in a scope, one row per scope × span of months × unit; both ends included."""

CONTRIBUTORS = pl.Schema(
    {
        "scope": pl.String,
        "since": pl.Int32,
        "until": pl.Int32,
        "unit": pl.String,
        "member": pl.Boolean,
        "lineal": pl.Boolean,
        "priority": pl.Int8,
        "tie": pl.Int8,
    }
)
"""Units whose figures count for a scope in a span of months.

`member` is alive in the span; `lineal` is a member or went over into members entirely. The rest were in the scope
once and left no successor there (districts after 2025-06): their past flows still belong to the total, their stocks
do not. `priority` and `tie` say whose single value is taken where values are not summed, the smallest first.
"""

_NAMED = pl.Schema({"scope": pl.String, "unit": pl.String})
_LIFE = pl.Schema({"since": pl.Int32, "until": pl.Int32})

DESCENT = pl.Schema({"ancestor": pl.String, "unit": pl.String, "whole": pl.Boolean, "since": pl.Int32})
"""Every unit with each unit it became, however long after; `whole` where all of it went into that one.

`since` is the first month without the ancestor.
"""


def scope_key(target: Target, unit: Unit | None) -> str:
    """Name the scope of a row, the same for all rows that speak of the same units."""
    scope = target.scope
    if unit is not None:
        return f"unit:{unit.id}"
    if target.steps:
        return f"lead:{target.lead or ''}"
    if scope.level is not None or scope.each is not None:
        return f"level:{scope.level or scope.each}"
    return f"codes:{','.join(scope.codes)}" if scope.codes else "all"


def alive_months(unit: Unit) -> tuple[int, int]:
    """Return the first and last month on whose last day the unit exists."""
    return _whole_months(unit.valid_from, unit.valid_to)


@lru_cache(maxsize=1024)
def _whole_months(since: date | None, until: date | None) -> tuple[int, int]:
    """Return the months of a life; most units share theirs with many others."""
    first = Month.containing(since).index if since else EARLIEST
    if until is None:
        return first, LATEST
    month = Month.containing(until)
    return first, month.index if month.last_day == until else month.index - 1


@dataclass(frozen=True)
class Scopes:
    """The scopes of one province between two months (indexes, both included).

    `inherited`: a unit's own scope also has as members, as long as they were there, the units that went over into it
    entirely; so their reports are expected of it.
    """

    province: Province
    first: int
    last: int
    inherited: bool = False

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Runs of months in which no unit appears or disappears."""
        changes = {self.first}
        for unit in self.province.units.members:
            born, died = alive_months(unit)
            changes |= {month for month in (born, died + 1) if self.first < month <= self.last}
        starts = sorted(changes)
        return tuple(zip(starts, [start - 1 for start in starts[1:]] + [self.last], strict=True))

    @cached_property
    def under_root(self) -> Mapping[int, tuple[Unit, ...]]:
        """Units of the province by the first month of each span."""
        root = self.province.root_code
        return {since: self.province.units.within(root, Month(since).last_day) for since, _ in self.spans}

    @cached_property
    def departed(self) -> tuple[tuple[Unit, str], ...]:
        """Units that no longer exist at some point, with the code they stood under at their end."""
        units = self.province.units
        return tuple(
            (unit, units.root_code(unit, unit.valid_to))
            for unit in units.members
            if unit.valid_to is not None and self.first - 12 <= alive_months(unit)[1] < self.last
        )

    @cached_property
    def links(self) -> tuple[Mapping[str, list[Succession]], Mapping[str, list[Succession]]]:
        """What each unit was made of directly, and what it became, by the end of the last month."""
        origins: defaultdict[str, list[Succession]] = defaultdict(list)
        heirs: defaultdict[str, list[Succession]] = defaultdict(list)
        for link in self.province.units.successions:
            if link.effective <= Month(self.last).last_day:
                origins[link.to_id].append(link)
                heirs[link.from_id].append(link)
        return dict(origins), dict(heirs)

    def lineage(self, members: Iterable[str]) -> frozenset[str]:
        """Return the members and every unit that went over into them entirely, however long ago.

        A unit that was split counts once all its heirs are there; with a part gone elsewhere it never does, for
        how much stayed is not guessed.
        """
        origins, heirs = self.links
        found = set(members)
        waiting = [each for each in found if each in origins]
        while waiting:
            for old in (link.from_id for link in origins.get(waiting.pop(), ())):
                links = heirs[old]
                entire = all(link.to_id in found for link in links) and (len(links) > 1 or links[0].whole)
                if entire and old not in found:
                    found.add(old)
                    waiting.append(old)
        return frozenset(found)

    def not_before(self, target: Target, unit: Unit | None) -> int:
        """Return the month before which a row cannot be told: one of its units took over a part of another."""
        if unit:
            return self.began_anew(unit)
        return self._last_part_taken(each.id for each in self._chosen(target, self.under_root[self.spans[-1][0]]))

    def began_anew(self, unit: Unit) -> int:
        """Return the month before which the row of one unit cannot be told, as not_before."""
        return self._last_part_taken([unit.id]) if unit.id in self.links[0] else EARLIEST

    def _last_part_taken(self, members: Iterable[str]) -> int:
        origins, _ = self.links
        line = self.lineage(members)
        taken = [link.effective for each in line for link in origins.get(each, ()) if link.from_id not in line]
        return max((Month.containing(day).index for day in taken), default=EARLIEST)

    def descent(self) -> pl.DataFrame:
        """Return frame DESCENT."""
        rows = []
        known = self.province.units.by_id
        for unit_id in self.links[0]:
            entire = self.lineage([unit_id])
            ancestors = self.province.units.with_ancestors([unit_id]) - {unit_id}
            rows += [(old, unit_id, old in entire, alive_months(known[old])[1] + 1) for old in sorted(ancestors)]
        return pl.DataFrame(rows, DESCENT, orient="row")

    def frames(self, scopes: Mapping[str, tuple[Target, Unit | None]]) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return frames MEMBERS and CONTRIBUTORS of the named scopes."""
        own = {key: unit for key, (_, unit) in scopes.items() if unit is not None}
        members: list[tuple[object, ...]] = []
        contributors: list[tuple[object, ...]] = []
        for key, (target, unit) in scopes.items():
            if unit is None:
                for since, until in self.spans:
                    chosen = tuple(self._chosen(target, self.under_root[since]))
                    members += [(key, since, until, each.id) for each in chosen]
                    contributors += self._of_total(key, (since, until), target, chosen)
            elif unit.id in self.links[0]:
                past = sorted(self.lineage([unit.id]) - {unit.id})
                contributors += [(key, self.first, self.last, old, False, True, 0, 1) for old in past]
                if self.inherited:
                    members += [(key, *alive_months(self.province.units.by_id[old]), old) for old in past]
        named = pl.DataFrame({"scope": list(own), "unit": [unit.id for unit in own.values()]}, _NAMED)
        lives = named.hstack(pl.DataFrame([alive_months(unit) for unit in own.values()], _LIFE, orient="row"))
        alone = named.with_columns(since=self.first, until=self.last, member=True, lineal=True, priority=0, tie=0)
        alone = alone.select(CONTRIBUTORS.names()).cast(CONTRIBUTORS)
        return (
            pl.concat([lives.select(MEMBERS.names()), pl.DataFrame(members, MEMBERS, orient="row")]),
            pl.concat([alone, pl.DataFrame(contributors, CONTRIBUTORS, orient="row")]),
        )

    def _of_total(
        self, key: str, span: tuple[int, int], target: Target, chosen: tuple[Unit, ...]
    ) -> Iterator[tuple[object, ...]]:
        units = self.province.units
        alive = {unit.id for unit in chosen}
        lineal = self.lineage(alive)
        past = {unit.id for unit in self._past(target, span[0])} if alive else set()
        for unit_id in sorted(lineal | past):
            unit = units.by_id[unit_id]
            single = 0 if target.steps or unit.code == self.province.root_code else 1
            tie = 0 if unit.code == target.lead else 1
            yield key, *span, unit_id, unit_id in alive, unit_id in lineal, single, tie

    def _past(self, target: Target, since: int) -> Iterator[Unit]:
        units = self.province.units
        root = units.find(self.province.root_code, Month(since).last_day)
        codes = {units.by_id[each].code for each in units.with_ancestors([root.id])} if root else set()
        left = [unit for unit, code in self.departed if code in codes and alive_months(unit)[1] < since]
        return self._chosen(target, left)

    def _chosen(self, target: Target, units: Iterable[Unit]) -> Iterator[Unit]:
        if target.steps:
            return (unit for unit in units if unit.code in (target.lead, self.province.root_code))
        return (unit for unit in units if belongs(unit, target.scope))


def belongs(unit: Unit, scope: Scope) -> bool:
    """Say whether a scope names a unit, whatever the month."""
    if scope.level is not None or scope.each is not None:
        return unit.level in (scope.level, scope.each)
    return not scope.codes or unit.code in scope.codes
