"""What a target asks for, read from one short text such as `>= 80%`, `76/76` or `done`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class GoalError(ValueError):
    """A text that is not a goal; `text` is what was given."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Scale(StrEnum):
    """What a goal's number counts: a share 0-1 (written as %), a plain number, or a place in a ranking."""

    SHARE = "share"
    NUMBER = "number"
    RANK = "rank"


class Comparator(StrEnum):
    """How a value is held against a goal; «trên» is `>`, «tối thiểu» is `>=`."""

    AT_LEAST = ">="
    ABOVE = ">"
    EQUAL = "="
    AT_MOST = "<="
    BELOW = "<"

    def holds(self, value: Fraction, goal: Fraction) -> bool:
        """Compare exactly."""
        return _COMPARISONS[self](value, goal)


_COMPARISONS: Mapping[Comparator, Callable[[Fraction, Fraction], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.ABOVE: operator.gt,
    Comparator.EQUAL: operator.eq,
    Comparator.AT_MOST: operator.le,
    Comparator.BELOW: operator.lt,
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """`>= 80%`, `<= 5`, `rank <= 3`: hold a value against a fixed number."""

    comparator: Comparator
    value: Fraction
    scale: Scale


@dataclass(frozen=True, slots=True)
class Band:
    """`80..90%`: stay between two numbers, both allowed."""

    low: Fraction
    high: Fraction
    scale: Scale


@dataclass(frozen=True, slots=True)
class WholeList:
    """`76/76`: every member of a named list."""

    size: int


@dataclass(frozen=True, slots=True)
class Done:
    """`done`: every step of a milestone."""


@dataclass(frozen=True, slots=True)
class Relative:
    """`>= previous + 2 points`: hold a value against the same period of last year plus an offset.

    `offset` is a share difference (0.02 for «2 points») when `in_points`, else a plain number.
    """

    comparator: Comparator
    offset: Fraction
    in_points: bool
    rank: bool


@dataclass(frozen=True, slots=True)
class AllOf:
    """Several goals that must hold together."""

    parts: tuple[Threshold | Band | Relative, ...]


Goal = Threshold | Band | WholeList | Done | Relative | AllOf

_NUMBER = r"(\d+(?:\.\d+)?)"
_COMPARATOR = r"(>=|<=|>|<|=)"
_THRESHOLD = re.compile(rf"(rank )?{_COMPARATOR} ?{_NUMBER}(%)?")
_BAND = re.compile(rf"{_NUMBER}\.\.{_NUMBER}(%)?")
_WHOLE_LIST = re.compile(r"([1-9]\d*)/([1-9]\d*)")
_RELATIVE = re.compile(rf"(rank )?{_COMPARATOR} ?previous(?: ?([+-]) ?{_NUMBER}( points)?)?")
_QUANTITY = re.compile(rf"{_NUMBER}(%| points)?")


def parse_quantity(text: str) -> tuple[Fraction, Scale]:
    """Read `65%` or `20 points` (a share) or `12` (a number); raise GoalError for anything else."""
    match = _QUANTITY.fullmatch(text.strip())
    if match is None:
        raise GoalError(text)
    return _scaled(match[1], percent=match[2] is not None), Scale.SHARE if match[2] else Scale.NUMBER


def parse_goal(text: str) -> Threshold | Band | WholeList | Done | Relative:
    """Read one goal; raise GoalError when the text is none. `all:` is a list in the file, see AllOf."""
    stripped = text.strip()
    if stripped == "done":
        return Done()
    if match := _THRESHOLD.fullmatch(stripped):
        rank, comparator, number, percent = match.groups()
        if rank and percent:
            raise GoalError(text)
        scale = Scale.RANK if rank else Scale.SHARE if percent else Scale.NUMBER
        return Threshold(Comparator(comparator), _scaled(number, percent=percent is not None), scale)
    if match := _RELATIVE.fullmatch(stripped):
        rank, comparator, sign, number, points = match.groups()
        offset = _scaled(number, percent=points is not None) if number else Fraction(0)
        return Relative(
            Comparator(comparator), -offset if sign == "-" else offset, points is not None, rank is not None
        )
    if match := _WHOLE_LIST.fullmatch(stripped):
        if match[1] != match[2]:
            raise GoalError(text)
        return WholeList(int(match[1]))
    if match := _BAND.fullmatch(stripped):
        low, high = (_scaled(number, percent=match[3] is not None) for number in (match[1], match[2]))
        if low >= high:
            raise GoalError(text)
        return Band(low, high, Scale.SHARE if match[3] else Scale.NUMBER)
    raise GoalError(text)


def _scaled(number: str, *, percent: bool) -> Fraction:
    return Fraction(number) / 100 if percent else Fraction(number)
