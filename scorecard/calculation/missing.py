"""What units owed and did not report, as of the month asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from scorecard.calculation.coverage import Owed
from scorecard.calculation.grid import NEVER
from scorecard.calculation.reporting import forms_needed
from scorecard.calculation.scopes import alive_months
from scorecard.calculation.series import Flags, Places
from scorecard.calculation.sources import Sources


def silent_periods(sources: Sources, length: Places) -> pl.LazyFrame:
    """Return the periods of flows that a unit owed and neither reported nor covered by a longer report.

    One row per indicator × unit × `first` and `last` month of the period; `length` are owed_periods.
    """
    grid = sources.grid
    rows, months, lengths = [], [], []
    for indicator, groups in grid.groups_of(flow=True).items():
        owed = length[indicator * grid.units : (indicator + 1) * grid.units]
        silent = (owed > 0) & ~_told(sources, groups[0], owed)
        place, month = np.nonzero(silent)
        rows.append(indicator * grid.units + place)
        months.append(month + grid.months.start)
        lengths.append(owed[place, month])
    last = np.concatenate([np.zeros(0, np.int64), *months])
    first = last - np.concatenate([np.zeros(0, np.int64), *lengths]) + 1
    found = sources.named(np.concatenate([np.zeros(0, np.int64), *rows]))
    return found.with_columns(first=pl.Series(first, dtype=pl.Int32), last=pl.Series(last, dtype=pl.Int32)).lazy()


def late_stocks(sources: Sources, length: Places) -> pl.LazyFrame:
    """Return indicator × unit whose stock was not reported for the latest period whose due day has passed.

    `length` are owed_periods.
    """
    grid = sources.grid
    owed = length[:, :-1] > 0
    months = np.asarray(grid.months, np.int64)[:-1]
    required = np.where(owed, months, NEVER).max(axis=1, initial=NEVER)
    flow = np.array([is_flow for _, is_flow in grid.groups], np.bool_)
    stock = ~flow[grid.row // grid.units] if len(grid.row) else np.zeros(0, np.bool_)
    latest = np.full(len(required), NEVER, np.int64)
    latest[grid.indicator_row[stock]] = grid.last[:-1][stock]
    return sources.named(np.flatnonzero((required != NEVER) & (latest < required))).lazy()


def _told(sources: Sources, group: int, owed: Places) -> Flags:
    """Say which of the periods owed, by last month, were reported themselves or lie in a longer one that was."""
    grid, end = sources.grid, owed.shape[1]
    own = np.flatnonzero((grid.row // max(grid.units, 1) == group) & (grid.last[:-1] >= grid.months.start))
    place, column = grid.row[own] % grid.units, grid.last[own] - grid.months.start
    length = grid.last[own] - grid.first[own] + 1
    told = np.zeros(owed.shape, np.bool_)
    told[place, column] = True
    for longer in np.unique(length[length > 1]):
        there = np.zeros(owed.shape, np.bool_)
        chosen = length == longer
        there[place[chosen], column[chosen]] = True
        for later in range(min(int(longer), end)):
            told[:, : end - later] |= there[:, later:] & (owed[:, : end - later] <= longer - later)
    return told


def owed_periods(sources: Sources) -> Places:
    """Return how long the period is that a unit owes for an indicator (rows) and lives to the end of, by last month.

    0 where none ends; of several forms the longest, all of which it must owe.
    """
    grid, province = sources.grid, sources.board.province
    by_form = {form: _periods_of_form(rules, sources) for form, rules in sources.owed.items()}
    months = np.asarray(grid.months, np.int64)
    lives = np.array([alive_months(unit) for unit in province.units.members], np.int64).reshape(-1, 2)
    alive = (months >= lives[:, :1]) & (months <= lives[:, 1:])
    found = np.zeros((grid.indicators, grid.units, len(months)), np.int64)
    for indicator, versions in forms_needed(sources).items():
        for since, until, forms in versions:
            lengths = np.stack([by_form[form] for form in forms])
            whole = (lengths > 0).all(axis=0) & alive & (months >= since) & (months <= until)
            np.copyto(found[indicator], lengths.max(axis=0), where=whole)
    return found.reshape(-1, len(months))


def _periods_of_form(rules: Sequence[Owed], sources: Sources) -> Places:
    months = np.asarray(sources.grid.months, np.int64)
    found = np.zeros((sources.grid.units, len(months)), np.int64)
    for rule in reversed(rules):
        ends = np.flatnonzero(((months + 1) % rule.length == 0) & (months >= rule.since) & (months <= rule.until))
        found[np.ix_(rule.places, ends)] = rule.length
    return found
