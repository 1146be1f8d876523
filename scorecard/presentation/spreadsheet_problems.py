"""What is wrong with a workbook or a pasted table, as sentences: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorecard.domain.period import Period, PeriodError
from scorecard.domain.province import Province
from scorecard.presentation.entry import figure_text
from scorecard.presentation.findings import finding_text
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Texts, in_language
from scorecard.spreadsheet.difference import Change, Difference
from scorecard.spreadsheet.problem import SheetProblem

_PERIODS = ("period", "found_period")
_COUNTS = ("count", "sum")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One figure in words: what is in force, what would take its place, and what that means."""

    label: str
    before: str
    after: str
    change: Change
    change_text: str


def problem_lines(problems: Sequence[SheetProblem], province: Province, formats: Formats, most: int = 50) -> list[str]:
    """Say what is wrong, a line for each place; after `most` lines only how many more there are."""
    lines = [problem_text(problem, province, formats) for problem in problems[:most]]
    further = len(problems) - most
    return [*lines, formats.texts("spreadsheet.further", count=further)] if further > 0 else lines


def problem_text(problem: SheetProblem, province: Province, formats: Formats) -> str:
    """Say in one line where something is wrong, what it is, and what to do."""
    texts, element = formats.texts, problem.element
    label = in_language(texts, element.label, element.label_en) if element else ""
    place = "at_file"
    if problem.sheet and problem.address:
        place = "at_cell_of" if element and problem.finding is None else "at_cell"
    elif problem.sheet or problem.address:
        place = "at_sheet" if problem.sheet else "at_row"
    sentence = _sentence(problem, label, province, formats)
    return texts(f"spreadsheet.{place}", sheet=problem.sheet, address=problem.address, element=label, text=sentence)


def change_rows(differences: Sequence[Difference], texts: Texts) -> list[ChangeRow]:
    """Put what would change into words, in the order of the form."""
    return [
        ChangeRow(
            in_language(texts, each.element.label, each.element.label_en),
            figure_text(each.element, each.before, texts),
            "" if each.after is None else figure_text(each.element, each.after, texts),
            each.change,
            texts(f"spreadsheet.change_{each.change}"),
        )
        for each in differences
    ]


def _sentence(problem: SheetProblem, label: str, province: Province, formats: Formats) -> str:
    texts, element = formats.texts, problem.element
    if problem.finding is not None and element is not None:
        return finding_text(problem.finding, province.form(element.form_id), formats)
    parameters = {name: _printed(name, value, formats) for name, value in problem.parameters.items()}
    if element is not None:
        parameters = {"decimals": str(element.decimals), "counted_in": element.counted_in} | parameters
    key = problem.code if "." in problem.code else f"spreadsheet.{problem.code}"
    return texts(key, element=label, **parameters)


def _printed(name: str, value: str, formats: Formats) -> str:
    if name == "sign":
        return formats.texts(f"spreadsheet.{value}")
    if name in _COUNTS:
        return formats.count(int(value))
    try:
        return formats.period(Period.parse(value)) if name in _PERIODS else value
    except PeriodError:
        return value
