"""The workbook of a unit and period: what goes into it, and what came back; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scorecard.domain.figure import FigureState
from scorecard.domain.finding import Finding
from scorecard.domain.form import Element
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.spreadsheet.answers import AnswerError, quote, read_number, read_reason
from scorecard.spreadsheet.keys import FIRST_ROW, HEADER_ROW, Column, FileKeys, FormKeys, form_digest, read_keys
from scorecard.spreadsheet.problem import RefusedFileError, SheetProblem
from scorecard.spreadsheet.to_fill import FormToFill
from scorecard.spreadsheet.workbook import CellKind, Sheet, address, read_workbook
from scorecard.store import Store
from scorecard.workflow.checks import Entry
from scorecard.workflow.owed import OwedReturn
from scorecard.workflow.table_reading import ReadReturn, ReadTable, compare, figures_of


def forms_to_fill(store: Store, province: Province, owed: Sequence[OwedReturn]) -> tuple[FormToFill, ...]:
    """Return what stands in the workbook of the returns that a unit owes for one period, in their order."""

    def of(each: OwedReturn) -> FormToFill:
        period = each.period
        before = Period(period.first.plus(-period.months), period.first.plus(-1))
        year_before = Period(period.first.plus(-12), period.last.plus(-12))
        in_force, earlier, last_year = (figures_of(store, province, each, p) for p in (period, before, year_before))
        return FormToFill(
            form=each.form,
            revision=each.revision,
            in_force=in_force,
            before=earlier,
            year_before=last_year,
        )

    return tuple(map(of, owed))


def read_returned_file(store: Store, province: Province, owed: Sequence[OwedReturn], content: bytes) -> ReadTable:
    """Read a workbook that was filled in; `owed` are the returns that it may speak of.

    Refused whole, each place named: a file that is not to be trusted, of another unit, period or form, or made before
    the form changed; rows missing, moved, doubled or added; formulas, merged cells, anything but an answer in a cell;
    and whatever the page refuses. A form of the workbook that is not among `owed` is left aside.
    """
    try:
        sheets = read_workbook(content)
        keys = read_keys(sheets)
        matched = _matched(province, owed, keys)
    except RefusedFileError as refused:
        return ReadTable(problems=(refused.problem,))
    by_title = {sheet.title: sheet for sheet in sheets}
    readings = [(_read_form(by_title.get(keys.sheet), keys, each), keys, each) for keys, each in matched]
    untouched = tuple(each for reading, _, each in readings if reading.untouched and each.revision == 0)
    problems = [problem for reading, _, _ in readings for problem in reading.problems]
    returns: list[ReadReturn] = []
    for reading, form_keys, each in readings:
        if reading.problems or each in untouched:
            continue
        read = compare(store, province, each, reading.entries, form_keys.revision, reading.place, complete=True)
        if isinstance(read, ReadReturn):
            returns.append(read)
        else:
            problems += read
    if not problems and not returns:
        problems.append(SheetProblem(code="nothing_filled"))
    return ReadTable(problems=tuple(problems), returns=() if problems else tuple(returns), untouched=untouched)


def _matched(province: Province, owed: Sequence[OwedReturn], keys: FileKeys) -> list[tuple[FormKeys, OwedReturn]]:
    """Return each sheet with the return it belongs to; raise RefusedFileError when it is somebody else's workbook."""
    if not owed:
        raise RefusedFileError("nothing_owed")
    own = [each for each in owed if each.unit.id == keys.unit_id and keys.province_id == province.id]
    if not own:
        found = province.units.by_id.get(keys.unit_id)
        raise RefusedFileError("wrong_unit", found=found.name if found else quote(keys.unit_id), unit=owed[0].unit.name)
    in_period = [each for each in own if str(each.period) == keys.period]
    if not in_period:
        raise RefusedFileError("wrong_period", found_period=keys.period, period=str(own[0].period))
    by_form = {each.form.id: each for each in in_period}
    matched = [(form, by_form[form.form_id]) for form in keys.forms if form.form_id in by_form]
    if not matched:
        raise RefusedFileError("wrong_form", found=quote(keys.forms[0].sheet), form=in_period[0].form.name)
    return matched


