"""What a unit has to do, as tasks: the returns and justifications that it owes, the work that it was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scorecard.domain.access import PERMISSIONS, AccessRefusedError, Permission, readable, require
from scorecard.domain.meeting import Result
from scorecard.domain.period import Period
from scorecard.domain.review import Decision, ReturnState
from scorecard.domain.unit import Unit
from scorecard.presentation.entry_dues import moment_text
from scorecard.presentation.target_names import target_name
from scorecard.presentation.tasks import Task, TaskKind, in_order
from scorecard.presentation.texts import in_language
from scorecard.store.drafts import SavedDraft
from scorecard.ui import cache, links, meeting_frame, target_filters
from scorecard.ui.entry_draft import CHOSEN, Draft
from scorecard.ui.entry_states import EntryState, entry_state, is_owed, last_decision
from scorecard.ui.guard import PageContext
from scorecard.ui.navigation import ENTRY, MEETING
from scorecard.ui.people import name_of
from scorecard.workflow import meeting
from scorecard.workflow.drafts import own_drafts
from scorecard.workflow.justifications import may_justify
from scorecard.workflow.owed import OwedReturn
from scorecard.workflow.settings import VIETNAM

_KINDS = {
    EntryState.TO_DO: TaskKind.TO_SUBMIT,
    EntryState.BEGUN: TaskKind.BEGUN,
    EntryState.TO_CORRECT: TaskKind.SENT_BACK,
    EntryState.REOPENED: TaskKind.REOPENED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTasks:
    """What a unit has to do today, the first due first, and how many of its open returns wait for approval."""

    tasks: tuple[Task, ...]
    waiting: int


def read_tasks(page: PageContext, unit: Unit) -> UnitTasks | None:
    """Return what a unit has to do today; None for who may not read its returns.

    Only who may submit them gets links and is told of drafts, which are their own.
    """
    if Permission.VIEW_RETURNS not in PERMISSIONS[page.person.role]:
        return None
    scope = readable(require(page.person, Permission.VIEW_RETURNS, unit.code))
    asked = page.data_version, page.province.digest, scope, unit.code, page.today
    owed = cache.unit_returns(*asked, _store=page.store, _province=page.province)
    submits = _may_submit(page, unit)
    drafts = own_drafts(page.store, page.province, page.person) if submits else {}
    returns = (_task(page, each, drafts, submits=submits) for each in owed if is_owed(page, each))
    return UnitTasks(
        tasks=in_order([*returns, *_justifications(page, unit), *_given(page, unit)]),
        waiting=sum(each.state is ReturnState.SUBMITTED for each in owed),
    )


def _may_submit(page: PageContext, unit: Unit) -> bool:
    try:
        require(page.person, Permission.SUBMIT_RETURN, unit.code)
    except AccessRefusedError:
        return False
    return True


def _task(
    page: PageContext, owed: OwedReturn, drafts: Mapping[tuple[str, str, Period], SavedDraft], *, submits: bool
) -> Task:
    texts = page.texts
    saved = drafts.get((owed.unit.id, owed.form.id, owed.period))
    kind = _KINDS[entry_state(page, owed, begun=saved is not None)]
    form = in_language(texts, owed.form.name, owed.form.name_en)
    return Task(
        kind=kind,
        what=texts("task.what", form=form, period=page.formats.period(owed.period)),
        due=owed.closes if kind in (TaskKind.SENT_BACK, TaskKind.REOPENED) else owed.due,
        closes=owed.closes,
        note=_note(page, owed, kind, saved),
        link=links.to(ENTRY, {CHOSEN: Draft(page.person.id, owed).address}) if submits else None,
    )


def _justifications(page: PageContext, unit: Unit) -> Iterator[Task]:
    asked = page.data_version, page.province.digest, unit.code, page.today
    for each in cache.owed_justifications(*asked, _store=page.store, _province=page.province):
        name = target_name(each.target, page.province, page.texts)
        writes = may_justify(page.province, page.person, each.target, each.month)
        yield Task(
            kind=TaskKind.TO_JUSTIFY,
            what=page.texts("task.what", form=name, period=page.formats.month(each.month)),
            due=each.due,
            link=target_filters.link(each.target, each.month) if writes else None,
        )


def _given(page: PageContext, unit: Unit) -> Iterator[Task]:
    """Tell of the work given to a unit in meetings and not yet done; it is done when the chair's office says so."""
    given = [each for each in meeting.commitments(page.store, page.province, page.person) if each.unit_id == unit.id]
    if not given:
        return
    marks = meeting.editions(page.store, page.province, page.person)
    names = {mark.number: mark.name for mark in marks}
    for each in meeting_frame.writer(page, marks).all(given):
        if each.result is Result.OPEN:
            promised = page.texts("task.given_promised", promised=each.promised) if each.promised else ""
            told = {"meeting": names[each.commitment.edition], "target": each.target, "promised": promised}
            yield Task(
                kind=TaskKind.GIVEN,
                what=each.commitment.what,
                due=each.commitment.due,
                note=page.texts("task.given_on", **told),
                link=links.to(MEETING, {}),
            )


def _note(page: PageContext, owed: OwedReturn, kind: TaskKind, saved: SavedDraft | None) -> str:
    if kind is TaskKind.BEGUN and saved is not None:
        return page.texts("entry.begun_at", at=moment_text(saved.saved_at.astimezone(VIETNAM), page.formats))
    decided = {
        TaskKind.SENT_BACK: owed.record.last_sent_back,
        TaskKind.REOPENED: last_decision(owed, Decision.REOPENED),
    }.get(kind)
    if decided is None:
        return ""
    return page.texts("entry.because", person=name_of(page, decided.recorded_by), reason=decided.reason)
