"""What units hold: stocks as last reported, month by month, summed over units; scores, picked from one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorecard.calculation.grid import NEVER, Amounts, Grid, Records
from scorecard.calculation.series import Flags, Places
from scorecard.calculation.slots import Slots
from scorecard.calculation.windows import Parts, nothing


@dataclass(frozen=True)
class Stocks:
    """What each unit holds of each indicator (rows) in each month; amounts are 0 and `last` NEVER where not all of it.

    `last` is the last month that any part of it was reported for.
    """

    numerator: Amounts
    denominator: Amounts
    last: Places
    approximate: Flags


def whole_units(grid: Grid, held: Records) -> Stocks:
    """Join the groups of stocks of each unit and month; a unit counts only when all of them are there."""
    shape = (grid.indicators * grid.units, held.shape[1])
    numerator, denominator = (np.zeros(shape, np.int64) for _ in range(2))
    found = Stocks(numerator, denominator, np.full(shape, NEVER, np.int64), np.zeros(shape, np.bool_))
    for indicator, groups in grid.groups_of(flow=False).items():
        rows = slice(indicator * grid.units, (indicator + 1) * grid.units)
        records = [grid.of_group(held, group) for group in groups]
        needed = np.max([grid.needed[record] for record in records], axis=0)
        complete, there = (
            sum(grid.complete[each].astype(np.int8) for each in records),
            sum(each >= 0 for each in records),
        )
        whole = (complete == needed) & (there == needed) & (needed > 0)
        found.numerator[rows] = np.where(whole, sum(grid.numerator[each] for each in records), 0)
        found.denominator[rows] = np.where(whole, sum(grid.denominator[each] for each in records), 0)
        found.last[rows] = np.where(whole, np.max([grid.last[each] for each in records], axis=0), NEVER)
        found.approximate[rows] = whole & np.any([grid.approximate[each] for each in records], axis=0)
    return found


def totals(stocks: Stocks, slots: Slots, slot: Places) -> Parts:
    """Sum what the units of each slot hold; `slot` says whose stocks count, by row and month."""
    if not len(slots.starts):
        return nothing(slot.shape)
    place, column = np.maximum(slot, 0), np.arange(slot.shape[1])[None, :]
    approximate = outside = np.zeros(slot.shape, np.bool_)
    if stocks.approximate.any():
        approximate = slots.totals(stocks.approximate.astype(np.int64))[place, column] > 0
    if not slots.member.all():
        held = (stocks.last >= 0).astype(np.int64)
        outside = slots.totals(held, but=slots.member)[place, column] > 0
    numerator, denominator = (slots.totals(each)[place, column] for each in (stocks.numerator, stocks.denominator))
    month = np.where(slot >= 0, slots.latest(stocks.last)[place, column], NEVER)
    return Parts(numerator, denominator, month, approximate, outside)
