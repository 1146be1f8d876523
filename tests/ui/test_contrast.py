"""Check 8 of the design: letters, marks and the edges of controls stand out on both grounds, in pages and charts."""

import re
from pathlib import Path

import pytest

from scorecard.domain.status import Status
from scorecard.presentation.charts.style import PALETTES, Ground

STYLES = (Path(__file__).parents[2] / "scorecard/ui/assets/page.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\);", STYLES))
TEXT, MARK = 4.5, 3.0
INKS = ("met", "on-track", "at-risk", "late")
LETTERS = [
    *((ink, ground) for ink in (*INKS, "text", "second", "quiet", "link") for ground in ("surface", "panel")),
    *((ink, f"{ink}-tint") for ink in INKS),
    ("sample", "sample-tint"),
]
MARKS = [*((ink, "track") for ink in (*INKS, "text")), ("control", "surface")]
TOKEN_OF = {
    Status.MET: "met",
    Status.ON_TRACK: "on-track",
    Status.AT_RISK: "at-risk",
    Status.OFF_TRACK: "late",
    Status.MISSED: "late",
}


def colour(token: str, ground: Ground) -> str:
    light, dark = TOKENS[token].split(", ")
    found = dark if ground is Ground.DARK else light
    return "#" + "".join(digit * 2 for digit in found[1:]) if len(found) == 4 else found


def luminance(hexadecimal: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    parts = [int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("ground", Ground)
@pytest.mark.parametrize(("letters", "on"), LETTERS)
def test_check_08_letters_stand_out(letters: str, on: str, ground: Ground) -> None:
    assert contrast(colour(letters, ground), colour(on, ground)) >= TEXT


@pytest.mark.parametrize("ground", Ground)
@pytest.mark.parametrize(("mark", "on"), MARKS)
def test_check_08_marks_and_edges_stand_out(mark: str, on: str, ground: Ground) -> None:
    assert contrast(colour(mark, ground), colour(on, ground)) >= MARK


@pytest.mark.parametrize("ground", Ground)
def test_charts_have_the_colours_of_the_pages(ground: Ground) -> None:
    palette = PALETTES[ground]
    told = {"text": palette.text, "second": palette.second, "surface": palette.surface, "track": palette.track}
    told |= {TOKEN_OF.get(status, "quiet"): ink for status, ink in palette.mark.items()}
    assert told == {token: colour(token, ground) for token in told}
    assert contrast(palette.plan, palette.surface) >= MARK
