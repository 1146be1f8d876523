"""A province: everything one folder of definitions says, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scorecard.domain.form import Element, Form
from scorecard.domain.index import Index
from scorecard.domain.indicator import Indicator
from scorecard.domain.milestone import milestone_form
from scorecard.domain.part import Part, split_part
from scorecard.domain.period import Calendar, Month
from scorecard.domain.plan import Limits, Plan, Target
from scorecard.domain.unit import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of administration and its life span; None means open at that end."""

    id: str
    name: str
    name_en: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMember:
    """One member of a named list; a member whose name is still to be loaded has none."""

    number: int
    name: str | None
    owner: str | None
    state: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedList:
    """One version of a list whose size is a denominator; in force from a month on."""

    id: str
    since: Month | None
    members: tuple[ListMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingWindow:
    """When a period can be entered: from the day after its end, for a number of days."""

    closes_after_days: int
    working_weekdays: frozenset[int]
    holidays: frozenset[date]


@dataclass(frozen=True, kw_only=True)
class Province:
    """All definitions of one province. `digest` changes whenever any of its files does."""

    id: str
    name: str
    name_en: str | None
    root_code: str
    levels: tuple[Level, ...]
    kinds: Mapping[str, str]
    calendar: Calendar
    window: ReportingWindow
    limits: Limits
    units: Units
    forms: tuple[Form, ...]
    indicators: Mapping[str, Indicator]
    lists: Mapping[str, tuple[NamedList, ...]]
    plans: tuple[Plan, ...]
    digest: str
    indexes: tuple[Index, ...] = ()

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        """Elements of all forms by id; the element of a milestone is not here, see milestones."""
        return {element.id: element for form in self.forms for element in form.elements}

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Targets of all plans, in the order of the files."""
        return tuple(target for plan in self.plans for target in plan.targets)

    @cached_property
    def milestones(self) -> Mapping[str, Target]:
        """Targets whose figure is the number of steps done, by their id."""
        return {target.id: target for target in self.targets if target.steps}

    @cached_property
    def milestone_forms(self) -> tuple[Form, ...]:
        """One form for each milestone, see milestone.milestone_form."""
        return tuple(
            milestone_form(target, plan, self.root_code)
            for plan in self.plans
            for target in plan.targets
            if target.steps
        )

    def plan(self, plan_id: str) -> Plan:
        """Return a plan by id; StopIteration when there is none."""
        return next(each for each in self.plans if each.id == plan_id)

    def target(self, plan_id: str, target_id: str) -> Target:
        """Return a target of a plan by id; StopIteration when there is none."""
        return next(each for each in self.plan(plan_id).targets if each.id == target_id)

    @property
    def owed_forms(self) -> tuple[Form, ...]:
        """All forms that units file, those of milestones last."""
        return self.forms + self.milestone_forms

    def form(self, form_id: str) -> Form:
        """Return a form by id, also that of a milestone; StopIteration when there is none."""
        return next(each for each in self.owed_forms if each.id == form_id)

    def list_size(self, list_id: str, month: Month) -> int:
        """Return how many members a list has in a month; its first version also stands for earlier months."""
        return len(self._list_at(list_id, month).members)

    def _list_at(self, list_id: str, month: Month) -> NamedList:
        versions = self.lists[list_id]
        return next((v for v in reversed(versions) if v.since is None or v.since <= month), versions[0])

    def parts(self, element: Element, month: Month) -> tuple[Part, ...]:
        """Return what an element counts one by one in a month, by number; empty where it is simply a number."""
        if element.members is not None:
            members = self._list_at(element.members, month).members
            return tuple(Part(element_id=element.id, number=m.number, name=m.name, owner=m.owner) for m in members)
        return tuple(
            Part(element_id=element.id, number=number, name=step.name, name_en=step.name_en, by=step.by)
            for number, step in enumerate(element.steps, start=1)
        )

    def answerable(self, form: Form, month: Month) -> tuple[str, ...]:
        """Return the elements of every figure that a return may hold: those of the form, then their parts."""
        parts = (part.id for element in form.elements for part in self.parts(element, month))
        return (*(element.id for element in form.elements), *parts)

    def part(self, element_id: str, month: Month) -> tuple[Element, Part] | None:
        """Return a part and the element that counts it by the part's own element, None where there is none."""
        counted, number = split_part(element_id) or ("", 0)
        element = next((e for form in self.owed_forms for e in form.elements if e.id == counted), None)
        parts = self.parts(element, month) if element else ()
        return next(((element, part) for part in parts if element and part.number == number), None)
