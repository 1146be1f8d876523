"""Rules of plans and of what each target refers to; what it asks for is held against its goal in goal_rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scorecard.definitions.aims import Aim, aims_of
from scorecard.definitions.draft import Draft
from scorecard.definitions.form_rules import ids, named_as_file
from scorecard.definitions.goal_rules import goal_problems
from scorecard.definitions.lineage_rules import lives
from scorecard.definitions.plan_records import DatedRecord, PlanFile, PlanRecord, ScopeRecord, TargetRecord
from scorecard.definitions.problem import Problem, error, warning
from scorecard.definitions.rule import duplicates, findings, references, unknown
from scorecard.definitions.shapes import Placed
from scorecard.definitions.unit_rules import first_day, last_day


def plan_problems(draft: Draft, today: date | None) -> Iterator[Problem]:
    """Yield what is wrong with the plans."""
    for file in draft.plans.records:
        yield from findings(_plan(draft, file, today))
        for target in _targets(file):
            yield from findings(_shape(target), _scope(draft, target), _dates_of(target), _advice(target))
            yield from findings(_aims(draft, file, target))
    plans = [file.plan for file in draft.plans.records if "plan" in file.values]
    targets = [target for file in draft.plans.records for target in _targets(file)]
    yield from duplicates(ids(plans, PlanRecord.id))
    yield from duplicates(ids(targets, TargetRecord.id))
    for target in targets:
        yield from findings(_element_of_its_own(draft, target))


def _targets(file: PlanFile) -> list[TargetRecord]:
    return [target.value for target in file.targets] if "targets" in file.values else []


def _plan(draft: Draft, file: PlanFile, today: date | None) -> Iterator[Problem]:
    plan = file.plan
    yield from findings(_named_as_file(plan), _life(plan), _supersedes(draft, plan), _document(plan))
    if today is not None:
        yield from findings(_review(plan, today))


def _named_as_file(plan: PlanRecord) -> Iterator[Problem]:
    yield from named_as_file(plan.id, plan.at(PlanRecord.id))


def _life(plan: PlanRecord) -> Iterator[Problem]:
    if plan.ends < plan.starts:
        yield error(plan.at(PlanRecord.ends), "ends_before_it_starts", start=plan.starts)
    if plan.superseded_from and plan.superseded_from < plan.starts:
        yield error(plan.at(PlanRecord.superseded_from), "ends_before_it_starts", start=plan.starts)


def _supersedes(draft: Draft, plan: PlanRecord) -> Iterator[Problem]:
    starts = {file.plan.id: file.plan.starts for file in draft.plans.whole() if file.plan.id != plan.id}
    yield from references("plan", plan.supersedes or (), starts)
    for other in plan.supersedes or ():
        if other.value in starts and plan.starts <= starts[other.value]:
            yield error(other.place, "supersedes_later", name=other.value, start=starts[other.value])


def _document(plan: PlanRecord) -> Iterator[Problem]:
    if plan.document.number is None or plan.document.dated is None:
        yield warning(plan.at(PlanRecord.document), "no_legal_number")


def _review(plan: PlanRecord, today: date) -> Iterator[Problem]:
    if plan.review_by and plan.review_by < today:
        yield warning(plan.at(PlanRecord.review_by), "review_passed", day=plan.review_by)


def _shape(target: TargetRecord) -> Iterator[Problem]:
    if target.has(TargetRecord.levels) and target.has(TargetRecord.scope):
        yield error(target.at(TargetRecord.scope), "scope_and_levels")
    if target.has(TargetRecord.due) and target.has(TargetRecord.before):
        yield error(target.at(TargetRecord.before), "two_days")


def _dates_of(target: TargetRecord) -> Iterator[Problem]:
    """Report dated values and steps without exactly one day."""
    dated: list[DatedRecord] = [step.value for step in target.steps or ()]
    dated += [value for aim in aims_of(target) for value in aim.path]
    dated += [target.baseline] if target.baseline else []
    for record in {id(each): each for each in dated}.values():
        if record.has(DatedRecord.by) and record.has(DatedRecord.before):
            yield error(record.at(DatedRecord.before), "two_days")
        elif not record.has(DatedRecord.by) and not record.has(DatedRecord.before):
            yield error(record.place, "day_missing")


def _scope(draft: Draft, target: TargetRecord) -> Iterator[Problem]:
    levels = tuple(Placed(entry.key, entry.key_place) for entry in target.levels or ())
    yield from findings(references("level", levels, draft.levels))
    scope = target.scope
    if scope is None:
        return
    if len(scope.places) != 1:
        yield error(scope.place, "scope_one_key")
    for field in (ScopeRecord.level, ScopeRecord.each):
        if field.key in scope.values:
            yield from findings(references("level", ids([scope], field), draft.levels))
    yield from findings(references("unit", scope.units or (), draft.units_through_time.by_code))


def _advice(target: TargetRecord) -> Iterator[Problem]:
    """Warn of what is allowed but makes a target hard to follow."""
    aims, place = aims_of(target), target.at(TargetRecord.id)
    if any(not (aim.path or aim.schedule or target.steps) for aim in aims):
        yield warning(place, "no_interim_milestone", name=target.id)
    if any(aim.lead is None for aim in aims):
        yield warning(place, "no_lead", name=target.id)
    if target.name is None and target.indicator is None:
        yield warning(place, "no_name", name=target.id)


def _aims(draft: Draft, file: PlanFile, target: TargetRecord) -> Iterator[Problem]:
    """Report what is wrong with each level of a target; what they share is told once."""
    told: list[Problem] = []
    for aim in aims_of(target):
        for problem in findings(_lead(draft, file.plan, aim), goal_problems(draft, file.plan, aim)):
            if problem not in told:
                told.append(problem)
                yield problem


def _lead(draft: Draft, plan: PlanRecord, aim: Aim) -> Iterator[Problem]:
    """Report a lead unit that does not exist on any day between the start of the plan and the deadline."""
    if aim.lead is None:
        return
    units, code, due = draft.units_through_time, aim.lead.value, aim.due.value
    if code not in units.by_code:
        yield unknown(aim.lead.place, "unit", code, units.by_code)
    elif not any(first_day(unit) <= due and plan.starts <= last_day(unit) for unit in units.by_code[code]):
        span = {"code": code, "start": plan.starts, "due": due, "lives": lives(units, code)}
        yield error(aim.lead.place, "lead_not_alive", **span)


def _element_of_its_own(draft: Draft, target: TargetRecord) -> Iterator[Problem]:
    """Report a milestone whose id is taken by an element: its figures would be mixed."""
    for aim in aims_of(target):
        if aim.is_milestone and aim.id in draft.elements:
            element = draft.elements[aim.id]
            where = f"{element.place.file}:{element.place.line}"
            yield error(target.at(TargetRecord.id), "duplicate_id", name=aim.id, where=where)
