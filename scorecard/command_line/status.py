"""`status`: where every target stands in a period, as a table to read or as data."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from scorecard.calculation.scoreboard import scoreboard
from scorecard.command_line.figure_sources import add_period_and_figures, figures_of, knows_plan, names_missing_file
from scorecard.command_line.sources import add_database, add_targets, targets_of, usable_province
from scorecard.command_line.units import find_unit
from scorecard.domain.province import Province
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.formats import Formats
from scorecard.presentation.reasons import Reasons
from scorecard.presentation.standing import Standing, read_standings
from scorecard.presentation.status_records import FIELDS, record
from scorecard.presentation.texts import Language, Texts, in_language, load_texts
from scorecard.presentation.unit_comparison import unit_lines

_COLUMNS = ("target", "unit", "status", "value", "goal", "coverage", "reason")


def add_to(subparsers: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command."""
    texts = load_texts(Language.VIETNAMESE)
    parser = subparsers.add_parser("status", parents=[common], help=texts("status_table.help"))
    parser.add_argument("--province", required=True, metavar="ID", help=texts("status_table.help_province"))
    add_period_and_figures(parser, texts)
    parser.add_argument("--plan", metavar="ID", help=texts("status_table.help_plan"))
    breakdown = parser.add_mutually_exclusive_group()
    breakdown.add_argument("--by-unit", action="store_true", help=texts("status_table.help_by_unit"))
    breakdown.add_argument("--unit", metavar="CODE", help=texts("status_table.help_unit"))
    parser.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help=texts("status_table.help_format")
    )
    add_database(parser, texts)
    add_targets(parser, texts)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print one line a target or unit; 1 when definitions, figures, plan or unit are refused, 2 without the file."""
    texts = load_texts(arguments.lang)
    if names_missing_file(arguments, texts):
        return 2
    province = usable_province(targets_of(arguments), arguments.province, texts)
    if province is None or not knows_plan(province, arguments.plan, texts):
        return 1
    unit = None if arguments.unit is None else find_unit(province, arguments.unit, arguments.as_of, texts)
    if arguments.unit is not None and unit is None:
        return 1
    figures = figures_of(arguments, province, texts)
    if figures is None:
        return 1
    plans = [arguments.plan] if arguments.plan else None
    by_unit = arguments.by_unit or unit is not None
    board = scoreboard(province, figures, arguments.as_of, plan_ids=plans, by_unit=by_unit)
    if unit is not None:
        board = board.filter(pl.col("unit") == unit.id)
    print(_printed(board, province, texts, arguments), end="")
    return 0


def _printed(board: pl.DataFrame, province: Province, texts: Texts, arguments: argparse.Namespace) -> str:
    form: str = arguments.format
    amounts = Amounts(Formats(texts), province)
    reasons = Reasons(amounts)
    standings = read_standings(board, province)
    if form == "table" and not standings:
        return texts("status_table.nothing") + "\n"
    if form == "table":
        table = _table([_cells(each, province, amounts, reasons) for each in standings], texts)
        return table + "".join(f"{line}\n" for line in unit_lines(board, amounts)) if arguments.by_unit else table
    rows = board.iter_rows(named=True)
    records = [record(standing, row, province, reasons) for standing, row in zip(standings, rows, strict=True)]
    if form == "json":
        return json.dumps(records, ensure_ascii=False, indent=2) + "\n"
    written = io.StringIO()
    writer = csv.DictWriter(written, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return written.getvalue()


def _cells(standing: Standing, province: Province, amounts: Amounts, reasons: Reasons) -> tuple[str, ...]:
    texts = amounts.formats.texts
    return (
        in_language(texts, standing.target.name, standing.target.name_en),
        _speaks_of(standing, province, texts),
        texts(f"status.{standing.status}"),
        amounts.value(standing) or "",
        amounts.goal(standing),
        f"{standing.reported_units}/{standing.expected_units}",
        reasons.sentence(standing),
    )


def _speaks_of(standing: Standing, province: Province, texts: Texts) -> str:
    unit = province.units.by_id.get(standing.unit)
    if unit is not None:
        return unit.name
    level = next((each for each in province.levels if each.id == standing.target.scope.level), None)
    return (
        in_language(texts, level.name, level.name_en) if level else in_language(texts, province.name, province.name_en)
    )


def _table(rows: Sequence[tuple[str, ...]], texts: Texts) -> str:
    """Align all columns but the last, which may run on."""
    lines = [tuple(texts(f"status_table.{name}") for name in _COLUMNS), *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)][:-1]
    return "".join(f"{_aligned(line, widths)}\n" for line in lines)


def _aligned(line: Sequence[str], widths: Iterable[int]) -> str:
    return "  ".join([*(cell.ljust(width) for cell, width in zip(line[:-1], widths, strict=True)), line[-1]]).rstrip()
