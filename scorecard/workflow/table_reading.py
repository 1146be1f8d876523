"""A workbook or table turned into the answers of a return: problems, or what would change; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scorecard.domain.access import Scope
from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.finding import Finding
from scorecard.domain.form import Element, Form, Measure, Severity
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.spreadsheet.difference import Change, Difference
from scorecard.spreadsheet.problem import RefusedFileError, SheetProblem
from scorecard.store import Store
from scorecard.workflow.checks import Entry, exactly
from scorecard.workflow.owed import OwedReturn
from scorecard.workflow.returns import check_entries

__all__ = ["Change", "Difference", "Place", "ReadReturn", "ReadTable", "RefusedFileError", "SheetProblem"]


Place = Callable[[Finding], tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReturn:
    """One return as a table gives it, ready for submit_return with `base_revision` as the revision that was seen.

    `entries` may leave elements out, which a pasted table may lack and 06a does lack. `findings` are unusual figures;
    each needs a reason before it can be submitted.
    """

    owed: OwedReturn
    base_revision: int
    entries: tuple[Entry, ...]
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> tuple[Element, ...]:
        """The elements that are still to be answered."""
        return tuple(each.element for each in self.differences if each.change is Change.NOT_ANSWERED)

    @property
    def corrects(self) -> bool:
        """Whether a figure in force would change, so that a reason is owed."""
        return any(each.change is Change.CHANGED for each in self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """What was understood; returns are there only when there are no problems.

    `untouched` are the returns of a workbook in which nothing was filled in.
    """

    problems: tuple[SheetProblem, ...] = ()
    returns: tuple[ReadReturn, ...] = ()
    untouched: tuple[OwedReturn, ...] = ()


def answered_in_rows(form: Form) -> bool:
    """Say whether a row with a number or a reason answers every element.

    It does not where a published score names its source, or a step of a milestone its day and evidence.
    """
    return not any(element.steps or element.measure is Measure.SCORE for element in form.elements)


def compare(
    store: Store,
    province: Province,
    owed: OwedReturn,
    entries: Sequence[Entry],
    base_revision: int,
    place: Place,
    *,
    complete: bool,
) -> ReadReturn | tuple[SheetProblem, ...]:
    """Check the entries as the page does, and hold them against what is in force.

    `place` names the sheet and address of what a finding speaks of. A `complete` table must answer every element.
    """
    findings = check_entries(store, province, owed, entries)
    answered = {entry.element_id for entry in entries}
    hard = tuple(
        _problem(finding, owed, place)
        for finding in findings
        if finding.severity is Severity.HARD and (complete or answered >= set(finding.element_ids))
    )
    if hard:
        return hard
    in_force = figures_of(store, province, owed, owed.period)
    kept = tuple(_kept(entry, in_force.get(entry.element_id)) for entry in entries)
    return ReadReturn(
        owed=owed,
        base_revision=base_revision,
        entries=kept,
        differences=_differences(owed, kept, in_force),
        findings=tuple(finding for finding in findings if finding.severity is Severity.SOFT),
    )


def figures_of(store: Store, province: Province, owed: OwedReturn, period: Period) -> Mapping[str, Figure]:
    """Return the figures last reported by the unit that owes a return, for any period, by element."""
    recorded = store.last_figures(province.id, Scope.of_unit(owed.unit.code), owed.unit.id, period)
    return {element_id: each.figure for element_id, each in recorded.items()}


def _problem(finding: Finding, owed: OwedReturn, place: Place) -> SheetProblem:
    element = next(each for each in owed.form.elements if each.id == finding.element_ids[0])
    sheet, address = place(finding)
    return SheetProblem(code="finding", sheet=sheet, address=address, element=element, finding=finding)


def _kept(entry: Entry, figure: Figure | None) -> Entry:
    """Keep the state and note of a figure in force that the entry only repeats: a table has no place for them."""
    if figure is None or figure.value != entry.value:
        return entry
    repeats = entry.note == figure.note if entry.value is None else entry.state is FigureState.NUMBER
    return Entry(entry.element_id, entry.value, figure.state, figure.note) if repeats else entry


def _differences(owed: OwedReturn, entries: Sequence[Entry], in_force: Mapping[str, Figure]) -> tuple[Difference, ...]:
    answers = {entry.element_id: entry for entry in entries}
    own = ((element, answers.get(element.id)) for element in owed.form.elements)
    return tuple(
        Difference(element, in_force.get(element.id), _figure(owed, element, entry) if entry else None)
        for element, entry in own
    )


def _figure(owed: OwedReturn, element: Element, entry: Entry) -> Figure:
    return Figure(
        unit_id=owed.unit.id,
        element_id=element.id,
        period=owed.period,
        value=exactly(entry.value, element.decimals),
        state=entry.state,
        note=entry.note,
    )
