"""On which units the figures of the past are shown: product rule 6.13."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scorecard.domain.period import Month


class UnitMap(StrEnum):
    """A map of units; the words of the address.

    `TODAY` shows a figure on the unit of today that its unit went over into entirely, `AS_REPORTED` on the unit that
    reported it.
    """

    TODAY = "hien-nay"
    AS_REPORTED = "khi-bao-cao"


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map, and the month whose units are those of today."""

    kind: UnitMap
    month: Month
