"""The parts of the page of a target, from top to bottom."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation import explanation
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.target import opening_html
from scorecard.presentation.target_change import change_html
from scorecard.presentation.target_definition import definition_html
from scorecard.presentation.target_figures import read_figures
from scorecard.presentation.target_steps import steps_html
from scorecard.ui import cache, chart_panel, guide, justification_panel, origin_link, target_units
from scorecard.ui.guard import PageContext
from scorecard.ui.target_filters import Chosen


def draw(page: PageContext, chosen: Chosen, case: Case) -> None:
    """Draw everything that is known of the line chosen."""
    amounts = Amounts(page.formats, page.province)
    if chosen.line.known_on is not None:
        st.info(page.texts("target.known_note", day=page.formats.day(chosen.line.known_on)))
    st.markdown(opening_html(case, read_figures(case, amounts), amounts), unsafe_allow_html=True)
    origin_link.draw(page, chosen.line)
    _draw_way(page, chosen, case, amounts)
    target_units.draw(page, chosen, case)
    if chosen.line.known_on is None:
        justification_panel.draw(page, chosen.target, case.standing.month)
    _draw_change(page, case, amounts)
    st.header(page.texts("target.definition"), anchor=False)
    st.html(definition_html(case, amounts))
    with st.expander(page.texts("target.steps_by_step")):
        st.code(explanation(case, amounts), language=None, wrap_lines=True)
    guide.draw("xem-chi-tieu", page.texts("overview.guide"))


def _draw_way(page: PageContext, chosen: Chosen, case: Case, amounts: Amounts) -> None:
    """Draw the trajectory, or the steps of a milestone."""
    if case.standing.target.steps:
        st.html(steps_html(case, amounts))
        return
    st.header(page.texts("trajectory.title"), anchor=False)
    versions, looks = (page.figures_version, page.province.digest), (page.texts.language, chart_panel.ground())
    drawing = cache.trajectory(*versions, chosen.line, chosen.place, *looks, _store=page.store, _province=page.province)
    if drawing is None:
        st.markdown(page.texts("trajectory.none"))
    else:
        chart_panel.draw(drawing, page.texts)


def _draw_change(page: PageContext, case: Case, amounts: Amounts) -> None:
    told = change_html(case, amounts)
    if told is not None:
        month = page.formats.month(case.standing.month.plus(-1))
        st.header(page.texts("target.change", month=month), anchor=False)
        st.html(told)
