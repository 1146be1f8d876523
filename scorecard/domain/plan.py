"""Plans and their targets: what was decided, by whom, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scorecard.domain.goal import AllOf, Goal, Threshold
from scorecard.domain.period import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A legal document; numbers repeat each year, so number, date and issuer identify it together.

    Number and date are None where the source does not state them.
    """

    number: str | None
    dated: date | None
    issuer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where one status ends and the next begins (product rule §6.7); shares of the path, except the days."""

    on_track_ratio: Fraction = Fraction(95, 100)
    off_track_ratio: Fraction = Fraction(80, 100)
    off_track_forecast: Fraction = Fraction(90, 100)
    improving_margin: Fraction = Fraction(2, 100)
    too_early_expected: Fraction = Fraction(10, 100)
    minimum_coverage: Fraction = Fraction(80, 100)
    late_step_days: int = 30
    minimum_denominator: int = 30


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value that must be reached by a day, that day included."""

    by: date
    value: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a milestone and its last day."""

    name: str
    name_en: str | None
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose figures count.

    All None: every unit of the province. `level`: the units of one level, as one total. `each`: a row of its
    own for each unit of that level. `codes`: the named units, as one total.
    """

    level: str | None = None
    each: str | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalReference:
    """The national line under a target: its document, its value, and by how many points the target is above."""

    document: str
    value: Fraction
    above_by: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One row of the scoreboard: an indicator, a scope, a goal and a deadline.

    A target with one goal per level is read as one Target per level, id `name.level`. `path` are interim
    values on the way to `goal`; `stepped` are goals of their own, one a year, the last of them being `goal`.
    A milestone (`goal: done`) has `steps` and no indicator: its figures are the number of steps done, in the
    element that bears the target's id.
    """

    id: str
    plan_id: str
    name: str
    name_en: str | None
    indicator_id: str | None
    goal: Goal
    starts: date
    due: date
    scope: Scope
    path: tuple[DatedValue, ...] = ()
    stepped: tuple[DatedValue, ...] = ()
    steps: tuple[Step, ...] = ()
    standing: bool = False
    cumulative: bool = False
    baseline: DatedValue | None = None
    lead: str | None = None
    national: NationalReference | None = None
    limits: Limits = Limits()
    first_review: date | None = None
    note: str = ""

    def goal_at(self, month: Month) -> tuple[Goal, date]:
        """Return the goal in force in a month and its last day.

        For a stepped target: the first dated value not yet past; after the last one, the last.
        """
        if not self.stepped or not isinstance(self.goal, Threshold):
            return self.goal, self.due
        step = next((s for s in self.stepped if Month.containing(s.by) >= month), self.stepped[-1])
        return Threshold(self.goal.comparator, step.value, self.goal.scale), step.by

    @property
    def parts(self) -> tuple[Goal, ...]:
        """The goals that must hold together; one for a simple target."""
        return self.goal.parts if isinstance(self.goal, AllOf) else (self.goal,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A legal document that sets targets, with the days between which it holds."""

    id: str
    name: str
    name_en: str | None
    document: Document
    starts: date
    ends: date
    supersedes: tuple[str, ...]
    superseded_from: date | None
    targets: tuple[Target, ...]
