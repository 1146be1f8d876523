"""What a table would change of a return, as HTML; every text is escaped."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.presentation.entry_html import list_html, table_html
from scorecard.presentation.spreadsheet_problems import change_rows
from scorecard.presentation.texts import Texts
from scorecard.spreadsheet.difference import Change, Difference


def changes_html(differences: Sequence[Difference], texts: Texts) -> str:
    """Set each figure that would change beside the one in force, then count those that stay as they are."""
    rows = change_rows(differences, texts)
    changed = [row for row in rows if row.change in (Change.ADDED, Change.CHANGED)]
    kept = sum(row.change is Change.UNCHANGED for row in rows)
    columns = ("entry.column_element", "upload.column_file", "entry.column_in_force", "upload.column_change")
    table = table_html(
        texts("upload.changes"),
        [texts(column) for column in columns],
        [[row.label, row.after, row.before, row.change_text] for row in changed],
    )
    return (table if changed else "") + (list_html(texts("upload.unchanged", count=kept), ()) if kept else "")
