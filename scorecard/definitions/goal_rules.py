"""Rules of a goal: it fits its indicator, and baseline, path and schedule lead to it in time."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from scorecard.definitions.aims import Aim, parts_of, stepped_values
from scorecard.definitions.building import build_list
from scorecard.definitions.draft import Draft
from scorecard.definitions.fields import Field
from scorecard.definitions.goal_fit import Direction, bound_of, comparable, counts_the_same, direction_of, fits
from scorecard.definitions.kinds import Quantity, UnreadError
from scorecard.definitions.plan_records import (
    DatedValueRecord,
    GoalsRecord,
    NationalRecord,
    PlanRecord,
    ScheduleRecord,
    SimpleGoal,
    TargetRecord,
)
from scorecard.definitions.problem import Problem, error
from scorecard.definitions.records import IndicatorRecord
from scorecard.definitions.rule import findings, unknown
from scorecard.definitions.shapes import Placed
from scorecard.domain.goal import Band, Done, Relative, Threshold, WholeList
from scorecard.domain.period import Month


def goal_problems(draft: Draft, plan: PlanRecord, aim: Aim) -> Iterator[Problem]:
    """Yield what is wrong with what one aim asks for and when."""
    yield from findings(_due(plan, aim), _days(plan, aim))
    if aim.goal is None:
        yield error(aim.level.place if aim.level else aim.target.place, "goal_missing")
    elif aim.is_milestone:
        yield from findings(_milestone(aim))
    else:
        yield from findings(_measured(draft, plan, aim))


def _due(plan: PlanRecord, aim: Aim) -> Iterator[Problem]:
    target = aim.target
    dated = target.has(TargetRecord.due) or target.has(TargetRecord.before)
    if aim.schedule and dated:
        yield error(aim.schedule.place, "due_and_step")
    if not (dated or aim.schedule or target.steps):
        yield error(target.place, "due_missing")
    elif aim.due.value < plan.starts:
        yield error(aim.due.place, "due_before_start", due=aim.due.value, start=plan.starts)


def _days(plan: PlanRecord, aim: Aim) -> Iterator[Problem]:
    """Report days outside the time between the plan's start and the deadline."""
    target, due = aim.target, aim.due.value
    if due < plan.starts:
        return
    days = [Placed(each.last_day, each.day_place) for each in aim.path]
    days += [Placed(each.value.last_day, each.value.day_place) for each in target.steps or ()]
    if target.first_review:
        days.append(Placed(target.first_review, target.at(TargetRecord.first_review)))
    if aim.schedule:
        days.append(Placed(stepped_values(aim.schedule)[0].by, aim.schedule.at(ScheduleRecord.from_year)))
    for day in days:
        if not plan.starts <= day.value <= due:
            yield error(day.place, "day_outside", day=day.value, start=plan.starts, due=due)
    if target.baseline and target.baseline.last_day >= due:
        yield error(target.baseline.day_place, "baseline_too_late", day=target.baseline.last_day, due=due)


def _milestone(aim: Aim) -> Iterator[Problem]:
    target = aim.target
    fields: tuple[Field[Any], ...] = (TargetRecord.indicator, TargetRecord.baseline, TargetRecord.national)
    for field in (*fields, TargetRecord.path, TargetRecord.step):
        if target.has(field):
            yield error(target.at(field), "not_for_milestone", key=field.key)


def _measured(draft: Draft, plan: PlanRecord, aim: Aim) -> Iterator[Problem]:
    target, goal = aim.target, aim.goal
    if target.has(TargetRecord.steps):
        yield error(target.at(TargetRecord.steps), "steps_without_done")
    if target.indicator is None:
        if not target.has(TargetRecord.indicator):
            yield error(target.place, "indicator_missing")
        return
    indicators = draft.indicators_by_id
    if target.indicator not in indicators:
        yield unknown(target.at(TargetRecord.indicator), "indicator", target.indicator, indicators)
        return
    indicator = indicators[target.indicator]
    if goal is None:
        return
    for part in parts_of(goal):
        joined = isinstance(goal.value, GoalsRecord)
        yield from findings(_part(draft, plan, aim, indicator, part, joined=joined))
    lead_part = next((p.value for p in parts_of(goal) if isinstance(p.value, Threshold)), parts_of(goal)[0].value)
    direction = direction_of(lead_part, indicator)
    yield from findings(_counted_alike(aim, lead_part))
    yield from findings(_baseline(aim, lead_part, direction), _path(aim, lead_part, direction))
    yield from findings(_schedule(aim, lead_part))


