"""Which line of which target is looked at, and with which figures: what its caches are asked by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """A target at a month (`Month.index`): all its lines, or with `unit_id` (of a total) the line of one unit.

    `known_on` is the day at whose end the figures were known; None for all that are known now.
    """

    plan_id: str
    target_id: str
    month: int
    unit_id: str | None = None
    known_on: date | None = None
