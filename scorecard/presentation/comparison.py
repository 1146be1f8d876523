"""Units of one peer group on one target, side by side: everything the page shows of them, as finished strings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from html import escape

import polars as pl

from scorecard import frames
from scorecard.calculation.comparison import COMPARISON, MONTHS_POOLED
from scorecard.domain.collation import sort_key
from scorecard.domain.goal import Threshold
from scorecard.domain.indicator import Window
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.domain.unit_map import DrawnMap, UnitMap
from scorecard.presentation import comparison_bands
from scorecard.presentation.amounts import Amounts, plain_share
from scorecard.presentation.comparison_bands import Band
from scorecard.presentation.comparison_map import map_notes
from scorecard.presentation.comparison_sentence import goal_words, sentence
from scorecard.presentation.comparison_units import ComparedUnit, UnitWriter
from scorecard.presentation.formats import Formats


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the page shows. `ranked` is best first, units of one rank by name; `unranked` in the order of protocol.

    `former` are units with figures that stand in neither. `on_map` says which units are shown, empty where there are no
    others. `measure` names the share compared, `own_window` the window by which the target is judged where that is
    another.
    """

    facts: tuple[str, ...]
    sentence: str
    explained: str
    on_map: str
    goal: Threshold
    goal_printed: str
    kinds: str
    measure: str
    counted_in: str
    own_window: str | None
    bands: tuple[Band, ...]
    ranked: tuple[ComparedUnit, ...]
    unranked: tuple[ComparedUnit, ...]
    former: tuple[ComparedUnit, ...]
    map_kind: UnitMap

    def opening_html(self) -> str:
        """Return the line of facts, the sentence and what is ranked, that stand above everything else."""
        facts = " · ".join(escape(fact) for fact in self.facts)
        notes = "".join(f'<p class="footnote">{escape(note)}</p>' for note in (self.explained, self.on_map) if note)
        return f'<div class="facts">{facts}</div><div class="sentence">{escape(self.sentence)}</div>{notes}'


def kinds_of(units: Collection[str], province: Province) -> str:
    """Name a peer group by the kinds of its units, in their order: «xã», «phường, thị trấn»."""
    kinds = dict.fromkeys(province.kinds[province.units.by_id[unit].kind] for unit in units)
    return ", ".join(kinds)


def rows_of(compared: pl.DataFrame, province: Province, target_id: str, peer_group: str) -> pl.DataFrame:
    """Return the rows of COMPARISON for a target and peer group, with former units of its level that have no group."""
    levels = {unit.level for unit in province.units.members if unit.peer_group == peer_group}
    of_level = [unit.id for unit in province.units.members if unit.level in levels]
    alone = pl.col("peer_group").is_null() & pl.col("unit").is_in(of_level)
    return compared.filter((pl.col("target") == target_id) & ((pl.col("peer_group") == peer_group) | alone))


def build_comparison(
    rows: pl.DataFrame, province: Province, target: Target, month: Month, shown_on: DrawnMap, formats: Formats
) -> Comparison:
    """Return the comparison of rows_of, of one target and peer group; at least one is no former unit."""
    frames.check(rows, COMPARISON)
    writer = UnitWriter(Amounts(formats, province), target, month)
    is_former = pl.col("unranked").eq_missing("former")
    former = [writer.unit(row) for row in rows.filter(is_former).iter_rows(named=True)]
    rows = rows.filter(~is_former)
    units = [writer.unit(row) for row in rows.iter_rows(named=True)]
    ranked = sorted(
        (each for each in units if each.rank is not None), key=lambda each: (each.rank or 0, sort_key(each.unit.name))
    )
    unranked = tuple(each for each in units if each.rank is None)
    kinds = kinds_of(rows["unit"].to_list(), province)
    pooled = bool(rows["pooled"].any())
    return Comparison(
        facts=_facts(writer, len(ranked), len(units), kinds),
        sentence=sentence(
            [each.value for each in ranked if each.value is not None],
            [each.reason for each in unranked if each.reason],
            writer.goal,
            kinds,
            pooled=pooled,
            rising_is_good=writer.indicator.rising_is_good,
            formats=formats,
        ),
        explained=_explained(writer, pooled=pooled),
        on_map=" ".join(map_notes(rows, len(former), province, month, shown_on, formats)),
        goal=writer.goal,
        goal_printed=plain_share(writer.goal.value, formats),
        kinds=kinds,
        measure=formats.texts("compare.measure_pooled" if pooled else "compare.measure_held"),
        counted_in=writer.amounts.counted_in(writer.indicator, month),
        own_window=_own_window(writer, pooled=pooled),
        bands=comparison_bands.bands([each.band for each in ranked], writer.edges, writer.goal, formats),
        ranked=tuple(ranked),
        unranked=unranked,
        former=tuple(former),
        map_kind=shown_on.kind,
    )


def _facts(writer: UnitWriter, ranked: int, compared: int, kinds: str) -> tuple[str, ...]:
    formats, texts = writer.amounts.formats, writer.amounts.formats.texts
    counts = {"ranked": formats.count(ranked), "all": formats.count(compared), "kinds": kinds}
    due = writer.target.goal_at(writer.month)[1]
    return (
        texts("overview.data_until", month=formats.month(writer.month)),
        texts("compare.goal", goal=goal_words(writer.goal, formats), due=formats.day(due)),
        texts("compare.ranked", **counts),
    )


def _explained(writer: UnitWriter, *, pooled: bool) -> str:
    formats = writer.amounts.formats
    told = {
        "last": formats.month(writer.month),
        "smallest": formats.count(writer.target.limits.minimum_denominator),
        "counted_in": writer.amounts.counted_in(writer.indicator, writer.month),
    }
    if not pooled:
        return formats.texts("compare.explained_held", **told)
    return formats.texts("compare.explained", first=formats.month(writer.month.plus(1 - MONTHS_POOLED)), **told)


def _own_window(writer: UnitWriter, *, pooled: bool) -> str | None:
    window = writer.indicator.window
    return writer.amounts.formats.texts(f"compare.own_{window}") if pooled and window is not Window.ROLLING_3 else None
