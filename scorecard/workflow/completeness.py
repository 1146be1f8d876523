"""Who has submitted what, read from the store for the page that says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from scorecard import frames
from scorecard.calculation.completeness import Completeness, completeness
from scorecard.domain.access import Permission, Person, Scope, readable, require
from scorecard.domain.figure import FigureState
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.review import ReturnRecord, ReturnState
from scorecard.store import Store
from scorecard.workflow.desk import read_records, recent_periods
from scorecard.workflow.settings import VIETNAM

_RETURN = ["unit", "form", "first_month", "last_month"]


def completeness_scope(person: Person | None) -> Scope:
    """Return the units whose completeness a person sees; raise AccessRefusedError for who may see none."""
    return readable(require(person, Permission.VIEW_COMPLETENESS))


def read_completeness(store: Store, province: Province, scope: Scope, month: Month, today: date) -> Completeness:
    """Hold what was submitted for the twelve months up to `month` against what was expected."""
    approved = store.figures(province.id)
    periods = list(recent_periods(month))
    returns = returns_frame(province, read_records(store, province, scope, periods), approved, today)
    months = range(min(period.last.index for period in periods), month.index + 1)
    return completeness(province, returns, approved, months, today)


def returns_frame(
    province: Province, records: Iterable[ReturnRecord], approved: pl.DataFrame, today: date
) -> pl.DataFrame:
    """Return frames.RETURNS of what happened, as it stands today.

    As for its unit (see owed.OwedReturn), a return approved without an answer to every element of `approved`
    (frames.FIGURES) counts as not submitted. Returns of forms no longer defined are left out.
    """
    answered = _answered(province, approved)
    elements = {form.id: len(form.elements) for form in province.forms}
    rows = []
    for each in records:
        if each.form_id in elements:
            key = each.unit_id, each.form_id, each.period.first.index, each.period.last.index
            state = each.state(today)
            open_ = state is ReturnState.APPROVED and answered.get(key, 0) < elements[each.form_id]
            first = each.submissions[0].submitted_at.astimezone(VIETNAM).date() if each.submissions else None
            rows.append((*key, ReturnState.DRAFT.value if open_ else state.value, None if open_ else first))
    return pl.DataFrame(rows, frames.RETURNS, orient="row")


def _answered(province: Province, approved: pl.DataFrame) -> dict[tuple[str, str, int, int], int]:
    """Count the elements of each return that hold an answer."""
    forms = {element.id: element.form_id for element in province.elements.values()}
    counts = (
        approved.filter(pl.col("state") != FigureState.NOT_REPORTED.value)
        .with_columns(form=pl.col("element").replace_strict(forms, default=None, return_dtype=pl.String))
        .group_by(_RETURN)
        .len()
    )
    return {
        (unit, form, first, last): count for unit, form, first, last, count in counts.select(*_RETURN, "len").rows()
    }
