"""What an edition holds of a scoreboard: finished words in both languages and the exact values behind them.

Nothing here is computed again when an edition is shown, so neither later figures nor later definitions change it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.domain.province import Province
from scorecard.domain.status import SEVERITY, Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.formats import Formats
from scorecard.presentation.overview_rows import OverviewRow, RowWriter
from scorecard.presentation.standing import Standing, read_standings
from scorecard.presentation.texts import Language, in_language, load_texts

_MOST_POINTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPoint:
    """The value of one month, and the one expected in it, on the scale of the scoreboard; None where there is none."""

    month: int
    value: float | None
    expected: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenRow:
    """One row of the scoreboard as it was shown.

    `exact` is the value on the printed scale (80.5 for 80,5%) as a fraction, empty where there is none; `counted_in`
    is what a promised number counts and `decimals` how fine it may be. `outlook` is what the sentence says after the
    name. `points` are at most twelve months, the last one the month itself; `goal_at` is where the goal lies among
    them, None where it cannot be drawn.
    """

    target: str
    of_unit: str
    lead_id: str
    status: str
    name: str
    value: str
    has_value: bool
    goal: str
    due: str
    reason: str
    lead: str
    outlook: str
    proposal: str
    exact: str
    rising_is_good: bool
    counted_in: str
    decimals: int
    steps: int
    points: tuple[FrozenPoint, ...]
    goal_at: float | None

    @property
    def measured(self) -> Fraction | None:
        """The exact value on the printed scale, None where there is none."""
        return Fraction(self.exact) if self.exact else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenBoard:
    """A scoreboard as it was shown, worst row first."""

    plan: str
    month: Month
    rows: tuple[FrozenRow, ...]

    def row(self, target_id: str, of_unit: str) -> FrozenRow | None:
        """Return one row, None where it was not shown."""
        return next((each for each in self.rows if (each.target, each.of_unit) == (target_id, of_unit)), None)

    def count(self, status: Status) -> int:
        """Return how many rows have a status."""
        return sum(row.status == status for row in self.rows)


def tell(
    board: pl.DataFrame, history: pl.DataFrame, province: Province, plan: Plan, month: Month
) -> Mapping[str, Mapping[str, Any]]:
    """Return what is frozen of a scoreboard, by language; `history` holds all months of its rows."""
    return {str(each): asdict_of(freeze_board(board, history, province, plan, month, each)) for each in Language}


def freeze_board(
    board: pl.DataFrame, history: pl.DataFrame, province: Province, plan: Plan, month: Month, language: Language
) -> FrozenBoard:
    """Word a scoreboard (frames.SCOREBOARD of one plan and month) in one language."""
    writer = _Writer(province, language)
    standings = read_standings(board, province)
    goals = {(row["target"], row["unit"]): row["goal"] for row in board.iter_rows(named=True)}
    points = _points(history, month)
    shown = [(each, writer.shown(each)) for each in standings]
    rows = (
        writer.row(each, row, goals[each.target.id, each.unit], points.get((each.target.id, each.unit), ()))
        for each, row in sorted(shown, key=lambda pair: (SEVERITY.index(pair[0].status), -pair[1].gap))
    )
    return FrozenBoard(plan=in_language(writer.formats.texts, plan.name, plan.name_en), month=month, rows=tuple(rows))


def asdict_of(board: FrozenBoard) -> Mapping[str, Any]:
    """Write a board as JSON can hold it; `read_board` reads it back unchanged."""
    return {**asdict(board), "month": str(board.month)}


def read_board(content: Mapping[str, Any], language: Language) -> FrozenBoard:
    """Read what an edition holds in a language."""
    found = content["shown"][str(language)]
    rows = (FrozenRow(**{**row, "points": tuple(FrozenPoint(**p) for p in row["points"])}) for row in found["rows"])
    return FrozenBoard(plan=found["plan"], month=Month.parse(found["month"]), rows=tuple(rows))


class _Writer:
    def __init__(self, province: Province, language: Language) -> None:
        self.formats = Formats(load_texts(language))
        self._amounts = Amounts(self.formats, province)
        self._rows = RowWriter(self._amounts, province)
        self._province = province

    def shown(self, standing: Standing) -> OverviewRow:
        """Word a row as the overview does."""
        (group,) = self._rows.groups([standing])
        return group.rows[0]

    def row(
        self, standing: Standing, shown: OverviewRow, goal: float | None, points: tuple[FrozenPoint, ...]
    ) -> FrozenRow:
        """Put together what is frozen of a row."""
        indicator, target = standing.indicator, standing.target
        lead = self._province.units.find(target.lead, standing.month.last_day) if target.lead else None
        exact = _exact(standing) if shown.has_value else None
        return FrozenRow(
            target=target.id,
            of_unit=standing.unit,
            lead_id=lead.id if lead else "",
            status=standing.status.value,
            name=f"{shown.name} – {shown.part}" if shown.part else shown.name,
            value=shown.value,
            has_value=shown.has_value,
            goal=shown.goal,
            due=shown.due,
            reason=shown.reason,
            lead=shown.lead,
            outlook=self._outlook(standing, shown),
            proposal=shown.proposal,
            exact="" if exact is None else str(exact),
            rising_is_good=indicator is None or indicator.rising_is_good,
            counted_in=self._counted_in(standing),
            decimals=indicator.decimals if indicator else 0,
            steps=len(target.steps),
            points=() if target.steps else points,
            goal_at=None if target.steps else goal,
        )

    def _outlook(self, standing: Standing, shown: OverviewRow) -> str:
        texts, forecast = self.formats.texts, self._amounts.forecast(standing)
        if forecast is not None and standing.status in (Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK):
            return texts("meeting.outlook_forecast", forecast=forecast)
        return texts("meeting.outlook_goal", goal=shown.goal, due=shown.due)

    def _counted_in(self, standing: Standing) -> str:
        if standing.indicator is None:
            return self.formats.texts("meeting.counted_steps")
        return "%" if standing.is_share else standing.indicator.counted_in


def _exact(standing: Standing) -> Fraction | None:
    if standing.target.steps:
        return None if standing.steps_done is None else Fraction(standing.steps_done)
    if standing.value is None:
        return None
    return standing.value * 100 if standing.is_share else standing.value


def _points(history: pl.DataFrame, month: Month) -> Mapping[tuple[str, str], tuple[FrozenPoint, ...]]:
    recent = history.filter(pl.col("month") > month.index - _MOST_POINTS).sort("month")
    found: dict[tuple[str, str], list[FrozenPoint]] = {}
    for row in recent.iter_rows(named=True):
        value = None if row["status"] in ("no_data", "not_due", "not_applicable") else row["value"]
        point = FrozenPoint(month=row["month"], value=value, expected=row["expected"])
        found.setdefault((row["target"], row["unit"]), []).append(point)
    return {key: _from_first(points) for key, points in found.items()}


def _from_first(points: Sequence[FrozenPoint]) -> tuple[FrozenPoint, ...]:
    first = next((place for place, point in enumerate(points) if point.value is not None), len(points))
    return tuple(points[first:])


def current_values(board: pl.DataFrame, province: Province, formats: Formats) -> Mapping[tuple[str, str], str]:
    """Return the value of every row of a scoreboard as it is printed now, by target and unit of the row."""
    writer = _Writer(province, formats.texts.language)
    return {(each.target.id, each.unit): writer.shown(each).value for each in read_standings(board, province)}
