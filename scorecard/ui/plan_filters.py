"""Which plan and which of its months is looked at; both stand in the address."""

from __future__ import annotations

from datetime import timedelta

from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.presentation.texts import in_language
from scorecard.ui import address, demo
from scorecard.ui.guard import PageContext

PLAN, MONTH = "ke-hoach", "ky"


def choose_plan(page: PageContext, width: int = 640) -> Plan:
    """Ask which plan is looked at; the box is `width` px wide."""
    plans = {plan.id: plan for plan in page.province.plans}
    first = demo.FIRST_PLAN if demo.FIRST_PLAN in plans else next(iter(plans))
    chosen = address.choose(
        PLAN,
        tuple(plans),
        label=page.texts("overview.plan"),
        show=lambda plan_id: in_language(page.texts, plans[plan_id].name, plans[plan_id].name_en),
        default=first,
        width=width,
    )
    return plans[chosen or first]


def choose_month(page: PageContext, plan: Plan) -> Month:
    """Ask which month is looked at: the last one for which figures are being collected, unless told otherwise."""
    months = {str(month): month for month in months_of(page, plan)}
    latest = next(iter(months))
    chosen = address.choose(
        MONTH,
        tuple(months),
        label=page.texts("overview.period"),
        show=lambda text: page.formats.month(months[text]),
        default=latest,
        width=200,
    )
    return months[chosen or latest]


def months_of(page: PageContext, plan: Plan) -> list[Month]:
    """Return the months of a plan for which collecting has begun, latest first; its first one when none has."""
    first = Month.containing(plan.starts)
    collecting = Month.containing(page.today.replace(day=1) - timedelta(days=1))
    last = max(first, min(collecting, Month.containing(plan.ends)))
    return [Month(index) for index in range(last.index, first.index - 1, -1)]
