"""The picture of a comparison, in the way that was asked for."""

from __future__ import annotations

from enum import StrEnum

from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.presentation.charts.drawing import Drawing
from scorecard.presentation.charts.rank_strip import rank_strip
from scorecard.presentation.charts.style import Palette
from scorecard.presentation.charts.unit_deviations import unit_deviations
from scorecard.presentation.charts.unit_points import unit_points
from scorecard.presentation.comparison import Comparison
from scorecard.presentation.comparison_table import MANY
from scorecard.presentation.comparison_tiles import tiles_html
from scorecard.presentation.formats import Formats


class View(StrEnum):
    """A way to look at the units; the words of the address."""

    RANKS = "hang"
    DEVIATIONS = "lech"
    TILES = "khu-vuc"


def picture(
    view: View, shown: Comparison, province: Province, month: Month, palette: Palette, formats: Formats
) -> Drawing | str | None:
    """Return a chart, or tiles as HTML (empty where units come from no districts); None where nobody is ranked."""
    if view is View.TILES:
        return tiles_html(shown, province, month, formats)
    if not shown.ranked:
        return None
    if view is View.DEVIATIONS:
        return unit_deviations(shown, palette, formats)
    return (rank_strip if len(shown.ranked) >= MANY else unit_points)(shown, palette, formats)
