"""The overview as HTML: a table on a screen, cards on a phone; every text is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scorecard.presentation.overview_rows import OverviewRow, RowGroup
from scorecard.presentation.path_bar import draw
from scorecard.presentation.status_marks import chip
from scorecard.presentation.texts import Texts

_COLUMNS = ("status", "target", "value", "path", "goal", "reason", "lead")


def table_html(groups: Sequence[RowGroup], caption: str, texts: Texts) -> str:
    """Return the table of all rows; its roles are spelled out because cards on a phone lose a table's own."""
    head = "".join(_heading(column, texts) for column in _COLUMNS)
    bodies = "".join(_group(group, texts) for group in groups)
    return (
        f'<div class="overview"><table role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>{bodies}</table></div>'
    )


def _heading(column: str, texts: Texts) -> str:
    text = escape(texts(f"overview.column_{column}"))
    if column == "path":
        text += (
            f'<span class="ends"><span>{escape(texts("overview.path_start"))}</span>'
            f'<span class="now">{escape(texts("overview.path_now"))}</span>'
            f"<span>{escape(texts('overview.path_end'))}</span></span>"
        )
    return f'<th role="columnheader" scope="col" class="{column}">{text}</th>'


def _group(group: RowGroup, texts: Texts) -> str:
    title = ""
    if any(row.part for row in group.rows):
        cell = f'<th role="rowheader" scope="rowgroup" colspan="{len(_COLUMNS)}">{escape(group.name)}</th>'
        title = f'<tr role="row" class="group">{cell}</tr>'
    rows = "".join(_row(row, texts) for row in group.rows)
    return f'<tbody role="rowgroup">{title}{rows}</tbody>'


def _row(row: OverviewRow, texts: Texts) -> str:
    value = f"<strong>{escape(row.value)}</strong>" if row.has_value else f"<em>{escape(row.value)}</em>"
    cells = (
        _cell("status", chip(row.status, texts)),
        f'<th role="rowheader" scope="row" class="target">{escape(row.part or row.name)}</th>',
        _cell("value", value + _notes(row.value_notes)),
        _cell("path", draw(row.path) + _notes((row.path_note,) if row.path_note else ())),
        _cell("goal", f"{_card_word(texts)}<strong>{escape(row.goal)}</strong>{_notes((row.due,))}"),
        _cell("reason", escape(row.reason)),
        _cell("lead", escape(row.lead)),
    )
    return f'<tr role="row" class="{row.status}">{"".join(cells)}</tr>'


def _card_word(texts: Texts) -> str:
    """Name the goal where a card has no column headings."""
    return f'<span class="card-word">{escape(texts("overview.path_end"))} </span>'


def _notes(notes: Sequence[str]) -> str:
    return f"<small>{' · '.join(f'<span>{escape(note)}</span>' for note in notes)}</small>" if notes else ""


def _cell(column: str, content: str) -> str:
    return f'<td role="cell" class="{column}">{content}</td>'
