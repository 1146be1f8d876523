"""Ledger of corrections: which figures of a unit were changed later, how late, by whom and why."""

from __future__ import annotations

import streamlit as st

from scorecard.presentation.corrections import counts_html, ledger_html, sentence
from scorecard.ui import corrections_unit
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import CORRECTIONS
from scorecard.ui.record_names import names_of
from scorecard.workflow.corrections import read_ledger

page = open_page(CORRECTIONS)

names = names_of(page)
st.title(page.texts("corrections.title"), anchor=False)
chosen = corrections_unit.choose(page, names)
if chosen is None:
    st.markdown(page.texts("corrections.no_unit"))
    st.stop()
corrected = read_ledger(page.store, page.province, page.person, chosen.unit.id)
st.markdown(f"**{sentence(chosen.unit.id, chosen.reported, corrected, names)}**")
st.markdown(page.texts("corrections.explanation"))
if corrected:
    st.html(counts_html(corrected, names))
    st.html(ledger_html(corrected, names))
