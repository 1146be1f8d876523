"""Meetings: freeze what is shown, record the work given, and say what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from scorecard import frames
from scorecard.calculation.scoreboard import scoreboard, status_history
from scorecard.definitions import definition_files
from scorecard.domain.access import Permission, Person, require
from scorecard.domain.digest import digest_of
from scorecard.domain.finding import SHORTEST_REASON
from scorecard.domain.meeting import Commitment, Edition, EditionMark, Result, verdict
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.domain.province import Province
from scorecard.store import (
    Batch,
    CommitmentDraft,
    ConflictError,
    EditionDraft,
    EventKind,
    Receipt,
    StatementDraft,
    Store,
)
from scorecard.workflow.program import program_version
from scorecard.workflow.remark import tidy

LONGEST_NAME = 60
LONGEST_WORK = 120
SHORTEST_WORK = 5
_ATTEMPTS = 3

Tell = Callable[[pl.DataFrame, pl.DataFrame], Mapping[str, Any]]
"""What an edition shows, in finished words, from SCOREBOARD of its month and of all months of its plan."""


class RefusedMeetingError(Exception):
    """Something for a meeting was not accepted; nothing was written. `reason` is a key of the texts."""

    def __init__(self, reason: str, **parameters: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.parameters = parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Work as it is given: to whom, on which row of which edition, by when, which number; see meeting.Commitment."""

    target_id: str
    of_unit: str
    unit_id: str
    what: str
    due: date
    promised: Decimal | None


def editions(store: Store, province: Province, person: Person | None) -> tuple[EditionMark, ...]:
    """Return the marks of all editions, the newest first; raise AccessRefusedError for who may see no results."""
    require(person, Permission.VIEW_SCOREBOARD)
    return store.meetings.editions(province.id)


def edition(store: Store, province: Province, person: Person | None, number: int) -> Edition | None:
    """Return one edition, None when there is none; raises as `editions` does."""
    require(person, Permission.VIEW_SCOREBOARD)
    return store.meetings.edition(province.id, number)


def commitments(store: Store, province: Province, person: Person | None) -> tuple[Commitment, ...]:
    """Return all work given, in the order in which it was given; raises as `editions` does."""
    require(person, Permission.VIEW_SCOREBOARD)
    return store.meetings.commitments(province.id)


def freeze(
    store: Store,
    province: Province,
    person: Person | None,
    plan: Plan,
    month: Month,
    name: str,
    *,
    definitions: Path,
    tell: Tell,
    now: datetime,
) -> EditionMark:
    """Freeze the approved figures of a month as `tell` words them, the definition files and the program's version.

    Raises AccessRefusedError for who may not, RefusedMeetingError for a name that is missing, too long or taken, and
    when the files are no longer those that the program has read.
    """
    actor = require(person, Permission.FREEZE_EDITION)
    tidied = _one_line(name)
    if not tidied:
        raise RefusedMeetingError("meeting.name_missing")
    if len(tidied) > LONGEST_NAME:
        raise RefusedMeetingError("meeting.name_too_long", longest=LONGEST_NAME)
    files = definition_files(definitions)
    if digest_of(files) != province.digest:
        raise RefusedMeetingError("meeting.definitions_moved")
    written = {path: content.decode("utf-8") for path, content in files.items()}
    for attempt in range(_ATTEMPTS):
        made_from = store.data_version()
        if any((mark.plan_id, mark.name) == (plan.id, tidied) for mark in store.meetings.editions(province.id)):
            raise RefusedMeetingError("meeting.name_taken", name=tidied)
        draft = EditionDraft(
            plan_id=plan.id,
            month=month,
            name=tidied,
            made_from=made_from,
            definitions_hash=province.digest,
            program=program_version(),
            content={"definitions": written, "shown": _shown(store, province, plan, month, tell)},
        )
        try:
            return _record_edition(store, province, actor, draft, now)
        except ConflictError:  # somebody wrote while we computed
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def give(store: Store, province: Province, person: Person | None, shown: Edition, work: Work, *, now: datetime) -> None:
    """Record work given in the meeting that shows an edition.

    Raises AccessRefusedError for who may not, RefusedMeetingError for work that says nothing, is too long, is due in
    the past, is given to a unit that does not exist, or was recorded already.
    """
    actor = require(person, Permission.GIVE_COMMITMENT)
    mark, what = shown.mark, _one_line(work.what)
    if len(what) < SHORTEST_WORK:
        raise RefusedMeetingError("meeting.work_missing")
    if len(what) > LONGEST_WORK:
        raise RefusedMeetingError("meeting.work_too_long", longest=LONGEST_WORK)
    if work.due < now.date():
        raise RefusedMeetingError("meeting.due_has_passed", due=work.due)
    if work.unit_id not in province.units.by_id:
        raise RefusedMeetingError("meeting.no_such_unit")
    draft = CommitmentDraft(
        edition=mark.number,
        plan_id=mark.plan_id,
        month=mark.month,
        target_id=work.target_id,
        of_unit=work.of_unit,
        unit_id=work.unit_id,
        what=what,
        due=work.due,
        promised=work.promised,
    )
    if any(_same(given, draft) for given in store.meetings.commitments(province.id)):
        raise RefusedMeetingError("meeting.work_recorded_already")
    details = {"edition": mark.name, "plan": mark.plan_id, "target": draft.target_id, "unit": draft.unit_id}
    details |= {"period": str(mark.month), "what": what, "due": draft.due.isoformat()}
    details |= {} if draft.promised is None else {"promised": f"{draft.promised:f}"}
    _record(store, province, actor, EventKind.COMMITMENT_GIVEN, draft, details, now)


