"""A table pasted from a spreadsheet or a message: a name and a number in each row."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from scorecard.domain.figure import FigureState
from scorecard.domain.finding import Finding
from scorecard.domain.form import Element, Form
from scorecard.domain.province import Province
from scorecard.spreadsheet.answers import AnswerError, quote, read_number, read_reason
from scorecard.spreadsheet.problem import SheetProblem
from scorecard.spreadsheet.workbook import Cell, CellKind
from scorecard.store import Store
from scorecard.workflow.checks import Entry
from scorecard.workflow.owed import OwedReturn
from scorecard.workflow.table_reading import ReadReturn, ReadTable, compare

LONGEST_TEXT = 50_000
_MOST_COLUMNS = 3

_Row = tuple[int, list[str]]
_Answer = tuple[int, Entry]


def read_pasted(store: Store, province: Province, owed: OwedReturn, text: str) -> ReadTable:
    """Read rows of «name, number» or «name, number, reason» as a spreadsheet puts them on the clipboard.

    Cells are parted by tabs; a row without any may be «name: number». A name is the label in either language or the
    id of an element of the form, spaces folded, letters composed, otherwise exact. A first row without digits is the
    header, empty rows are skipped. Elements may be left out; see ReadReturn.missing. Rows are counted from 1.
    """
    if len(text) > LONGEST_TEXT:
        return ReadTable(problems=(SheetProblem(code="paste_too_large"),))
    answers, problems = _answers(text, owed.form)
    if problems or not answers:
        return ReadTable(problems=tuple(problems) or (SheetProblem(code="nothing_pasted"),))

    def place(finding: Finding) -> tuple[str, str]:
        return "", str(max(answers[each][0] for each in finding.element_ids))

    entries = [entry for _, entry in answers.values()]
    read = compare(store, province, owed, entries, owed.revision, place, complete=False)
    return ReadTable(returns=(read,)) if isinstance(read, ReadReturn) else ReadTable(problems=read)


class _RowError(ValueError):
    def __init__(self, code: str, element: Element | None = None, **parameters: str) -> None:
        super().__init__(code)
        self.code = code
        self.element = element
        self.parameters = parameters


def _answers(text: str, form: Form) -> tuple[dict[str, _Answer], list[SheetProblem]]:
    """Return the answers by element, each with its row, and what is wrong with other rows."""
    problems: list[SheetProblem] = []
    answers: dict[str, _Answer] = {}
    named = _by_name(form)
    for number, cells in _rows(text, named):
        try:
            element, entry = _read(cells, named)
            if element.id in answers:
                raise _RowError("repeated_row", element, first=str(answers[element.id][0]))
            answers[element.id] = number, entry
        except _RowError as error:
            problems.append(
                SheetProblem(code=error.code, address=str(number), element=error.element, parameters=error.parameters)
            )
    return answers, problems


def _rows(text: str, named: Mapping[str, Sequence[Element]]) -> Iterator[_Row]:
    """Yield the rows that are filled, without the header."""
    lines = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter="\t")
    seen = False
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip(" ") for cell in line]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(cells) == 1 and _folded(cells[0]) not in named and ":" in cells[0]:
            name, _, value = cells[0].rpartition(":")
            cells = [name, value.strip(" ")]
        header = not seen and _folded(cells[0]) not in named and not any(c.isdigit() for c in "".join(cells[1:]))
        seen = True
        if not header:
            yield number, cells


def _read(cells: Sequence[str], named: Mapping[str, Sequence[Element]]) -> tuple[Element, Entry]:
    if len(cells) > _MOST_COLUMNS:
        raise _RowError("paste_columns", found=str(len(cells)))
    found = named.get(_folded(cells[0]), ())
    if len(found) != 1:
        raise _RowError("ambiguous_label" if found else "unknown_label", found=quote(cells[0]))
    (element,) = found
    number_text, reason_text = (*cells[1:], "", "")[:2]
    try:
        value = read_number(_cell(number_text), element.decimals)
        reason = read_reason(_cell(reason_text))
        if value is not None and reason:
            raise AnswerError("number_and_reason")
    except AnswerError as error:
        raise _RowError(error.code, element, **error.parameters) from None
    if value is None:
        return element, Entry(element.id, None, FigureState.NOT_AVAILABLE, reason)
    return element, Entry(element.id, value)


def _cell(text: str) -> Cell | None:
    return Cell(CellKind.TEXT, text) if text else None


def _by_name(form: Form) -> Mapping[str, Sequence[Element]]:
    named: defaultdict[str, list[Element]] = defaultdict(list)
    for element in form.elements:
        for name in {_folded(each) for each in (element.label, element.label_en, element.id) if each}:
            named[name].append(element)
    return named


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))
