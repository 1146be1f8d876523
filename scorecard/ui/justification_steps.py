"""What the buttons of a justification do: open, close, record, settle a conflict; and what came of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from scorecard.domain.access import AccessRefusedError
from scorecard.domain.justification import BY_WHEN, CAUSE, REMEDY, Justification
from scorecard.presentation.entry import Refusal
from scorecard.presentation.justification import refusals
from scorecard.presentation.typed_dates import TypedDateError, parse_day
from scorecard.store import JustificationConflictError
from scorecard.ui.guard import PageContext
from scorecard.ui.justification_draft import Draft
from scorecard.ui.record_names import names_of
from scorecard.workflow.justifications import JustificationText, RefusedJustificationError, write_justification


def edit(page: PageContext, draft: Draft, last: Justification) -> None:
    """Open the form with what was said last."""
    draft.fill({CAUSE: last.cause, REMEDY: last.remedy, BY_WHEN: page.formats.day(last.by_when)})
    draft.advance(base=last.revision)


def close(draft: Draft) -> None:
    """Close the form and leave what is recorded as it is."""
    draft.fill({})
    draft.advance(base=None)


def replace_theirs(draft: Draft, conflict: Justification) -> None:
    """Go on with one's own words, as a correction of what somebody else wrote."""
    draft.advance(base=conflict.revision)


def write(page: PageContext, draft: Draft) -> None:
    """Record what is typed; when it is refused, everything stays as it is."""
    by_when, misread = _day(draft.typed(BY_WHEN))
    text = JustificationText(cause=draft.typed(CAUSE), remedy=draft.typed(REMEDY), by_when=by_when)
    try:
        receipt = write_justification(
            page.store,
            page.province,
            page.person,
            draft.target,
            draft.month,
            text,
            expected_revision=draft.progress.base or 0,
            now=page.settings.now(datetime.now(UTC)),
            today=page.today,
        )
    except JustificationConflictError as conflict:
        draft.advance(conflict=conflict.latest)
    except RefusedJustificationError as refused:
        draft.advance(refusals=refusals(refused.findings, misread, page.formats))
    except AccessRefusedError as refused:
        draft.advance(refusals=(Refusal("", page.texts(refused.reason, **refused.parameters)),))
    else:
        draft.fill({})
        moment = names_of(page).moment(receipt.at)
        draft.advance(base=None, notice=page.texts("justification.done", code=receipt.code, moment=moment))


def _day(text: str) -> tuple[date | None, str]:
    """Return the day that was typed, or the code of why none was understood."""
    try:
        return parse_day(text), ""
    except TypedDateError as error:
        return None, error.code
