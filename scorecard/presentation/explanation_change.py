"""The change of an explanation: why the value moved since the month before, in parts that add up."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scorecard.calculation.changes import Change
from scorecard.domain.indicator import IndicatorKind
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_numbers import exact, share
from scorecard.presentation.standing import Standing

_SHOWN = 3
_DECIMALS = 4
_BULLET = "  - "
_PARTS = ("corrections", "boundaries", "reporting", "mix", "rate")


def change_lines(standing: Standing, change: Change, amounts: Amounts) -> Iterator[str]:
    """Say what moved the value and by how much; nothing where it stayed the same."""
    if change.before == change.after:
        return
    texts, formats = amounts.formats.texts, amounts.formats
    before, after = (_value(standing, value, amounts) for value in (change.before, change.after))
    month = formats.month(standing.month.plus(-1))
    moved = _moved(standing, change.after - change.before, amounts)
    yield texts("change.total", month=month, before=before, after=after, moved=moved)
    for name in _PARTS:
        part = getattr(change, name)
        if part:
            yield _BULLET + texts(f"change.{name}", moved=_moved(standing, part, amounts))
    movers = [each for each in change.movers[:_SHOWN] if each.rate or each.mix]
    if len(movers) > 1:
        yield texts("change.movers")
        for each in movers:
            unit = amounts.province.units.by_id[each.unit].name
            yield _BULLET + texts("change.mover", unit=unit, moved=_moved(standing, each.rate + each.mix, amounts))
    if change.reversed_by_mix:
        yield texts("change.reversed")


def _value(standing: Standing, value: Fraction, amounts: Amounts) -> str:
    return share(value, amounts.formats) if standing.is_share else exact(_counted(standing, value), amounts.formats)


def _moved(standing: Standing, value: Fraction, amounts: Amounts) -> str:
    if standing.is_share:
        return amounts.formats.points(value, _DECIMALS)
    return ("+" if value > 0 else "") + exact(_counted(standing, value), amounts.formats)


def _counted(standing: Standing, value: Fraction) -> Fraction:
    """Return the share of a list as members of the list as it is today, any other value as it is."""
    of_list = standing.indicator is not None and standing.indicator.kind is IndicatorKind.LIST_COUNT
    return value * standing.denominator if of_list and standing.denominator else value
