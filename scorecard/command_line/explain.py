"""`explain`: the numbers and rules that led to the status of one target."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches
from typing import Any

from scorecard.calculation.evidence import evidence
from scorecard.calculation.points import index_lines, published_scores
from scorecard.calculation.scoreboard import scoreboard
from scorecard.command_line.figure_sources import (
    add_period_and_figures,
    day_of,
    figures_known,
    figures_of,
    knows_plan,
    names_missing_file,
)
from scorecard.command_line.sources import add_database, add_targets, targets_of, usable_province
from scorecard.command_line.units import find_unit
from scorecard.domain.index import Index
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation import explanation
from scorecard.presentation.explanation_case import read_cases
from scorecard.presentation.explanation_index import IndexCase, index_explanation
from scorecard.presentation.formats import Formats
from scorecard.presentation.standing import read_standings
from scorecard.presentation.texts import Language, Texts, load_texts


def add_to(subparsers: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command."""
    texts = load_texts(Language.VIETNAMESE)
    parser = subparsers.add_parser("explain", parents=[common], help=texts("explain.help"))
    parser.add_argument("target", metavar="TARGET", help=texts("explain.help_target"))
    parser.add_argument("--province", required=True, metavar="ID", help=texts("status_table.help_province"))
    parser.add_argument("--plan", metavar="ID", help=texts("status_table.help_plan"))
    parser.add_argument("--unit", metavar="CODE", help=texts("status_table.help_unit"))
    parser.add_argument("--shown-on", type=day_of, metavar="DATE", help=texts("explain.help_shown_on"))
    add_period_and_figures(parser, texts)
    add_database(parser, texts)
    add_targets(parser, texts)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation of each line of the target; 1 when something is refused, 2 without the file named."""
    texts = load_texts(arguments.lang)
    if names_missing_file(arguments, texts):
        return 2
    if arguments.shown_on and arguments.figures:
        print(texts("explain.shown_on_needs_database"), file=sys.stderr)
        return 2
    province = usable_province(targets_of(arguments), arguments.province, texts)
    if province is None or not knows_plan(province, arguments.plan, texts):
        return 1
    index = next((each for each in province.indexes if each.id == arguments.target), None)
    if index is not None:
        return _explain_index(province, index, arguments, texts)
    target = _target(arguments, province, texts)
    unit = None if arguments.unit is None else find_unit(province, arguments.unit, arguments.as_of, texts)
    if target is None or (arguments.unit is not None and unit is None):
        return 1
    figures = figures_of(arguments, province, texts)
    if figures is None:
        return 1
    shown = None if arguments.shown_on is None else figures_known(arguments, province, arguments.shown_on)
    cases = read_cases(province, target, evidence(province, target, figures, arguments.as_of, unit, shown))
    if not cases:
        print(texts("explain.no_line", target=target.id, unit=unit.name if unit else province.name), file=sys.stderr)
        return 1
    amounts = Amounts(Formats(texts), province)
    print("\n".join(explanation(case, amounts) for case in cases), end="")
    return 0


def _explain_index(province: Province, index: Index, arguments: argparse.Namespace, texts: Texts) -> int:
    figures = figures_of(arguments, province, texts)
    if figures is None:
        return 1
    month: Month = arguments.as_of
    case = IndexCase(
        index=index,
        month=month,
        lines=index_lines(province, index, figures, month),
        standings=read_standings(scoreboard(province, figures, month), province),
        published=published_scores(province, index, figures, month),
    )
    print(index_explanation(case, Amounts(Formats(texts), province)), end="")
    return 0


def _target(arguments: argparse.Namespace, province: Province, texts: Texts) -> Target | None:
    known = {each.id: each for each in province.targets if arguments.plan in (None, each.plan_id)}
    found = known.get(arguments.target)
    if found is None:
        near = [each for each in known if arguments.target in each] or get_close_matches(arguments.target, known)
        told = {"target": arguments.target, "place": arguments.plan or province.id}
        key = "explain.unknown_target_near" if near and arguments.target else "explain.unknown_target"
        print(texts(key, near=", ".join(near), **told), file=sys.stderr)
    return found
