"""Units that report, through time: a code is not an identity, (code, valid_from) is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

OPEN_START = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit between two dates, both included; None means open at that end.

    `id` is `05467@2025-07-01`, or `05467@` for a unit older than the records.
    """

    code: str
    name: str
    kind: str
    level: str
    parent: str | None
    peer_group: str | None
    protocol_order: int
    valid_from: date | None
    valid_to: date | None
    id: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        since = self.valid_from.isoformat() if self.valid_from else OPEN_START
        object.__setattr__(self, "id", f"{self.code}@{since}")

    def alive_on(self, day: date) -> bool:
        """Say whether the unit exists on a day; its first and last day count."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """One old unit that became (part of) one new unit on a day.

    `share` is 1 for a whole unit, between 0 and 1 where a document states the share, None where a part
    went over and no share is stated: such a part is never guessed.
    """

    from_id: str
    to_id: str
    effective: date
    share: Fraction | None
    basis: str

    @property
    def whole(self) -> bool:
        """Whether the old unit went over undivided."""
        return self.share == 1


@dataclass(frozen=True)
class Units:
    """All units of a province, past and present, with what became of them."""

    members: tuple[Unit, ...]
    successions: tuple[Succession, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Unit]:
        """Units by their id."""
        return {unit.id: unit for unit in self.members}

    @cached_property
    def by_code(self) -> Mapping[str, tuple[Unit, ...]]:
        """Every unit that ever had a code, in order of time."""
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in sorted(self.members, key=lambda unit: unit.valid_from or date.min):
            found[unit.code].append(unit)
        return {code: tuple(units) for code, units in found.items()}

    def find(self, code: str, day: date) -> Unit | None:
        """Return the unit that has a code on a day, None when there is none."""
        return next((unit for unit in self.by_code.get(code, ()) if unit.alive_on(day)), None)

    def alive_on(self, day: date) -> tuple[Unit, ...]:
        """Return the units that exist on a day, in the order of the file."""
        return tuple(unit for unit in self.members if unit.alive_on(day))

    def root_code(self, unit: Unit, day: date) -> str:
        """Return the code at the top of a unit's parents on a day (its own code when it has no parent)."""
        current = unit
        for _ in range(len(self.members)):
            parent = self.find(current.parent, day) if current.parent else None
            if parent is None:
                return current.code
            current = parent
        return current.code

    def within(self, root: str, day: date) -> tuple[Unit, ...]:
        """Return the units under (or at) a code on a day, at any depth."""
        alive = self.alive_on(day)
        parents = {code: self.find(code, day) for code in {unit.parent for unit in alive} if code}
        tops = {code: self.root_code(parent, day) for code, parent in parents.items() if parent}
        return tuple(unit for unit in alive if tops.get(unit.parent or "", unit.code) == root)

    def with_ancestors(self, ids: Iterable[str]) -> frozenset[str]:
        """Return the ids and every unit that became (wholly or in part) one of them, however long ago."""
        origins: defaultdict[str, set[str]] = defaultdict(set)
        for link in self.successions:
            origins[link.to_id].add(link.from_id)
        found: set[str] = set()
        waiting = list(ids)
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(origins[current])
        return frozenset(found)
