"""The rows of a scoreboard and what their plans say month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import polars as pl

from scorecard.calculation.lines import Lines, Reported
from scorecard.calculation.schedule import CONDITIONS, TARGET_MONTHS, Schedule
from scorecard.calculation.scopes import Scopes, scope_key
from scorecard.calculation.series import Places
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit

ROWS = pl.Schema(
    {
        "row": pl.Int32,
        "plan": pl.String,
        "target": pl.String,
        "unit": pl.String,
        "indicator": pl.String,
        "scope": pl.String,
        "not_before": pl.Int32,
        "starts": pl.Int32,
        "cumulative": pl.Boolean,
        "from_zero": pl.Boolean,
        "stated_value": pl.Float64,
        "stated_month": pl.Int32,
        "steps_total": pl.Int64,
        "on_track_ratio": pl.Float64,
        "off_track_ratio": pl.Float64,
        "off_track_forecast": pl.Float64,
        "improving_margin": pl.Float64,
        "too_early_expected": pl.Float64,
        "minimum_coverage": pl.Float64,
        "late_step_days": pl.Int64,
    }
)
"""One row per line of the scoreboard, in the order shown, with what its target says once for all months."""

_SERIES_AT_ONCE = 14_000
"""Targets × units, and thus rows where each unit has one."""

_UNIT = pl.Schema({"unit": pl.String, "scope": pl.String, "not_before": pl.Int32})
_SAID = pl.Schema({name: kind for name, kind in ROWS.items() if name != "row" and name not in _UNIT})


@dataclass(frozen=True)
class Board:
    """Some targets of a province, as of a month; by unit when it is given who `reported`.

    `inherited` as Scopes has it.
    """

    province: Province
    targets: tuple[Target, ...]
    as_of: Month
    reported: Reported | None = None
    inherited: bool = False

    @cached_property
    def schedules(self) -> tuple[Schedule, ...]:
        """One for each target, in the same order."""
        plans = {plan.id: plan for plan in self.province.plans}
        return tuple(
            Schedule(
                self.province,
                plans[target.plan_id],
                target,
                self.province.indicators[target.indicator_id] if target.indicator_id else None,
                self.as_of,
            )
            for target in self.targets
        )

    @property
    def months(self) -> range:
        """From a year before the first plan to the month asked for."""
        return range(min(each.months.start for each in self.schedules), self.as_of.index + 1)

    @cached_property
    def scopes(self) -> Scopes:
        """The scopes of the province over all months needed."""
        return Scopes(self.province, self.months.start, self.months.stop - 1, self.inherited)

    @cached_property
    def lines(self) -> tuple[tuple[Target, Places | None], ...]:
        """The rows of each target: one for each of these units, by their places among those alive, or one in all."""
        return tuple((schedule.target, self._lines.places(schedule.target)) for schedule in self.schedules)

    @cached_property
    def named_scopes(self) -> dict[str, tuple[Target, Unit | None]]:
        """Every scope once, with a target that has it."""
        found: dict[str, tuple[Target, Unit | None]] = {}
        named: set[int] = set()
        for target, places in self.lines:
            if places is None:
                found[scope_key(target, None)] = target, None
                continue
            for place in places.tolist():
                if place not in named:
                    unit = self._lines.alive[place]
                    found[scope_key(target, unit)] = target, unit
            named.update(places.tolist())
        return found

    @cached_property
    def scope_frames(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Frames MEMBERS and CONTRIBUTORS of the scopes."""
        return self.scopes.frames(self.named_scopes)

    @cached_property
    def descent(self) -> pl.DataFrame:
        """Frame DESCENT."""
        return self.scopes.descent()

    @cached_property
    def rows(self) -> pl.DataFrame:
        """Return frame ROWS."""
        said = pl.DataFrame([self._said(each.target) for each in self.schedules], _SAID, orient="row")
        own = [self._total(target) if places is None else self._of_units(places) for target, places in self.lines]
        number = np.repeat(np.arange(len(own)), [each.height for each in own])
        told = said.select(pl.all().gather(pl.lit(pl.Series(number))))
        rows = pl.concat([told, pl.concat(own)], how="horizontal").with_row_index("row")
        return rows.select(ROWS.names()).cast(ROWS)

    @cached_property
    def target_months(self) -> pl.DataFrame:
        """Return frame TARGET_MONTHS."""
        rows = [row for schedule in self.schedules for row in schedule.target_months()]
        return pl.DataFrame(rows, TARGET_MONTHS, orient="row")

    @cached_property
    def conditions(self) -> pl.DataFrame:
        """Return frame CONDITIONS."""
        rows = [row for schedule in self.schedules for row in schedule.conditions()]
        return pl.DataFrame(rows, CONDITIONS, orient="row")

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.scopes, self.as_of, self.reported)

    @cached_property
    def _units(self) -> pl.DataFrame:
        """What the row of each unit alive says of it, whatever the target."""
        target, alive = self.targets[0], self._lines.alive
        said = {
            "unit": [unit.id for unit in alive],
            "scope": [scope_key(target, unit) for unit in alive],
            "not_before": [self.scopes.not_before(target, unit) for unit in alive],
        }
        return pl.DataFrame(said, _UNIT)

    @cached_property
    def _not_before(self) -> Mapping[str, int]:
        totals = {key: target for key, (target, unit) in self.named_scopes.items() if unit is None}
        return {key: self.scopes.not_before(target, None) for key, target in totals.items()}

    def _of_units(self, places: Places) -> pl.DataFrame:
        return self._units.select(pl.all().gather(pl.Series(places)))

    def _total(self, target: Target) -> pl.DataFrame:
        reporter = self._lines.reporter(target)
        shown, scope = reporter.id if reporter else self.province.root_code, scope_key(target, None)
        return pl.DataFrame([(shown, scope, self._not_before[scope])], _UNIT, orient="row")

    def _said(self, target: Target) -> tuple[object, ...]:
        limits = target.limits
        return (
            target.plan_id,
            target.id,
            target.indicator_id or target.id,
            Month.containing(target.starts).index,
            target.cumulative,
            target.cumulative and target.baseline is None,
            float(target.baseline.value) if target.baseline else None,
            Month.containing(target.baseline.by).index if target.baseline else None,
            len(target.steps) or None,
            float(limits.on_track_ratio),
            float(limits.off_track_ratio),
            float(limits.off_track_forecast),
            float(limits.improving_margin),
            float(limits.too_early_expected),
            float(limits.minimum_coverage),
            limits.late_step_days,
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Definitions:
    """A province by identity: its definitions never change, and comparing them would cost more than it saves."""

    province: Province

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Definitions) and other.province is self.province

    def __hash__(self) -> int:
        return id(self.province)


def boards_of_totals(province: Province, plan_ids: frozenset[str] | None, as_of: Month) -> tuple[Board, ...]:
    """Return the boards of all targets (of the named plans) as of a month; the same ones for the same definitions.

    What definitions say of a month does not change when a figure does. A whole country is no single board: only so many
    targets stand together that what all their units reported fits into memory.
    """
    return _boards_of_totals(_Definitions(province), plan_ids, as_of)


@lru_cache(maxsize=16)
def _boards_of_totals(definitions: _Definitions, plan_ids: frozenset[str] | None, as_of: Month) -> tuple[Board, ...]:
    province = definitions.province
    targets, at_once = targets_of(province, plan_ids), max(_SERIES_AT_ONCE // max(len(province.units.members), 1), 1)
    firsts = range(0, len(targets), at_once)
    return tuple(Board(province, targets[first : first + at_once], as_of) for first in firsts)


def targets_of(province: Province, plan_ids: frozenset[str] | None) -> tuple[Target, ...]:
    """Return all targets, or those of the named plans, in the order of the plans."""
    return tuple(each for each in province.targets if plan_ids is None or each.plan_id in plan_ids)
