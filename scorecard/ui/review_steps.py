"""What the buttons of the review page do: approve, send back, reopen, refuse; and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from scorecard.domain.access import AccessRefusedError
from scorecard.presentation.desk import receipt_text
from scorecard.presentation.findings import finding_text
from scorecard.store import ConflictError, Receipt
from scorecard.ui.guard import PageContext
from scorecard.workflow import review
from scorecard.workflow.desk import changed_since
from scorecard.workflow.refusal import RefusedReturnError
from scorecard.workflow.review import ReturnSeen
from scorecard.workflow.settings import VIETNAM

BULK = "bulk"
REASON, UNTIL = "reason", "until"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a reviewer is: `opened` names the return (or BULK) whose answer is open, `missing` what it lacks.

    `notice` says what came of the last decision, `done` whether it was recorded, `decided` on which returns.
    """

    opened: str = ""
    missing: str = ""
    notice: str = ""
    done: bool = True
    decided: frozenset[str] = frozenset()


def progress(page: PageContext) -> Progress:
    """Return where the person is."""
    found: Progress = st.session_state.setdefault(_key(page), Progress())
    return found


def name(seen: ReturnSeen) -> str:
    """Name a return among the keys of the page."""
    return f"{seen.form.id}-{seen.unit_code}-{seen.period}".replace(".", "-")


def box(page: PageContext, seen: ReturnSeen, place: str) -> str:
    """Return the key of a box in the answer to a return."""
    return f"{_key(page)}-{name(seen)}-{place}"


def open_answer(page: PageContext, opened: str) -> None:
    """Open the answer to a return, or the confirmation of many; any other one closes, what is typed there stays."""
    st.session_state[_key(page)] = Progress(opened=opened)


def close_answer(page: PageContext) -> None:
    """Close the answer that is open."""
    open_answer(page, "")


def approve(page: PageContext, returns: Sequence[ReturnSeen], done: str) -> None:
    """Put one return in force, or many together."""

    def act(now: datetime) -> Receipt:
        return review.approve(page.store, page.province, page.person, returns, now=now, today=page.today)

    _decide(page, returns, done, act)


def send_back(page: PageContext, seen: ReturnSeen, done: str) -> None:
    """Give a return back with the reason and the notes that stand in the boxes."""
    notes = {element.id: _typed(page, seen, element.id) for element in seen.form.elements}
    reason = _typed(page, seen, REASON)

    def act(now: datetime) -> Receipt:
        return review.send_back(
            page.store, page.province, page.person, seen, reason, now=now, today=page.today, notes=notes
        )

    _decide(page, [seen], done, act)


def reopen(page: PageContext, seen: ReturnSeen, title: str) -> None:
    """Let the unit submit again until the day that stands in its box."""
    reason, until = _typed(page, seen, REASON), until_days(page.today)[_typed(page, seen, UNTIL)]
    done = page.texts("desk.reopened_one", until=page.formats.day(until), title=title)

    def act(now: datetime) -> Receipt:
        return review.reopen(page.store, page.province, page.person, seen, reason, until, now=now, today=page.today)

    _decide(page, [seen], done, act)


def refuse(page: PageContext, seen: ReturnSeen, done: str) -> None:
    """Say no to a unit that asked."""
    reason = _typed(page, seen, REASON)

    def act(now: datetime) -> Receipt:
        return review.refuse_reopening(page.store, page.province, page.person, seen, reason, now=now, today=page.today)

    _decide(page, [seen], done, act)


def until_days(today: date) -> Mapping[str, date]:
    """Return the last days that are offered for submitting again, by how many days they are away."""
    return {str(days): today + timedelta(days=days) for days in (7, 3, 14, 30)}


def _decide(page: PageContext, returns: Sequence[ReturnSeen], done: str, act: Callable[[datetime], Receipt]) -> None:
    """Decide, and say what came of it; pressing the same button twice is no conflict."""
    before, names = progress(page), frozenset(map(name, returns))
    try:
        receipt = act(page.settings.now(datetime.now(UTC)))
    except ConflictError:
        changed = changed_since(page.store, page.province, page.person, returns)
        units = dict.fromkeys(page.province.units.by_id[each].name for each in changed)
        told = page.texts("desk.changed", units=", ".join(units))
        after = before if names <= before.decided else Progress(notice=told, done=False)
    except RefusedReturnError as refused:
        told = " ".join(finding_text(each, returns[0].form, page.formats) for each in refused.findings)
        after = replace(before, missing=told, notice="") if before.opened else Progress(notice=told, done=False)
    except AccessRefusedError as refused:
        after = Progress(notice=page.texts(refused.reason, **refused.parameters), done=False)
    else:
        _forget(page, returns)
        after = Progress(notice=receipt_text(done, receipt, VIETNAM, page.formats), decided=names)
    st.session_state[_key(page)] = after


def _typed(page: PageContext, seen: ReturnSeen, place: str) -> str:
    return str(st.session_state.get(box(page, seen, place)) or "")


def _forget(page: PageContext, returns: Sequence[ReturnSeen]) -> None:
    for each in returns:
        for key in [key for key in st.session_state if str(key).startswith(box(page, each, ""))]:
            del st.session_state[key]


def _key(page: PageContext) -> str:
    return f"review-{page.person.id}"
