"""Why the value of a target moved since the month before, in parts that add up as they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from html import escape
from math import floor

from scorecard.calculation.changes import Change
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.formats import MINUS
from scorecard.presentation.record_table import Cell, Column, records_html
from scorecard.presentation.standing import Standing
from scorecard.presentation.trajectory_points import scaled

_PARTS = ("corrections", "boundaries", "reporting", "mix", "rate")
_DECIMALS = 2
_MOVERS = 3


def change_html(case: Case, amounts: Amounts) -> str | None:
    """Return the parts as a table, and the units that moved it most; None for what has no parts to tell.

    Scores, ranks and milestones have none, nor has the line of one unit.
    """
    standing, texts = case.standing, amounts.formats.texts
    one_unit = standing.unit in case.province.units.by_id
    if one_unit or not case.judged or standing.target.steps or case.now["single"]:
        return None
    month = amounts.formats.month(standing.month.plus(-1))
    if case.change is None:
        return f"<p>{escape(texts('target.change_none', month=month))}</p>"
    if case.change.before == case.change.after:
        return f"<p>{escape(texts('target.change_same', month=month, value=amounts.value(standing)))}</p>"
    return _table(standing, case.change, amounts) + _movers(standing, case.change, amounts)


def rounded(parts: Sequence[Fraction], decimals: int) -> tuple[Fraction, ...]:
    """Round parts so that they add up to their rounded sum: the largest remainders are rounded up."""
    scale = 10**decimals
    floors = [floor(part * scale) for part in parts]
    missing = floor(sum(parts, Fraction(0)) * scale + Fraction(1, 2)) - sum(floors)
    order = sorted(range(len(parts)), key=lambda place: (floors[place] - parts[place] * scale, place))
    for place in order[:missing]:
        floors[place] += 1
    return tuple(Fraction(each, scale) for each in floors)


def _table(standing: Standing, change: Change, amounts: Amounts) -> str:
    texts = amounts.formats.texts
    shown = {name: getattr(change, name) for name in _PARTS if getattr(change, name)}
    sizes = rounded([scaled(part, standing) for part in shown.values()], _DECIMALS)
    rows = [
        (Cell(texts(f"target.part_{name}")), Cell(_moved(standing, size, amounts)))
        for name, size in zip(shown, sizes, strict=True)
    ]
    rows.append((Cell(texts("target.part_total")), Cell(_moved(standing, sum(sizes, Fraction(0)), amounts))))
    columns = (Column(texts("target.column_part")), Column(texts("target.column_moved"), numeric=True))
    return records_html(_caption(standing, change, amounts), columns, rows)


def _caption(standing: Standing, change: Change, amounts: Amounts) -> str:
    """Say from where to where; more decimals than elsewhere, so that the parts can be added up."""
    formats = amounts.formats
    before, after = (_value(standing, scaled(each, standing), amounts) for each in (change.before, change.after))
    told = {"month": formats.month(standing.month.plus(-1)), "now": formats.month(standing.month)}
    return formats.texts("target.change_total", before=before, after=after, **told)


def _movers(standing: Standing, change: Change, amounts: Amounts) -> str:
    units, texts = amounts.province.units.by_id, amounts.formats.texts
    told = [each for each in change.movers[:_MOVERS] if each.rate or each.mix]
    lines = []
    if len(told) > 1:
        named = ", ".join(
            texts(
                "target.mover",
                unit=units[each.unit].name,
                moved=_moved(standing, scaled(each.rate + each.mix, standing), amounts),
            )
            for each in told
        )
        lines.append(texts("target.movers", units=named))
    if change.reversed_by_mix:
        lines.append(texts("change.reversed"))
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _value(standing: Standing, value: Fraction, amounts: Amounts) -> str:
    printed = _number(value, standing, amounts)
    return f"{printed}%" if standing.is_share else f"{printed} {_counted_in(standing)}".strip()


def _moved(standing: Standing, size: Fraction, amounts: Amounts) -> str:
    printed = _number(size, standing, amounts)
    signed = printed if printed.startswith(MINUS) or not size else f"+{printed}"
    if standing.is_share:
        return amounts.formats.texts("format.points", number=signed)
    return f"{signed} {_counted_in(standing)}".strip()


def _number(value: Fraction, standing: Standing, amounts: Amounts) -> str:
    whole = not standing.is_share and value.denominator == 1
    return amounts.formats.decimal(value, 0 if whole else _DECIMALS)


def _counted_in(standing: Standing) -> str:
    return standing.indicator.counted_in if standing.indicator else ""
