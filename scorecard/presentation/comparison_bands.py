"""Bands of values as a reader sees them: who reached the goal, and how far below it the others are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorecard.calculation.bands import EDGES
from scorecard.domain.goal import Threshold
from scorecard.presentation.amounts import plain_share
from scorecard.presentation.comparison_sentence import goal_words
from scorecard.presentation.formats import Formats

_LETTERS = "ABCD"
_LOOKS = {2: ("reached", "between"), 3: ("reached", "between", "low"), 4: ("reached", "near", "between", "low")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One band: its letter, its words, its look (a class of the styles) and how many units are in it."""

    letter: str
    label: str
    look: str
    count: int


def edges(goal: Threshold, *, rising_is_good: bool) -> tuple[Fraction, ...]:
    """Return where the bands below a goal begin, from the top; none where less is better: it is reached or not."""
    return tuple(edge for edge in sorted(EDGES, reverse=True) if edge < goal.value) if rising_is_good else ()


def band(value: Fraction, goal: Threshold, below: Sequence[Fraction]) -> int:
    """Return the place of a value among the bands: 0 reaches the goal; an edge belongs to the band above it."""
    if goal.comparator.holds(value, goal.value):
        return 0
    return 1 + sum(value < edge for edge in below)


def bands(
    places: Sequence[int | None], below: Sequence[Fraction], goal: Threshold, formats: Formats
) -> tuple[Band, ...]:
    """Return every band, best first, with how many of the `places` it holds."""
    labels = _labels(below, goal, formats)
    looks = _LOOKS[len(labels)]
    return tuple(
        Band(letter=_LETTERS[number], label=label, look=looks[number], count=places.count(number))
        for number, label in enumerate(labels)
    )


def _labels(below: Sequence[Fraction], goal: Threshold, formats: Formats) -> list[str]:
    texts, printed = formats.texts, [plain_share(edge, formats) for edge in below]
    reached = goal_words(goal, formats)
    if not printed:
        return [reached, texts("compare.band_missed")]
    near = texts("compare.band_near", low=printed[0])
    between = [texts("compare.band_between", low=low, high=high) for high, low in pairwise(printed)]
    return [reached, near, *between, texts("compare.band_low", high=printed[-1])]
