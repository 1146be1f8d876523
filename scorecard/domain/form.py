"""Forms: the elements that a kind of unit reports, and the checks a return must pass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scorecard.domain.formula import Formula
from scorecard.domain.goal import Comparator
from scorecard.domain.period import Frequency, Month
from scorecard.domain.plan import Step
from scorecard.domain.unit import Unit


class Measure(StrEnum):
    """How an element behaves over time."""

    FLOW = "flow"
    STOCK = "stock"
    SCORE = "score"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """What a unit types in.

    `decimals` is 0 for whole counts. A `score` is published by others (a rate, score or rank): shown and
    judged, never summed; `out_of` names its maximum or the size of the ranking where one is known.
    `counted_in` is the Vietnamese unit of measure («hồ sơ», «%», «hạng»). `from_06a` says how it follows from the
    columns of form 06a, by the names of form_06a.Column06a; None where it does not. `members` names the list whose
    members it counts, `steps` are the steps that a milestone counts; both are told one by one, see domain.part.
    """

    id: str
    form_id: str
    label: str
    label_en: str | None
    help: str
    found_in: str
    measure: Measure
    decimals: int
    counted_in: str
    out_of: int | None
    from_06a: Formula | None = None
    members: str | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporters:
    """Which units owe a form, how often, and on which day after the period's end it is due.

    A unit owes it when its kind, level or code is named. `since` and `until` are whole months, both included;
    None means open.
    """

    kinds: frozenset[str]
    levels: frozenset[str]
    codes: frozenset[str]
    every: Frequency
    due_day: int
    since: Month | None
    until: Month | None

    def include(self, unit: Unit) -> bool:
        """Say whether a unit is named here, whatever the month."""
        return unit.kind in self.kinds or unit.level in self.levels or unit.code in self.codes

    def cover(self, month: Month) -> bool:
        """Say whether the form is owed for a month."""
        return (self.since is None or self.since <= month) and (self.until is None or month <= self.until)


class Severity(StrEnum):
    """A hard check blocks the return, a soft one asks for a reason."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A comparison between two formulas of one return; skipped when any element has no value."""

    left: Formula
    comparator: Comparator
    right: Formula
    severity: Severity
    message: str
    message_en: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The elements reported together, in the order in which they are asked."""

    id: str
    name: str
    name_en: str | None
    elements: tuple[Element, ...]
    reporters: tuple[Reporters, ...]
    checks: tuple[Check, ...]

    def rules_of(self, month: Month) -> tuple[Reporters, ...]:
        """Return the rules by which this form is owed for a month."""
        return tuple(rule for rule in self.reporters if rule.cover(month))

    def reporters_of(self, unit: Unit, month: Month) -> Reporters | None:
        """Return the rule by which a unit owes this form for a month, None when it does not."""
        return next((rule for rule in self.rules_of(month) if rule.include(unit)), None)
