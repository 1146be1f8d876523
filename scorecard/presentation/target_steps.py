"""The steps of a milestone: their last days, and which of them are done, late or still open."""

from __future__ import annotations

from scorecard.domain.plan import Step
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.record_table import Cell, Column, records_html
from scorecard.presentation.texts import in_language


def steps_html(case: Case, amounts: Amounts) -> str:
    """Return the steps as a table; steps are done in the order of the plan."""
    texts, standing = amounts.formats.texts, case.standing
    columns = [Column(texts(f"target.column_{name}")) for name in ("step", "step_due", "step_state")]
    rows = [
        (
            Cell(in_language(texts, step.name, step.name_en)),
            Cell(amounts.formats.day(step.by)),
            Cell(_state(number, step, case, amounts)),
        )
        for number, step in enumerate(standing.target.steps)
    ]
    return records_html(texts("target.steps"), columns, rows)


def _state(number: int, step: Step, case: Case, amounts: Amounts) -> str:
    texts, standing = amounts.formats.texts, case.standing
    if standing.steps_done is None:
        return texts("overview.no_value")
    if number < standing.steps_done:
        return texts("target.step_done")
    late = (standing.month.last_day - step.by).days
    return texts("target.step_late", days=amounts.formats.count(late)) if late > 0 else texts("target.step_open")
