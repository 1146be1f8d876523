"""What plans/*.yaml may say, field by field."""

from __future__ import annotations

from datetime import date, timedelta

from scorecard.definitions.fields import Allowed, Record, Required
from scorecard.definitions.kinds import (
    BOOLEAN,
    DATE,
    DIFFERENCE,
    GOAL,
    HYPHEN_ID,
    QUANTITY,
    SNAKE_ID,
    TEXT,
    UNIT_CODE,
    WORD,
    YEAR,
    UnreadError,
    choice,
)
from scorecard.definitions.problem import Place
from scorecard.definitions.records import LimitsRecord
from scorecard.definitions.shapes import Either, ListOf, MapOf, Nested
from scorecard.domain.goal import Band, Done, Relative, Threshold, WholeList

SimpleGoal = Threshold | Band | WholeList | Done | Relative


class DocumentRecord(Record, doc="document"):
    """The legal document of a plan."""

    number = Allowed(TEXT)
    dated = Allowed(DATE, "date")
    issuer = Required(TEXT)


class PlanRecord(Record, doc="plan"):
    """`plan:` of a plan file."""

    id = Required(HYPHEN_ID)
    name = Required(TEXT)
    name_en = Allowed(TEXT)
    document = Required(Nested(DocumentRecord))
    starts = Required(DATE)
    ends = Required(DATE)
    supersedes = Allowed(ListOf(HYPHEN_ID))
    superseded_from = Allowed(DATE)
    review_by = Allowed(DATE)


class DatedRecord(Record, doc="dated"):
    """A last day, written as `by` (that day included) or `before` (that day excluded)."""

    by = Allowed(DATE)
    before = Allowed(DATE)

    @property
    def last_day(self) -> date:
        """The last day that counts; UnreadError when neither is written."""
        if self.by is not None:
            return self.by
        if self.before is not None:
            return self.before - timedelta(days=1)
        raise UnreadError

    @property
    def day_place(self) -> Place:
        """Where the day stands."""
        return self.at(DatedRecord.by) if self.has(DatedRecord.by) else self.at(DatedRecord.before)


class DatedValueRecord(DatedRecord, doc="dated"):
    """A value to be reached by a day."""

    value = Required(QUANTITY)


class StepRecord(DatedRecord, doc="step"):
    """A step of a milestone."""

    name = Required(TEXT)
    name_en = Allowed(TEXT)


class ScheduleRecord(Record, doc="schedule"):
    """A goal that rises by the same amount every year until a cap."""

    first = Required(QUANTITY)
    from_year = Required(YEAR, "from")
    add = Required(DIFFERENCE)
    every = Required(choice(("year",)))
    cap = Required(QUANTITY)


class ScopeRecord(Record, doc="scope"):
    """Whose figures count."""

    level = Allowed(WORD)
    each = Allowed(WORD)
    units = Allowed(ListOf(UNIT_CODE))


class NationalRecord(Record, doc="national"):
    """The national line under a target."""

    document = Required(TEXT)
    value = Required(QUANTITY)
    above_by = Required(DIFFERENCE)


class GoalsRecord(Record, doc="goals"):
    """Several goals that must hold together."""

    all_of = Required(ListOf(GOAL), "all")


class AimRecord(Record, doc="target"):
    """What a target asks for; may be said once or per level."""

    goal = Allowed(Either[SimpleGoal, GoalsRecord](GOAL, Nested(GoalsRecord)))
    path = Allowed(ListOf(Nested(DatedValueRecord)))
    step = Allowed(Nested(ScheduleRecord))
    lead = Allowed(UNIT_CODE)


class TargetRecord(AimRecord, doc="target"):
    """One target of a plan."""

    id = Required(HYPHEN_ID)
    name = Allowed(TEXT)
    name_en = Allowed(TEXT)
    indicator = Allowed(SNAKE_ID)
    due = Allowed(DATE)
    before = Allowed(DATE)
    steps = Allowed(ListOf(Nested(StepRecord)))
    baseline = Allowed(Nested(DatedValueRecord))
    scope = Allowed(Nested(ScopeRecord))
    levels = Allowed(MapOf(WORD, Either[SimpleGoal, AimRecord](GOAL, Nested(AimRecord))))
    national = Allowed(Nested(NationalRecord))
    first_review = Allowed(DATE)
    standing = Allowed(BOOLEAN)
    limits = Allowed(Nested(LimitsRecord))
    note = Allowed(TEXT)


class PlanFile(Record, doc="plan_file"):
    """plans/<id>.yaml."""

    plan = Required(Nested(PlanRecord))
    targets = Required(ListOf(Nested(TargetRecord)))
