"""What of the overview is looked at: plan, month, status; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st

from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.domain.status import Status
from scorecard.presentation.texts import in_language
from scorecard.ui import address, demo
from scorecard.ui.guard import PageContext

PLAN, MONTH = "ke-hoach", "ky"
_STATUS = "trang-thai"


def choose_plan(page: PageContext) -> Plan:
    """Ask which plan is looked at."""
    plans = {plan.id: plan for plan in page.province.plans}
    first = demo.FIRST_PLAN if demo.FIRST_PLAN in plans else next(iter(plans))
    chosen = address.choose(
        PLAN,
        tuple(plans),
        label=page.texts("overview.plan"),
        show=lambda plan_id: in_language(page.texts, plans[plan_id].name, plans[plan_id].name_en),
        default=first,
        width=640,
    )
    return plans[chosen or first]


def choose_month(page: PageContext, plan: Plan) -> Month:
    """Ask which month is looked at: the last one for which figures are being collected, unless told otherwise."""
    months = {str(month): month for month in _months(page, plan)}
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


def named(page: PageContext) -> tuple[Plan, Month]:
    """Return the plan that the address names and the last month for which figures are collected, without boxes."""
    plans = {plan.id: plan for plan in page.province.plans}
    wanted = st.query_params.get(PLAN, demo.FIRST_PLAN)
    plan = plans.get(wanted) or plans.get(demo.FIRST_PLAN) or page.province.plans[0]
    return plan, _months(page, plan)[0]


def choose_status(page: PageContext, counts: Mapping[Status, int]) -> Status | None:
    """Ask whether only one status is looked at; each choice tells how many targets have it."""
    wanted = st.query_params.get(_STATUS)
    current = Status(wanted) if wanted in set(Status) else None
    with st.container(horizontal=True, key="counts"):
        for status, count in counts.items():
            st.button(
                page.texts("overview.count", count=count, status=page.texts(f"status.{status}")),
                key=f"{'chosen' if status is current else 'count' if count else 'none'}-{status}",
                on_click=address.remember,
                args=(_STATUS, None if status is current else status.value),
            )
    return current


def _months(page: PageContext, plan: Plan) -> list[Month]:
    """Return the months of a plan for which collecting has begun, latest first; its first one when none has."""
    first = Month.containing(plan.starts)
    collecting = Month.containing(page.today.replace(day=1) - timedelta(days=1))
    last = max(first, min(collecting, Month.containing(plan.ends)))
    return [Month(index) for index in range(last.index, first.index - 1, -1)]
