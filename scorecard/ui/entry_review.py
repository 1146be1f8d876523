"""The review: every answer read back, unusual ones explained, then submitted."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from scorecard.domain.access import readable
from scorecard.domain.figure import Figure
from scorecard.domain.finding import SHORTEST_REASON
from scorecard.domain.part import split_part
from scorecard.domain.period import Period
from scorecard.presentation.entry import corrects, with_figures
from scorecard.presentation.entry_html import part_html, rates_html
from scorecard.presentation.entry_rates import rates
from scorecard.presentation.findings import finding_text
from scorecard.ui import entry_steps
from scorecard.ui.entry_draft import CORRECTION, Draft
from scorecard.ui.entry_frame import draw_reason, draw_top, figures
from scorecard.ui.entry_table import draw_answers
from scorecard.ui.guard import PageContext


def draw(page: PageContext, draft: Draft) -> None:
    """Read everything back and take the reasons that are owed; nothing is recorded before the last button."""
    texts = page.texts
    draw_top(page, draft, "entry.review_title")
    st.markdown(texts("entry.review_advice"))
    _draw_answers(page, draft)
    _draw_rates(page, draft)
    correction = _is_correction(page, draft)
    _draw_reasons(page, draft, correction)
    with st.container(horizontal=True):
        st.button(
            texts("entry.submit"),
            type="primary",
            on_click=entry_steps.submit,
            args=(page, draft),
            kwargs={"correction": correction},
        )
        st.button(texts("entry.edit"), on_click=entry_steps.edit, args=(draft,))


def _draw_answers(page: PageContext, draft: Draft) -> None:
    period = draft.owed.period
    before = Period(period.first.plus(-period.months), period.first.plus(-1))
    compared = [(page.formats.period(before), _as_of(page, draft, before))]
    if draft.progress.base_revision:
        compared.insert(0, (page.texts("entry.column_in_force"), _as_of(page, draft, period)))
    draw_answers(page, draft, page.texts("entry.review_figures"), page.texts("entry.column_new"), compared)


def _as_of(page: PageContext, draft: Draft, period: Period) -> Mapping[str, Figure]:
    """Return what the unit reported for a period; of parts what stood then, for it need not be said again."""
    scope, unit_id = readable(page.person), draft.owed.unit.id
    known = page.store.known_figures(page.province.id, scope, unit_id, period.last)
    parts = {element_id: each.figure for element_id, each in known.items() if split_part(element_id)}
    return parts | dict(figures(page, draft, period))


def _draw_rates(page: PageContext, draft: Draft) -> None:
    owed = draft.owed
    found = rates(page.province, owed.form, owed.period, draft.progress.answers, page.formats)
    if found:
        st.html(rates_html(page.texts("entry.rates_title", period=page.formats.period(owed.period)), found))


def _is_correction(page: PageContext, draft: Draft) -> bool:
    """Say whether an answer changes a figure that its author saw in force; what came meanwhile is a conflict."""
    seen = draft.progress.base_revision == draft.owed.revision
    submitted = figures(page, draft, draft.owed.period)
    said_otherwise = any(
        each.part.id in submitted
        and (submitted[each.part.id].value, submitted[each.part.id].note) != (each.value, each.note)
        for each in draft.progress.parts
    )
    return seen and (corrects(draft.progress.answers, submitted) or said_otherwise)


def _draw_reasons(page: PageContext, draft: Draft, correction: bool) -> None:
    texts, progress, form = page.texts, draft.progress, draft.owed.form
    if progress.findings:
        st.html(part_html(texts("entry.soft_title", count=len(progress.findings)), texts("entry.soft_advice")))
    hint = texts("entry.soft_reason", shortest=SHORTEST_REASON)
    for finding in progress.findings:
        found = with_figures(finding_text(finding, form, page.formats), finding.element_ids, progress.answers, texts)
        draw_reason(page, draft, finding.key, found, texts("entry.soft_reason_label", finding=found), hint)
    if correction:
        title, hint = texts("entry.correction_title"), texts("entry.correction_reason", shortest=SHORTEST_REASON)
        draw_reason(page, draft, CORRECTION, title, title, hint)
