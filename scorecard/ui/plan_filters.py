"""Which plan and which of its months is looked at, and as known when; all of it stands in the address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.presentation.texts import in_language
from scorecard.presentation.typed_dates import TypedDateError, parse_since
from scorecard.ui import address, cache, demo
from scorecard.ui.guard import PageContext

PLAN, MONTH, KNOWN_ON = "ke-hoach", "ky", "biet-den"
_OF_ADDRESS = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthChoice:
    """The month looked at, and the later one whose figures are being collected but none of them approved yet."""

    month: Month
    awaited: Month | None


def choose_plan(page: PageContext, width: int = 560) -> Plan:
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


def named(page: PageContext) -> tuple[Plan, Month]:
    """Return the plan that the address names and its last month with approved figures, without boxes."""
    plans = {plan.id: plan for plan in page.province.plans}
    first = plans.get(demo.FIRST_PLAN) or page.province.plans[0]
    plan = plans.get(st.query_params.get(PLAN, ""), first)
    return plan, _last_with_figures(page, plan, months_of(page, plan)[0], None)


def choose_month(page: PageContext, plan: Plan) -> Month:
    """Ask which month is looked at, see `month_choice`."""
    return month_choice(page, plan).month


def month_choice(page: PageContext, plan: Plan, known: date | None = None) -> MonthChoice:
    """Ask which month is looked at: the last one with approved figures, as known on a day, unless told otherwise.

    Where nothing is due for a month, or nothing was ever approved, it is the one for which figures are collected.
    """
    months = {str(month): month for month in months_of(page, plan)}
    collected = next(iter(months.values()))
    first = _last_with_figures(page, plan, collected, known)
    chosen = address.choose(
        MONTH,
        tuple(months),
        label=page.texts("overview.period"),
        show=lambda text: page.formats.month(months[text]),
        default=str(first),
        width=170,
    )
    month = months[chosen or str(first)]
    return MonthChoice(month=month, awaited=collected if month == first != collected else None)


def known_on(page: PageContext) -> date | None:
    """Return the day as of which figures are shown; None for now, also for what is no day or one still to come."""
    typed = st.session_state.get(KNOWN_ON, st.query_params.get(KNOWN_ON, ""))
    return _day(typed, page.today)


def ask_known_on(page: PageContext) -> None:
    """Ask for the day as of which figures are shown, folded away."""
    with st.expander(page.texts("overview.known_on")):
        typed = address.ask(KNOWN_ON, label=page.texts("overview.known_on_day"), width=320)
        wrong = bool(typed) and _day(typed, page.today) is None
        st.write(page.texts("overview.known_on_unreadable" if wrong else "overview.known_on_help"))


def _day(typed: str, latest: date) -> date | None:
    """Read a whole day, typed or as an address writes it."""
    try:
        day = date.fromisoformat(typed if _OF_ADDRESS.fullmatch(typed) else parse_since(typed, latest))
    except (TypedDateError, ValueError):
        return None
    return day if day <= latest else None


def _last_with_figures(page: PageContext, plan: Plan, collected: Month, known: date | None) -> Month:
    found = cache.last_month(
        page.figures_version,
        page.province.digest,
        plan.id,
        collected.index,
        known,
        _store=page.store,
        _province=page.province,
    )
    return collected if found is None else max(Month(found), Month.containing(plan.starts))


def months_of(page: PageContext, plan: Plan) -> list[Month]:
    """Return the months of a plan for which collecting has begun, latest first; its first one when none has."""
    first = Month.containing(plan.starts)
    collecting = Month.containing(page.today.replace(day=1) - timedelta(days=1))
    last = max(first, min(collecting, Month.containing(plan.ends)))
    return [Month(index) for index in range(last.index, first.index - 1, -1)]
