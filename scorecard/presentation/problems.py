"""A problem of a definition file as the line that people read and editors can open."""

from __future__ import annotations

from pathlib import Path

from scorecard.definitions import Problem, ProblemSeverity
from scorecard.presentation.texts import Texts


def problem_line(problem: Problem, targets: Path, texts: Texts) -> str:
    """Return `file:line:column: what is wrong, and what was expected`; a warning says that it is one."""
    sentence = texts(f"problem.{problem.code}", **problem.parameters)
    if problem.severity is ProblemSeverity.WARNING:
        sentence = texts("check.warning", text=sentence)
    return f"{(targets / problem.file).as_posix()}:{problem.line}:{problem.column}: {sentence}"
