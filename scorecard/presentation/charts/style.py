"""The looks that all charts share: colours on light and dark ground, letters, words and numbers of the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import altair as alt

from scorecard.domain.status import Status
from scorecard.presentation.formats import Formats

FONT = "Source Sans, sans-serif"
LETTERS_PX = 16


class Ground(StrEnum):
    """What a chart stands on; the words are those of the page framework."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours on one ground: `text` and `second` for letters, `plan` for what is no figure, `mark` by status."""

    surface: str
    text: str
    second: str
    plan: str
    grid: str
    track: str
    mark: Mapping[Status, str]


def _marks(done: str, moving: str, risk: str, late: str, quiet: str) -> Mapping[Status, str]:
    named = {
        Status.MET: done,
        Status.ON_TRACK: moving,
        Status.AT_RISK: risk,
        Status.OFF_TRACK: late,
        Status.MISSED: late,
    }
    return MappingProxyType({status: named.get(status, quiet) for status in Status})


PALETTES: Mapping[Ground, Palette] = MappingProxyType(
    {
        Ground.LIGHT: Palette(
            surface="#ffffff",
            text="#1a2233",
            second="#3d4757",
            plan="#6b7587",
            grid="#e3e7ee",
            track="#e3e7ee",
            mark=_marks("#27348b", "#0a7a64", "#8f5a0b", "#8a0a1e", "#4e5565"),
        ),
        Ground.DARK: Palette(
            surface="#0f1b2d",
            text="#e8edf5",
            second="#b9c4d4",
            plan="#98a6bc",
            grid="#2a3a52",
            track="#33435c",
            mark=_marks("#8fa3e8", "#b8f8e2", "#facb60", "#f0788d", "#aeb4c0"),
        ),
    }
)


def finished(
    chart: alt.TopLevelMixin, palette: Palette, formats: Formats, *, height: int, letters_px: int = LETTERS_PX
) -> dict[str, Any]:
    """Return a chart as a specification that is ready to be sent: as wide as its place, `height` px high.

    It is drawn as SVG, so that it stays sharp on every screen and can be saved as it is. It is not held against the
    schema here, which takes most of a second for a chart of many layers: the tests of each chart do that.
    """
    axis = alt.AxisConfig(
        labelColor=palette.second,
        titleColor=palette.second,
        labelFontSize=letters_px,
        titleFontSize=letters_px,
        titleFontWeight="normal",
        gridColor=palette.grid,
        domainColor=palette.plan,
        tickColor=palette.plan,
        labelAngle=0,
    )
    spec: dict[str, Any] = (
        chart.properties(height=height, width="container", background=palette.surface)
        .configure(
            font=FONT,
            locale={"number": number_locale(formats)},
            view=alt.ViewConfig(stroke=None),
            text=alt.MarkConfig(fontSize=letters_px, color=palette.text),
            header=alt.HeaderConfig(labelFontSize=letters_px, labelColor=palette.text),
            axis=axis,
        )
        .to_dict(validate=False)
    )
    return spec | {"usermeta": {"embedOptions": {"renderer": "svg"}}}


def number_locale(formats: Formats) -> dict[str, Any]:
    """Return the separators of the language as charts take them."""
    separators = {"decimal": formats.texts("format.decimal"), "thousands": formats.texts("format.thousands")}
    return {**separators, "grouping": [3], "currency": ["", ""]}
