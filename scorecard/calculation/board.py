"""The rows of a scoreboard and what their plans say month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import polars as pl

from scorecard.calculation.lines import Lines, Reported
from scorecard.calculation.schedule import CONDITIONS, TARGET_MONTHS, Schedule
from scorecard.calculation.scopes import Scopes, scope_key
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

_LINE_COLUMNS = ("row", "unit", "scope", "not_before")
_SAID = pl.Schema({name: kind for name, kind in ROWS.items() if name not in _LINE_COLUMNS})


@dataclass(frozen=True)
class Board:
    """Some targets of a province, as of a month; by unit when it is given who `reported`."""

    province: Province
    targets: tuple[Target, ...]
    as_of: Month
    reported: Reported | None = None

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
        return Scopes(self.province, self.months.start, self.months.stop - 1)

    @cached_property
    def lines(self) -> tuple[tuple[Schedule, Unit | None], ...]:
        """The rows shown: a target, with its unit where it is held against figures of one unit."""
        return tuple((schedule, unit) for schedule in self.schedules for unit in self._lines.units(schedule.target))

    @cached_property
    def named_scopes(self) -> dict[str, tuple[Target, Unit | None]]:
        """Every scope once, with a target that has it."""
        return {scope_key(schedule.target, unit): (schedule.target, unit) for schedule, unit in self.lines}

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
        number = {schedule.target.id: place for place, schedule in enumerate(self.schedules)}
        said = pl.DataFrame([self._said(each.target) for each in self.schedules], _SAID, orient="row")
        scopes = [scope_key(schedule.target, unit) for schedule, unit in self.lines]
        own = pl.DataFrame(
            {
                "number": [number[schedule.target.id] for schedule, _ in self.lines],
                "unit": [self._shown(schedule.target, unit) for schedule, unit in self.lines],
                "scope": scopes,
                "not_before": [self._not_before[scope] for scope in scopes],
            },
            schema_overrides={"not_before": pl.Int32},
        )
        told = said.select(pl.all().gather(own["number"]))
        rows = pl.concat([told, own], how="horizontal").with_row_index("row")
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
    def _not_before(self) -> Mapping[str, int]:
        return {key: self.scopes.not_before(*scope) for key, scope in self.named_scopes.items()}

    def _shown(self, target: Target, unit: Unit | None) -> str:
        shown = unit or self._lines.reporter(target)
        return shown.id if shown else self.province.root_code

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


def board_of_totals(province: Province, plan_ids: frozenset[str] | None, as_of: Month) -> Board:
    """Return the board of all targets (of the named plans) as of a month; the same one for the same definitions.

    What definitions say of a month does not change when a figure does.
    """
    return _board_of_totals(_Definitions(province), plan_ids, as_of)


@lru_cache(maxsize=16)
def _board_of_totals(definitions: _Definitions, plan_ids: frozenset[str] | None, as_of: Month) -> Board:
    return Board(definitions.province, targets_of(definitions.province, plan_ids), as_of)


def targets_of(province: Province, plan_ids: frozenset[str] | None) -> tuple[Target, ...]:
    """Return all targets, or those of the named plans, in the order of the plans."""
    return tuple(each for each in province.targets if plan_ids is None or each.plan_id in plan_ids)
