"""The tables of a comparison: ranks in quarters, and apart from them who is not ranked and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import quote

from scorecard.domain.collation import without_accents
from scorecard.domain.province import Province
from scorecard.presentation.comparison import Comparison
from scorecard.presentation.comparison_map import went_into
from scorecard.presentation.comparison_units import ComparedUnit
from scorecard.presentation.formats import Formats

MANY = 20
"""From so many ranked units on they are read in quarters, and drawn as a strip."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the codes of their own units, and the address of the target's page of one unit, up to its id."""

    unit_codes: Collection[str]
    unit_page: str


def found(units: Sequence[ComparedUnit], typed: str) -> tuple[ComparedUnit, ...]:
    """Return the units whose name holds what was typed, accents or not."""
    wanted = without_accents(typed)
    return tuple(each for each in units if wanted in without_accents(each.unit.name))


def ranks_html(shown: Comparison, typed: str, reader: Reader, formats: Formats) -> str:
    """Return the ranks as a table, only those found; words where none is. The reader's own units are marked."""
    texts, ranked = formats.texts, found(shown.ranked, typed)
    if not ranked:
        return f"<p>{escape(texts('compare.none_found' if typed and shown.ranked else 'compare.none_ranked'))}</p>"
    headings = _headings(shown, formats)
    caption = texts("compare.ranks", kinds=shown.kinds, count=formats.count(len(shown.ranked)))
    many = len(shown.ranked) >= MANY
    body = "".join(
        _body(
            _quarter(shown, quarter, len(headings), formats) if many else "",
            *(_row(each, headings, reader, formats) for each in units),
        )
        for quarter, units in groupby(ranked, key=lambda each: each.quarter if many else None)
    )
    return _table(caption, headings, body)


def unranked_html(shown: Comparison, typed: str, reader: Reader, formats: Formats) -> str:
    """Return who is not ranked, each with the reason, in the order of protocol; words where nobody found is."""
    texts, units = formats.texts, found(shown.unranked, typed)
    if not units:
        return f"<p>{escape(texts('compare.none_found'))}</p>"
    caption = texts("compare.unranked_title", count=formats.count(len(shown.unranked)))
    headings = [texts(f"compare.column_{name}") for name in ("unit", "reason")]
    headings += [shown.measure, texts("compare.column_parts", counted_in=shown.counted_in)]
    rows = (_unranked_row(each, headings, reader, formats) for each in units)
    return _table(caption, headings, _body(*rows), "compared unranked")


def former_html(shown: Comparison, typed: str, reader: Reader, province: Province, formats: Formats) -> str:
    """Return the former units whose figures stand on no unit shown, with what became of them; words where none is."""
    texts, units = formats.texts, found(shown.former, typed)
    note = f"<p>{escape(texts(f'compare.former_note_{shown.map_kind.name.lower()}'))}</p>"
    if not units:
        return f"{note}<p>{escape(texts('compare.none_found'))}</p>"
    headings = [texts(f"compare.column_{name}") for name in ("unit", "went_into")]
    headings.append(texts("compare.column_parts", counted_in=shown.counted_in))
    rows = (
        f"{_row_start(each, reader)}{_name(each, reader, formats)}"
        f"{''.join(_cells(headings[1:], [went_into(each.unit, province, formats), each.parts]))}</tr>"
        for each in units
    )
    return note + _table(former_title(shown, formats), headings, _body(*rows), "compared unranked")


def former_title(shown: Comparison, formats: Formats) -> str:
    """Say what the former units are, and how many."""
    return formats.texts(f"compare.former_{shown.map_kind.name.lower()}", count=formats.count(len(shown.former)))


def _headings(shown: Comparison, formats: Formats) -> list[str]:
    texts = formats.texts
    own = [shown.own_window] if shown.own_window else []
    return [
        texts("compare.column_rank"),
        texts("compare.column_unit"),
        shown.measure,
        texts("compare.column_parts", counted_in=shown.counted_in),
        texts("compare.column_deviation", goal=shown.goal_printed),
        *own,
        texts("compare.column_change"),
    ]


def _table(caption: str, headings: Sequence[str], body: str, look: str = "compared") -> str:
    head = "".join(f'<th role="columnheader" scope="col">{escape(heading)}</th>' for heading in headings)
    return (
        f'<div class="{look}"><table role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>{body}</table></div>'
    )


def _body(*rows: str) -> str:
    return f'<tbody role="rowgroup">{"".join(rows)}</tbody>'


def _quarter(shown: Comparison, quarter: int | None, columns: int, formats: Formats) -> str:
    ranks = [each.rank or 0 for each in shown.ranked if each.quarter == quarter]
    told = {"first": min(ranks), "last": max(ranks), "units": len(ranks), "quarter": quarter or 0}
    title = formats.texts("compare.quarter", **{name: formats.count(number) for name, number in told.items()})
    head = f'<th role="rowheader" scope="rowgroup" colspan="{columns}">{escape(title)}</th>'
    return f'<tr role="row" class="quarter">{head}</tr>'


def _row(each: ComparedUnit, headings: Sequence[str], reader: Reader, formats: Formats) -> str:
    rank, _, *others = headings
    values = [each.printed, each.parts, each.deviation_printed, *([each.own] if len(others) > 4 else []), each.change]
    return (
        f"{_row_start(each, reader)}"
        f'<td role="cell" class="rank" data-label="{escape(rank)}">{escape(formats.count(each.rank or 0))}</td>'
        f"{_name(each, reader, formats)}{''.join(_cells(others, values))}</tr>"
    )


def _unranked_row(each: ComparedUnit, headings: Sequence[str], reader: Reader, formats: Formats) -> str:
    reason = formats.texts(f"compare.unranked_{each.reason}")
    cells = "".join(_cells(headings[1:], [reason, each.printed, each.parts]))
    return f"{_row_start(each, reader)}{_name(each, reader, formats)}{cells}</tr>"


def _row_start(each: ComparedUnit, reader: Reader) -> str:
    return f'<tr role="row"{" class=own" if each.unit.code in reader.unit_codes else ""}>'


def _name(each: ComparedUnit, reader: Reader, formats: Formats) -> str:
    own = f" <small>{escape(formats.texts('compare.own_unit'))}</small>" if each.unit.code in reader.unit_codes else ""
    name = escape(each.unit.name)
    if each.there:
        name = f'<a href="{escape(reader.unit_page + quote(each.unit.id))}" target="_self">{name}</a>'
    return f'<th role="rowheader" scope="row">{name}{own}</th>'


def _cells(headings: Sequence[str], values: Sequence[str]) -> Iterator[str]:
    for heading, value in zip(headings, values, strict=True):
        yield f'<td role="cell" data-label="{escape(heading)}">{escape(value)}</td>'
