"""Which target is looked at, in which month, of which unit, as known on which day; all of it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import streamlit as st

from scorecard.domain.period import Month
from scorecard.domain.plan import Plan, Target
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.target_names import target_name
from scorecard.ui import address, cache, links, navigation, plan_filters
from scorecard.ui.guard import PageContext
from scorecard.ui.plan_filters import KNOWN_ON
from scorecard.ui.target_line import TargetLine

TARGET, UNIT = "muc", "don-vi"

_ALL, _NOW = "", ""
_MOST_DAYS = 12


def page_of(plan_id: str, month: Month, known_on: date | None = None) -> str:
    """Return the address of the page of one target of a plan in a month, up to the id of the target."""
    known = {KNOWN_ON: known_on.isoformat()} if known_on else {}
    shown = {plan_filters.PLAN: plan_id, plan_filters.MONTH: str(month)} | known
    return f"{links.to(navigation.TARGET, shown)}&{TARGET}="


def link(target: Target, month: Month) -> str:
    """Return the address of the page of a target in a month."""
    return f"{page_of(target.plan_id, month)}{target.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is looked at; `place` is that of one of the cases of the line."""

    target: Target
    line: TargetLine
    place: int = 0


def choose(page: PageContext) -> Chosen:
    """Ask for plan, target, month, unit and the day on which the figures were known."""
    with st.container(horizontal=True, vertical_alignment="center", key="target-filters"):
        plan = plan_filters.choose_plan(page, width=480)
        target = _choose_target(page, plan)
        month = plan_filters.choose_month(page, plan)
        known_on = _choose_known_on(page, month)
        line = TargetLine(plan_id=plan.id, target_id=target.id, month=month.index, known_on=known_on)
        return _choose_unit(page, Chosen(target=target, line=line))


def case_of(page: PageContext, chosen: Chosen) -> Case | None:
    """Return what is behind the line chosen; None where the unit has no figures of the target."""
    found = _cases(page, chosen.line)
    return found[chosen.place] if chosen.place < len(found) else None


def _cases(page: PageContext, line: TargetLine) -> tuple[Case, ...]:
    versions = page.figures_version, page.province.digest
    return cache.target_cases(*versions, line, _store=page.store, _province=page.province)


def _choose_target(page: PageContext, plan: Plan) -> Target:
    targets = {target.id: target for target in plan.targets}
    first = next(iter(targets))
    chosen = address.choose(
        TARGET,
        tuple(targets),
        label=page.texts("target.target"),
        show=lambda target_id: target_name(targets[target_id], page.province, page.texts),
        default=first,
        width=500,
    )
    return targets[chosen or first]


def _choose_known_on(page: PageContext, month: Month) -> date | None:
    """Ask whether the figures of today are looked at, or those known at the end of a month or on a day linked to."""
    last = Month.containing(page.today.replace(day=1) - timedelta(days=1))
    ends = [Month(index).last_day for index in range(last.index, month.index - 1, -1)][:_MOST_DAYS]
    days = {day.isoformat(): day for day in sorted({*ends, *_linked_day(page)}, reverse=True)}
    chosen = address.choose(
        KNOWN_ON,
        (_NOW, *days),
        label=page.texts("target.known"),
        show=lambda text: (
            page.texts("target.known_on", day=page.formats.day(days[text])) if text else page.texts("target.known_now")
        ),
        default=_NOW,
        width=210,
    )
    return days[chosen] if chosen else None


def _linked_day(page: PageContext) -> tuple[date, ...]:
    try:
        day = date.fromisoformat(st.query_params.get(KNOWN_ON, ""))
    except ValueError:
        return ()
    return (day,) if day <= page.today else ()


def _choose_unit(page: PageContext, chosen: Chosen) -> Chosen:
    """Ask for a unit: of a target for each, whose line; of a total, all of it or one unit's own line."""
    found, units = _cases(page, chosen.line), page.province.units.by_id
    each = chosen.target.scope.each is not None
    offered = [case.standing.unit for case in found] if each else [_ALL, *_taking_part(found)]
    if len(offered) < 2:
        return chosen
    unit = address.choose(
        UNIT,
        offered,
        label=page.texts("target.unit"),
        show=lambda unit_id: units[unit_id].name if unit_id else found[0].speaks_of(page.texts),
        default=offered[0],
        width=300,
    )
    if each:
        return replace(chosen, place=offered.index(unit or offered[0]))
    return replace(chosen, line=replace(chosen.line, unit_id=unit or None))


def _taking_part(found: tuple[Case, ...]) -> list[str]:
    """Return the units alive in the month that have figures in a total or owe them, in the order of protocol."""
    if not found:
        return []
    case = found[0]
    units = {each.unit for each in case.contributions if each.unit is not None} | set(case.silent)
    alive = [unit for unit in units if unit.alive_on(case.standing.month.last_day)]
    return [unit.id for unit in sorted(alive, key=lambda unit: (unit.protocol_order, unit.id))]
