"""The figures behind a board, in the forms that values, coverage and forecast share; each is made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from scorecard.calculation import sides, values
from scorecard.calculation.board import Board
from scorecard.calculation.terms import Measured, segments


@dataclass(frozen=True)
class Sources:
    """A board and its figures (frames.FIGURES)."""

    board: Board
    figures: pl.DataFrame

    @cached_property
    def measured(self) -> Measured:
        """What the indicators add up."""
        decimals = self.figures.group_by("element").agg(pl.col("decimals").max())
        return Measured(self.board.province, self.board.targets, dict(decimals.iter_rows()))

    @cached_property
    def terms(self) -> pl.DataFrame:
        """Frame TERMS."""
        return self.measured.terms()

    @cached_property
    def scales(self) -> pl.LazyFrame:
        """Frame SCALES."""
        return self.measured.scales().lazy()

    @cached_property
    def descent(self) -> pl.DataFrame:
        """Frame DESCENT."""
        return self.board.scopes.descent()

    @cached_property
    def scopes(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Frames MEMBERS and CONTRIBUTORS."""
        return self.board.scopes.frames(self.board.named_scopes)

    @cached_property
    def pairs(self) -> pl.LazyFrame:
        """Every scope × indicator once."""
        return self.board.rows.lazy().select("scope", "indicator").unique()

    @property
    def members(self) -> pl.LazyFrame:
        """Frame MEMBERS for each pair."""
        return self.pairs.join(self.scopes[0].lazy(), on="scope")

    @cached_property
    def use(self) -> pl.LazyFrame:
        """Frame CONTRIBUTORS for each pair: whose figures count."""
        return self.pairs.join(self.scopes[1].lazy(), on="scope").collect().lazy()

    @cached_property
    def row_months(self) -> pl.LazyFrame:
        """Frames ROWS × TARGET_MONTHS with the constants of the month; a window begins where its row can be told."""
        constants = self.measured.constants(self.board.months)
        return (
            self.board.rows.lazy()
            .join(self.board.target_months.lazy(), on="target")
            .join(constants.lazy(), on=["indicator", "month"], how="left")
            .with_columns(
                pl.col("numerator_constant", "denominator_constant").fill_null(0),
                window_start=pl.max_horizontal("window_start", "not_before"),
                due_window_start=pl.max_horizontal("due_window_start", "not_before"),
            )
        )

    @cached_property
    def sides(self) -> pl.LazyFrame:
        """Both sides of each indicator, see sides.sides, of periods that ended by the month asked for."""
        past = self.figures.lazy().filter(pl.col("last_month") <= self.board.as_of.index)
        return sides.sides(past, self.terms).collect().lazy()

    @cached_property
    def held(self) -> pl.LazyFrame:
        """What each unit reported last, month by month, see sides.held."""
        months = self.board.months
        spans = segments(self.measured.indicators)
        return sides.held(self.sides, spans, self.descent, months.start, months.stop - 1).collect().lazy()

    @cached_property
    def flows(self) -> pl.LazyFrame:
        """Complete flows, see sides.flows."""
        return sides.flows(self.sides).collect().lazy()

    @cached_property
    def stocks(self) -> pl.LazyFrame:
        """Complete stocks, see values.whole_units."""
        return values.whole_units(self.held).collect().lazy()