def state(
    store: Store,
    province: Province,
    person: Person | None,
    given: Commitment,
    result: Result,
    reason: str,
    *,
    now: datetime,
) -> None:
    """Say what became of given work; where a number was promised the editions tell, and it can only be withdrawn.

    Raises AccessRefusedError for who may not, RefusedMeetingError without a reason where one is needed or for work
    that was spoken of already, ConflictError when somebody spoke of it meanwhile.
    """
    actor = require(person, Permission.STATE_RESULT)
    tidied = _one_line(reason)
    if result is Result.OPEN or (given.promised is not None and result is not Result.WITHDRAWN):
        raise RefusedMeetingError("meeting.number_tells")
    if verdict(given, ()).result is not Result.OPEN:
        raise RefusedMeetingError("meeting.stated_already")
    if result is not Result.KEPT and len(tidied) < SHORTEST_REASON:
        raise RefusedMeetingError("meeting.reason_missing", shortest=SHORTEST_REASON)
    draft = StatementDraft(
        commitment_id=given.id, result=result, reason=tidied, expected_statements=len(given.statements)
    )
    details = {"what": given.what, "result": result.value, "reason": tidied, "unit": given.unit_id}
    details |= {"period": str(given.month), "plan": given.plan_id, "target": given.target_id}
    _record(store, province, actor, EventKind.RESULT_STATED, draft, details, now)


def _shown(store: Store, province: Province, plan: Plan, month: Month, tell: Tell) -> Mapping[str, Any]:
    figures = store.figures(province.id)
    board = scoreboard(province, figures, month, plan_ids=(plan.id,))
    history = status_history(province, figures, month, plan_ids=(plan.id,))
    return tell(board, history.select(frames.SCOREBOARD.names()))


def _record(
    store: Store,
    province: Province,
    actor: Person,
    kind: EventKind,
    draft: EditionDraft | CommitmentDraft | StatementDraft,
    details: Mapping[str, str],
    now: datetime,
) -> Receipt:
    batch = Batch(kind=kind, province_id=province.id, person_id=actor.id, at=now, meeting=draft, details=details)
    return store.record(batch)


def _record_edition(store: Store, province: Province, actor: Person, draft: EditionDraft, now: datetime) -> EditionMark:
    details = {"edition": draft.name, "plan": draft.plan_id, "period": str(draft.month)}
    receipt = _record(store, province, actor, EventKind.EDITION_FROZEN, draft, details, now)
    return next(mark for mark in store.meetings.editions(province.id) if mark.event == receipt.event)


def _same(given: Commitment, draft: CommitmentDraft) -> bool:
    old = given.edition, given.target_id, given.of_unit, given.unit_id, given.what, given.due, given.promised
    new = draft.edition, draft.target_id, draft.of_unit, draft.unit_id, draft.what, draft.due, draft.promised
    return old == new and given.stated is None


def _one_line(text: str) -> str:
    return " ".join(tidy(text).split())
