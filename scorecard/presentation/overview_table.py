"""The overview as HTML: a table on a screen, cards on a phone; every text is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from scorecard.presentation.overview_rows import OverviewRow, RowGroup
from scorecard.presentation.path_bar import draw
from scorecard.presentation.status_marks import chip
from scorecard.presentation.texts import Texts

_COLUMNS = ("status", "target", "value", "path", "goal", "prospects", "lead")
_PATH_WORDS = ("start", "now", "ahead", "end")


def table_html(groups: Sequence[RowGroup], caption: str, target_page: str, texts: Texts) -> str:
    """Return the table of all rows; its roles are spelled out because cards on a phone lose a table's own.

    `target_page` is the address of the page of one target, up to the target's id.
    """
    head = "".join(_heading(column, texts) for column in _COLUMNS)
    bodies = "".join(_group(group, target_page, texts) for group in groups)
    return (
        f'<div class="overview"><table role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>{bodies}</table></div>'
    )


def reasons_html(groups: Sequence[RowGroup]) -> str:
    """Return the whole reason of each row's status as a list."""
    rows = ((f"{group.name} – {row.part}" if row.part else group.name, row) for group in groups for row in group.rows)
    items = "".join(f"<li><strong>{escape(name)}</strong>: {escape(row.reason)}</li>" for name, row in rows)
    return f'<ul class="reasons">{items}</ul>'


def _heading(column: str, texts: Texts) -> str:
    text = escape(texts(f"overview.column_{column}"))
    if column == "path":
        words = "".join(f'<span class="{word}">{escape(texts(f"overview.axis_{word}"))}</span>' for word in _PATH_WORDS)
        text = f'<span class="unseen">{text}:</span><span class="ends">{words}</span>'
    return f'<th role="columnheader" scope="col" class="{column}">{text}</th>'


def _group(group: RowGroup, target_page: str, texts: Texts) -> str:
    title = ""
    if any(row.part for row in group.rows):
        cell = f'<th role="rowheader" scope="rowgroup" colspan="{len(_COLUMNS)}">{escape(group.name)}</th>'
        title = f'<tr role="row" class="group">{cell}</tr>'
    rows = "".join(_row(row, target_page, texts) for row in group.rows)
    return f'<tbody role="rowgroup">{title}{rows}</tbody>'


def _row(row: OverviewRow, target_page: str, texts: Texts) -> str:
    value = f"<strong>{escape(row.value)}</strong>" if row.has_value else f"<em>{escape(row.value)}</em>"
    covered = f' <span class="coverage">{escape(row.coverage)}</span>' if row.coverage else ""
    address = escape(target_page + quote(row.target_id))
    link = f'<a href="{address}" target="_self">{escape(row.part or row.name)}</a>'
    first, *others = row.prospects
    cells = (
        _cell("status", chip(row.status, texts)),
        f'<th role="rowheader" scope="row" class="target">{link}</th>',
        _cell("value", f"{value}{covered}{_notes(row.value_notes, row.parts)}"),
        _cell("path", draw(row.path) + _notes(row.path_notes)),
        _cell("goal", f"{_card_word(texts)}<strong>{escape(row.goal)}</strong>{_notes((row.due,))}"),
        _cell("prospects", f"{escape(first)}{_notes(others)}", row.reason),
        _cell("lead", escape(row.lead)),
    )
    return f'<tr role="row" class="{row.status}">{"".join(cells)}</tr>'


def _card_word(texts: Texts) -> str:
    """Name the goal where a card has no column headings."""
    return f'<span class="card-word">{escape(texts("overview.axis_end"))} </span>'


def _notes(notes: Sequence[str], parts: str | None = None) -> str:
    """Return notes in small letters, before them the two sides of a ratio, which a card leaves to the target's page."""
    found = [f'<span class="parts">{escape(parts)}{" · " if notes else ""}</span>'] if parts else []
    found.append(" · ".join(f"<span>{escape(note)}</span>" for note in notes))
    return f"<small>{''.join(found)}</small>" if parts or notes else ""


def _cell(column: str, content: str, title: str = "") -> str:
    told = f' title="{escape(title)}"' if title else ""
    return f'<td role="cell" class="{column}"{told}>{content}</td>'
