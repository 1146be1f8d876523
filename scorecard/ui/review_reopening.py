"""Reopening on the review page: what units ask for, and any locked return that a reviewer looks up."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from scorecard.domain.access import readable
from scorecard.domain.collation import sort_key
from scorecard.domain.period import Month
from scorecard.domain.review import TAKEN_FROM, Decision
from scorecard.presentation.desk import asked_text, facts_html, figure_lines, state_text
from scorecard.presentation.texts import in_language
from scorecard.ui import address, review_steps
from scorecard.ui.guard import PageContext
from scorecard.ui.people import name_of
from scorecard.ui.review_frame import draw_cancel, draw_reason, sent_by, title_of
from scorecard.workflow.desk import Desk, DeskReturn, recent_periods
from scorecard.workflow.owed import OwedReturn, find_return, owed_periods
from scorecard.workflow.review import ReturnSeen, seen
from scorecard.workflow.settings import VIETNAM

_UNIT, _FORM, _PERIOD = "mo-don-vi", "mo-bieu", "mo-ky"
_LABELS = {_UNIT: "desk.find_unit", _FORM: "desk.find_form", _PERIOD: "desk.find_period"}
_WIDTHS = {_UNIT: 340, _FORM: 440, _PERIOD: 200}


def draw_asked(page: PageContext, desk: Desk) -> None:
    """Draw what units ask for, the oldest request first."""
    st.header(page.texts("desk.asked"), anchor=False)
    if not desk.asked:
        st.markdown(page.texts("desk.asked_none"))
    for asked in desk.asked:
        _draw_request(page, asked)


def _draw_request(page: PageContext, asked: DeskReturn) -> None:
    request, name = asked.record.asked_for_reopening(), review_steps.name(asked.seen)
    if request is None:
        return
    told = asked_text(request, lambda each: name_of(page, each), VIETNAM, page.formats)
    state = state_text(asked.record.state(page.today), None, page.formats)
    title = title_of(page, asked.record)
    st.html(facts_html(title, told, state))
    if review_steps.progress(page).opened == name:
        _draw_answer(page, asked.seen, title, "desk.answer_reason", refusable=True)
    else:
        _draw_opener(page, asked.seen, "desk.open_answer")


def draw_found(page: PageContext) -> None:
    """Look up a return by unit, form and period, all in the address, and offer to reopen it where it is locked."""
    st.header(page.texts("desk.find"), anchor=False)
    st.markdown(page.texts("desk.find_advice"))
    with st.container(horizontal=True, key="review-find"):
        found = _found(page)
    if found is None:
        return
    title, locked = title_of(page, found.record), seen(found)
    closes = found.closes if found.taken_on(page.today) else None
    state = state_text(found.state, closes, page.formats)
    recorded = page.store.last_figures(page.province.id, readable(page.person), found.unit.id, found.period)
    lines = figure_lines(found.form, found.period, recorded, page.province, page.formats)
    st.html(facts_html(title, state, sent_by(page, found.record), *lines))
    if found.state not in TAKEN_FROM[Decision.REOPENED] or closes or found.record.asked_for_reopening():
        return
    if review_steps.progress(page).opened == review_steps.name(locked):
        _draw_answer(page, locked, title, "desk.reopen_reason", refusable=False)
    else:
        _draw_opener(page, locked, "desk.open_reopening")


def _found(page: PageContext) -> OwedReturn | None:
    """Ask which unit, then which of its forms, then which period."""
    province, texts = page.province, page.texts
    inside = province.units.within(province.root_code, page.today)
    in_order = sorted(inside, key=lambda unit: (unit.protocol_order, sort_key(unit.name)))
    units = {unit.code: unit.name for unit in in_order}
    code = _choose(page, _UNIT, units)
    owed = owed_periods(province, code, recent_periods(Month.containing(page.today))) if code else ()
    forms = {form.id: form for form, _ in owed}
    form_id = _choose(page, _FORM, {key: in_language(texts, each.name, each.name_en) for key, each in forms.items()})
    periods = {str(period): period for form, period in reversed(owed) if form.id == form_id}
    period = _choose(page, _PERIOD, {key: page.formats.period(each) for key, each in periods.items()})
    if code is None or form_id is None or period is None:
        return None
    scope = readable(page.person)
    return find_return(page.store, province, scope, code, forms[form_id], periods[period], page.today)


def _choose(page: PageContext, parameter: str, names: Mapping[str, str]) -> str | None:
    label = page.texts(_LABELS[parameter])
    return address.choose(
        parameter, tuple(names), label=label, show=names.__getitem__, placeholder=label, width=_WIDTHS[parameter]
    )


def _draw_opener(page: PageContext, seen: ReturnSeen, label: str) -> None:
    name = review_steps.name(seen)
    st.button(page.texts(label), key=f"review-open-{name}", on_click=review_steps.open_answer, args=(page, name))


def _draw_answer(page: PageContext, asked: ReturnSeen, title: str, label: str, *, refusable: bool) -> None:
    name, days = review_steps.name(asked), review_steps.until_days(page.today)
    with st.container(border=True, key=f"review-answer-{name}"):
        chosen = st.selectbox(
            page.texts("desk.until"),
            tuple(days),
            format_func=lambda each: page.texts("desk.until_day", day=page.formats.day(days[each]), days=each),
            key=review_steps.box(page, asked, review_steps.UNTIL),
            persist_state="session",
        )
        draw_reason(page, asked, label)
        with st.container(horizontal=True):
            st.button(
                page.texts("desk.reopen", day=page.formats.day(days[chosen])),
                key=f"review-reopen-{name}",
                type="primary",
                on_click=review_steps.reopen,
                args=(page, asked, title),
            )
            if refusable:
                done = page.texts("desk.refused_one", title=title)
                st.button(
                    page.texts("desk.refuse"),
                    key=f"review-refuse-{name}",
                    on_click=review_steps.refuse,
                    args=(page, asked, done),
                )
            draw_cancel(page, name)