@dataclass(slots=True)
class _Reading:
    """One sheet while it is read."""

    title: str
    rows: dict[str, int] = field(default_factory=dict)
    problems: list[SheetProblem] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def untouched(self) -> bool:
        """Whether nothing was filled in, and nothing is wrong."""
        return not self.entries and not self.problems

    def place(self, finding: Finding) -> tuple[str, str]:
        """Return where a finding is to be corrected."""
        column = Column.REASON if finding.code == "reason_missing" else Column.NUMBER
        return self.title, address(self.rows[finding.element_ids[0]], column)


def _read_form(sheet: Sheet | None, keys: FormKeys, owed: OwedReturn) -> _Reading:
    reading = _Reading(keys.sheet)
    if sheet is None:
        reading.problems.append(SheetProblem(code="sheet_missing", sheet=keys.sheet))
        return reading
    if keys.digest != form_digest(owed.form):
        reading.problems.append(SheetProblem(code="older_definition", sheet=keys.sheet))
        return reading
    elements = owed.form.elements
    reading.rows = {element.id: row for row, element in enumerate(elements, start=FIRST_ROW)}
    reading.problems += _layout_problems(sheet, elements)
    astray = {problem.element for problem in reading.problems}
    for element in elements:
        if element not in astray:
            _read_line(sheet, element, reading)
    return reading


def _read_line(sheet: Sheet, element: Element, reading: _Reading) -> None:
    row = reading.rows[element.id]
    number, reason = None, ""
    at = address(row, Column.NUMBER)
    try:
        number = read_number(sheet.cells.get((row, Column.NUMBER)), element.decimals)
        at = address(row, Column.REASON)
        reason = read_reason(sheet.cells.get((row, Column.REASON)))
        if number is not None and reason:
            raise AnswerError("number_and_reason")
    except AnswerError as error:
        reading.problems.append(error.at(sheet.title, at, element))
        return
    if number is not None:
        reading.entries.append(Entry(element.id, number))
    elif reason:
        reading.entries.append(Entry(element.id, None, FigureState.NOT_AVAILABLE, reason))


def _layout_problems(sheet: Sheet, elements: Sequence[Element]) -> Iterator[SheetProblem]:
    """Yield what is not where it stood when the workbook was made."""
    for area in sheet.merged:
        yield SheetProblem(code="merged_cells", sheet=sheet.title, address=area.address)
    last = FIRST_ROW + len(elements) - 1
    for (row, column), cell in sorted(sheet.cells.items()):
        answer = column in (Column.NUMBER, Column.REASON)
        if cell.kind is CellKind.FORMULA and not (answer and FIRST_ROW <= row <= last):
            place = address(row, column)
            yield SheetProblem(
                code="formula_cell", sheet=sheet.title, address=place, parameters={"found": quote(cell.text)}
            )
        elif row > last and (answer or column == Column.KEY):
            yield SheetProblem(code="outside_table", sheet=sheet.title, address=address(row, column))
    for row, element in enumerate(elements, start=FIRST_ROW):
        yield from _row_problems(sheet, row, element)


def _row_problems(sheet: Sheet, row: int, element: Element) -> Iterator[SheetProblem]:
    found = sorted(r for r, column in sheet.cells if column == Column.KEY and sheet.text(r, column) == element.id)
    if not found:
        yield _about(sheet, "missing_row", HEADER_ROW, element)
    for further in found[1:]:
        yield _about(sheet, "duplicate_row", further, element, first=str(found[0]))
    if len(found) == 1 and found != [row]:
        yield _about(sheet, "moved_row", found[0], element, expected=address(row, Column.LABEL))
    elif found == [row] and sheet.text(row, Column.LABEL) not in (element.label, element.label_en):
        yield _about(sheet, "changed_label", row, element)


def _about(sheet: Sheet, code: str, row: int, element: Element, **parameters: str) -> SheetProblem:
    place = address(row, Column.LABEL) if code != "missing_row" else ""
    return SheetProblem(code=code, sheet=sheet.title, address=place, parameters=parameters, element=element)
