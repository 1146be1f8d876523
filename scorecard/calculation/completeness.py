"""Who has submitted what and when, held against what is expected; surplus is listed, never clipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from scorecard import frames
from scorecard.calculation.earlier import on_scale, scales, with_earlier
from scorecard.calculation.expected_returns import expected_returns
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.province import Province

RETURN = ["unit", "form", "first_month", "last_month"]
NOT_STARTED = "not_started"


class Timing(StrEnum):
    """When a return was first submitted: until its due day, after it, or not yet, with the due day past or to come."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    AWAITED = "awaited"


_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "unit": pl.String,
    "form": pl.String,
    "first_month": pl.Int32,
    "last_month": pl.Int32,
    "due": pl.Date,
    "state": pl.Enum([NOT_STARTED, *frames.RETURN_STATE.categories]),
    "first_submitted_on": pl.Date,
    "timing": pl.Enum([each.value for each in Timing]),
    "late_days": pl.Int32,
    "late_periods": pl.Int32,
    "kind": pl.String,
    "peer_group": pl.String,
    "cases": pl.Float64,
}
COMPLETENESS = pl.Schema(_COLUMNS)
"""One row per expected return.

`late_days` are the days from the due day to the first submission (or to today), null for one in time or awaited.
`late_periods` says how many expected returns of the unit and form in a row, up to this one, were late or are missing;
an awaited one neither counts nor ends the row. `cases` is what the unit counted for the period before, in the element
that the form's rates are shares of; null where it is not known or the form has no such element.
"""

COMPLETENESS_SHARES = pl.Schema(
    {
        "expected": pl.Int64,
        "submitted": pl.Int64,
        "on_time": pl.Int64,
        "approved": pl.Int64,
        "share": pl.Float64,
        "cases_share": pl.Float64,
    }
)
"""`share` = submitted ÷ expected; `cases_share` that of the cases of the period before that the submitted stand for.

A return whose cases are not known weighs as much as the mean of the others; null where none are known.
"""


@dataclass(frozen=True)
class Completeness:
    """`rows` are COMPLETENESS; `surplus` are the submitted returns (frames.RETURNS) that nobody expected."""

    rows: pl.DataFrame
    surplus: pl.DataFrame


def completeness(
    province: Province, returns: pl.DataFrame, approved: pl.DataFrame, months: range, today: date
) -> Completeness:
    """Hold returns (frames.RETURNS) against those expected for the periods that end in `months`.

    `approved` (frames.FIGURES) tells the cases of the period before.
    """
    frames.check(returns, frames.RETURNS)
    expected = expected_returns(province, months)
    ended = returns.filter(pl.col("last_month").is_between(months.start, months.stop - 1))
    submitted = ended.filter(pl.col("first_submitted_on").is_not_null())
    rows = (
        expected.join(returns, on=RETURN, how="left", maintain_order="left")
        .with_columns(pl.col("state").cast(pl.String).fill_null(NOT_STARTED), timing=_timing(today))
        .with_columns(late_days=_late_days(today), late_periods=_late_periods())
        .join(_kinds(province), on="unit", how="left", maintain_order="left")
    )
    counted = rows.join(_cases(province, approved, expected), on=RETURN, how="left", maintain_order="left")
    return Completeness(
        counted.select(COMPLETENESS.names()).cast(COMPLETENESS), submitted.join(expected, on=RETURN, how="anti")
    )


