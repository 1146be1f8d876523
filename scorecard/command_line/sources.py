"""Where a command finds definitions and figures, and how it refuses when they are not there."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scorecard.definitions import ProblemSeverity, read_province
from scorecard.domain.province import Province
from scorecard.presentation.problems import problem_line
from scorecard.presentation.texts import Texts
from scorecard.store import Store, StoreError, open_store, store_exists
from scorecard.workflow.settings import read_settings


def add_database(parser: argparse.ArgumentParser, texts: Texts) -> None:
    """Add `--database URL`; without it, SCORECARD_DATABASE_URL or the file in data/."""
    parser.add_argument("--database", metavar="URL", help=texts("exchange.help_database"))


def add_targets(parser: argparse.ArgumentParser, texts: Texts) -> None:
    """Add `--targets DIR`; without it, SCORECARD_TARGETS or targets/."""
    parser.add_argument("--targets", type=Path, metavar="DIR", help=texts("exchange.help_targets"))


def new_store(arguments: argparse.Namespace) -> Store:
    """Open the store, creating it when there is none."""
    return open_store(arguments.database or read_settings().database_url)


def existing_store(arguments: argparse.Namespace) -> Store:
    """Open the store; StoreError when there is none."""
    url: str = arguments.database or read_settings().database_url
    if not store_exists(url):
        raise StoreError("store.no_database", url=url)
    return open_store(url)


def targets_of(arguments: argparse.Namespace) -> Path:
    """Return the folder of all definitions."""
    found: Path = arguments.targets or read_settings().targets
    return found


def usable_province(targets: Path, province_id: str, texts: Texts) -> Province | None:
    """Return a province; None when it cannot be used, with every reason printed."""
    folder = targets / province_id
    if not (folder / "province.yaml").is_file():
        print(texts("exchange.unknown_province", province=province_id, folder=targets), file=sys.stderr)
        return None
    reading = read_province(folder)
    if reading.province is None:
        for problem in reading.problems:
            if problem.severity is ProblemSeverity.ERROR:
                print(problem_line(problem, targets, texts), file=sys.stderr)
    return reading.province
