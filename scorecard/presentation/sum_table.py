"""A table whose sums stand at its foot, in a region that scrolls by itself; every text is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from scorecard.presentation.record_table import Cell, Column


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Rows under a heading of their own; an empty heading for the only group."""

    heading: str = ""
    rows: Sequence[Sequence[Cell]]


def sum_table_html(
    caption: str, columns: Sequence[Column], groups: Sequence[RowGroup], foot: Sequence[Sequence[Cell]]
) -> str:
    """Return the table; of each row the first cell names it. `chart.js` makes a file of what stands in it."""
    head = "".join(f'<th scope="col"{_numeric(column)}>{escape(column.heading)}</th>' for column in columns)
    body = "".join(_group(group, columns) for group in groups)
    sums = "".join(_row(row, columns) for row in foot)
    title = escape(caption)
    return (
        f'<div class="points sums" tabindex="0" role="region" aria-label="{title}"><table><caption>{title}</caption>'
        f"<thead><tr>{head}</tr></thead>{body}<tfoot>{sums}</tfoot></table></div>"
    )


def _group(group: RowGroup, columns: Sequence[Column]) -> str:
    heading = ""
    if group.heading:
        width = len(columns)
        heading = f'<tr class="group"><th scope="rowgroup" colspan="{width}">{escape(group.heading)}</th></tr>'
    return f"<tbody>{heading}{''.join(_row(row, columns) for row in group.rows)}</tbody>"


def _row(row: Sequence[Cell], columns: Sequence[Column]) -> str:
    first, *others = row
    cells = "".join(
        f"<td{_numeric(column)}>{_content(cell)}</td>" for column, cell in zip(columns[1:], others, strict=True)
    )
    return f'<tr><th scope="row">{_content(first)}</th>{cells}</tr>'


def _content(cell: Cell) -> str:
    text = f'<a href="{escape(cell.link)}">{escape(cell.text)}</a>' if cell.link else escape(cell.text)
    return text + "".join(f" <small>{escape(note)}</small>" for note in cell.notes if note)


def _numeric(column: Column) -> str:
    return ' class="numeric"' if column.numeric else ""
