"""Which returns are expected: the one set behind completeness, timeliness and coverage."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from scorecard.calculation.coverage import owed
from scorecard.calculation.scopes import Scopes
from scorecard.calculation.series import Flags, Places
from scorecard.domain.form import Form
from scorecard.domain.period import Month, Period
from scorecard.domain.province import Province
from scorecard.domain.window import due_on

EXPECTED_RETURNS = pl.Schema(
    {"unit": pl.String, "form": pl.String, "first_month": pl.Int32, "last_month": pl.Int32, "due": pl.Date}
)
"""One row per return expected: unit id × form × period that ends in one of the months asked for; `due` is in time."""

_NOTHING = -1


def expected_returns(province: Province, months: range) -> pl.DataFrame:
    """Return EXPECTED_RETURNS in order of forms, periods and units.

    A unit owes a form by the first rule that names it and covers the period's last month, where it stands under the
    province on that month's last day; the same rules as in calculation.coverage.
    """
    there = _there(province, months)
    parts = [part for form in province.forms for part in _of_form(province, form, months, there)]
    return pl.concat([pl.DataFrame(schema=EXPECTED_RETURNS), *parts])


def _of_form(province: Province, form: Form, months: range, there: Flags) -> Iterator[pl.DataFrame]:
    ids = pl.Series([unit.id for unit in province.units.members], dtype=pl.String)
    rule = _rules(province, form, months, there.shape)
    for column, month in enumerate(months):
        for number, each in enumerate(form.reporters):
            period = Period.containing(Month(month), each.every)
            places = np.flatnonzero((rule[:, column] == number) & there[:, column])
            if period.last.index == month and len(places):
                yield pl.DataFrame({"unit": ids.gather(places)}).select(
                    "unit",
                    form=pl.lit(form.id),
                    first_month=pl.lit(period.first.index, pl.Int32),
                    last_month=pl.lit(month, pl.Int32),
                    due=pl.lit(due_on(province, period, each), pl.Date),
                )


def _rules(province: Province, form: Form, months: range, shape: tuple[int, ...]) -> Places:
    """Return the number of the rule in force for each unit (rows) in each month; the first that names it counts."""
    month = np.asarray(months)
    rules = np.full(shape, _NOTHING, np.int64)
    for number, each in reversed(list(enumerate(owed(province)[form.id]))):
        covered = np.flatnonzero((month >= each.since) & (month <= each.until))
        rules[np.ix_(each.places, covered)] = number
    return rules


def _there(province: Province, months: range) -> Flags:
    """Say which units (rows) stand under the province at the end of each month."""
    place = {unit.id: row for row, unit in enumerate(province.units.members)}
    found = np.zeros((len(place), len(months)), np.bool_)
    scopes = Scopes(province, months.start, months.stop - 1)
    for since, until in scopes.spans:
        rows = [place[unit.id] for unit in scopes.under_root[since]]
        found[rows, since - months.start : until + 1 - months.start] = True
    return found
