"""The answers of a return beside other figures of the same elements and parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from scorecard.domain.figure import Figure
from scorecard.presentation.entry import answer_text, figure_text
from scorecard.presentation.entry_html import table_html
from scorecard.presentation.entry_parts import figure_of_part_text, part_name, part_text
from scorecard.presentation.texts import in_language
from scorecard.ui.entry_draft import Draft
from scorecard.ui.guard import PageContext

Compared = Sequence[tuple[str, Mapping[str, Figure]]]
"""Other figures by element, each set under the name of its column."""


def draw_answers(page: PageContext, draft: Draft, caption: str, own: str, compared: Compared) -> None:
    """Draw what was answered, read back, and in further columns what it is compared with."""
    columns = [page.texts("entry.column_element"), own, *(name for name, _ in compared)]
    others = [figures for _, figures in compared]
    st.html(table_html(caption, columns, [*_elements(page, draft, others), *_parts(page, draft, others)]))


def _elements(page: PageContext, draft: Draft, others: Sequence[Mapping[str, Figure]]) -> list[list[str]]:
    texts = page.texts
    return [
        [
            in_language(texts, answer.element.label, answer.element.label_en),
            answer_text(answer.element, answer.value, answer.state, answer.note, texts),
            *(figure_text(answer.element, figures.get(answer.element.id), texts) for figures in others),
        ]
        for answer in draft.progress.answers
    ]


def _parts(page: PageContext, draft: Draft, others: Sequence[Mapping[str, Figure]]) -> list[list[str]]:
    texts = page.texts
    return [
        [
            part_name(answer.element, answer.part, texts),
            part_text(answer.element, answer.there, answer.note, texts),
            *(figure_of_part_text(answer.element, figures.get(answer.part.id), texts) for figures in others),
        ]
        for answer in draft.progress.parts
    ]
