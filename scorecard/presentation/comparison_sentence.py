"""The sentence over a comparison: how many reached the goal, how many are far below, who is not ranked and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from scorecard.calculation.bands import EDGES
from scorecard.domain.goal import Comparator, Threshold
from scorecard.presentation.amounts import plain_share
from scorecard.presentation.formats import Formats

_GOALS = {
    Comparator.AT_LEAST: "compare.goal_at_least",
    Comparator.ABOVE: "compare.goal_above",
    Comparator.EQUAL: "compare.goal_equal",
    Comparator.AT_MOST: "compare.goal_at_most",
    Comparator.BELOW: "compare.goal_below",
}
_REASONS = ("too_small", "not_reported", "no_cases", "split", "not_concerned")
_LOW = min(EDGES)


def goal_words(goal: Threshold, formats: Formats) -> str:
    """Say a goal in words: «từ 80% trở lên»."""
    return formats.texts(_GOALS[goal.comparator], value=plain_share(goal.value, formats))


def sentence(
    values: Sequence[Fraction],
    unranked: Sequence[str],
    goal: Threshold,
    kinds: str,
    *,
    pooled: bool,
    rising_is_good: bool,
    formats: Formats,
) -> str:
    """Return the sentence on the `values` of the ranked units and the reasons why others are `unranked`.

    Its numbers stand below it, in the counts of the bands and of the tables.
    """
    parts = [_reached(values, goal, kinds, formats, pooled=pooled)]
    if values and rising_is_good and goal.value > _LOW:
        parts.append(_low(values, formats))
    if unranked:
        parts.append(_unranked(unranked, formats))
    return "; ".join(parts) + "."


def _reached(values: Sequence[Fraction], goal: Threshold, kinds: str, formats: Formats, *, pooled: bool) -> str:
    if not values:
        return formats.texts("compare.sentence_nobody", kinds=kinds)
    reached = sum(goal.comparator.holds(value, goal.value) for value in values)
    counts = {"reached": formats.count(reached), "ranked": formats.count(len(values))}
    key = "compare.sentence_pooled" if pooled else "compare.sentence_held"
    return formats.texts(key, kinds=kinds, goal=goal_words(goal, formats), **counts)


def _low(values: Sequence[Fraction], formats: Formats) -> str:
    low = sum(value < _LOW for value in values)
    key = "compare.sentence_low" if low else "compare.sentence_none_low"
    return formats.texts(key, count=formats.count(low), edge=plain_share(_LOW, formats))


def _unranked(unranked: Sequence[str], formats: Formats) -> str:
    *others, last = _reasons(unranked, formats)
    reasons = formats.texts("compare.or", others=", ".join(others), last=last) if others else last
    return formats.texts("compare.sentence_unranked", count=formats.count(len(unranked)), reasons=reasons)


def _reasons(unranked: Sequence[str], formats: Formats) -> Iterator[str]:
    for reason in _REASONS:
        if reason in unranked:
            yield formats.texts(f"compare.because_{reason}")
