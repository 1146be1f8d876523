"""The matrix of units and forms as an HTML table: a letter in each cell, its word for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl

from scorecard import frames
from scorecard.calculation.completeness import COMPLETENESS, Timing
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Texts, in_language

_SUBMITTED = ("submitted", "approved", "sent_back", "reopened")
_MARKS = (*_SUBMITTED, "late", "empty")


@dataclass(frozen=True, slots=True)
class Cell:
    """One expected return: `mark` names its letter, `late_days` follow it where it was submitted late."""

    mark: str
    letter: str
    word: str


def cell(row: Mapping[str, Any], formats: Formats) -> Cell:
    """Return the cell of a row of COMPLETENESS."""
    texts = formats.texts
    waiting = "late" if row["timing"] == Timing.MISSING.value else "empty"
    mark = row["state"] if row["state"] in _SUBMITTED else waiting
    letter, word = texts(f"completeness.letter_{mark}"), texts(f"completeness.word_{mark}")
    days = formats.count(row["late_days"] or 0)
    if row["timing"] == Timing.LATE.value:
        letter = f"{letter} {texts('completeness.late_days', days=days)}"
        return Cell(mark, letter, texts("completeness.cell_late", word=word, days=days))
    if row["timing"] == Timing.MISSING.value:
        return Cell(mark, letter, texts("completeness.cell_overdue", word=word, days=days))
    return Cell(mark, letter, texts("completeness.cell", word=word))


def matrix_html(rows: pl.DataFrame, period: Period, province: Province, formats: Formats) -> str:
    """Show who submitted what: COMPLETENESS of one month, units by peer group in the order of their protocol."""
    frames.check(rows, COMPLETENESS)
    forms = [form for form in province.forms if form.id in set(rows["form"])]
    names = [in_language(formats.texts, form.name, form.name_en) for form in forms]
    cells = {(row["unit"], row["form"]): cell(row, formats) for row in rows.to_dicts()}
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(
        _group(group, units, cells, dict(zip((form.id for form in forms), names, strict=True)), province, formats)
        for group, units in _groups(rows, province)
    )
    caption = formats.texts("completeness.caption", period=formats.period(period))
    return (
        f'{legend_html(formats.texts)}<div class="matrix" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption>"
        f'<thead><tr><th scope="col">{escape(formats.texts("completeness.column_unit"))}</th>{head}</tr></thead>'
        f"{body}</table></div>"
    )


def legend_html(texts: Texts) -> str:
    """Explain the letters."""
    marks = "".join(
        f'<li><span class="cell {mark}" aria-hidden="true">{escape(texts(f"completeness.letter_{mark}")) or "&nbsp;"}'
        f"</span> {escape(texts(f'completeness.word_{mark}'))}</li>"
        for mark in _MARKS
    )
    return f'<ul class="matrix-legend">{marks}<li>{escape(texts("completeness.legend_late_days"))}</li></ul>'


def _groups(rows: pl.DataFrame, province: Province) -> Iterator[tuple[str | None, list[str]]]:
    place = {unit.id: (unit.protocol_order, number) for number, unit in enumerate(province.units.members)}
    units = sorted(dict(rows.select("unit", "peer_group").iter_rows()).items(), key=lambda each: place[each[0]])
    for group in dict.fromkeys(group for _, group in units):
        yield group, [unit for unit, own in units if own == group]


def _group(
    group: str | None,
    units: list[str],
    cells: Mapping[tuple[str, str], Cell],
    forms: Mapping[str, str],
    province: Province,
    formats: Formats,
) -> str:
    rows = "".join(_row(unit, cells, forms, province, formats) for unit in units)
    kinds = dict.fromkeys(province.kinds.get(province.units.by_id[unit].kind, "") for unit in units)
    name = ", ".join(kinds) if group else formats.texts("completeness.group_none")
    done = sum(_is_done(unit, cells, forms) for unit in units)
    title = formats.texts(
        "completeness.group",
        kinds=name[:1].upper() + name[1:],
        submitted=formats.count(done),
        expected=formats.count(len(units)),
    )
    head = f'<tr class="group"><th scope="rowgroup" colspan="{len(forms) + 1}">{escape(title)}</th></tr>'
    return f"<tbody>{head}{rows}</tbody>"


def _is_done(unit: str, cells: Mapping[tuple[str, str], Cell], forms: Mapping[str, str]) -> bool:
    own = [cells[unit, form] for form in forms if (unit, form) in cells]
    return all(each.mark not in ("late", "empty") for each in own)


def _row(
    unit: str,
    cells: Mapping[tuple[str, str], Cell],
    forms: Mapping[str, str],
    province: Province,
    formats: Formats,
) -> str:
    told = "".join(_cell(cells.get((unit, form)), name, formats.texts) for form, name in forms.items())
    return f'<tr><th scope="row">{escape(province.units.by_id[unit].name)}</th>{told}</tr>'


def _cell(found: Cell | None, form: str, texts: Texts) -> str:
    label = f'data-label="{escape(form)}"'
    if found is None:
        word = escape(texts("completeness.word_not_owed"))
        return f'<td class="not-owed" {label}><span class="spoken">{word}</span></td>'
    return (
        f'<td {label}><span class="cell {found.mark}" aria-hidden="true" title="{escape(found.word)}">'
        f'{escape(found.letter) or "&nbsp;"}</span><span class="spoken">{escape(found.word)}</span></td>'
    )
