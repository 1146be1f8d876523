"""The justification of one target: what was said beside the status, its history and, for its lead unit, a form."""

from __future__ import annotations

from html import escape

import streamlit as st

from scorecard.calculation.justification_duty import lead_of, worst_status
from scorecard.domain.justification import ASKED, BY_WHEN, CAUSE, REMEDY, Justification
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.status import Status
from scorecard.presentation.entry_html import corrections_html, field_error_html, hint_html, part_html
from scorecard.presentation.justification import earlier_html, place_hint, said_html, standing_html
from scorecard.presentation.record_table import facts_html
from scorecard.presentation.recorded import Names
from scorecard.ui import cache, entry_frame, guide, justification_steps
from scorecard.ui.guard import PageContext
from scorecard.ui.justification_draft import Draft
from scorecard.ui.record_names import names_of
from scorecard.workflow.justifications import may_justify, read_history


def draw(page: PageContext, target: Target, month: Month) -> None:
    """Draw everything that was said of a target up to a month, and the form for who may write."""
    names = names_of(page)
    history = read_history(page.store, page.province, page.person, target, month)
    last = history[0] if history and history[0].month == month else None
    board = cache.scoreboard(
        page.figures_version,
        page.province.digest,
        month.index,
        target.plan_id,
        _store=page.store,
        _province=page.province,
    )
    status = worst_status(board, target)
    lead = lead_of(page.province, target, month)
    st.header(page.texts("justification.title"), anchor=False)
    with st.container(key="justification"):
        st.markdown(standing_html(status, last, lead, month, page.today, names), unsafe_allow_html=True)
        if last is not None:
            st.html(said_html(last, page.today, names))
        if may_justify(page.province, page.person, target, month):
            _draw_writing(page, Draft(page.person.id, target, month), status, last, names)
        earlier = history[1:] if last is not None else history
        if earlier:
            with st.expander(page.texts("justification.earlier", count=page.formats.count(len(earlier)))):
                st.html(earlier_html(earlier, page.today, names))


def _draw_writing(
    page: PageContext, draft: Draft, status: Status | None, last: Justification | None, names: Names
) -> None:
    """Draw what came of the last press, then the form, or the button that opens it."""
    notice, conflict = draft.progress.notice, draft.progress.conflict
    if notice:
        st.html(f'<p class="justified-done" role="status">{escape(notice)}</p>')
    if conflict is not None:
        _draw_conflict(page, draft, conflict, names)
    elif _is_open(draft, status, last):
        _draw_form(page, draft, last)
    elif last is not None:
        label = page.texts("justification.edit")
        st.button(label, key=draft.key("edit"), on_click=justification_steps.edit, args=(page, draft, last))
    entry_frame.draw_assets()  # last: they take room though nothing of them is seen


def _is_open(draft: Draft, status: Status | None, last: Justification | None) -> bool:
    """Say whether the form is shown: it was opened, a first one is asked for, or something is typed already."""
    return draft.progress.base is not None or draft.begun or (last is None and status in ASKED)


def _draw_form(page: PageContext, draft: Draft, last: Justification | None) -> None:
    texts = page.texts
    st.html(part_html(texts("justification.form", month=page.formats.month(draft.month)), texts("justification.rule")))
    refused = draft.progress.refusals
    if refused:
        placed = [(draft.key(refusal.place), refusal) for refusal in refused]
        st.html(corrections_html(placed, draft.progress.attempts, texts))
    for place in (CAUSE, REMEDY, BY_WHEN):
        with st.container(key=f"{draft.key(place)}-place"):
            _draw_box(page, draft, place)
    with st.container(horizontal=True):
        st.button(
            texts("justification.write"),
            key=draft.key("write"),
            type="primary",
            on_click=justification_steps.write,
            args=(page, draft),
        )
        if last is not None:
            label = texts("justification.cancel")
            st.button(label, key=draft.key("cancel"), on_click=justification_steps.close, args=(draft,))
    guide.draw("giai-trinh", texts("justification.guide"))


def _draw_box(page: PageContext, draft: Draft, place: str) -> None:
    for refusal in draft.progress.refusals:
        if refusal.place == place:
            st.html(field_error_html(draft.key(place), refusal, page.texts))
    label = page.texts(f"justification.{place}")
    if place == BY_WHEN:
        st.text_input(label, key=draft.box(place), autocomplete="off", persist_state="session")
    else:
        st.text_area(label, key=draft.box(place), persist_state="session")
    st.html(hint_html(draft.key(place), place_hint(place, page.formats)))


def _draw_conflict(page: PageContext, draft: Draft, conflict: Justification, names: Names) -> None:
    """Show what somebody else wrote meanwhile above one's own words, and let the person choose."""
    texts, person = page.texts, names.person(conflict.recorded_by)
    title = texts("justification.conflict", person=person, moment=names.moment(conflict.recorded_at))
    st.html(part_html(title, texts("justification.conflict_advice")))
    own = [(texts(f"justification.{place}"), draft.typed(place)) for place in (CAUSE, REMEDY, BY_WHEN)]
    st.html(facts_html(own))
    with st.container(horizontal=True):
        st.button(
            texts("justification.keep_theirs"),
            key=draft.key("keep"),
            on_click=justification_steps.close,
            args=(draft,),
        )
        st.button(
            texts("justification.replace_theirs"),
            key=draft.key("replace"),
            on_click=justification_steps.replace_theirs,
            args=(draft, conflict),
        )
