"""The reviewer's desk: which returns wait, which figures among them are odd, and who asks for what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from scorecard import frames
from scorecard.calculation.effects import effects
from scorecard.calculation.review_queue import review_queue
from scorecard.calculation.suspicion import suspicions
from scorecard.domain.access import Permission, Person, Scope, readable, require
from scorecard.domain.figure import RecordedFigure
from scorecard.domain.period import Frequency, Month, Period
from scorecard.domain.province import Province
from scorecard.domain.review import Decision, ReturnRecord, ReturnState
from scorecard.store import Store
from scorecard.workflow.review import ReturnSeen

_MONTHS = 12

ReturnKey = tuple[str, str, Period]
"""Unit id, form id, period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskReturn:
    """A return on the desk, with the last `figures` of its form by element; what nobody submitted is not among them."""

    seen: ReturnSeen
    record: ReturnRecord
    figures: Mapping[str, RecordedFigure]

    @property
    def reasons(self) -> Mapping[str, str]:
        """What its unit said of single elements of the last revision."""
        return {name: each.reason for name, each in self.figures.items() if each.reason}

    def entered_by(self, person: Person) -> bool:
        """Say whether a person submitted any of what is to be decided: then somebody else must approve it."""
        return any(submission.submitted_by == person.id for submission in self.record.undecided)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What there is to decide: `queue` (REVIEW_QUEUE) and its figures `rows` (SUSPICIONS), `waiting` by return.

    `unscored` are the waiting returns without any figure that something can be held against; they are not in the queue.
    `asked` are the returns whose units ask for reopening, the oldest request first. `last_approval` is the last moment
    at which any return of the last twelve months was approved, None for none.
    """

    queue: pl.DataFrame
    rows: pl.DataFrame
    waiting: Mapping[ReturnKey, DeskReturn]
    unscored: tuple[DeskReturn, ...]
    asked: tuple[DeskReturn, ...]
    last_approval: datetime | None


def desk_scope(person: Person | None) -> Scope:
    """Return the units on a person's desk; raise AccessRefusedError for who may not review."""
    return readable(require(person, Permission.REVIEW_RETURN))


def read_desk(store: Store, province: Province, scope: Scope, today: date) -> Desk:
    """Bring together what waits for a decision: submitted returns, and requests of the last twelve months."""
    pending = store.pending_figures(province.id)
    waited = {Period(Month(first), Month(last)) for first, last in pending.select("first_month", "last_month").rows()}
    records = read_records(store, province, scope, waited | set(recent_periods(Month.containing(today))))
    submitted = [each for each in records if each.state(today) is ReturnState.SUBMITTED]
    approved = store.figures(province.id)
    rows = suspicions(province, approved, pending.join(_figures_of(province, submitted), on=_FIGURE, how="semi"))
    waiting = {(e.unit_id, e.form_id, e.period): _on_desk(store, province, scope, e) for e in submitted}
    queue = review_queue(rows, effects(province, approved, rows))
    scored = set(queue.select("unit", "form", "first_month", "last_month").rows())
    asked = [(request.event, each) for each in records if (request := each.asked_for_reopening())]
    return Desk(
        queue=queue,
        rows=rows,
        waiting=waiting,
        unscored=tuple(e for (*of, p), e in waiting.items() if (*of, p.first.index, p.last.index) not in scored),
        asked=tuple(_on_desk(store, province, scope, each) for _, each in sorted(asked, key=lambda pair: pair[0])),
        last_approval=max(_approvals(records), default=None),
    )


def read_records(store: Store, province: Province, scope: Scope, periods: Iterable[Period]) -> tuple[ReturnRecord, ...]:
    """Return what happened to the returns of some periods, by period, unit and form; of forms still defined only."""
    forms = {form.id for form in province.owed_forms}
    found = (each for period in sorted(periods) for each in store.returns(province.id, scope, period))
    return tuple(each for each in found if each.form_id in forms)


def recent_periods(last: Month) -> Iterator[Period]:
    """Yield every period of any length that ended in the twelve months up to `last`."""
    for index in range(last.index - _MONTHS + 1, last.index + 1):
        for frequency in Frequency:
            period = Period.containing(Month(index), frequency)
            if period.last.index == index:
                yield period


def changed_since(store: Store, province: Province, person: Person | None, returns: Iterable[ReturnSeen]) -> list[str]:
    """Return the ids of the units whose returns are no longer as they were seen."""
    scope = desk_scope(person)
    found = []
    for each in returns:
        unit = province.units.find(each.unit_code, each.period.last.last_day)
        if unit is not None:
            record = store.return_record(province.id, scope, unit.id, each.form.id, each.period)
            if (record.revision, len(record.decisions)) != (each.revision, each.decisions):
                found.append(unit.id)
    return found


_FIGURE = ["unit", "element", "first_month", "last_month"]


def _figures_of(province: Province, records: Iterable[ReturnRecord]) -> pl.DataFrame:
    found = [
        (each.unit_id, element.id, each.period.first.index, each.period.last.index)
        for each in records
        for element in province.form(each.form_id).elements
        if element.id in province.elements
    ]
    return pl.DataFrame(found, {name: frames.FIGURES[name] for name in _FIGURE}, orient="row")


def _on_desk(store: Store, province: Province, scope: Scope, record: ReturnRecord) -> DeskReturn:
    form = province.form(record.form_id)
    figures = store.last_figures(province.id, scope, record.unit_id, record.period)
    own = province.answerable(form, record.period.last)
    seen = ReturnSeen(
        unit_code=record.unit_id.partition("@")[0],
        form=form,
        period=record.period,
        revision=record.revision,
        decisions=len(record.decisions),
    )
    return DeskReturn(seen=seen, record=record, figures={name: each for name, each in figures.items() if name in own})


def _approvals(records: Iterable[ReturnRecord]) -> Iterator[datetime]:
    for record in records:
        for each in record.decisions:
            if each.decision is Decision.APPROVED:
                yield each.recorded_at
