"""Indicators: how a value is computed from elements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scorecard.domain.formula import Formula
from scorecard.domain.period import Month


class IndicatorKind(StrEnum):
    """What the value is."""

    RATIO = "ratio"
    LIST_COUNT = "list_count"
    COUNT = "count"
    SCORE = "score"
    RANK = "rank"


class Window(StrEnum):
    """Over which months a flow is summed, ending with the period asked for."""

    MONTH = "month"
    YEAR = "year"
    PLAN = "plan"
    ROLLING_3 = "rolling_3"
    ROLLING_12 = "rolling_12"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaVersion:
    """The formula in force from a month on; `denominator` is None for counts, scores and ranks."""

    since: Month | None
    numerator: Formula
    denominator: Formula | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBreak:
    """From this month on the series is not comparable with what was before."""

    at: Month
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A value and how to compute it.

    Versions stand in order of time, the first one open at its start; each later one is a break too.
    `rising_is_good` says which way is better. `publication_lag_months` is set where others publish the value
    that many months after the period's end.
    """

    id: str
    name: str
    name_en: str | None
    kind: IndicatorKind
    versions: tuple[FormulaVersion, ...]
    rising_is_good: bool
    window: Window
    decimals: int
    counted_in: str
    source_system: str
    publication_lag_months: int | None
    breaks: tuple[SeriesBreak, ...]

    def version_at(self, month: Month) -> FormulaVersion:
        """Return the formula in force in a month."""
        return next(v for v in reversed(self.versions) if v.since is None or v.since <= month)

    @property
    def break_months(self) -> tuple[Month, ...]:
        """All months at which a new series begins, in order."""
        changed = {version.since for version in self.versions if version.since is not None}
        return tuple(sorted(changed | {each.at for each in self.breaks}))
