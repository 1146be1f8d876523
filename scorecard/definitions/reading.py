"""Read folders of definitions: a province, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scorecard.definitions.building import build_province
from scorecard.definitions.draft import SUFFIXES, read_draft
from scorecard.definitions.problem import Problem, ProblemSeverity
from scorecard.definitions.rules import problems_of
from scorecard.domain.province import Province


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder of definitions holds: the province (None when there are errors) and all problems, by place."""

    folder: Path
    province: Province | None
    problems: tuple[Problem, ...]


def read_province(folder: Path, today: date | None = None) -> Reading:
    """Read one province.

    Every problem of every file is reported at once; warnings do not refuse the province. `today` is only used to
    warn of a plan whose review date has passed; without it nothing is said about that.
    """
    problems: list[Problem] = []
    draft = read_draft(folder, problems)
    problems.extend(problems_of(draft, today))
    refused = any(problem.severity is ProblemSeverity.ERROR for problem in problems)
    in_order = tuple(sorted(problems, key=lambda each: (each.file, each.line, each.column)))
    return Reading(folder, None if refused else build_province(draft), in_order)


def read_all(targets: Path, today: date | None = None) -> tuple[Reading, ...]:
    """Read every province of a targets folder, by name: each subfolder that holds a definition file."""
    folders = sorted({targets / path.relative_to(targets).parts[0] for path in _definition_files(targets)})
    return tuple(read_province(folder, today) for folder in folders)


def _definition_files(targets: Path) -> Iterator[Path]:
    for suffix in SUFFIXES:
        yield from targets.glob(f"*/**/*{suffix}")
