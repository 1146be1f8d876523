"""Who owed a report, who gave it, and what share of the cases they stand for: one expected set for all three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scorecard.calculation.grid import NEVER, Amounts, Grid, Records
from scorecard.calculation.scopes import EARLIEST, LATEST
from scorecard.calculation.series import Flags, Matrix, Places
from scorecard.calculation.weights import Members, Past
from scorecard.domain.province import Province


@dataclass(frozen=True, slots=True)
class Owed:
    """One rule of reporters of a form: its months, those of one period, and the numbers of the units it names."""

    since: int
    until: int
    length: int
    places: Places


def owed(province: Province) -> Mapping[str, Sequence[Owed]]:
    """Return the rules of each form; where several name a unit, the first counts."""
    units = province.units.members
    return {
        form.id: tuple(
            Owed(
                since=rule.since.index if rule.since else EARLIEST,
                until=rule.until.index if rule.until else LATEST,
                length=rule.every.months,
                places=np.array([place for place, unit in enumerate(units) if rule.include(unit)], np.int64),
            )
            for rule in form.reporters
        )
        for form in province.forms
    }


@dataclass(frozen=True)
class Due:
    """The periods due of each unit × indicator (rows) in each month: their last months, NEVER where nothing is owed.

    `required` is the latest period that has ended by the month, `fell_due` the latest one whose due day has passed by
    then; of several forms the one that ended first.
    """

    required: Places
    fell_due: Places


def due(
    rules: Mapping[str, Sequence[Owed]], needed: Mapping[int, Sequence[tuple[int, int, frozenset[str]]]], grid: Grid
) -> Due:
    """Say what every unit owes for each indicator, all of whose forms it must owe.

    `needed` are the forms of each indicator by formula version: first month, last month, forms.
    """
    by_form = {form: _due_of_form(each, grid) for form, each in rules.items()}
    found = Due(*(np.full((grid.indicators * grid.units, len(grid.months)), NEVER, np.int64) for _ in range(2)))
    for indicator, versions in needed.items():
        rows = slice(indicator * grid.units, (indicator + 1) * grid.units)
        for since, until, forms in versions:
            columns = slice(max(since - grid.months.start, 0), max(until + 1 - grid.months.start, 0))
            required = np.min([by_form[form].required for form in forms], axis=0)[:, columns]
            fell_due = np.min([by_form[form].fell_due for form in forms], axis=0)[:, columns]
            found.required[rows, columns] = required
            found.fell_due[rows, columns] = np.where(required >= 0, fell_due, NEVER)
    return found


def _due_of_form(rules: Sequence[Owed], grid: Grid) -> Due:
    month = np.asarray(grid.months, np.int64)
    found = Due(*(np.full((grid.units, len(month)), NEVER, np.int64) for _ in range(2)))
    for rule in reversed(rules):
        required = month - (month + 1) % rule.length
        there = np.flatnonzero((required >= rule.since) & (required <= rule.until))
        found.required[np.ix_(rule.places, there)] = required[there]
        found.fell_due[np.ix_(rule.places, there)] = (month - 1 - month % rule.length)[there]
    return found


@dataclass(frozen=True)
class Given:
    """What each unit × indicator (rows) gave for the period due, month by month.

    Who is `excused` said that the elements do not apply to it. A flow is `reported` for the very period; a stock also
    when it was reported for a period that fell due by the month's last day. `represented` is reported, or for a stock
    any held value.
    """

    excused: Flags
    reported: Flags
    represented: Flags


def given(grid: Grid, held: Records, due_by: Due) -> Given:
    """Hold what each unit reported last against what it owes."""
    shape = due_by.required.shape
    found = Given(*(np.zeros(shape, np.bool_) for _ in range(3)))
    flows, stocks = grid.groups_of(flow=True), grid.groups_of(flow=False)
    for indicator in flows.keys() | stocks.keys():
        rows = slice(indicator * grid.units, (indicator + 1) * grid.units)
        own, other = ([grid.of_group(held, each) for each in kind.get(indicator, ())] for kind in (flows, stocks))
        required, fell_due = due_by.required[rows], due_by.fell_due[rows]
        found.excused[rows], found.reported[rows], found.represented[rows] = _given(
            grid, own, other, required, fell_due
        )
    return found


def _given(
    grid: Grid,
    flows: Sequence[Records],
    stocks: Sequence[Records],
    required: Places,
    fell_due: Places,
) -> tuple[Flags, Flags, Flags]:
    records = [*flows, *stocks]
    there = np.sum([each >= 0 for each in records], axis=0)
    complete = np.all([grid.complete[each] | (each < 0) for each in records], axis=0)
    last = np.min([np.where(each < 0, LATEST, grid.last[each]) for each in records], axis=0)
    needed = sum(np.max([grid.needed[each] for each in kind], axis=0) for kind in (flows, stocks) if kind)
    holds = np.any([each >= 0 for each in stocks], axis=0) if stocks else np.zeros(required.shape, np.bool_)
    in_time = (there > 0) & (last >= required)
    whole = (there > 0) & complete & (there == needed)
    return (
        in_time & ~complete,
        whole & (in_time | (holds & (last >= fell_due))),
        whole & (in_time | holds),
    )


@dataclass(frozen=True)
class Coverage:
    """Who reported, by pair (rows) and month; nothing is expected where `owing` is 0.

    `owing` counts the units that owe a report, `excused` those of them that are excused. `share` is the share of cases
    of those represented, NaN where nobody is expected.
    """

    owing: Amounts
    excused: Amounts
    reported: Amounts
    share: Matrix


def coverage(members: Members, gave: Given, due_by: Due, before: Past) -> Coverage:
    """Count reports given and expected, and weigh those who are represented.

    A unit owes a report when it is alive in the scope at the end of the period due. It weighs as much as its
    denominator in the same period last year, else as the mean of those of its last 12 months, else as the mean of the
    other units; equal when nobody has a past.
    """
    required = due_by.required[members.row]
    owes: Flags = (required >= members.since[:, None]) & (required <= members.until[:, None])
    excused: Flags = owes & gave.excused[members.row]
    expected: Flags = owes & ~excused
    represented: Flags = expected & gave.represented[members.row]
    reported: Flags = expected & gave.reported[members.row]
    owing, out, told, stand, all_of = (
        members.totals(each.astype(np.int64)) for each in (owes, excused, reported, represented, expected)
    )
    share = np.divide(stand, all_of, out=np.full(owing.shape, np.nan), where=all_of > 0)
    mixed = (stand > 0) & (stand < all_of)
    chosen = np.flatnonzero(np.isin(members.pair, np.nonzero(mixed)[0]))
    if len(chosen):
        some = members.some(chosen)
        weight = before.weights(some, required[chosen], expected[chosen])
        above, below = (some.totals(np.where(each[chosen], weight, 0.0)) for each in (represented, expected))
        share[mixed] = above[mixed] / below[mixed]
    return Coverage(owing, out, told, share)
