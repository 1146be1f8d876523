"""A chart on a page: the drawing, and behind one press the table of its points and its files."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.charts.drawing import Drawing, behind_html
from scorecard.presentation.charts.style import Ground
from scorecard.presentation.texts import Texts


def ground() -> Ground:
    """Return what the page stands on in this browser; light until the browser says otherwise."""
    return Ground(st.context.theme.type or Ground.LIGHT)


def draw(drawing: Drawing, texts: Texts) -> None:
    """Draw a chart with what is said of it, its table and its files."""
    with st.container(key=f"chart-{drawing.name}"):
        st.vega_lite_chart(
            spec=dict(drawing.spec), theme=None, height=drawing.height, alt=drawing.spoken, key=f"drawn-{drawing.name}"
        )
        st.html(behind_html(drawing, texts))
