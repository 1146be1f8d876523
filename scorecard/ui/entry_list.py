"""The list: what the person's units owe now, where each return stands, and below it what can no longer be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from scorecard.domain.review import Decision
from scorecard.presentation.entry_dues import moment_text, owed_sentence
from scorecard.presentation.entry_html import owed_html
from scorecard.presentation.texts import in_language
from scorecard.store.drafts import SavedDraft
from scorecard.ui import entry_file
from scorecard.ui.entry_draft import Draft
from scorecard.ui.entry_states import ACTIONS, due_line, entry_state, is_owed
from scorecard.ui.guard import PageContext
from scorecard.workflow.drafts import own_drafts
from scorecard.workflow.settings import VIETNAM

_CLOSED = "entry-closed"
_OF_REOPENING = (Decision.REOPENING_ASKED, Decision.REOPENING_REFUSED)


def draw(page: PageContext, drafts: Sequence[Draft], closed: Sequence[Draft]) -> None:
    """Open with one sentence, then every owed return with one button; closed ones only to look at, or to ask for."""
    st.title(page.texts("entry.title"), anchor=False)
    open_dues = [(each.owed.due, each.owed.closes) for each in drafts if is_owed(page, each.owed)]
    st.markdown(f"**{owed_sentence(open_dues, len(drafts), page.today, page.formats)}**")
    saved = own_drafts(page.store, page.province, page.person)
    for draft in drafts:
        owed = draft.owed
        _draw_return(page, draft, saved.get((owed.unit.id, owed.form.id, owed.period)))
    entry_file.draw(page, [draft.owed for draft in drafts])
    asked = [each for each in closed if _spoken_of(each)]
    for draft in asked:
        _draw_return(page, draft, None)
    _draw_closed(page, [each for each in closed if each not in asked])


def _spoken_of(draft: Draft) -> bool:
    """Say whether the unit asked for it to be reopened, and nothing happened since but an answer."""
    decisions = draft.owed.record.decisions
    return bool(decisions) and decisions[-1].decision in _OF_REOPENING


def _draw_return(page: PageContext, draft: Draft, saved: SavedDraft | None) -> None:
    texts, owed = page.texts, draft.owed
    form, period = in_language(texts, owed.form.name, owed.form.name_en), page.formats.period(owed.period)
    state = entry_state(page, owed, begun=saved is not None)
    facts = [due_line(page, owed)]
    if saved is not None:
        facts.append(texts("entry.begun_at", at=moment_text(saved.saved_at.astimezone(VIETNAM), page.formats)))
    if _spoken_of(draft):
        facts.append(texts(f"entry.{owed.record.decisions[-1].decision}"))
    with st.container(border=True):
        st.html(owed_html(form, period, owed.unit.name, facts, state, texts(f"entry.{state}")))
        st.button(
            texts(f"entry.{ACTIONS[state]}", form=form, period=period),
            key=f"open-{draft.key('')}",
            type="primary" if is_owed(page, owed) else "secondary",
            on_click=draft.open,
        )


def _draw_closed(page: PageContext, closed: Sequence[Draft]) -> None:
    """Offer the returns of the last twelve months folded, in one box: nobody has to do anything with them."""
    if not closed:
        return
    by_address = {draft.address: draft for draft in closed}
    with st.expander(page.texts("entry.closed_title", count=len(closed))):
        st.markdown(page.texts("entry.closed_advice"))
        chosen = st.selectbox(
            page.texts("entry.closed_choose"),
            list(by_address),
            index=None,
            format_func=_named(page, by_address),
            placeholder=page.texts("entry.closed_placeholder"),
            key=_CLOSED,
        )
        if chosen is not None:
            st.button(page.texts("entry.look_chosen"), type="primary", on_click=by_address[chosen].open)


def _named(page: PageContext, drafts: dict[str, Draft]) -> Callable[[str], str]:
    def name(address: str) -> str:
        owed = drafts[address].owed
        return page.texts(
            "entry.closed_line",
            period=page.formats.period(owed.period),
            form=in_language(page.texts, owed.form.name, owed.form.name_en),
            state=page.texts(f"entry.{entry_state(page, owed, begun=False)}"),
        )

    return name
