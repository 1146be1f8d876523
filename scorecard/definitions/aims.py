"""What a target asks for, once the levels that it is written for are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from scorecard.definitions.kinds import UnreadError
from scorecard.definitions.plan_records import (
    AimRecord,
    DatedValueRecord,
    GoalsRecord,
    ScheduleRecord,
    SimpleGoal,
    TargetRecord,
)
from scorecard.definitions.shapes import Entry, Placed
from scorecard.domain.goal import AllOf, Band, Done, Goal, Relative, Threshold
from scorecard.domain.plan import DatedValue

MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class Aim:
    """One row that a target stands for; `level` is its entry under `levels:`, None where the target has none."""

    target: TargetRecord
    level: Entry[SimpleGoal | AimRecord] | None = None

    @property
    def id(self) -> str:
        """`name`, or `name.level`."""
        return f"{self.target.id}.{self.level.key}" if self.level else self.target.id

    @property
    def records(self) -> tuple[AimRecord, ...]:
        """Where the goal, path, schedule and lead may be written, the most specific first."""
        if self.level and isinstance(self.level.value, AimRecord):
            return (self.level.value, self.target)
        return (self.target,)

    @property
    def goal(self) -> Placed[SimpleGoal | GoalsRecord] | None:
        """The goal as written, None when there is none."""
        if self.level and not isinstance(self.level.value, AimRecord):
            return Placed(self.level.value, self.level.place)
        for record in self.records:
            if record.goal is not None:
                return Placed(record.goal, record.at(AimRecord.goal))
        return None

    @property
    def is_milestone(self) -> bool:
        """Whether the goal is that every step is done."""
        return self.goal is not None and isinstance(self.goal.value, Done)

    @property
    def path(self) -> tuple[DatedValueRecord, ...]:
        """Interim values as written."""
        written = next((record.path for record in self.records if record.path is not None), ())
        return tuple(each.value for each in written)

    @property
    def schedule(self) -> ScheduleRecord | None:
        """The yearly steps of the goal, if it has them."""
        return next((record.step for record in self.records if record.step is not None), None)

    @property
    def lead(self) -> Placed[str] | None:
        """The code of the unit that answers for it."""
        for record in self.records:
            if record.lead is not None:
                return Placed(record.lead, record.at(AimRecord.lead))
        return None

    @property
    def due(self) -> Placed[date]:
        """The last day: as written, else that of the schedule or of the last step; UnreadError when there is none."""
        target = self.target
        if target.due is not None:
            return Placed(target.due, target.at(TargetRecord.due))
        if target.before is not None:
            return Placed(target.before - timedelta(days=1), target.at(TargetRecord.before))
        if self.schedule is not None:
            return Placed(stepped_values(self.schedule)[-1].by, self.schedule.place)
        if target.steps:
            return max((Placed(s.value.last_day, s.value.day_place) for s in target.steps), key=lambda each: each.value)
        raise UnreadError


def aims_of(target: TargetRecord) -> tuple[Aim, ...]:
    """Return one aim per level, or the single aim of a target without levels."""
    if target.levels is None:
        return (Aim(target),)
    return tuple(Aim(target, entry) for entry in target.levels)


def whole_goal(written: SimpleGoal | GoalsRecord) -> Goal:
    """Return a goal as the domain knows it; UnreadError when `all:` holds a part that cannot be joined."""
    if not isinstance(written, GoalsRecord):
        return written
    return AllOf(tuple(_joinable(part.value) for part in written.all_of))


def _joinable(part: SimpleGoal) -> Threshold | Band | Relative:
    if isinstance(part, Threshold | Band | Relative):
        return part
    raise UnreadError


def parts_of(goal: Placed[SimpleGoal | GoalsRecord]) -> tuple[Placed[SimpleGoal], ...]:
    """Return the goals that must hold together, each with its place."""
    if isinstance(goal.value, GoalsRecord):
        return goal.value.all_of
    return (Placed(goal.value, goal.place),)


def stepped_values(schedule: ScheduleRecord) -> tuple[DatedValue, ...]:
    """Return the goal of each year, on its last day, up to the cap.

    UnreadError when the schedule never gets there or takes more than MOST_STEPS years.
    """
    first, add, cap = schedule.first.value, schedule.add.value, schedule.cap.value
    if add == 0 or first > cap or (cap - first) / add > MOST_STEPS:
        raise UnreadError
    count = -int(-(cap - first) // add) + 1
    return tuple(
        DatedValue(date(schedule.from_year + year, 12, 31), min(first + year * add, Fraction(cap)))
        for year in range(count)
    )