def shares(rows: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return COMPLETENESS_SHARES of the returns in COMPLETENESS, one row per group of `by` in order of appearance."""
    weight = pl.col("cases").fill_null(pl.col("cases").mean())
    given = pl.col("first_submitted_on").is_not_null()
    total = weight.sum()
    counts = {
        "expected": pl.len(),
        "submitted": given.sum(),
        "on_time": (pl.col("timing") == Timing.ON_TIME.value).sum(),
        "approved": (pl.col("state") == "approved").sum(),
        "share": given.mean(),
        "cases_share": pl.when(total > 0).then(weight.filter(given).sum() / total),
    }
    told = rows.group_by(by, maintain_order=True).agg(**counts) if by else rows.select(**counts)
    return told.select(*by, *(pl.col(name).cast(kind) for name, kind in COMPLETENESS_SHARES.items()))


def by_unit(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row per unit as if all its returns in COMPLETENESS were one.

    It is submitted on the day of its last one, once all are, and approved once all are; as late, and late as often, as
    its worst. `cases` are those of the leading form, 0 for a unit that does not owe it. `owed` and `submitted` count
    its returns.
    """
    worst = [Timing.MISSING, Timing.AWAITED, Timing.LATE, Timing.ON_TIME]
    given = pl.col("first_submitted_on").is_not_null()
    leads = pl.col("form") == (leading_form(rows) or "")
    return rows.group_by("unit", maintain_order=True).agg(
        pl.col("kind", "peer_group").first(),
        first_submitted_on=pl.when(given.all()).then(pl.col("first_submitted_on").max()),
        timing=pl.col("timing").sort_by(pl.col("timing").replace_strict(worst, range(len(worst)))).first(),
        state=pl.when((pl.col("state") == "approved").all()).then(pl.lit("approved")),
        late_days=pl.col("late_days").max(),
        late_periods=pl.col("late_periods").max(),
        cases=pl.when(leads.any()).then(pl.col("cases").filter(leads).first()).otherwise(0.0),
        owed=pl.len().cast(pl.Int64),
        submitted=given.sum().cast(pl.Int64),
    )


def leading_form(rows: pl.DataFrame) -> str | None:
    """Return the form whose cases stand for all: the one most often owed among those with known cases."""
    known = rows.group_by("form", maintain_order=True).agg(pl.len(), told=pl.col("cases").is_not_null().any())
    most = known.filter("told").sort("len", descending=True, maintain_order=True)
    return str(most["form"][0]) if most.height else None


def case_elements(province: Province, month: Month) -> dict[str, str]:
    """Return for each form the element that its rates are shares of: the first denominator of the first rate."""
    found: dict[str, str] = {}
    for indicator in province.indicators.values():
        lower = indicator.version_at(month).denominator
        if indicator.kind is IndicatorKind.RATIO and lower is not None:
            for element in lower.elements:
                found.setdefault(province.elements[element].form_id, element)
    return found


def _timing(today: date) -> pl.Expr:
    given = pl.col("first_submitted_on")
    return (
        pl.when(given <= pl.col("due"))
        .then(pl.lit(Timing.ON_TIME.value))
        .when(given.is_not_null())
        .then(pl.lit(Timing.LATE.value))
        .when(pl.col("due") < today)
        .then(pl.lit(Timing.MISSING.value))
        .otherwise(pl.lit(Timing.AWAITED.value))
    )


def _late() -> pl.Expr:
    return pl.col("timing").is_in([Timing.LATE.value, Timing.MISSING.value])


def _late_days(today: date) -> pl.Expr:
    until = pl.col("first_submitted_on").fill_null(today)
    return pl.when(_late()).then((until - pl.col("due")).dt.total_days()).cast(pl.Int32)


def _late_periods() -> pl.Expr:
    on_time = pl.col("timing") == Timing.ON_TIME.value
    run = on_time.cum_sum().over("unit", "form", order_by="last_month")
    return _late().cum_sum().over("unit", "form", run, order_by="last_month").cast(pl.Int32)


def _kinds(province: Province) -> pl.DataFrame:
    rows = [(unit.id, unit.kind, unit.peer_group) for unit in province.units.members]
    return pl.DataFrame(rows, {"unit": pl.String, "kind": pl.String, "peer_group": pl.String}, orient="row")


def _cases(province: Province, approved: pl.DataFrame, expected: pl.DataFrame) -> pl.DataFrame:
    months = expected["last_month"].unique().sort()
    told = [(form, month, each) for month in months for form, each in case_elements(province, Month(month)).items()]
    elements = pl.DataFrame(told, {"form": pl.String, "last_month": pl.Int32, "element": pl.String}, orient="row")
    scale = scales(approved)
    wanted = expected.join(elements, on=["form", "last_month"])
    earlier = with_earlier(province, on_scale(approved, scale), wanted, most=1)
    return earlier.join(scale, on="element").select(*RETURN, cases=pl.col("previous") / pl.lit(10.0).pow("decimals"))