def _part(
    draft: Draft, plan: PlanRecord, aim: Aim, indicator: IndicatorRecord, part: Placed[SimpleGoal], *, joined: bool
) -> Iterator[Problem]:
    goal = part.value
    if joined and isinstance(goal, WholeList | Done):
        yield error(part.place, "goal_not_joinable")
    elif not fits(draft, indicator, goal):
        yield error(part.place, "goal_does_not_fit", kind=indicator.kind, name=indicator.id)
    elif isinstance(goal, WholeList):
        yield from _list_size(draft, plan, aim, indicator, Placed(goal, part.place))
    elif not isinstance(goal, Band | Done) and _against(goal, indicator):
        yield error(part.place, "goal_against_direction", name=indicator.id, rising_is=indicator.rising_is)


def _against(goal: Threshold | Relative, indicator: IndicatorRecord) -> bool:
    wanted = Direction.UP if indicator.rising_is == "good" else Direction.DOWN
    return direction_of(goal, indicator) is not wanted


def _list_size(
    draft: Draft, plan: PlanRecord, aim: Aim, indicator: IndicatorRecord, goal: Placed[WholeList]
) -> Iterator[Problem]:
    """Report a size that the list has at no time between the plan's start and the deadline."""
    if indicator.denominator is None:
        return
    name = indicator.denominator.lists[0]
    if name not in draft.lists:
        return
    sizes = _sizes(draft, name, Month.containing(plan.starts), Month.containing(aim.due.value))
    if sizes and goal.value.size not in sizes:
        shown = ", ".join(str(size) for size in sorted(sizes))
        yield error(goal.place, "list_size_differs", size=goal.value.size, name=name, found=shown)


def _sizes(draft: Draft, name: str, first: Month, last: Month) -> set[int]:
    """Return the sizes of a list between two months; its first version also stands for earlier months."""
    sizes: set[int] = set()
    for version in build_list(name, draft.lists[name].whole()):
        if version.since is None or version.since <= first or not sizes:
            sizes = {len(version.members)}
        elif version.since <= last:
            sizes.add(len(version.members))
    return sizes


def _quantities(aim: Aim) -> Iterator[Placed[Quantity]]:
    target = aim.target
    for dated in (*aim.path, *([target.baseline] if target.baseline else [])):
        yield Placed(dated.value, dated.at(DatedValueRecord.value))
    if target.national:
        yield Placed(target.national.value, target.national.at(NationalRecord.value))
        yield Placed(target.national.above_by, target.national.at(NationalRecord.above_by))
    if aim.schedule:
        yield Placed(aim.schedule.first, aim.schedule.at(ScheduleRecord.first))
        yield Placed(aim.schedule.add, aim.schedule.at(ScheduleRecord.add))
        yield Placed(aim.schedule.cap, aim.schedule.at(ScheduleRecord.cap))


def _counted_alike(aim: Aim, goal: SimpleGoal) -> Iterator[Problem]:
    for quantity in _quantities(aim):
        if not counts_the_same(goal, quantity.value):
            yield error(quantity.place, "counted_otherwise")


def _baseline(aim: Aim, goal: SimpleGoal, direction: Direction) -> Iterator[Problem]:
    baseline, bound = aim.target.baseline, bound_of(goal)
    if baseline is None or bound is None or not counts_the_same(goal, baseline.value):
        return
    if direction.passes(comparable(goal, baseline.value), bound):
        yield error(baseline.at(DatedValueRecord.value), "baseline_past_goal")


def _path(aim: Aim, goal: SimpleGoal, direction: Direction) -> Iterator[Problem]:
    if aim.path and aim.schedule:
        yield error(aim.schedule.place, "path_and_step")
    for earlier, later in pairwise(aim.path):
        if later.last_day <= earlier.last_day:
            yield error(later.day_place, "not_in_order", earlier=earlier.last_day)
    values = [Placed(each.value, each.at(DatedValueRecord.value)) for each in aim.path]
    if not all(counts_the_same(goal, value.value) for value in values):
        return
    reached = _start(aim, goal)
    for value in values:
        here, bound = comparable(goal, value.value), bound_of(goal)
        if bound is not None and direction.passes(here, bound):
            yield error(value.place, "path_past_goal")
        elif reached is not None and direction.passes(reached, here):
            yield error(value.place, "path_turns_back")
        reached = here


def _start(aim: Aim, goal: SimpleGoal) -> Fraction | None:
    baseline = aim.target.baseline
    if baseline is None or not counts_the_same(goal, baseline.value):
        return None
    return comparable(goal, baseline.value)


def _schedule(aim: Aim, goal: SimpleGoal) -> Iterator[Problem]:
    if aim.schedule is None:
        return
    try:
        last = stepped_values(aim.schedule)[-1]
    except UnreadError:
        if aim.schedule.readable:
            yield error(aim.schedule.place, "step_never_ends")
        return
    if not isinstance(goal, Threshold) or goal.value != last.value:
        yield error(aim.schedule.at(ScheduleRecord.cap), "step_misses_goal")
