"""What each row measures in each month: its value, last year's, who reported, what share of cases they are."""

from __future__ import annotations

import polars as pl

from scorecard.calculation import coverage, values
from scorecard.calculation.sources import Sources

_TOTALS = ["scope", "indicator", "month"]


def measure(sources: Sources) -> pl.LazyFrame:
    """Return row × month from a year before each plan to the month asked for, with everything needed to judge.

    All columns of ROWS and TARGET_MONTHS; the value spoken of in the month (`numerator`, `denominator`, exact
    `upper` ÷ `lower`, `value_month`, `approximate`, `outside`: from units that no longer exist), last year's
    (`previous_upper` ÷ `previous_lower`), `ever` (any figure so far), `alive` (the scope has a unit), coverage,
    `excused` (all who owe a report said that it does not apply to them).
    """
    row_months = sources.row_months
    own = _values(row_months, sources).collect().lazy()
    spoken = own.drop("segment_start").rename({"month": "spoken_of"})
    previous = own.select(
        "row",
        previous="month",
        previous_upper=pl.when(pl.col("lower") != 0).then("upper"),
        previous_lower=pl.when(pl.col("lower") != 0).then("lower"),
        previous_month="value_month",
        previous_segment="segment_start",
    )
    comparable = (pl.col("previous_month") >= pl.col("previous_from")) & (
        pl.col("previous_segment") == pl.col("segment_start")
    )
    return (
        row_months.drop("window_start")
        .join(sources.scales, on="indicator")
        .join(spoken, on=["row", "spoken_of"], how="left")
        .join(previous, on=["row", "previous"], how="left")
        .with_columns(pl.when(comparable).then(pl.col("previous_upper", "previous_lower")))
        .join(_alive(sources), on=["scope", "month"], how="left")
        .join(_first_reports(sources), on=["scope", "indicator"], how="left")
        .join(_coverage(sources), on=_TOTALS, how="left")
        .with_columns(
            pl.col("alive", "excused").fill_null(False),
            ever=(pl.col("first_report") <= pl.col("month")).fill_null(False),
        )
    )


def _values(row_months: pl.LazyFrame, sources: Sources) -> pl.LazyFrame:
    single = sources.scales.filter("single").select("indicator")
    use, whole = sources.use, sources.stocks
    flow = values.flow_values(sources.flows, use, row_months)
    stock = pl.concat(
        [
            values.stock_values(whole.join(single, on="indicator", how="anti"), use),
            values.single_values(whole.join(single, on="indicator"), use),
        ],
        how="diagonal",
    )
    return values.row_values(row_months, flow, stock, sources.scales)


def _alive(sources: Sources) -> pl.LazyFrame:
    months = pl.LazyFrame({"month": list(sources.board.months)}, schema={"month": pl.Int32})
    spans = sources.scopes[0].lazy().select("scope", "since", "until").unique()
    return (
        spans.join(months, how="cross")
        .filter(pl.col("month").is_between("since", "until"))
        .select("scope", "month", alive=pl.lit(True))
        .unique()
    )


def _first_reports(sources: Sources) -> pl.LazyFrame:
    reported = sources.sides.filter("complete").group_by("indicator", "unit").agg(first_report=pl.col("last").min())
    units = sources.use.select("scope", "indicator", "unit").unique()
    return (
        units.join(reported, on=["indicator", "unit"]).group_by("scope", "indicator").agg(pl.col("first_report").min())
    )


def _coverage(sources: Sources) -> pl.LazyFrame:
    province, months = sources.board.province, sources.board.months
    forms = pl.LazyFrame(
        [(element.id, form.id) for form in province.forms for element in form.elements],
        schema={"element": pl.String, "form": pl.String},
        orient="row",
    )
    needed = (
        sources.terms.lazy()
        .join(forms, on="element")
        .select("indicator", "since", "until", "form")
        .unique()
        .with_columns(forms_needed=pl.len().over("indicator", "since"))
    )
    all_months = pl.LazyFrame({"month": list(months)}, schema={"month": pl.Int32})
    owing = coverage.owing(coverage.owed(province).lazy(), needed, all_months)
    expected = coverage.expected(owing, sources.held, sources.members).collect().lazy()
    return coverage.coverage(expected, coverage.cases(sources.sides, sources.descent))
