"""The parts of a unit's page: sentence, tasks, targets that it leads, its own lines with their charts, the last."""

from __future__ import annotations

import streamlit as st

from scorecard.calculation.unit_maps import parts_taken, taken_over
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.domain.unit import Unit
from scorecard.domain.unit_map import UnitMap
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.own_rate import MONTHS_SHOWN
from scorecard.presentation.overview_facts import plan_facts
from scorecard.presentation.own_lines import line_html
from scorecard.presentation.tasks import tasks_html
from scorecard.presentation.unit import UnitView, build_unit, opening_html
from scorecard.presentation.unit_absence import absence_lines
from scorecard.presentation.unit_past import broken_sentence, past_sentence
from scorecard.ui import cache, chart_panel, guide, target_filters
from scorecard.ui.guard import PageContext
from scorecard.ui.unit_map_choice import choose_map
from scorecard.ui.unit_tasks import UnitTasks, read_tasks

_GUIDE = "xem-don-vi"


def draw(page: PageContext, unit: Unit, plan: Plan, month: Month, *, latest: bool) -> None:
    """Draw the page of one unit; `latest` says whether the month is the last one offered."""
    owed = read_tasks(page, unit)
    absent = absence_lines(unit, month, page.province.units, page.formats)
    if absent:
        first, *others = absent
        st.markdown(opening_html(plan_facts(plan, month, page.formats), first), unsafe_allow_html=True)
        for line in others:
            st.markdown(line)
        _draw_tasks(page, owed, month, latest=latest)
    else:
        shown = page.figures_version, page.province.digest, month.index, plan.id
        frames = cache.unit_frames(*shown, _store=page.store, _province=page.province)
        told = owed.tasks if latest and owed else ()
        view = build_unit(unit, frames, page.province, plan, month, told, page.formats)
        st.markdown(view.opening_html(), unsafe_allow_html=True)
        _draw_tasks(page, owed, month, latest=latest)
        _draw_led(page, view, target_filters.page_of(plan.id, month))
        _draw_own(page, view, unit, plan, month)
        _draw_last(page, view)
    guide.draw(_GUIDE, page.texts("unit.guide"))


def _draw_tasks(page: PageContext, owed: UnitTasks | None, month: Month, *, latest: bool) -> None:
    if owed is None:
        return
    count = page.formats.count
    title = page.texts("unit.tasks", count=count(len(owed.tasks))) if owed.tasks else page.texts("unit.tasks_none")
    st.header(title, anchor=False)
    if not latest:
        today = page.formats.day(page.today)
        st.markdown(page.texts("unit.older_month", today=today, month=page.formats.month(month)))
    st.html(tasks_html(owed.tasks, page.today, page.formats))
    if owed.waiting:
        st.markdown(page.texts("unit.waiting", count=count(owed.waiting)))


def _draw_led(page: PageContext, view: UnitView, target_page: str) -> None:
    if view.led:
        st.header(page.texts("unit.led", count=page.formats.count(len(view.led_rows))), anchor=False)
        st.markdown(view.led_html(target_page, page.texts), unsafe_allow_html=True)


def _draw_own(page: PageContext, view: UnitView, unit: Unit, plan: Plan, month: Month) -> None:
    if not view.own:
        return
    st.header(page.texts("unit.own"), anchor=False)
    shown = page.figures_version, page.province.digest, month.index, plan.id, unit.id
    looks = page.texts.language, chart_panel.ground()
    unit_map = _choose_past(page, unit, plan, month)
    charts = cache.unit_charts(*shown, unit_map, *looks, _store=page.store, _province=page.province)
    for line in view.own:
        st.markdown(line_html(line, page.texts), unsafe_allow_html=True)
        if line.target_id in charts:
            strip, rate = charts[line.target_id]
            left, right = st.columns([3, 2])
            with left:
                st.markdown(f"**{page.texts('unit.strip')}**")
                chart_panel.draw(strip, page.texts)
            with right:
                st.markdown(f"**{page.texts('unit.rate')}**")
                _draw_rate(page, rate)


def _choose_past(page: PageContext, unit: Unit, plan: Plan, month: Month) -> UnitMap:
    """Ask whether the lines of twelve months hold what former units reported; no question where there are none."""
    since = max(month.plus(1 - MONTHS_SHOWN), Month.containing(plan.starts))
    if split := parts_taken(page.province, unit, since, month):
        st.markdown(broken_sentence(unit, split, page.formats))
    former = taken_over(page.province, unit, since, month)
    if not former:
        return UnitMap.TODAY
    unit_map = choose_map(page)
    st.markdown(past_sentence(unit, former, unit_map, page.formats))
    return unit_map


def _draw_rate(page: PageContext, drawing: Drawing | None) -> None:
    if drawing is None:
        st.markdown(page.texts("unit.no_line"))
    else:
        chart_panel.draw(drawing, page.texts)


def _draw_last(page: PageContext, view: UnitView) -> None:
    if view.last:
        st.header(page.texts("unit.last"), anchor=False)
        for places in view.last:
            st.html(places.html(page.texts))
