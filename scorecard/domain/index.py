"""Composite indexes: points for rates, added up over groups."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorecard.domain.plan import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From a rate (0-1) up a component has so many points; below the lowest step none."""

    at_least: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One line of an index: points = maximum × min(1, rate ÷ full_at), or those of the highest step reached.

    `full_at` is the rate that earns the full points, 1 where the decision names none. A maximum of 0 is shown only.
    """

    id: str
    name: str
    name_en: str | None
    maximum: Fraction
    indicator_id: str
    full_at: Fraction
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of an index with its own maximum, the sum of its components'."""

    id: str
    name: str
    name_en: str | None
    maximum: Fraction
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An element that holds what others published for one or several groups together."""

    element_id: str
    group_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """From so many points up a total is called by a name; the next higher grade begins where this one ends."""

    at_least: Fraction
    name: str
    name_en: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A composite index; grades stand highest first. `published_id` is the element of the published total."""

    id: str
    name: str
    name_en: str | None
    document: Document
    maximum: Fraction
    groups: tuple[Group, ...]
    grades: tuple[Grade, ...]
    published: tuple[Published, ...]
    published_id: str | None

    @property
    def components(self) -> tuple[Component, ...]:
        """All components, in the order of the groups."""
        return tuple(component for group in self.groups for component in group.components)

    def grade(self, points: Fraction) -> Grade | None:
        """Return the grade of a total, None where the index has no grades."""
        return next((grade for grade in self.grades if points >= grade.at_least), None)
