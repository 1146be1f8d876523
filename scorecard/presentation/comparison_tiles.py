"""Units as equal tiles under the names of the districts that they come from: no map, but a place for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from scorecard.domain.collation import sort_key
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scorecard.presentation.comparison import Comparison
from scorecard.presentation.comparison_bands import Band
from scorecard.presentation.comparison_units import ComparedUnit
from scorecard.presentation.formats import Formats


def regions(units: Sequence[Unit], province: Province, month: Month) -> dict[str, tuple[Unit, ...]]:
    """Return units by the name of their district, in the order of protocol of the districts, units by name.

    A unit directly below the province stands in the district from which most of the units came that it was made of, of
    several the first in the order of protocol; one without such a past is left out.
    """
    placed: dict[str, list[Unit]] = {}
    order: dict[str, int] = {}
    for unit in units:
        district = _district(unit, province, month)
        if district is not None:
            placed.setdefault(district.name, []).append(unit)
            order[district.name] = district.protocol_order
    return {
        name: tuple(sorted(placed[name], key=lambda unit: sort_key(unit.name)))
        for name in sorted(placed, key=order.__getitem__)
    }


def tiles_html(shown: Comparison, province: Province, month: Month, formats: Formats) -> str:
    """Return a list of tiles for each district, with name, letter of the band and value; empty without districts."""
    compared = {each.unit.id: each for each in (*shown.ranked, *shown.unranked)}
    found = regions([each.unit for each in compared.values()], province, month)
    parts = "".join(
        f"<section><h3>{escape(name)}</h3><ul>"
        + "".join(_tile(compared[unit.id], shown.bands, formats) for unit in units)
        + "</ul></section>"
        for name, units in found.items()
    )
    if not parts:
        return ""
    note = escape(formats.texts("compare.tiles_note"))
    return f'<p class="footnote">{note}</p><div class="tiles">{parts}</div>'


def legend_html(shown: Comparison, formats: Formats) -> str:
    """Explain the letters and say how many units are in each band, and how many are not ranked."""
    told = [_entry(band.look, band.letter, band.label, band.count, formats) for band in shown.bands]
    if shown.unranked:
        label = formats.texts("compare.band_unranked")
        told.append(_entry("unknown", formats.texts("compare.letter_unranked"), label, len(shown.unranked), formats))
    return f'<ul class="band-legend">{"".join(told)}</ul>'


def _entry(look: str, letter: str, label: str, count: int, formats: Formats) -> str:
    words = escape(formats.texts("compare.legend", label=label, count=formats.count(count)))
    return f'<li><span class="letter {look}" aria-hidden="true">{escape(letter)}</span>{words}</li>'


def _tile(each: ComparedUnit, bands: Sequence[Band], formats: Formats) -> str:
    name = f"<strong>{escape(each.short_name)}</strong>"
    if each.rank is None or each.band is None:
        reason = escape(formats.texts(f"compare.because_{each.reason}"))
        return f'<li class="tile unknown">{name}<span>{reason}</span></li>'
    band = bands[each.band]
    return f'<li class="tile {band.look}">{name}<span>{band.letter} · {escape(each.printed)}</span></li>'


def _district(unit: Unit, province: Province, month: Month) -> Unit | None:
    units = province.units
    if unit.parent != province.root_code:
        return units.find(unit.parent or "", month.last_day)
    came = Counter(district for district in _origins(unit, province) if district is not None)
    if not came:
        return None
    return min(came, key=lambda district: (-came[district], district.protocol_order))


def _origins(unit: Unit, province: Province) -> Iterator[Unit | None]:
    """Yield the district of each unit that (wholly or in part) became this one."""
    units = province.units
    for link in units.successions:
        old = units.by_id[link.from_id]
        if link.to_id == unit.id and old.parent not in (None, province.root_code) and old.valid_to:
            yield units.find(old.parent or "", old.valid_to)
