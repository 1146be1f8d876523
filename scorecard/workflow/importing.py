"""Take in a file of figures, all of it or nothing."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from scorecard.domain.access import Permission, Person, require
from scorecard.domain.figure import Figure
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.store import Batch, EventKind, Receipt, ReturnDraft, Store
from scorecard.workflow.exchange import Parsed, RowProblem, form_of
from scorecard.workflow.form_checks import broken_checks


class BadExchangeError(Exception):
    """A file has rows that cannot be taken; nothing was written."""

    def __init__(self, problems: tuple[RowProblem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def import_figures(
    store: Store,
    province: Province,
    person: Person | None,
    parsed: Parsed,
    now: datetime,
    reason: str,
    kind: EventKind = EventKind.FIGURES_IMPORTED,
) -> Receipt:
    """Record every figure of a file in one transaction.

    A figure equal to the one in force is skipped and counted, a different one becomes a revision; `reason` stands
    on every figure recorded. Raises AccessRefusedError, or BadExchangeError when the file has any problem or
    breaks a hard check of a form.
    """
    actor = require(person, Permission.IMPORT_FIGURES)
    if problems := parsed.problems or broken_checks(store, province, parsed):
        raise BadExchangeError(problems)

    def place(figure: Figure) -> tuple[Period, str, str]:
        return figure.period, figure.unit_id, form_of(province, figure.element_id)

    drafts = tuple(
        ReturnDraft(unit_id=unit_id, form_id=form_id, period=period, figures=tuple(figures), reason=reason)
        for (period, unit_id, form_id), figures in groupby(sorted(parsed.figures, key=place), key=place)
    )
    return store.record(
        Batch(
            kind=kind,
            province_id=province.id,
            person_id=actor.id,
            at=now,
            returns=drafts,
            details={"reason": reason, "rows": str(len(parsed.figures))},
        )
    )
