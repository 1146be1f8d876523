"""The demo's own database: sample figures, recorded once, and some that wait for approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zlib import crc32

from scorecard.domain.province import Province
from scorecard.domain.window import due_on, opens_on
from scorecard.store import Batch, EventKind, Receipt, ReturnDraft, Store
from scorecard.workflow.exchange import Parsed
from scorecard.workflow.importing import sound_drafts
from scorecard.workflow.settings import VIETNAM

PREPARER = "demo"
WAITING_FROM = ("demo-unit_reporter", "demo-unit_head")
"""Who submitted what waits: nobody in particular, of many units."""

_LATE_DAYS = 1
_FIRST_HOUR, _WORKING_MINUTES = 8, 8 * 60


class NotADemoError(Exception):
    """The database holds figures of its own; sample figures are never put among them."""


def prepare_demo(
    store: Store, province: Province, sample: Parsed, now: datetime, reason: str, waiting: Parsed | None = None
) -> Receipt | None:
    """Record the sample figures of a province and mark the database as a demo; None when that was done before.

    They count; those of `waiting` are submitted after them and wait for approval. The day of each submission is made
    up, the same each time: between the first day of the period's collection and one day late, never today or later.
    Raises NotADemoError for a database with events of its own, BadExchangeError when a file has any problem.
    """
    if store.holds(EventKind.DEMO_PREPARED, province.id):
        return None
    if store.data_version() > 0 and not store.holds(EventKind.DEMO_PREPARED):
        raise NotADemoError
    today = now.astimezone(VIETNAM).date()
    drafts = sound_drafts(store, province, sample, today, reason)
    submitted = sound_drafts(store, province, waiting, today) if waiting else ()
    prepared = Batch(
        kind=EventKind.DEMO_PREPARED,
        province_id=province.id,
        person_id=PREPARER,
        at=now,
        returns=_dated(province, drafts, now),
        approved=True,
        details={"reason": reason, "rows": str(len(sample.figures))},
    )
    receipt = store.record(prepared)
    for number, person_id in enumerate(WAITING_FROM):
        own = [draft for draft in submitted if crc32(draft.unit_id.encode()) % len(WAITING_FROM) == number]
        if own:
            store.record(
                replace(
                    prepared,
                    kind=EventKind.RETURN_SUBMITTED,
                    person_id=person_id,
                    returns=_dated(province, own, now),
                    approved=False,
                    details={"reason": reason},
                )
            )
    return receipt


def _dated(province: Province, drafts: Sequence[ReturnDraft], now: datetime) -> tuple[ReturnDraft, ...]:
    return tuple(replace(draft, submitted_at=_submitted_at(province, draft, now)) for draft in drafts)


def _submitted_at(province: Province, draft: ReturnDraft, now: datetime) -> datetime:
    unit = province.units.by_id.get(draft.unit_id)
    form = next((form for form in province.forms if form.id == draft.form_id), None)
    rule = form.reporters_of(unit, draft.period.last) if unit and form else None
    if rule is None:
        return now
    dice = crc32(f"{draft.unit_id} {draft.period}".encode())
    opens = opens_on(province, draft.period)
    last = min(due_on(province, draft.period, rule) + timedelta(days=_LATE_DAYS), _day_before(now))
    day = opens + timedelta(days=dice % max(1, (last - opens).days + 1))
    minutes = timedelta(hours=_FIRST_HOUR, minutes=dice // 100 % _WORKING_MINUTES)
    return min(datetime.combine(day, time(), VIETNAM) + minutes, now)


def _day_before(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date() - timedelta(days=1)
