"""On which units the figures of earlier months are shown; it stands in the address."""

from __future__ import annotations

from scorecard.domain.unit_map import UnitMap
from scorecard.ui import address
from scorecard.ui.guard import PageContext

_MAP = "dia-gioi"


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
