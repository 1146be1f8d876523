"""Records as HTML: a table on a screen, cards on a phone, and a list of facts; every text is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from scorecard.domain.status import Status
from scorecard.presentation.status_marks import mark


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: a text, lines under it, and where the text leads when it is a link.

    The word of a `status` is drawn with its shape and colour; a table with such a cell goes out by `st.markdown`.
    """

    text: str
    notes: tuple[str, ...] = ()
    link: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and whether it holds numbers (right-aligned)."""

    heading: str
    numeric: bool = False


def records_html(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> str:
    """Return a table whose first column names the row; its roles are spelled out because cards lose a table's own."""
    head = "".join(
        f'<th role="columnheader" scope="col"{_numeric(column)}>{escape(column.heading)}</th>' for column in columns
    )
    body = "".join(_row(columns, row) for row in rows)
    return (
        f'<div class="records"><table role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def facts_html(facts: Sequence[tuple[str, str]]) -> str:
    """List facts: (what, which)."""
    lines = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    return f'<dl class="record-facts">{lines}</dl>'


def _row(columns: Sequence[Column], row: Sequence[Cell]) -> str:
    first, *others = row
    cells = "".join(
        f'<td role="cell" data-label="{escape(column.heading)}"{_numeric(column)}>{_content(cell)}</td>'
        for column, cell in zip(columns[1:], others, strict=True)
    )
    return f'<tr role="row"><th role="rowheader" scope="row">{_content(first)}</th>{cells}</tr>'


def _content(cell: Cell) -> str:
    text = f"<span>{escape(cell.text)}</span>" if cell.text else ""
    if cell.status:
        text = f'<span class="chip {cell.status}">{mark(cell.status)}{escape(cell.text)}</span>'
    if cell.link:
        # Markdown opens a link in a new tab unless it is told.
        text = f'<a href="{escape(cell.link)}" target="_self">{escape(cell.text)}</a>'
    return text + "".join(f"<small>{escape(note)}</small>" for note in cell.notes if note)


def _numeric(column: Column) -> str:
    return ' class="numeric"' if column.numeric else ""
