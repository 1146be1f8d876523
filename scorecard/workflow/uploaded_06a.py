"""A form 06a as the one-stop system exports it, turned into the answers that follow from it."""

from __future__ import annotations

from decimal import Decimal

from scorecard.domain.finding import Finding
from scorecard.domain.form_06a import Column06a
from scorecard.domain.province import Province
from scorecard.spreadsheet.layout_06a import find_header
from scorecard.spreadsheet.problem import RefusedFileError, SheetProblem
from scorecard.spreadsheet.stated import stated_periods, stated_unit
from scorecard.spreadsheet.table_06a import Table06a, read_table
from scorecard.spreadsheet.workbook import Sheet, read_workbook
from scorecard.store import Store
from scorecard.workflow.checks import Entry
from scorecard.workflow.owed import OwedReturn
from scorecard.workflow.table_reading import ReadReturn, ReadTable, compare


def takes_06a(owed: OwedReturn) -> bool:
    """Say whether any element of a return follows from form 06a, by its definition."""
    return any(element.from_06a for element in owed.form.elements)


def read_06a(store: Store, province: Province, owed: OwedReturn, content: bytes) -> ReadTable:
    """Read the first sheet that is laid out as form 06a; the answers come from its row «Tổng cộng».

    The sheet must state the period of the return, and its unit where it states one. Elements whose definition names no
    columns of 06a, or columns that this layout lacks, are left to be answered; see ReadReturn.missing.
    """
    if not takes_06a(owed):
        return ReadTable(problems=(SheetProblem(code="no_06a_mapping", parameters={"form": owed.form.name}),))
    try:
        sheets = read_workbook(content)
    except RefusedFileError as refused:
        return ReadTable(problems=(refused.problem,))
    sheet = _sheet(sheets)
    table = read_table(sheet)
    if not isinstance(table, Table06a):
        return ReadTable(problems=table)
    if strangers := _strangers(sheet, table, province, owed):
        return ReadTable(problems=strangers)
    return _answers(store, province, owed, table)


def _sheet(sheets: tuple[Sheet, ...]) -> Sheet:
    """Return the sheet whose header comes nearest to that of form 06a: fewest problems, the first of equals."""

    def strangeness(sheet: Sheet) -> int:
        header = find_header(sheet)
        if not isinstance(header, tuple):
            return 0
        return len(header) + len(Column06a) * (header[0].code == "no_06a_header")

    return min(sheets, key=strangeness)


def _strangers(sheet: Sheet, table: Table06a, province: Province, owed: OwedReturn) -> tuple[SheetProblem, ...]:
    """Say that the table is for another period or of another unit."""
    periods = stated_periods(sheet, table.header.first_row, province.calendar)
    expected = str(owed.period)
    if not periods:
        return (SheetProblem(code="period_not_stated", sheet=sheet.title, parameters={"period": expected}),)
    other = next((period for period in periods if period != owed.period), None)
    if other is not None:
        found = {"found_period": str(other), "period": expected}
        return (SheetProblem(code="stated_period_differs", sheet=sheet.title, parameters=found),)
    unit = stated_unit(sheet, table.header.first_row)
    if unit and owed.unit.name.casefold() not in unit.casefold():
        names = {"found": unit, "unit": owed.unit.name}
        return (SheetProblem(code="stated_unit_differs", sheet=sheet.title, parameters=names),)
    return ()


def _answers(store: Store, province: Province, owed: OwedReturn, table: Table06a) -> ReadTable:
    values = {column.value: value for column, value in table.total.values.items()}
    formulas = {
        e.id: e.from_06a for e in owed.form.elements if e.from_06a and values.keys() >= set(e.from_06a.elements)
    }
    entries = []
    for element_id, formula in formulas.items():
        total = formula.total(values, lambda _: 0)
        entries.append(Entry(element_id, Decimal(total.numerator)))

    def place(finding: Finding) -> tuple[str, str]:
        return table.sheet, table.place(Column06a(name) for name in formulas[finding.element_ids[0]].elements)

    read = compare(store, province, owed, entries, owed.revision, place, complete=False)
    return ReadTable(returns=(read,)) if isinstance(read, ReadReturn) else ReadTable(problems=read)
