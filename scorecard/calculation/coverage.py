"""Who owed a report, who gave it, and what share of the cases they stand for: one expected set for all three."""

from __future__ import annotations

import polars as pl

from scorecard.calculation.scopes import EARLIEST, LATEST
from scorecard.domain.province import Province

OWED = pl.Schema(
    {
        "unit": pl.String,
        "form": pl.String,
        "rule": pl.Int32,
        "since": pl.Int32,
        "until": pl.Int32,
        "length": pl.Int32,
    }
)
"""Unit × form × rule of reporters, with the months of one period; where several rules fit, the first counts."""

_YEAR = 12
_UNIT = ["indicator", "unit", "month"]
_TOTALS = ["scope", "indicator", "month"]


def owed(province: Province) -> pl.DataFrame:
    """Return frame OWED."""
    rows = [
        (
            unit.id,
            form.id,
            number,
            rule.since.index if rule.since else EARLIEST,
            rule.until.index if rule.until else LATEST,
            rule.every.months,
        )
        for form in province.forms
        for number, rule in enumerate(form.reporters)
        for unit in province.units.members
        if rule.include(unit)
    ]
    return pl.DataFrame(rows, OWED, orient="row")


def owing(owed_forms: pl.LazyFrame, needed: pl.LazyFrame, months: pl.LazyFrame) -> pl.LazyFrame:
    """Say which unit owes all that an indicator needs, month by month, and the period then due (`required`).

    `needed` is indicator × form with the span of the formula version. `required` is the last month of the latest
    period that has ended by `month`, `fell_due` of the latest one whose due day has passed by then; of several
    forms the one that ended first.
    """
    required = pl.col("month") - (pl.col("month") + 1) % pl.col("length")
    fell_due = pl.col("month") - 1 - pl.col("month") % pl.col("length")
    due = (
        owed_forms.join(months, how="cross")
        .with_columns(required=required, fell_due=fell_due)
        .filter(pl.col("required").is_between("since", "until"))
        .group_by("unit", "form", "month")
        .agg(pl.col("required", "fell_due").sort_by("rule").first())
    )
    return (
        needed.join(due, on="form")
        .filter(pl.col("month").is_between("since", "until"))
        .group_by(_UNIT)
        .agg(pl.col("required", "fell_due").min(), forms=pl.len(), forms_needed=pl.col("forms_needed").first())
        .filter(pl.col("forms") == pl.col("forms_needed"))
        .drop("forms", "forms_needed")
    )


def expected(owing_units: pl.LazyFrame, held: pl.LazyFrame, members: pl.LazyFrame) -> pl.LazyFrame:
    """Say of each unit that owes a report whether it gave it: scope × indicator × month × unit.

    A unit owes one when it is alive in the scope at the end of the period due; it is `excused`, and not expected,
    when it said that the elements do not apply to it. A flow is `reported` for the very period; a stock also when
    it was reported for a period that fell due by the month's last day. `represented` is reported, or for a stock
    any held value.
    """
    flow = pl.col("flow")
    latest = held.group_by(_UNIT).agg(
        pl.col("last").min(),
        pl.col("complete", "flow").all(),
        groups=pl.len(),
        needed=pl.sum_horizontal(pl.col("groups_needed").filter(kind).max() for kind in (flow, ~flow)),
    )
    there = pl.col("complete") & (pl.col("groups") == pl.col("needed"))
    in_time = pl.col("last") >= pl.col("required")
    return (
        members.join(owing_units, on=["indicator", "unit"])
        .filter(pl.col("required").is_between("since", "until"))
        .join(latest, on=_UNIT, how="left")
        .select(
            *_TOTALS,
            "unit",
            "required",
            excused=(~pl.col("complete") & in_time).fill_null(False),
            reported=(there & (in_time | (~flow & (pl.col("last") >= pl.col("fell_due"))))).fill_null(False),
            represented=(there & (in_time | ~flow)).fill_null(False),
        )
    )


def cases(both: pl.LazyFrame, descent: pl.DataFrame) -> pl.LazyFrame:
    """Return past denominators on today's units: indicator × unit × last month; ancestors taken over whole count."""
    own = both.filter("complete").group_by("indicator", "unit", "last").agg(pl.col("denominator").sum())
    inherited = (
        own.join(descent.lazy().filter("whole").rename({"unit": "heir"}), left_on="unit", right_on="ancestor")
        .drop("unit", "whole")
        .rename({"heir": "unit"})
        .select("indicator", "unit", "last", "denominator")
    )
    return pl.concat([own, inherited]).group_by("indicator", "unit", "last").agg(pl.col("denominator").sum())


def coverage(owing_units: pl.LazyFrame, past: pl.LazyFrame) -> pl.LazyFrame:
    """Return reported and expected units and the share of cases for each scope × indicator × month.

    All null, and `excused` true, where every unit that owes a report is excused.
    A unit weighs as much as its denominator in the same period last year, else as the mean of those of its
    last 12 months, else as the mean of the other units; equal when nobody has a past.
    """
    units = owing_units.filter(~pl.col("excused"))
    weights = _weights(units.filter(~pl.col("represented").all().over(_TOTALS)), past)
    weight = pl.col("weight").fill_null(pl.col("weight").mean().over(_TOTALS)).fill_null(1.0)
    equal = weight.sum().over(_TOTALS) <= 0
    weighed = units.join(weights, on=["indicator", "unit", "month", "required"], how="left").with_columns(
        weight=pl.when(equal).then(1.0).otherwise(weight)
    )
    shares = weighed.group_by(_TOTALS).agg(
        reported_units=pl.col("reported").sum().cast(pl.Int64),
        expected_units=pl.len().cast(pl.Int64),
        coverage=(pl.col("weight").filter("represented").sum() / pl.col("weight").sum()).round(9),
    )
    return owing_units.group_by(_TOTALS).agg(pl.col("excused").all()).join(shares, on=_TOTALS, how="left")


def _weights(units: pl.LazyFrame, past: pl.LazyFrame) -> pl.LazyFrame:
    key = ["indicator", "unit", "month", "required"]
    age = pl.col("month") - pl.col("last")
    return (
        units.select(key)
        .unique()
        .join(past, on=["indicator", "unit"])
        .with_columns(same=pl.col("last") == pl.col("required") - _YEAR)
        .filter(pl.col("same") | age.is_between(1, _YEAR))
        .group_by(key)
        .agg(
            same=pl.col("denominator").filter("same").first(),
            recent=pl.col("denominator").filter(age.is_between(1, _YEAR)).mean(),
        )
        .select(*key, weight=pl.coalesce(pl.col("same").cast(pl.Float64), "recent"))
    )
