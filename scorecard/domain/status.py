"""The nine statuses of a target, in the order in which they need attention, and the ways of a forecast."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What is said of a target in a period; product rule §6.7, first match wins."""

    MISSED = "missed"
    OFF_TRACK = "off_track"
    AT_RISK = "at_risk"
    NO_DATA = "no_data"
    ON_TRACK = "on_track"
    MET = "met"
    TOO_EARLY = "too_early"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"


SEVERITY: tuple[Status, ...] = tuple(Status)


class ForecastMethod(StrEnum):
    """How the rate of the coming months is told, in the order in which equally good ways are preferred."""

    LAST = "last"
    RECENT = "recent"
    PACE = "pace"
    LAST_YEAR = "last_year"
