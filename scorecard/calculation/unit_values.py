"""What each unit holds of each target in a month and in the one before, on a map of units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from scorecard.calculation.board import Board
from scorecard.calculation.contributions import contributions
from scorecard.calculation.lines import reported
from scorecard.calculation.measurement import measure
from scorecard.calculation.sources import Sources
from scorecard.calculation.unit_maps import as_reported, has_another_map
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.domain.unit_map import UnitMap

_KEY = ["plan", "target", "unit"]
_SIDES = ["numerator", "denominator"]
_SAID = [*_KEY, "month", *_SIDES, "numerator_decimals", "denominator_decimals"]


@dataclass(frozen=True)
class UnitValues:
    """Some targets of a province in a month, from the figures (frames.FIGURES) of periods that ended by then.

    `drawn` is the month whose units are today's, `months` how many months back a value reaches that is looked at.
    """

    province: Province
    targets: Sequence[Target]
    figures: pl.DataFrame
    as_of: Month
    drawn: Month
    months: int

    def on(self, unit_map: UnitMap) -> pl.LazyFrame:
        """Return the rows of a map, in the order of the plan and of protocol, for the month and the one before.

        Both sides and their decimals, `pooled` (whether months are summed), `crosses_boundaries` (what units brought
        that no longer exist), `split` (it took over a part of a unit since then, so it has no value), `reported_units`
        and `expected_units`: 0 of 1 unless all reported that the row is made of. `unit` is alive in the month drawn, or
        as reported, in `as_of`.
        """
        if unit_map is UnitMap.TODAY:
            return self._measured(self.province, self.drawn)
        return self._apart.filter(pl.col("unit").is_in(self._alive))

    def left_over(self, unit_map: UnitMap) -> pl.LazyFrame:
        """Return what units reported that stands in no row of a map, by the unit that reported it; as `on`.

        Of sums over months only: units that are no more, and on the map of today whatever was reported before a unit
        took over a part of another. With it the rows add up to all that was reported, on either map.
        """
        own = self._apart.filter((pl.col("month") == self.as_of.index) & pl.col("pooled"))
        if unit_map is UnitMap.AS_REPORTED:
            return own.filter(~pl.col("unit").is_in(self._alive) & _something())
        told = contributions(self._board(self.province, self.drawn), self.figures, self.as_of)
        used = told.lazy().group_by("target", unit="contributor").agg(pl.col(_SIDES).sum().name.prefix("used_"))
        return (
            own.join(used, on=["target", "unit"], how="left", maintain_order="left")
            .with_columns(pl.col(side) - pl.col(f"used_{side}").fill_null(0) for side in _SIDES)
            .drop("used_numerator", "used_denominator")
            .filter(_something())
        )

    @property
    def has_left_over(self) -> bool:
        """Whether anything can be left over: units with peers were there that are not there today."""
        return has_another_map(self.province, self._since, self.as_of, self.drawn)

    @property
    def _since(self) -> Month:
        return self.as_of.plus(1 - self.months)

    @property
    def _alive(self) -> list[str]:
        return [unit.id for unit in self.province.units.alive_on(self.as_of.last_day)]

    @cached_property
    def _apart(self) -> pl.LazyFrame:
        """What every unit holds that stands for itself, whether it is still there or not."""
        return self._measured(as_reported(self.province, self._since, self.as_of, self.drawn), self.as_of)

    def _board(self, province: Province, month: Month) -> Board:
        return Board(province, tuple(self.targets), month, reported(self.figures, self.as_of), inherited=True)

    def _measured(self, province: Province, month: Month) -> pl.LazyFrame:
        all_of = pl.col("reported_units").fill_null(0) >= pl.col("expected_units").fill_null(0)
        return (
            measure(Sources(self._board(province, month), self.figures))
            .filter(pl.col("month").is_between(self.as_of.index - 1, self.as_of.index))
            .select(
                *_SAID,
                reported_units=pl.when(all_of).then("reported_units").fill_null(0),
                expected_units=pl.col("expected_units").fill_null(0),
                pooled="has_flow",
                crosses_boundaries=pl.col("outside").fill_null(False),
                split=pl.col("not_before") > pl.col("month"),
            )
            .collect(engine="in-memory")
            .lazy()
        )


def _something() -> pl.Expr:
    return pl.any_horizontal(pl.col(side).fill_null(0) != 0 for side in _SIDES)
