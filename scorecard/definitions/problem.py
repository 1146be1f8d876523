"""What is wrong in a definition file, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ProblemSeverity(StrEnum):
    """An error refuses the province; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A character of a file; line and column count from 1, `file` is relative to the targets folder."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place; its sentence is the text `problem.<code>` with the parameters filled in."""

    file: str
    line: int
    column: int
    code: str
    parameters: Mapping[str, str]
    severity: ProblemSeverity


def error(place: Place, code: str, /, **parameters: object) -> Problem:
    """Make a problem that refuses the province."""
    return _problem(place, code, parameters, ProblemSeverity.ERROR)


def warning(place: Place, code: str, /, **parameters: object) -> Problem:
    """Make a problem that is only told."""
    return _problem(place, code, parameters, ProblemSeverity.WARNING)


def _problem(place: Place, code: str, parameters: Mapping[str, object], severity: ProblemSeverity) -> Problem:
    texts = {name: str(value) for name, value in parameters.items()}
    return Problem(place.file, place.line, place.column, code, texts, severity)
