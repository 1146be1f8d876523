"""`import`: take in a file of figures, all of it or nothing."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scorecard.command_line.sources import (
    add_database,
    add_targets,
    existing_store,
    new_store,
    targets_of,
    usable_province,
)
from scorecard.domain.access import Person, Role
from scorecard.domain.province import Province
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, Texts, load_texts
from scorecard.store import EventKind, Receipt, Store, store_exists
from scorecard.workflow.exchange import Parsed, RowProblem, read_exchange
from scorecard.workflow.importing import BadExchangeError, import_figures, refused_rows
from scorecard.workflow.settings import VIETNAM, read_settings


def add_to(subparsers: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command."""
    texts = load_texts(Language.VIETNAMESE)
    parser = subparsers.add_parser("import", parents=[common], help=texts("exchange.help_import"))
    parser.add_argument("file", type=Path, metavar="FILE", help=texts("exchange.help_file"))
    parser.add_argument("--province", required=True, metavar="ID", help=texts("exchange.help_province"))
    parser.add_argument("--dry-run", action="store_true", help=texts("exchange.help_dry_run"))
    parser.add_argument("--as", dest="person", default="command-line", metavar="PERSON", help=texts("exchange.help_as"))
    add_database(parser, texts)
    add_targets(parser, texts)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Import, or only check with --dry-run; 1 and one line a problem when a row is wrong, 2 without a file."""
    texts = load_texts(arguments.lang)
    file: Path = arguments.file
    if not file.is_file():
        print(texts("exchange.no_file", file=file), file=sys.stderr)
        return 2
    province = usable_province(targets_of(arguments), arguments.province, texts)
    if province is None:
        return 1
    parsed = read_exchange(file, province)
    if arguments.dry_run and not parsed.problems:
        parsed = replace(parsed, problems=_refused_rows(arguments, province, parsed))
    if parsed.problems:
        print_problems(parsed, file, texts)
        return 1
    if arguments.dry_run:
        print(texts("exchange.dry_run", file=file.name, rows=Formats(texts).count(len(parsed.figures))))
        return 0
    try:
        receipt = _take_in(arguments, province, parsed, texts("exchange.reason", file=file.name))
    except BadExchangeError as refusal:
        print_problems(replace(parsed, problems=refusal.problems), file, texts)
        return 1
    counts = {"added": receipt.added, "revised": receipt.revised, "unchanged": receipt.unchanged}
    done = {name: Formats(texts).count(count) for name, count in counts.items()}
    print(texts("exchange.imported" if receipt.event else "exchange.nothing_new", code=receipt.code, **done))
    return 0


def _refused_rows(arguments: argparse.Namespace, province: Province, parsed: Parsed) -> tuple[RowProblem, ...]:
    if not store_exists(arguments.database or read_settings().database_url):
        return refused_rows(None, province, parsed, datetime.now(VIETNAM).date())
    with closing(existing_store(arguments)) as store:
        return refused_rows(store, province, parsed, _now(store).astimezone(VIETNAM).date())


def _take_in(arguments: argparse.Namespace, province: Province, parsed: Parsed, reason: str) -> Receipt:
    person = Person(arguments.person, arguments.person, Role.ADMINISTRATOR)
    with closing(new_store(arguments)) as store:
        return import_figures(store, province, person, parsed, _now(store), reason)


def _now(store: Store) -> datetime:
    """Return the present; in a store of the demo, its pretended one."""
    clock = datetime.now(UTC)
    return read_settings().now(clock) if store.holds(EventKind.DEMO_PREPARED) else clock


def print_problems(parsed: Parsed, file: Path, texts: Texts) -> None:
    """Print every row that cannot be taken, one line each."""
    for problem in parsed.problems:
        sentence = texts(f"exchange.{problem.code}", **problem.parameters)
        print(texts("exchange.row", file=file, row=problem.row, sentence=sentence), file=sys.stderr)
    rows = len({problem.row for problem in parsed.problems})
    print(texts("exchange.refused", count=Formats(texts).count(rows)), file=sys.stderr)
