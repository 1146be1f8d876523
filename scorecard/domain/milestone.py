"""The form of a milestone: its lead unit says every month which steps are done."""

from __future__ import annotations

from datetime import timedelta

from scorecard.domain.form import Element, Form, Measure, Reporters
from scorecard.domain.period import Frequency, Month
from scorecard.domain.plan import Plan, Target

_PREFIX = "milestone:"
_DUE_DAY = 5
_DAY = timedelta(days=1)


def milestone_form_id(target_id: str) -> str:
    """Return the id of the form of a milestone."""
    return f"{_PREFIX}{target_id}"


def milestone_form(target: Target, plan: Plan, root_code: str) -> Form:
    """Return the form of a target with steps: one element with the target's id, the number of steps done.

    Its lead unit owes it (the province where there is none) for every month from the plan's start to its end, or
    until it is superseded; it is due on the 5th.
    """
    ends = min(plan.ends, plan.superseded_from - _DAY) if plan.superseded_from else plan.ends
    form_id = milestone_form_id(target.id)
    element = Element(
        id=target.id,
        form_id=form_id,
        label=target.name,
        label_en=target.name_en,
        help="",
        found_in="",
        measure=Measure.STOCK,
        decimals=0,
        counted_in="",
        out_of=len(target.steps),
        steps=target.steps,
    )
    reporters = Reporters(
        kinds=frozenset(),
        levels=frozenset(),
        codes=frozenset({target.lead or root_code}),
        every=Frequency.MONTH,
        due_day=_DUE_DAY,
        since=Month.containing(plan.starts),
        until=Month.containing(ends),
    )
    return Form(
        id=form_id,
        name=target.name,
        name_en=target.name_en,
        elements=(element,),
        reporters=(reporters,),
        checks=(),
    )
