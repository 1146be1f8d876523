"""Which period a command looks at, and which figures: of a file, or of the database as known on a day."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path

import polars as pl

from scorecard import frames
from scorecard.command_line.import_ import print_problems
from scorecard.domain.period import Month, PeriodError
from scorecard.domain.province import Province
from scorecard.presentation.texts import Language, Texts, load_texts
from scorecard.store import open_store, store_exists
from scorecard.workflow.exchange import read_exchange
from scorecard.workflow.settings import VIETNAM, read_settings


def add_period_and_figures(parser: argparse.ArgumentParser, texts: Texts) -> None:
    """Add `--as-of MONTH`, and `--known-at DATE` or `--figures FILE`."""
    parser.add_argument("--as-of", required=True, type=_month, metavar="MONTH", help=texts("status_table.help_as_of"))
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--known-at", type=day_of, metavar="DATE", help=texts("status_table.help_known_at"))
    source.add_argument("--figures", type=Path, metavar="FILE", help=texts("status_table.help_figures"))


def figures_of(arguments: argparse.Namespace, province: Province, texts: Texts) -> pl.DataFrame | None:
    """Return frames.FIGURES; None when a row of the file is wrong, with every reason printed."""
    file: Path | None = arguments.figures
    if file is None:
        return figures_known(arguments, province, arguments.known_at)
    parsed = read_exchange(file, province)
    if parsed.problems:
        print_problems(parsed, file, texts)
        return None
    return parsed.frame()


def names_missing_file(arguments: argparse.Namespace, texts: Texts) -> bool:
    """Say whether the file asked for does not exist, and print that it does not."""
    file: Path | None = arguments.figures
    if file is None or file.is_file():
        return False
    print(texts("exchange.no_file", file=file), file=sys.stderr)
    return True


def knows_plan(province: Province, plan_id: str | None, texts: Texts) -> bool:
    """Say whether the province has the plan asked for; print which it has where it does not."""
    known = [plan.id for plan in province.plans]
    if plan_id is None or plan_id in known:
        return True
    told = {"plan": plan_id, "province": province.id, "known": ", ".join(known)}
    print(texts("status_table.unknown_plan", **told), file=sys.stderr)
    return False


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except PeriodError:
        problem = load_texts(Language.VIETNAMESE)("status_table.not_a_month", text=text)
        raise argparse.ArgumentTypeError(problem) from None


def day_of(text: str) -> date:
    """Read a day that somebody typed, `2025-09-30`; raise ArgumentTypeError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem = load_texts(Language.VIETNAMESE)("status_table.not_a_day", text=text)
        raise argparse.ArgumentTypeError(problem) from None


def figures_known(arguments: argparse.Namespace, province: Province, day: date | None) -> pl.DataFrame:
    """Return frames.FIGURES as known at the end of a day, Vietnamese time, None for now; empty without a database."""
    url: str = arguments.database or read_settings().database_url
    if not store_exists(url):
        return pl.DataFrame(schema=frames.FIGURES)
    with closing(open_store(url)) as store:
        return store.figures(province.id, datetime.combine(day, time.max, VIETNAM) if day else None)
