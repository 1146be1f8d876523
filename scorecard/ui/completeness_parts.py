"""The parts of the completeness page: the month, both shares, who is late, the line of days, the matrix."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import streamlit as st

from scorecard.calculation.completeness import Completeness
from scorecard.domain.period import Month, Period
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.completeness import (
    cases_sentence,
    completeness_sentence,
    kind_lines,
    late_list,
    surplus_lines,
)
from scorecard.presentation.completeness_matrix import matrix_html
from scorecard.presentation.desk import notes_html
from scorecard.ui import address, chart_panel
from scorecard.ui.guard import PageContext

_MONTH = "thang"
_MONTHS_OFFERED = 12


def choose_month(page: PageContext) -> Month:
    """Ask which month is looked at: the last one that is over, unless told otherwise."""
    last = Month.containing(page.today.replace(day=1) - timedelta(days=1))
    months = {str(month): month for back in range(_MONTHS_OFFERED) for month in [last.plus(-back)]}
    chosen = address.choose(
        _MONTH,
        tuple(months),
        label=page.texts("completeness.month"),
        show=lambda text: page.formats.month(months[text]),
        default=str(last),
        width=200,
    )
    return months[chosen or str(last)]


def draw(page: PageContext, found: Completeness, month: Month, days: Drawing | None, year: Drawing | None) -> None:
    """Draw everything that is known of one month."""
    rows = found.rows.filter(pl.col("last_month") == month.index)
    now = page.settings.now(datetime.now(UTC))
    st.markdown(f"**{completeness_sentence(rows, now, page.formats)}**")
    if rows.is_empty():
        return
    if cases := cases_sentence(rows, page.province, page.formats):
        st.markdown(cases)
    st.html(notes_html(tuple(kind_lines(rows, page.province, page.formats))))
    st.header(page.texts("completeness.late"), anchor=False)
    st.markdown(page.texts("completeness.late_advice"))
    period = Period(month, month)
    st.code(late_list(rows, period, page.province, page.formats, now), language=None, wrap_lines=True)
    if days is not None:
        _draw_chart(page, days)
    st.header(page.texts("completeness.matrix"), anchor=False)
    st.html(matrix_html(rows, period, page.province, page.formats))
    if year is not None:
        _draw_chart(page, year)
        st.markdown(page.texts("reporting_year.legend"))
    _draw_surplus(page, found.surplus.filter(pl.col("last_month") == month.index))
    st.markdown(page.texts("completeness.rule"))


def _draw_chart(page: PageContext, chart: Drawing) -> None:
    st.header(chart.title, anchor=False)
    st.markdown(chart.spoken)
    chart_panel.draw(chart, page.texts)


def _draw_surplus(page: PageContext, surplus: pl.DataFrame) -> None:
    lines = tuple(surplus_lines(surplus, page.province, page.formats))
    if lines:
        with st.expander(lines[0]):
            st.html(notes_html(lines[1:]))
