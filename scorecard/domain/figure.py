"""A figure: one element of one return, one revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from scorecard.domain.period import Period


class FigureState(StrEnum):
    """What a figure is; the five are never merged."""

    NUMBER = "number"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"
    NOT_AVAILABLE = "not_available"
    APPROXIMATE = "approximate"

    @property
    def has_value(self) -> bool:
        """Whether a figure in this state carries a number."""
        return self in (FigureState.NUMBER, FigureState.APPROXIMATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number (or the reason for its absence) of one unit, element and period.

    `value` is None exactly when the state carries no number. `note` holds the reason, source or remark.
    """

    unit_id: str
    element_id: str
    period: Period
    value: Decimal | None
    state: FigureState = FigureState.NUMBER
    note: str = ""

    def __post_init__(self) -> None:
        if (self.value is not None) is not self.state.has_value:
            raise ValueError(f"{self.state} with value {self.value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFigure:
    """A figure as the store keeps it: which revision, by whom, when (UTC), why, in which event."""

    figure: Figure
    revision: int
    recorded_at: datetime
    recorded_by: str
    reason: str
    event: int
