"""A table as a way to fill the boxes of a form: pasted rows, or a form 06a; what it fills is checked as if typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import streamlit as st

from scorecard.domain.form import Element
from scorecard.domain.typed_number import print_typed
from scorecard.presentation.entry import Choice, Refusal
from scorecard.presentation.entry_html import corrections_html, hint_html, notice_html
from scorecard.presentation.spreadsheet_problems import problem_lines
from scorecard.presentation.texts import in_language
from scorecard.ui.entry_draft import Box, Draft
from scorecard.ui.guard import PageContext
from scorecard.workflow.pasted_table import read_pasted
from scorecard.workflow.table_reading import ReadReturn, ReadTable, answered_in_rows
from scorecard.workflow.uploaded_06a import read_06a, takes_06a

_PASTED, _FORM_06A = "pasted", "form-06a"


def draw(page: PageContext, draft: Draft) -> None:
    """Say what came of the last table, and offer the ways that the form takes, folded."""
    texts, form = page.texts, draft.owed.form
    pasted, from_06a = answered_in_rows(form), takes_06a(draft.owed)
    if not (pasted or from_06a):
        return
    if draft.progress.table is not None:
        _draw_outcome(page, draft, draft.progress.table)
    with st.expander(texts("upload.paste_or_06a_fold" if from_06a else "upload.paste_fold")):
        if pasted:
            st.html(hint_html(draft.key(_PASTED), texts("upload.paste_advice")))
            st.text_area(texts("upload.paste"), key=draft.key(_PASTED), height=140)
            st.button(texts("upload.paste_fill"), on_click=_paste, args=(page, draft))
        if from_06a:
            st.html(hint_html(draft.key(_FORM_06A), texts("upload.form_06a_advice")))
            st.file_uploader(texts("upload.form_06a"), key=_file_key(draft), on_change=_take_06a, args=(page, draft))


def _file_key(draft: Draft) -> str:
    """Each press makes it a new place, so that a file that was read does not stay in it."""
    return f"{draft.key(_FORM_06A)}-{draft.progress.attempts}"


def _paste(page: PageContext, draft: Draft) -> None:
    _take(draft, read_pasted(page.store, page.province, draft.owed, str(st.session_state[draft.key(_PASTED)] or "")))


def _take_06a(page: PageContext, draft: Draft) -> None:
    file = st.session_state[_file_key(draft)]
    if file is not None:
        _take(draft, read_06a(page.store, page.province, draft.owed, file.getvalue()))


def _take(draft: Draft, table: ReadTable) -> None:
    for read in table.returns:
        draft.fill(dict(_texts(draft, read)))
    draft.advance(table=table, refusals=())


def _texts(draft: Draft, read: ReadReturn) -> Iterator[tuple[str, str]]:
    """Yield every box that the table answers, with what would have been typed into it."""
    decimals = {element.id: element.decimals for element in draft.owed.form.elements}
    for entry in read.entries:
        choice = Choice.NOT_AVAILABLE if entry.value is None else Choice.NUMBER
        yield draft.name(entry.element_id, Box.CHOICE), choice.value
        if entry.value is None:
            yield draft.name(entry.element_id, Box.REASON), entry.note
        else:
            yield draft.name(entry.element_id, Box.NUMBER), print_typed(entry.value, decimals[entry.element_id])


def _draw_outcome(page: PageContext, draft: Draft, table: ReadTable) -> None:
    texts = page.texts
    if table.problems:
        lines = problem_lines(table.problems, page.province, page.formats)
        placed = [("", Refusal("", line)) for line in lines]
        st.html(corrections_html(placed, draft.progress.attempts, texts, closing="upload.nothing_filled"))
        return
    (read,) = table.returns
    answered = {entry.element_id for entry in read.entries}
    elements = draft.owed.form.elements
    told = [texts("upload.filled_names", names=_names(page, (e for e in elements if e.id in answered)))]
    if blank := [element for element in read.missing if _is_blank(draft, element)]:
        told.append(texts("upload.still_blank", names=_names(page, blank)))
    st.html(notice_html(texts("upload.filled", count=len(answered), total=len(elements)), told))


def _is_blank(draft: Draft, element: Element) -> bool:
    typed = draft.typed(element)
    return typed.choice is Choice.NUMBER and not typed.number


def _names(page: PageContext, elements: Iterable[Element]) -> str:
    return "; ".join(in_language(page.texts, element.label, element.label_en) for element in elements)
