"""The parts of the list of justifications: the month, one sentence, who owes one, what was said."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

import streamlit as st

from scorecard.calculation.justification_duty import MONTHS_OFFERED, JustificationList, latest_month
from scorecard.domain.justification import WORKING_DAYS
from scorecard.domain.period import Month
from scorecard.presentation.justification_list import given_html, missing_html, sentence, to_copy
from scorecard.ui import address, plan_filters, target_filters
from scorecard.ui.guard import PageContext
from scorecard.ui.record_names import names_of
from scorecard.workflow.settings import VIETNAM


def choose_month(page: PageContext) -> Month:
    """Ask which month is looked at: the last one that is over, unless told otherwise."""
    last = latest_month(page.today)
    months = {str(month): month for back in range(MONTHS_OFFERED) for month in [last.plus(-back)]}
    chosen = address.choose(
        plan_filters.MONTH,
        tuple(months),
        label=page.texts("justification.month"),
        show=lambda text: page.formats.month(months[text]),
        default=str(last),
        width=200,
    )
    return months[chosen or str(last)]


def draw(page: PageContext, told: JustificationList) -> None:
    """Draw what is known of one month; the list of who owes one comes again as text to copy."""
    texts, names = page.texts, names_of(page)
    st.markdown(f'<div class="sentence">{escape(sentence(told, page.today, names))}</div>', unsafe_allow_html=True)
    st.markdown(texts("justification.rule"))
    if told.missing:
        st.header(texts("justification.missing"), anchor=False)
        st.markdown(missing_html(told, page.today, names, target_filters.link), unsafe_allow_html=True)
    if told.given:
        st.header(texts("justification.given_table"), anchor=False)
        st.markdown(given_html(told, names, target_filters.link), unsafe_allow_html=True)
    if told.missing:
        st.header(texts("justification.to_copy"), anchor=False)
        st.markdown(texts("justification.to_copy_advice"))
        moment = page.settings.now(datetime.now(UTC)).astimezone(VIETNAM)
        st.code(to_copy(told, page.today, moment, names), language=None, wrap_lines=True)
    st.markdown(texts("justification.asked_rule", days=page.formats.count(WORKING_DAYS)))
