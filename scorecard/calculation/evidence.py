"""Everything behind the lines of one target in one month: what an explanation is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from scorecard.calculation.board import Board
from scorecard.calculation.changes import Change, Point, changes
from scorecard.calculation.contributions import contributions, silent_units
from scorecard.calculation.gaps import gaps, medians
from scorecard.calculation.lines import reported
from scorecard.calculation.measurement import measure
from scorecard.calculation.pace_holders import pace_holders
from scorecard.calculation.ranking import ranks
from scorecard.calculation.scoreboard import scoreboard, status_history
from scorecard.calculation.sources import Sources
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The frames behind a target's lines.

    `history`: status_history from the plan's start. `measured`: measure, collected. `contributions`: CONTRIBUTIONS.
    Only for a total: `silent`, the ids of silent_units; `gaps`: GAPS; `levels`: medians of the peer groups by unit;
    `change` against the month before, None where there is no value to compare; `holders`, HOLDERS of the needed rate,
    None where no rate is needed.
    """

    history: pl.DataFrame
    measured: pl.DataFrame
    contributions: pl.DataFrame
    silent: tuple[str, ...]
    gaps: pl.DataFrame
    levels: Mapping[str, Fraction]
    change: Change | None
    holders: pl.DataFrame | None


def evidence(
    province: Province,
    target: Target,
    figures: pl.DataFrame,
    as_of: Month,
    unit: Unit | None = None,
    shown: pl.DataFrame | None = None,
) -> Evidence:
    """Gather what is behind a target's own lines, or behind its line of one unit; `figures` is frames.FIGURES.

    `shown` are the figures as they were when the month before was shown; without them, corrections are no part of
    the change.
    """
    board = Board(province, (target,), as_of, reported(figures, as_of) if unit else None)
    history = status_history(province, figures, as_of, plan_ids=[target.plan_id], by_unit=unit is not None)
    parts = gaps(board, figures)
    before, after = Point(as_of.plus(-1), figures if shown is None else shown), Point(as_of, figures)
    change = None if unit else next(iter(changes(province, [target], before, after)), None)
    return Evidence(
        history=history.filter(pl.col("unit") == unit.id) if unit else history,
        measured=measure(Sources(board, figures)).collect(),
        contributions=contributions(board, figures),
        silent=() if unit else silent_units(province, figures, as_of, target),
        gaps=parts.clear() if unit else parts,
        levels={} if unit or not parts.height else _levels(province, target, figures, as_of),
        change=change,
        holders=None if unit else _holders(province, target, figures, history),
    )


def _holders(province: Province, target: Target, figures: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame | None:
    """Ask who held the pace that the target's own total needs; a target «each» has no total."""
    for row in history.filter(pl.col("target") == target.id).sort("month").tail(1).iter_rows(named=True):
        if row["needed_rate"] is not None and target.scope.each is None:
            left = row["due_month"] - row["month"]
            return pace_holders(province, figures, Month(row["month"]), target, row["needed_rate"], left)
    return None


def _levels(province: Province, target: Target, figures: pl.DataFrame, as_of: Month) -> Mapping[str, Fraction]:
    by_unit = scoreboard(province, figures, as_of, plan_ids=[target.plan_id], by_unit=True)
    own = by_unit.filter(pl.col("target") == target.id)
    return {name: level for (_, name), level in medians(own, ranks(own, province)).items()}
