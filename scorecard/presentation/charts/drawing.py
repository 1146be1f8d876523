"""A chart as a page shows it: drawn, told in words, and as a table of the same points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from scorecard.presentation.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A finished chart.

    `name` is unique on its page and names its files. `spoken` says in one sentence of at most 250 characters what it
    shows, with its main number. `rows` are its points as printed, under `columns`; of each row the first cell names it.
    """

    name: str
    title: str
    spec: Mapping[str, Any]
    spoken: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def height(self) -> int:
        """How many px high it is."""
        found: int = self.spec["height"]
        return found


def behind_html(drawing: Drawing, texts: Texts) -> str:
    """Show, after one press, the points of a chart as a table that scrolls, and offer picture and table as files.

    `chart.js` makes the files from what the page holds.
    """
    content = f"{_table(drawing)}{saving_html(drawing.name, texts)}"
    return f'<details class="behind"><summary>{escape(texts("chart.table"))}</summary>{content}</details>'


def _table(drawing: Drawing) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in drawing.columns)
    body = "".join(_row(row) for row in drawing.rows)
    title = escape(drawing.title)
    return (
        f'<div class="points" tabindex="0" role="region" aria-label="{title}"><table><caption>{title}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def saving_html(name: str, texts: Texts, kinds: Sequence[str] = ("svg", "png", "csv")) -> str:
    """Offer what stands in a container `chart-…` as files of a name: its picture, and its table as CSV."""
    buttons = "".join(
        f'<button type="button" data-save="{kind}" data-name="{escape(name)}">'
        f"{escape(texts(f'chart.save_{kind}'))}</button>"
        for kind in kinds
    )
    return f'<div class="saving">{buttons}</div>'


def _row(row: Sequence[str]) -> str:
    first, *others = row
    return f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in others)}</tr>'
