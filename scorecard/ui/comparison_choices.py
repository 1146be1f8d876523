"""What is compared: target, peer group, the way to look at it; all of it stands in the address."""

from __future__ import annotations

import polars as pl

from scorecard.calculation.comparison import MONTHS_POOLED
from scorecard.calculation.unit_maps import has_another_map, map_month
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan, Target
from scorecard.domain.unit_map import DrawnMap, UnitMap
from scorecard.presentation.comparison import kinds_of
from scorecard.presentation.comparison_picture import View
from scorecard.presentation.texts import in_language
from scorecard.ui import address, unit_map_choice
from scorecard.ui.guard import PageContext

_TARGET, _GROUP, _VIEW, _SEARCH = "muc", "nhom", "xem", "tim"


_VIEW_TEXTS = {
    View.RANKS: "compare.view_ranks",
    View.DEVIATIONS: "compare.view_deviations",
    View.TILES: "compare.view_tiles",
}


def choose_map(page: PageContext, month: Month) -> DrawnMap:
    """Ask on which units the months that are compared are shown: today's where they have no others."""
    drawn = map_month(page.province, month, page.today)
    if not has_another_map(page.province, month.plus(1 - MONTHS_POOLED), month, drawn):
        return DrawnMap(UnitMap.TODAY, drawn)
    return DrawnMap(unit_map_choice.choose_map(page), drawn)


def choose_target(page: PageContext, plan: Plan, compared: pl.DataFrame) -> Target:
    """Ask which target of a plan is looked at, of those in COMPARISON; there is at least one."""
    ids = compared["target"].unique(maintain_order=True).to_list()
    targets = {target.id: target for target in plan.targets if target.id in ids}
    chosen = address.choose(
        _TARGET,
        ids,
        label=page.texts("compare.target"),
        show=lambda each: _target_name(page, targets[each]),
        default=ids[0],
        width=560,
    )
    return targets[chosen or ids[0]]


def choose_group(page: PageContext, compared: pl.DataFrame) -> str:
    """Ask which peer group of one target is looked at: that of the person's own unit, or the largest, unless told."""
    standing = compared.filter(pl.col("unranked").ne_missing("former"))
    groups = {
        str(group): units
        for group, units in standing.group_by("peer_group", maintain_order=True).agg("unit").iter_rows()
    }
    codes = {group: {page.province.units.by_id[unit].code for unit in units} for group, units in groups.items()}
    own = next((group for group in groups if codes[group] & page.person.unit_codes), None)
    default = own or max(groups, key=lambda group: len(groups[group]))
    chosen = address.choose(
        _GROUP,
        tuple(groups),
        label=page.texts("compare.group"),
        show=lambda group: _capitalised(kinds_of(groups[group], page.province)),
        default=default,
        width=190,
    )
    return chosen or default


def choose_view(page: PageContext) -> View:
    """Ask how the units are looked at."""
    chosen = address.choose(
        _VIEW,
        tuple(View),
        label=page.texts("compare.view"),
        show=lambda view: page.texts(_VIEW_TEXTS[View(view)]),
        default=View.RANKS,
        width=250,
    )
    return View(chosen or View.RANKS)


def ask_name(page: PageContext) -> str:
    """Ask for a part of a unit's name."""
    return address.ask(_SEARCH, label=page.texts("compare.search"), width=420)


def _target_name(page: PageContext, target: Target) -> str:
    name = in_language(page.texts, target.name, target.name_en)
    level = next((level for level in page.province.levels if level.id == target.scope.level), None)
    return f"{name} · {in_language(page.texts, level.name, level.name_en)}" if level else name


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
