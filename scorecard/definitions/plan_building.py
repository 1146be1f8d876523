"""Plans and targets from records that have passed every rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scorecard.definitions.aims import Aim, aims_of, stepped_values, whole_goal
from scorecard.definitions.draft import Draft
from scorecard.definitions.goal_fit import comparable
from scorecard.definitions.plan_records import (
    DatedValueRecord,
    NationalRecord,
    PlanFile,
    PlanRecord,
    StepRecord,
    TargetRecord,
)
from scorecard.definitions.records import LimitsRecord
from scorecard.domain.goal import AllOf, Comparator, Done, Goal, Threshold
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.plan import DatedValue, Document, Limits, NationalReference, Plan, Scope, Step, Target


def build_limits(record: LimitsRecord | None, base: Limits) -> Limits:
    """Return the base with the limits that a record sets."""
    return replace(base, **record.values) if record else base  # type: ignore[arg-type]


def build_plans(draft: Draft, limits: Limits) -> tuple[Plan, ...]:
    """Return the plans in the order of their files.

    A plan that another one supersedes ends with that one's start, unless it says itself from when.
    """
    files = draft.plans.whole()
    successor_starts: dict[str, date] = {}
    for file in files:
        for superseded in file.plan.supersedes or ():
            earliest = successor_starts.get(superseded.value, file.plan.starts)
            successor_starts[superseded.value] = min(earliest, file.plan.starts)
    return tuple(_plan(draft, file, limits, successor_starts.get(file.plan.id)) for file in files)


def _plan(draft: Draft, file: PlanFile, limits: Limits, successor_starts: date | None) -> Plan:
    plan = file.plan
    aims = [aim for target in file.targets for aim in aims_of(target.value)]
    return Plan(
        id=plan.id,
        name=plan.name,
        name_en=plan.name_en,
        document=Document(number=plan.document.number, dated=plan.document.dated, issuer=plan.document.issuer),
        starts=plan.starts,
        ends=plan.ends,
        supersedes=tuple(each.value for each in plan.supersedes or ()),
        superseded_from=plan.superseded_from or successor_starts,
        targets=tuple(_target(draft, plan, aim, limits) for aim in aims),
    )


def _target(draft: Draft, plan: PlanRecord, aim: Aim, limits: Limits) -> Target:
    target = aim.target
    indicator = draft.indicators_by_id[target.indicator] if target.indicator else None
    name, name_en = target.name, target.name_en
    if name is None:
        name, name_en = (indicator.name, indicator.name_en) if indicator else (target.id, None)
    goal = whole_goal(aim.goal.value) if aim.goal else Done()
    return Target(
        id=aim.id,
        plan_id=plan.id,
        name=name,
        name_en=name_en,
        indicator_id=target.indicator,
        goal=goal,
        starts=plan.starts,
        due=aim.due.value,
        scope=_scope(aim),
        path=tuple(_dated(each, goal) for each in aim.path),
        stepped=stepped_values(aim.schedule) if aim.schedule else (),
        steps=_steps(target, name, name_en, aim.due.value) if isinstance(goal, Done) else (),
        standing=target.standing or False,
        cumulative=indicator is not None and indicator.kind is IndicatorKind.COUNT and _grows(goal),
        baseline=_dated(target.baseline, goal) if target.baseline else None,
        lead=aim.lead.value if aim.lead else None,
        national=_national(target.national),
        limits=build_limits(target.limits, limits),
        first_review=target.first_review,
        note=target.note or "",
    )


def _grows(goal: Goal) -> bool:
    return isinstance(goal, Threshold) and goal.comparator in (Comparator.AT_LEAST, Comparator.ABOVE)


def _scope(aim: Aim) -> Scope:
    if aim.level:
        return Scope(level=aim.level.key)
    scope = aim.target.scope
    if scope is None:
        return Scope()
    return Scope(level=scope.level, each=scope.each, codes=tuple(each.value for each in scope.units or ()))


def _steps(target: TargetRecord, name: str, name_en: str | None, due: date) -> tuple[Step, ...]:
    if not target.steps:
        return (Step(name=name, name_en=name_en, by=due),)
    return tuple(_step(each.value) for each in target.steps)


def _step(record: StepRecord) -> Step:
    return Step(name=record.name, name_en=record.name_en, by=record.last_day)


def _dated(record: DatedValueRecord, goal: Goal) -> DatedValue:
    value = record.value.value if isinstance(goal, AllOf) else comparable(goal, record.value)
    return DatedValue(record.last_day, value)


def _national(record: NationalRecord | None) -> NationalReference | None:
    if record is None:
        return None
    return NationalReference(document=record.document, value=record.value.value, above_by=record.above_by.value)
