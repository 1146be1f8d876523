"""What each row measures in each month: its value, last year's, who reported, what share of cases they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from scorecard.calculation import coverage, sides, values
from scorecard.calculation.board import Board
from scorecard.calculation.terms import Measured, segments

_TOTALS = ["scope", "indicator", "month"]


@dataclass(frozen=True)
class _Sources:
    """The frames that values and coverage share."""

    board: Board
    figures: pl.DataFrame

    @cached_property
    def measured(self) -> Measured:
        decimals = self.figures.group_by("element").agg(pl.col("decimals").max())
        return Measured(self.board.province, self.board.targets, dict(decimals.iter_rows()))

    @cached_property
    def terms(self) -> pl.DataFrame:
        return self.measured.terms()

    @cached_property
    def scales(self) -> pl.LazyFrame:
        return self.measured.scales().lazy()

    @cached_property
    def descent(self) -> pl.DataFrame:
        return self.board.scopes.descent()

    @cached_property
    def scopes(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        return self.board.scopes.frames(self.board.named_scopes)

    @cached_property
    def pairs(self) -> pl.LazyFrame:
        return self.board.rows.lazy().select("scope", "indicator").unique()

    @property
    def members(self) -> pl.LazyFrame:
        return self.pairs.join(self.scopes[0].lazy(), on="scope")

    @property
    def use(self) -> pl.LazyFrame:
        return self.pairs.join(self.scopes[1].lazy(), on="scope")

    @cached_property
    def sides(self) -> pl.LazyFrame:
        past = self.figures.lazy().filter(pl.col("last_month") <= self.board.as_of.index)
        return sides.sides(past, self.terms).collect().lazy()

    @cached_property
    def held(self) -> pl.LazyFrame:
        months = self.board.months
        spans = segments(self.measured.indicators)
        return sides.held(self.sides, spans, self.descent, months.start, months.stop - 1).collect().lazy()


def measure(board: Board, figures: pl.DataFrame) -> pl.LazyFrame:
    """Return row × month from a year before each plan to the month asked for, with everything needed to judge.

    All columns of ROWS and TARGET_MONTHS; the value spoken of in the month (`numerator`, `denominator`, exact
    `upper` ÷ `lower`, `value_month`, `approximate`, `outside`: from units that no longer exist), last year's
    (`previous_upper` ÷ `previous_lower`), `ever` (any figure so far), `alive` (the scope has a unit), coverage,
    `excused` (all who owe a report said that it does not apply to them).
    """
    sources = _Sources(board, figures)
    row_months = _row_months(board, sources)
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


def _row_months(board: Board, sources: _Sources) -> pl.LazyFrame:
    constants = sources.measured.constants(board.months)
    return (
        board.rows.lazy()
        .join(board.target_months.lazy(), on="target")
        .join(constants.lazy(), on=["indicator", "month"], how="left")
        .with_columns(
            pl.col("numerator_constant", "denominator_constant").fill_null(0),
            window_start=pl.max_horizontal("window_start", "not_before"),
        )
    )


def _values(row_months: pl.LazyFrame, sources: _Sources) -> pl.LazyFrame:
    single = sources.scales.filter("single").select("indicator")
    use = sources.use.collect().lazy()
    flow = values.flow_values(sides.flows(sources.sides), use, row_months)
    whole = values.whole_units(sources.held)
    stock = pl.concat(
        [
            values.stock_values(whole.join(single, on="indicator", how="anti"), use),
            values.single_values(whole.join(single, on="indicator"), use),
        ],
        how="diagonal",
    )
    return values.row_values(row_months, flow, stock, sources.scales)


def _alive(sources: _Sources) -> pl.LazyFrame:
    months = pl.LazyFrame({"month": list(sources.board.months)}, schema={"month": pl.Int32})
    spans = sources.scopes[0].lazy().select("scope", "since", "until").unique()
    return (
        spans.join(months, how="cross")
        .filter(pl.col("month").is_between("since", "until"))
        .select("scope", "month", alive=pl.lit(True))
        .unique()
    )


def _first_reports(sources: _Sources) -> pl.LazyFrame:
    reported = sources.sides.filter("complete").group_by("indicator", "unit").agg(first_report=pl.col("last").min())
    units = sources.use.select("scope", "indicator", "unit").unique()
    return (
        units.join(reported, on=["indicator", "unit"]).group_by("scope", "indicator").agg(pl.col("first_report").min())
    )


def _coverage(sources: _Sources) -> pl.LazyFrame:
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
