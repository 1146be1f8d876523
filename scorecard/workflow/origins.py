"""Where a number comes from: the approved figures that make it up, for everybody; their history, for some."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

import polars as pl

from scorecard.calculation.board import Board
from scorecard.calculation.contributions import silent_units
from scorecard.calculation.gaps import heirs
from scorecard.calculation.lines import reported
from scorecard.calculation.origins import origins
from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.access import Person, readable
from scorecard.domain.period import Month, Period
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.store import KeptFigure, Store
from scorecard.workflow.settings import VIETNAM


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """What the lines of one target at a month are made of.

    `lines` is frames.SCOREBOARD, `figures` ORIGINS of the same lines. `heirs` names the unit of today that stands for
    an old one which went over into it entirely. `silent` are the ids of the units that owed figures for the month and
    did not report, with the elements of the formula that they did give for it; only for a total.
    """

    lines: pl.DataFrame
    figures: pl.DataFrame
    heirs: Mapping[str, str]
    silent: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHistories:
    """Every revision of some figures, unit by unit; `refused` are the ids of units that the person may not read."""

    kept: tuple[KeptFigure, ...]
    refused: tuple[str, ...]


def known_at(day: date | None) -> datetime | None:
    """Return the last moment of a day in Việt Nam, None for no day: what is known now."""
    return None if day is None else datetime.combine(day, time.max, VIETNAM)


def read_origins(
    store: Store, province: Province, target: Target, as_of: Month, *, by_unit: bool, known_on: date | None = None
) -> Origins:
    """Return what is behind a target's own lines, or behind its lines by unit, as known at the end of a day.

    Approved figures only, which everybody who sees the scoreboard may see.
    """
    figures = store.figures(province.id, known_at(known_on))
    board = Board(province, (target,), as_of, reported(figures, as_of) if by_unit else None)
    lines = scoreboard(province, figures, as_of, plan_ids=(target.plan_id,), by_unit=by_unit)
    silent = () if by_unit or target.scope.each else silent_units(province, figures, as_of, target)
    return Origins(
        lines=lines.filter(pl.col("target") == target.id),
        figures=origins(board, figures),
        heirs=dict(heirs(board).iter_rows()),
        silent=_given(figures, silent, as_of),
    )


def read_histories(
    store: Store,
    province: Province,
    person: Person | None,
    unit_ids: Collection[str],
    elements: Collection[str],
    months: Period,
    known_on: date | None = None,
) -> UnitHistories:
    """Return all revisions of some elements of some units, for periods that end in `months`, by unit, element, period.

    Who wrote what and why is told only of units whose returns the person may read. Raises AccessRefusedError for who
    may read none at all.
    """
    scope = readable(person)
    allowed = [unit for unit in unit_ids if scope.covers(unit)]
    kept = [
        each
        for unit in allowed
        for each in store.histories.of_unit(province.id, scope, unit, elements, months, known_at(known_on))
    ]
    return UnitHistories(kept=tuple(kept), refused=tuple(unit for unit in unit_ids if unit not in allowed))


def _given(figures: pl.DataFrame, silent: Collection[str], as_of: Month) -> Mapping[str, frozenset[str]]:
    told = figures.filter(pl.col("amount").is_not_null() & (pl.col("last_month") == as_of.index))
    own = dict(told.filter(pl.col("unit").is_in(sorted(silent))).group_by("unit").agg("element").iter_rows())
    return {unit: frozenset(own.get(unit, ())) for unit in silent}
