"""The rows of the overview: every cell a finished string, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from scorecard.domain.goal import Scale
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.province import Province
from scorecard.domain.status import SEVERITY, Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.proposals import proposal
from scorecard.presentation.prospects import Prospects
from scorecard.presentation.reasons import Reasons
from scorecard.presentation.standing import Standing
from scorecard.presentation.target_names import lead_name, level_name
from scorecard.presentation.texts import in_language

_ABSENCES = {Status.NOT_DUE: "not_published", Status.NOT_APPLICABLE: "not_applicable"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PathBar:
    """A bar from baseline to goal; all shares of the path, None where there is none to draw."""

    done: Fraction | None
    expected: Fraction | None
    forecast: Fraction | None
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A goal that was reached before the plan began and must be kept: a dot on the goal, or fallen short of it."""

    kept: bool
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """A milestone: so many of its steps are done."""

    done: int
    total: int
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A goal whose way is told, not drawn: a place in a ranking."""

    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewRow:
    """One target as it is shown.

    `part` names the level or unit where one goal has several rows; `value` says why there is none where
    `has_value` is false; `coverage` stands beside it wherever several units are summed, `parts` are the two sides of a
    ratio. `baseline_taken` says that no document states where the path begins. `prospects` are a few words, `reason` is
    the whole sentence, `proposal` what may be asked of the lead unit; `gap` is the share of the path still to go.
    """

    target_id: str
    status: Status
    name: str
    part: str | None
    value: str
    has_value: bool
    coverage: str | None
    parts: str | None
    value_notes: tuple[str, ...]
    path: PathBar | Held | Steps | Words
    path_notes: tuple[str, ...]
    baseline_taken: bool
    goal: str
    due: str
    prospects: tuple[str, ...]
    reason: str
    proposal: str
    lead: str
    gap: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """The rows of one goal: one, or one a level (or unit) under a common name."""

    name: str
    rows: tuple[OverviewRow, ...]

    def only(self, status: Status) -> RowGroup:
        """Return the group with only its rows of one status."""
        return RowGroup(name=self.name, rows=tuple(row for row in self.rows if row.status is status))

    @property
    def worst(self) -> tuple[int, Fraction]:
        """Where the group stands in the table: by its worst row, then by how far that is from its goal."""
        return min((SEVERITY.index(row.status), -row.gap) for row in self.rows)


@dataclass(frozen=True, slots=True)
class RowWriter:
    """Turns standings into rows and puts the rows in the order in which they need attention."""

    amounts: Amounts
    province: Province

    def groups(self, standings: Iterable[Standing]) -> tuple[RowGroup, ...]:
        """Return the groups, worst first; rows of one group keep the order of the plan."""
        found = [
            RowGroup(name=self._name(members[0]), rows=tuple(self._row(each) for each in members))
            for members in (list(rows) for _, rows in groupby(standings, key=_goal_id))
        ]
        return tuple(sorted(found, key=lambda group: group.worst))

    def _row(self, standing: Standing) -> OverviewRow:
        return OverviewRow(
            target_id=standing.target.id,
            status=standing.status,
            name=self._name(standing),
            part=self._part(standing),
            value=self._value(standing),
            has_value=_is_current(standing) and self.amounts.value(standing) is not None,
            coverage=self._coverage(standing),
            parts=self.amounts.parts(standing) if _is_current(standing) else None,
            value_notes=tuple(self._value_notes(standing)),
            path=self._path(standing),
            path_notes=tuple(self._path_notes(standing)),
            baseline_taken=self._baseline_taken(standing) is not None,
            goal=self.amounts.goal(standing),
            due=self.amounts.formats.day(standing.due),
            prospects=Prospects(self.amounts).lines(standing),
            reason=Reasons(self.amounts).sentence(standing),
            proposal=proposal(standing, self.amounts),
            lead=self._lead(standing),
            gap=1 - _way(standing),
        )

    def _value(self, standing: Standing) -> str:
        current = self.amounts.value(standing) if _is_current(standing) else None
        if current is not None:
            return current
        absence = "no_cases" if standing.reason == "no_cases" else _ABSENCES.get(standing.status, "no_value")
        return self.amounts.formats.texts(f"overview.{absence}")

    def _name(self, standing: Standing) -> str:
        return in_language(self.amounts.formats.texts, standing.target.name, standing.target.name_en)

    def _part(self, standing: Standing) -> str | None:
        """Return what tells the rows of one goal apart: the unit, or the level."""
        if standing.target.scope.each is not None:
            return self.province.units.by_id[standing.unit].name
        return level_name(standing.target, self.province, self.amounts.formats.texts)

    def _value_notes(self, standing: Standing) -> Iterator[str]:
        texts, formats = self.amounts.formats.texts, self.amounts.formats
        value, month = self.amounts.value(standing), standing.value_month
        if month is not None and _is_current(standing) and month != standing.month:
            yield formats.month(month)
        elif month is not None and value is not None and not _is_current(standing):
            yield texts("overview.latest", value=value, month=formats.month(month))

    def _coverage(self, standing: Standing) -> str | None:
        if standing.expected_units is None or standing.expected_units <= 1:
            return None
        formats = self.amounts.formats
        reported, expected = (formats.count(n or 0) for n in (standing.reported_units, standing.expected_units))
        return formats.texts("overview.coverage_units", reported=reported, expected=expected)

    def _path(self, standing: Standing) -> PathBar | Held | Steps | Words:
        texts, total = self.amounts.formats.texts, len(standing.target.steps)
        if total:
            finished = standing.steps_done or 0
            return Steps(done=finished, total=total, spoken=self.amounts.steps(finished, total))
        goal, value = standing.threshold, self.amounts.value(standing)
        if goal is not None and goal.scale is Scale.RANK and value is not None:
            return Words(spoken=texts("overview.path_rank", value=value, goal=self.amounts.goal(standing)))
        if not _is_current(standing):
            return PathBar(done=None, expected=None, forecast=None, spoken=texts("overview.path_none"))
        if _is_held(standing):
            kept = standing.status is Status.MET
            return Held(kept=kept, spoken=texts("overview.path_kept" if kept else "overview.path_left"))
        if standing.path_done is None and standing.status is Status.MET:
            return PathBar(done=Fraction(1), expected=None, forecast=None, spoken=texts("overview.path_reached"))
        return self._bar(standing)

    def _bar(self, standing: Standing) -> PathBar:
        ahead = None if standing.status in (Status.MET, Status.MISSED) else standing.forecast_path
        shares = {"done": standing.path_done, "expected": standing.path_expected, "forecast": ahead}
        spoken = " ".join(
            self.amounts.formats.texts(f"overview.path_{name}", share=self.amounts.formats.share(share))
            for name, share in shares.items()
            if share is not None
        )
        return PathBar(
            done=standing.path_done,
            expected=standing.path_expected,
            forecast=ahead,
            spoken=spoken or self.amounts.formats.texts("overview.path_none"),
        )

    def _path_notes(self, standing: Standing) -> Iterator[str]:
        texts, indicator = self.amounts.formats.texts, standing.indicator
        ranked = indicator is not None and indicator.kind is IndicatorKind.RANK
        if indicator is not None and not indicator.rising_is_good and not ranked:
            yield texts("overview.lower_is_better")
        if not _is_current(standing):
            return
        if _is_held(standing):
            yield texts("overview.path_held")
        taken = self._baseline_taken(standing)
        if taken is not None:
            yield taken

    def _baseline_taken(self, standing: Standing) -> str | None:
        formats, value, month = self.amounts.formats, self.amounts.baseline(standing), standing.baseline_month
        if not (_is_current(standing) and standing.baseline_taken) or value is None or month is None:
            return None
        return formats.texts("overview.baseline_taken", value=value, month=formats.month(month))

    def _lead(self, standing: Standing) -> str:
        return lead_name(standing, self.province) or self.amounts.formats.texts("overview.no_lead")


def _is_current(standing: Standing) -> bool:
    """Say whether the value speaks for the period; otherwise it is an older one and only mentioned."""
    return standing.status is not Status.NO_DATA and standing.status not in _ABSENCES


def _is_held(standing: Standing) -> bool:
    """Say whether the goal was reached before the plan began, so that there is no path to it."""
    return standing.value is not None and standing.baseline is not None and standing.path_done is None


def _goal_id(standing: Standing) -> str:
    """Return what the rows of one goal share: `name` of the target ids `name.level`."""
    return standing.target.id.partition(".")[0]


def _way(standing: Standing) -> Fraction:
    """Return how much of the way is done; nothing where it is not known, so that it sorts among the farthest."""
    if standing.target.steps:
        return Fraction(standing.steps_done or 0, len(standing.target.steps))
    return standing.path_done if standing.path_done is not None else Fraction(0)
