"""What must hold within one return, held against a whole file of figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from scorecard.domain.access import EVERY_UNIT
from scorecard.domain.form import Severity
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.store import Store
from scorecard.workflow.checks import failed_checks
from scorecard.workflow.exchange import Parsed, RowProblem

_Numbered = dict[str, tuple[int, Decimal | None]]


def broken_checks(store: Store | None, province: Province, parsed: Parsed) -> tuple[RowProblem, ...]:
    """Return one problem for each hard check that a return would fail once the file is taken in, in order of rows.

    A total must also be what the parts stated for its period can add up to.
    What the file leaves out is taken from the figures in force, where there is a store. A check is skipped when an
    element has no value; the row named is the last one of the file that takes part.
    """
    returns: dict[tuple[str, Period], _Numbered] = {}
    for row, figure in zip(parsed.rows, parsed.figures, strict=True):
        returns.setdefault((figure.unit_id, figure.period), {})[figure.element_id] = row, figure.value
    found = (
        problem
        for (unit_id, period), written in returns.items()
        for problem in _of_return(province, period, written, _recorded(store, province, unit_id, period))
    )
    return tuple(sorted(found, key=lambda problem: problem.row))


def _recorded(store: Store | None, province: Province, unit_id: str, period: Period) -> dict[str, Decimal | None]:
    recorded = store.last_figures(province.id, EVERY_UNIT, unit_id, period) if store else {}
    return {element: each.figure.value for element, each in recorded.items()}


def _of_return(
    province: Province, period: Period, written: _Numbered, recorded: Mapping[str, Decimal | None]
) -> Iterator[RowProblem]:
    together = {**recorded, **{element: value for element, (_, value) in written.items()}}
    values = {element: value for element, value in together.items() if value is not None}
    yield from _of_parts(province, period, written, values)
    for form in province.forms:
        for failed in failed_checks(form.checks, values, lambda name: province.list_size(name, period.last)):
            rows = [written[element][0] for element in failed.element_ids if element in written]
            if failed.check and failed.severity is Severity.HARD and rows:
                yield RowProblem(max(rows), "form_check", {"form": form.name, "message": failed.check.message})


def _of_parts(
    province: Province, period: Period, written: _Numbered, values: Mapping[str, Decimal]
) -> Iterator[RowProblem]:
    for element in (element for form in province.owed_forms for element in form.elements if element.id in values):
        parts = [part.id for part in province.parts(element, period.last)]
        stated = [values[part] for part in parts if part in values]
        there, rows = int(sum(stated)), [written[each][0] for each in (element.id, *parts) if each in written]
        if rows and stated and not there <= values[element.id] <= there + len(parts) - len(stated):
            yield RowProblem(max(rows), "parts_differ", {"total": str(values[element.id]), "there": str(there)})
