"""The figures behind a board, in the forms that values, coverage and forecast share; each is made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

import numpy as np
import polars as pl

from scorecard.calculation import sides
from scorecard.calculation.board import Board
from scorecard.calculation.cells import Cells
from scorecard.calculation.coverage import Owed, owed
from scorecard.calculation.extract import Extract
from scorecard.calculation.grid import Amounts, Grid, Records
from scorecard.calculation.series import Places
from scorecard.calculation.slots import Slots, slots
from scorecard.calculation.stocks import Stocks, whole_units
from scorecard.calculation.terms import Measured
from scorecard.calculation.windows import Flows

_RECORD = ["flow", "groups_needed", "first", "last", "numerator", "denominator", "complete", "approximate"]
_FLOW = ["first", "last", "numerator", "denominator", "approximate"]


@dataclass(frozen=True)
class Sources:
    """A board and its figures (frames.FIGURES)."""

    board: Board
    figures: pl.LazyFrame | pl.DataFrame

    def prepare(self) -> None:
        """Lay out the figures beside the scopes, so that threads find afterwards what they share."""
        attrgetter("groups", "places", "extract")(self)
        with ThreadPoolExecutor(max_workers=1) as thread:
            laid_out = thread.submit(attrgetter("flows", "holdings"), self)
            attrgetter("rows", "cells", "flow_slots", "stock_slots")(self)
            laid_out.result()

    @cached_property
    def measured(self) -> Measured:
        """What the indicators add up."""
        finer = self.figures.lazy().filter(pl.col("decimals") > 0).group_by("element").agg(pl.col("decimals").max())
        return Measured(self.board.province, self.board.targets, dict(finer.collect(engine="streaming").iter_rows()))

    @cached_property
    def terms(self) -> pl.DataFrame:
        """Frame TERMS."""
        return self.measured.terms()

    @cached_property
    def scales(self) -> pl.LazyFrame:
        """Frame SCALES."""
        return self.measured.scales().lazy()

    @cached_property
    def scopes(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Frames MEMBERS and CONTRIBUTORS."""
        return self.board.scope_frames

    @cached_property
    def pairs(self) -> pl.DataFrame:
        """Every scope × indicator once, numbered (`pair`), with the number of its indicator (`indicator_number`)."""
        found = self.board.rows.select("scope", "indicator").unique().sort("scope", "indicator").with_row_index("pair")
        return found.join(self.indicators, on="indicator", how="left", maintain_order="left")

    @cached_property
    def use(self) -> pl.LazyFrame:
        """Frame CONTRIBUTORS for each pair: whose figures count."""
        return self.pairs.join(self.scopes[1], on="scope").lazy()

    @cached_property
    def indicators(self) -> pl.DataFrame:
        """Indicators (and milestones) by number."""
        return self.scales.select("indicator").with_row_index("indicator_number").collect(engine="in-memory")

    @cached_property
    def places(self) -> pl.DataFrame:
        """Units by number: `unit` and `place`."""
        ids = [unit.id for unit in self.board.province.units.members]
        return pl.DataFrame({"unit": ids}, {"unit": pl.String}).with_row_index("place")

    @cached_property
    def groups(self) -> pl.DataFrame:
        """Groups of terms by number, in the order of their indicators: `group_number`, `indicator`, `flow`, `group`."""
        found = self.terms.select("indicator", "flow", "group").unique().join(self.indicators, on="indicator")
        return found.sort("indicator_number", "group").with_row_index("group_number")

    @cached_property
    def extract(self) -> Extract:
        """The figures that can matter."""
        return Extract(self.board, self.figures.lazy(), self.terms)

    @cached_property
    def records(self) -> pl.DataFrame:
        """What the figures add up to, see sides.add_up, by `group_number` and `place`; in order of `last`, `first`."""
        parts, holders = [self.extract.recent], self.extract.begun
        if self.extract.latest.height:
            late = self.add_up(self.extract.latest.lazy())
            holders = pl.concat([holders, self._unsettled(late)]).unique()
            parts.append(self.extract.latest.join(holders, on=["unit", "element"], how="anti").lazy())
        if holders.height:
            parts.append(self.extract.before(holders))
        return self.add_up(pl.concat(parts)).sort("last", "first")

    @cached_property
    def grid(self) -> Grid:
        """The records by row and month."""
        return Grid(
            records=self.records.rename({"group_number": "group"}),
            groups=self.groups.select("indicator_number", "flow").rows(),
            indicators=self.indicators.height,
            units=self.places.height,
            months=self.board.months,
        )

    @cached_property
    def held(self) -> Records:
        """What each unit reported last, month by month, see Grid.held."""
        numbers = dict(self.indicators.select("indicator", "indicator_number").iter_rows())
        breaks = {numbers[each.id]: [month.index for month in each.break_months] for each in self.measured.indicators}
        return self.grid.held(breaks, self._replaced())

    @cached_property
    def flows(self) -> Flows:
        """Complete flows, by row of groups."""
        row = pl.col("group_number").cast(pl.Int64) * self.places.height + pl.col("place")
        flows = self.records.filter(pl.col("flow") & pl.col("complete")).select(*_FLOW, row=row)
        periods = flows.lazy().select("row", "first", "last").with_row_index("flow")
        covers = sides.covers(periods.with_columns(indicator="row", unit="row"))
        covered = covers.join(periods, left_on=["unit", "first", "last"], right_on=["row", "first", "last"])
        rows = self.groups.height * self.places.height
        return Flows(flows, covered.collect(engine="in-memory"), rows, self.extract.months)

    @cached_property
    def holdings(self) -> Stocks:
        """Complete stocks, by row of indicators."""
        return whole_units(self.grid, self.held)

    @cached_property
    def stocks(self) -> pl.LazyFrame:
        """Complete stocks of the month asked for: indicator × unit with both sides."""
        row = np.flatnonzero(self.holdings.last[:, -1] >= 0)
        held = {name: getattr(self.holdings, name)[row, -1] for name in ("numerator", "denominator")}
        return self.named(row).hstack(pl.DataFrame(held)).lazy()

    def named(self, row: Places) -> pl.DataFrame:
        """Return `indicator` and `unit` of some rows of matrices of indicators × units."""
        indicators, units = self.indicators["indicator"], self.places["unit"]
        of = [pl.Series(each) for each in (row // self.places.height, row % self.places.height)]
        return pl.DataFrame({"indicator": indicators.gather(of[0]), "unit": units.gather(of[1])})

    @cached_property
    def contributors(self) -> pl.DataFrame:
        """Frame CONTRIBUTORS for each pair, with the row of each unit in matrices of indicators."""
        row = pl.col("indicator_number").cast(pl.Int64) * self.places.height + pl.col("place")
        return self.use.join(self.places.lazy(), on="unit").with_columns(row=row).collect(engine="in-memory")

    @cached_property
    def flow_slots(self) -> Slots:
        """Whose flows are summed."""
        group = self.groups.filter("flow").select("indicator", "group_number")
        row = pl.col("group_number").cast(pl.Int64) * self.places.height + pl.col("place")
        return slots(self.contributors.join(group, on="indicator").with_columns(row=row))

    @cached_property
    def stock_slots(self) -> Slots:
        """Whose stocks are summed."""
        stocks = self.groups.filter(~pl.col("flow"))
        return slots(self.contributors.filter("lineal").join(stocks, on="indicator", how="semi"))

    @cached_property
    def owed(self) -> Mapping[str, Sequence[Owed]]:
        """Who owes which form, see coverage.owed."""
        return owed(self.board.province)

    @cached_property
    def cells(self) -> Cells:
        """The rows month by month."""
        return Cells(self.board)

    @cached_property
    def rows(self) -> pl.DataFrame:
        """Frame ROWS with the scales and numbers of each row's indicator, and the number of its pair."""
        key = ["scope", "indicator"]
        return self.board.rows.join(self.pairs, on=key, how="left", maintain_order="left").join(
            self.scales.collect(engine="in-memory"), on="indicator", how="left", maintain_order="left"
        )

    @cached_property
    def pair(self) -> Places:
        """Pair of each row."""
        return self.rows["pair"].cast(pl.Int64).to_numpy()

    @cached_property
    def window_start(self) -> Places:
        """First month of the window of each row (rows) in each month; it begins where the row can be told."""
        start: Places = np.maximum(self.cells.matrix("window_start"), self.rows["not_before"].to_numpy()[:, None])
        return start

    @cached_property
    def constants(self) -> tuple[Amounts, Amounts]:
        """What the formulas add above and below, by indicator and month."""
        months = self.board.months
        added = self.measured.constants(months).join(self.indicators, on="indicator")
        place = added["indicator_number"].to_numpy(), added["month"].to_numpy() - months.start
        above, below = (np.zeros((self.indicators.height, len(months)), np.int64) for _ in range(2))
        above[place], below[place] = added["numerator_constant"].to_numpy(), added["denominator_constant"].to_numpy()
        return above, below

    def add_up(self, figures: pl.LazyFrame) -> pl.DataFrame:
        """Add up figures by `group_number` and `place`, see sides.add_up."""
        versions = sides.by_version(self.terms)
        found = sides.add_up(figures, self.places["unit"], versions)
        groups = versions.join(self.groups, on=["indicator", "flow", "group"], how="left", maintain_order="left")
        own = groups.select("group_number", "flow", "groups_needed").select(pl.all().gather(found["version"]))
        return pl.concat([found, own], how="horizontal").select("group_number", "place", *_RECORD)

    def _unsettled(self, late: pl.DataFrame) -> pl.DataFrame:
        """Return units × elements whose last figures before all others that matter do not say what is held."""
        parts = (
            self.groups.join(self.terms, on=["indicator", "flow", "group"]).select("group_number", "element").unique()
        )
        key = ["group_number", "unit"]
        last = self.extract.latest.join(parts, on="element").group_by(key).agg(pl.col("last_month").max())
        found = late.join(self.places, on="place").group_by(key).agg(pl.col("last").max())
        settled = (pl.col("last") == pl.col("last_month")).fill_null(False)
        open_ = last.join(found, on=key, how="left").filter(~settled)
        return open_.join(parts, on="group_number").select("unit", "element").unique()

    def _replaced(self) -> Mapping[int, int]:
        """Return the month from which others report the stocks of a unit, by row of groups."""
        numbers = self.board.descent.join(self.places, on="unit").rename({"place": "heir"})
        known = numbers.join(self.places, left_on="ancestor", right_on="unit").select("heir", "place", "since")
        if not known.height:
            return {}
        heirs = (
            self.records.filter(~pl.col("flow"))
            .select("group_number", "last", heir="place")
            .join(known, on="heir")
            .filter(pl.col("last") >= pl.col("since"))
            .group_by(row=pl.col("group_number").cast(pl.Int64) * self.places.height + pl.col("place"))
            .agg(pl.col("last").min())
        )
        return dict(heirs.iter_rows())
