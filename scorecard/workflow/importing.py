"""Take in a file of figures, all of it or nothing."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby

from scorecard.domain.access import Permission, Person, require
from scorecard.domain.figure import Figure
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.domain.window import opens_on
from scorecard.store import Batch, EventKind, Receipt, ReturnDraft, Store
from scorecard.workflow.exchange import Parsed, RowProblem, form_of
from scorecard.workflow.form_checks import broken_checks
from scorecard.workflow.settings import VIETNAM


class BadExchangeError(Exception):
    """A file has rows that cannot be taken; nothing was written."""

    def __init__(self, problems: tuple[RowProblem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def refused_rows(store: Store | None, province: Province, parsed: Parsed, today: date) -> tuple[RowProblem, ...]:
    """Return the sound rows that still cannot be taken: of periods not yet over, or breaking a hard check of a form."""
    early = (
        RowProblem(row, "not_over", {"period": str(figure.period)})
        for row, figure in zip(parsed.rows, parsed.figures, strict=True)
        if opens_on(province, figure.period) > today
    )
    return tuple(early) or broken_checks(store, province, parsed)


def import_figures(
    store: Store,
    province: Province,
    person: Person | None,
    parsed: Parsed,
    now: datetime,
    reason: str,
) -> Receipt:
    """Record every figure of a file in one transaction; an import counts at once, its event says who vouches for it.

    A figure equal to the last one is skipped and counted, a different one becomes a revision; `reason` stands
    on every figure recorded. Raises AccessRefusedError, or BadExchangeError when the file has any problem, speaks of
    a period not yet over, or breaks a hard check of a form.
    """
    actor = require(person, Permission.IMPORT_FIGURES)
    drafts = sound_drafts(store, province, parsed, now.astimezone(VIETNAM).date(), reason)
    return store.record(
        Batch(
            kind=EventKind.FIGURES_IMPORTED,
            province_id=province.id,
            person_id=actor.id,
            at=now,
            returns=drafts,
            approved=True,
            details={"reason": reason, "rows": str(len(parsed.figures))},
        )
    )


def sound_drafts(
    store: Store, province: Province, parsed: Parsed, today: date, reason: str = ""
) -> tuple[ReturnDraft, ...]:
    """Return the figures of a file as returns, by period, unit and form; raise BadExchangeError as `import_figures`."""
    if problems := parsed.problems or refused_rows(store, province, parsed, today):
        raise BadExchangeError(problems)

    def place(figure: Figure) -> tuple[Period, str, str]:
        return figure.period, figure.unit_id, form_of(province, figure.element_id)

    return tuple(
        ReturnDraft(unit_id=unit_id, form_id=form_id, period=period, figures=tuple(figures), reason=reason)
        for (period, unit_id, form_id), figures in groupby(sorted(parsed.figures, key=place), key=place)
    )
