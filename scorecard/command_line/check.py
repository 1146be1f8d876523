"""`check`: read all definitions and print everything that is wrong with them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

from scorecard.command_line.sources import add_targets, targets_of
from scorecard.definitions import ProblemSeverity, Reading, read_all
from scorecard.presentation.problems import problem_line
from scorecard.presentation.texts import Language, Texts, load_texts


def add_to(subparsers: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command."""
    texts = load_texts(Language.VIETNAMESE)
    parser = subparsers.add_parser("check", parents=[common], help=texts("check.help"))
    add_targets(parser, texts)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print one line a problem and a summary; 1 when there is an error, 2 when there is nothing to check."""
    texts = load_texts(arguments.lang)
    targets = targets_of(arguments)
    if not targets.is_dir():
        print(texts("check.no_folder", folder=targets), file=sys.stderr)
        return 2
    readings = read_all(targets, date.today())
    if not readings:
        print(texts("check.no_provinces", folder=targets), file=sys.stderr)
        return 2
    problems = [problem for reading in readings for problem in reading.problems]
    for problem in problems:
        print(problem_line(problem, targets, texts), file=sys.stderr)
    errors = sum(problem.severity is ProblemSeverity.ERROR for problem in problems)
    print(_summary(readings, errors, len(problems) - errors, texts))
    return 1 if errors else 0


def _summary(readings: Sequence[Reading], errors: int, warnings: int, texts: Texts) -> str:
    provinces = [reading.province for reading in readings if reading.province]
    return texts(
        "check.summary",
        provinces=len(readings),
        plans=sum(len(province.plans) for province in provinces),
        targets=sum(len(province.targets) for province in provinces),
        errors=errors,
        warnings=warnings,
    )
