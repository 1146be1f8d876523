"""Why a value moved: product rule 6.11, in parts that add up to the change exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from scorecard.calculation.board import Board
from scorecard.calculation.contributions import contributions
from scorecard.calculation.gaps import heirs, on_heirs
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province

REVERSAL_SHARE = Fraction(9, 10)

Sides = tuple[int, int | None]
Parts = Mapping[str | None, Sides]
"""Numerator and denominator by unit id; None stands for what the formula itself adds."""


@dataclass(frozen=True, slots=True)
class Point:
    """A month, and the figures (frames.FIGURES) as they were known at some time."""

    month: Month
    figures: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Mover:
    """What one unit that reported both times did to a total."""

    unit: str
    rate: Fraction
    mix: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Why the total of one target moved from `before` to `after`, both as numerator ÷ denominator without decimals.

    `corrections`: the earlier month is known otherwise now. `boundaries`: the earlier month on the units that count
    today. `reporting`: units that are in only one of the two values. `mix`: the volumes of the units, `rate`: their
    own values, the largest `movers` first; a value that is no ratio has no mix. They add up to after − before exactly.
    `reversed_by_mix`: units with at least nine tenths of the cases moved one way and the total the other.
    """

    target: str
    before: Fraction
    after: Fraction
    corrections: Fraction
    boundaries: Fraction
    reporting: Fraction
    mix: Fraction
    rate: Fraction
    movers: tuple[Mover, ...]
    reversed_by_mix: bool


def changes(province: Province, targets: Sequence[Target], before: Point, after: Point) -> tuple[Change, ...]:
    """Say of each target's total why it moved between two points, the later one on the map of its own month.

    Targets without a value at either point, or told apart by a break of boundaries, are left out, as are targets
    «each», scores, ranks and milestones. Both values are those that the scoreboard shows: year-to-date where the
    window is the year.
    """
    totals = tuple(target for target in targets if target.scope.each is None and not target.steps)
    if not totals:
        return ()
    then, now = (Board(province, totals, point.month) for point in (before, after))
    shown = _by_target(contributions(then, before.figures))
    corrected = _by_target(contributions(then, after.figures))
    restated = _by_target(_today(contributions(now, after.figures, before.month), now))
    latest = _by_target(_today(contributions(now, after.figures), now))
    found = (
        _change(target.id, *(parts.get(target.id, {}) for parts in (shown, corrected, restated, latest)))
        for target in totals
    )
    return tuple(change for change in found if change is not None)


def _today(parts: pl.DataFrame, board: Board) -> pl.DataFrame:
    return on_heirs(parts.lazy(), heirs(board)).collect()


def _by_target(parts: pl.DataFrame) -> Mapping[str, Parts]:
    found: dict[str, dict[str | None, Sides]] = {}
    for target, unit, numerator, denominator in parts.select(
        "target", "contributor", "numerator", "denominator"
    ).iter_rows():
        found.setdefault(target, {})[unit] = (numerator, denominator)
    return found


def _change(target: str, shown: Parts, corrected: Parts, restated: Parts, latest: Parts) -> Change | None:
    both = restated.keys() & latest.keys()
    old, new = ({unit: parts[unit] for unit in both} for parts in (restated, latest))
    values = [_value(parts) for parts in (shown, corrected, restated, old, new, latest)]
    if any(value is None for value in values):
        return None
    first, known, on_map, kept, common, last = (value for value in values if value is not None)
    movers = _movers(old, new)
    mix = sum((each.mix for each in movers), Fraction(0))
    return Change(
        target=target,
        before=first,
        after=last,
        corrections=known - first,
        boundaries=on_map - known,
        reporting=(kept - on_map) + (last - common),
        mix=mix,
        rate=common - kept - mix,
        movers=movers,
        reversed_by_mix=_reversed(old, new, common - kept),
    )


def _value(parts: Parts) -> Fraction | None:
    """Return the value of some units together; None without any, or where nothing stands below."""
    if not parts:
        return None
    above = sum(numerator for numerator, _ in parts.values())
    if any(below is None for _, below in parts.values()):
        return Fraction(above)
    total = sum(below or 0 for _, below in parts.values())
    return Fraction(above, total) if total else None


def _movers(old: Parts, new: Parts) -> tuple[Mover, ...]:
    """Split the change over units: mean weight × change of rate, and mean rate × change of weight."""
    weights = [_weights(parts) for parts in (old, new)]
    found = []
    for unit in old.keys() - {None}:
        rates = [_rate(old, new, unit), _rate(new, old, unit)]
        shares = [each[unit] for each in weights]
        mix = (rates[0] + rates[1]) / 2 * (shares[1] - shares[0])
        found.append(Mover(unit or "", (shares[0] + shares[1]) / 2 * (rates[1] - rates[0]), mix))
    return tuple(sorted(found, key=lambda each: (-abs(each.rate + each.mix), each.unit)))


def _weights(parts: Parts) -> Mapping[str | None, Fraction]:
    """Return each unit's share of what stands below; 1 for a value that is no ratio, which has no mix."""
    total = sum(below or 0 for _, below in parts.values())
    return {unit: Fraction(1) if below is None else Fraction(below, total) for unit, (_, below) in parts.items()}


def _rate(parts: Parts, others: Parts, unit: str | None) -> Fraction:
    """Return a unit's own value; where nothing stands below, that of the other time, so that it moves by mix alone."""
    for above, below in (parts[unit], others[unit]):
        if below is None or below > 0:
            return Fraction(above, 1 if below is None else below)
    return Fraction(0)


def _reversed(old: Parts, new: Parts, change: Fraction) -> bool:
    """Say whether nine tenths of the cases lie in units that moved against the total."""
    if change == 0 or any(below is None for _, below in new.values()):
        return False
    against = [
        below or 0 for unit, (_, below) in new.items() if (_rate(new, old, unit) - _rate(old, new, unit)) * change < 0
    ]
    return Fraction(sum(against), sum(below or 0 for _, below in new.values())) >= REVERSAL_SHARE
