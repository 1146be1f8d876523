"""The workbook that a unit fills in, in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.finding import SHORTEST_REASON
from scorecard.domain.form import Element, Severity
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scorecard.presentation.entry import figure_text
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import in_language
from scorecard.spreadsheet.keys import FileKeys, FormKeys, form_digest, sheet_titles
from scorecard.spreadsheet.template import FileContent, Line, SheetContent, write_template
from scorecard.spreadsheet.to_fill import FormToFill


def fillable_workbook(
    province: Province, unit: Unit, period: Period, forms: Sequence[FormToFill], formats: Formats
) -> bytes:
    """Write the XLSX file that one unit fills in for one period, a sheet for each form."""
    texts = formats.texts
    titles = sheet_titles([(each.form.id, in_language(texts, each.form.name, each.form.name_en)) for each in forms])
    keys = (
        FormKeys(
            sheet=titles[each.form.id],
            form_id=each.form.id,
            digest=form_digest(each.form),
            revision=each.revision,
        )
        for each in forms
    )
    return write_template(
        FileContent(
            keys=FileKeys(province_id=province.id, unit_id=unit.id, period=str(period), forms=tuple(keys)),
            sheets=tuple(_sheet(each, unit, period, formats) for each in forms),
            title=texts("spreadsheet.file_title", unit=unit.name, period=formats.period(period)),
            error_title=texts("spreadsheet.error_title"),
            reason_advice=texts("spreadsheet.reason_advice", shortest=SHORTEST_REASON),
            shortest_reason=SHORTEST_REASON,
        )
    )


def workbook_name(unit: Unit, period: Period, formats: Formats) -> str:
    """Name the file after its unit and period, in letters that every system keeps: so-lieu-05908-2025-09.xlsx."""
    return formats.texts("spreadsheet.file_name", unit=unit.code, period=str(period))


def _sheet(to_fill: FormToFill, unit: Unit, period: Period, formats: Formats) -> SheetContent:
    texts, form = formats.texts, to_fill.form
    before = Period(period.first.plus(-period.months), period.first.plus(-1))
    year_before = Period(period.first.plus(-12), period.last.plus(-12))
    name = in_language(texts, form.name, form.name_en)
    columns = ("column_element", "column_help", "column_counted_in")
    rules = [in_language(texts, c.message, c.message_en) for c in form.checks if c.severity is Severity.HARD]
    return SheetContent(
        heading=texts("spreadsheet.heading", form=name, unit=unit.name, period=formats.period(period)),
        advice=tuple(texts(f"spreadsheet.advice_{number}", shortest=SHORTEST_REASON) for number in (1, 2, 3, 4)),
        columns=(
            *(texts(f"spreadsheet.{column}") for column in columns),
            formats.period(before),
            formats.period(year_before),
            texts("spreadsheet.column_number", period=formats.period(period)),
            texts("spreadsheet.column_reason", shortest=SHORTEST_REASON),
        ),
        lines=tuple(map(partial(_line, to_fill, formats), form.elements)),
        rules=tuple(texts("spreadsheet.rule", rule=rule) for rule in rules),
    )


def _line(to_fill: FormToFill, formats: Formats, element: Element) -> Line:
    texts = formats.texts
    value, reason = _answer(to_fill.in_force.get(element.id))
    most = texts("spreadsheet.number_most", maximum=formats.count(element.out_of)) if element.out_of else ""
    kind = "whole_advice" if element.decimals == 0 else "decimal_advice"
    return Line(
        element_id=element.id,
        label=in_language(texts, element.label, element.label_en),
        help=texts("spreadsheet.help", help=element.help, place=element.found_in),
        counted_in=element.counted_in,
        before=figure_text(element, to_fill.before.get(element.id), texts),
        year_before=figure_text(element, to_fill.year_before.get(element.id), texts),
        value=value,
        reason=reason,
        decimals=element.decimals,
        maximum=element.out_of,
        number_advice=texts(f"spreadsheet.{kind}", decimals=element.decimals, counted_in=element.counted_in) + most,
    )


def _answer(figure: Figure | None) -> tuple[Decimal | None, str]:
    """Return what stands in the two open cells: the figure in force, never one of another period."""
    if figure is None or figure.state is FigureState.NOT_REPORTED:
        return None, ""
    return figure.value, figure.note if figure.value is None else ""
