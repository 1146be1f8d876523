"""On which units the figures of earlier months are shown; it stands in the address."""

from __future__ import annotations

from scorecard.calculation.unit_maps import has_another_map, map_month
from scorecard.domain.period import Month
from scorecard.domain.unit_map import DrawnMap, UnitMap
from scorecard.ui import address
from scorecard.ui.guard import PageContext

_MAP = "dia-gioi"


def choose_months_map(page: PageContext, since: Month, month: Month) -> DrawnMap:
    """Ask on which units two months, and those between them, are shown.

    Without a box they are today's where the months have no others.
    """
    drawn = map_month(page.province, month, page.today)
    if not has_another_map(page.province, since, month, drawn):
        return DrawnMap(UnitMap.TODAY, drawn)
    return DrawnMap(choose_map(page), drawn)


def choose_map(page: PageContext) -> UnitMap:
    """Ask on which units figures are shown."""
    chosen = address.choose(
        _MAP,
        tuple(UnitMap),
        label=page.texts("unit_map.label"),
        show=lambda kind: page.texts(f"unit_map.{UnitMap(kind).name.lower()}"),
        default=UnitMap.TODAY,
        width=270,
    )
    return UnitMap(chosen or UnitMap.TODAY)
