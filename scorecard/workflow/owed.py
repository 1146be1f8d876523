"""What a unit owes: one form for one period, what happened to it, and until when it can be submitted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from scorecard.domain.access import AccessRefusedError, Permission, Person, Scope, readable, require
from scorecard.domain.figure import FigureState
from scorecard.domain.form import Form, Reporters
from scorecard.domain.period import Frequency, Month, Period
from scorecard.domain.province import Province
from scorecard.domain.review import ReturnRecord, ReturnState, Submission
from scorecard.domain.unit import Unit
from scorecard.domain.window import closes_on, due_on, is_open, opens_on
from scorecard.store import Store
from scorecard.workflow.settings import VIETNAM

_MONTHS_SHOWN_CLOSED = 12

Records = Mapping[tuple[str, str, Period], ReturnRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedReturn:
    """One form that a unit owes for one period, between the days on which it is taken.

    `closes` is the last day on which it is taken, after an extension where one was given. `record` is all that
    happened to it. `state` is where it stands today; approved without an answer to every element counts as not
    submitted.
    """

    unit: Unit
    form: Form
    period: Period
    due: date
    opens: date
    closes: date
    record: ReturnRecord
    state: ReturnState

    @property
    def revision(self) -> int:
        """The last revision submitted, 0 for none."""
        return self.record.revision

    @property
    def submitted(self) -> bool:
        """Whether it is with the coordinating office, or approved."""
        return self.state in (ReturnState.SUBMITTED, ReturnState.APPROVED)

    @property
    def last(self) -> Submission | None:
        """The last submission, None for none."""
        return self.record.submissions[-1] if self.record.submissions else None

    @property
    def days_late(self) -> int:
        """Days after the due day on which it was first submitted; 0 in time, not submitted, or imported.

        An import counts at once and says nothing about when its unit submitted.
        """
        first = next((each for each in self.record.submissions if not self.imported(each)), None)
        late = (first.submitted_at.astimezone(VIETNAM).date() - self.due).days if first else 0
        return max(0, late)

    def imported(self, submission: Submission) -> bool:
        """Say whether a submission came from a file: it was approved by the event that recorded it."""
        return any(each.event == submission.event for each in self.record.decisions)

    def taken_on(self, day: date) -> bool:
        """Say whether the unit may submit it on a day."""
        return self.opens <= day <= self.closes and self.state is not ReturnState.APPROVED


def owed_returns(store: Store, province: Province, person: Person, today: date) -> tuple[OwedReturn, ...]:
    """Return what the person's units owe for every period that is open today, see open_returns."""
    for unit_code in person.unit_codes:
        require(person, Permission.SUBMIT_RETURN, unit_code)
    return open_returns(store, province, readable(person), person.unit_codes, today)


def open_returns(
    store: Store, province: Province, scope: Scope, unit_codes: Collection[str], today: date
) -> tuple[OwedReturn, ...]:
    """Return what some units of a scope owe for every period that is open today, the first due first.

    A period is also open to a unit whose return was sent back or reopened, until the day that was set. Whoever calls
    this took the scope from `readable`; raises AccessRefusedError for a unit outside it.
    """
    for unit_code in unit_codes:
        if not scope.covers(unit_code):
            raise AccessRefusedError("access.other_unit", unit=unit_code)
    records = _records(store, province, scope)
    extended = {each.period for each in records.values() if (each.extended_until() or date.min) >= today}
    open_to_all = set(_open_periods(province, today))
    owed = _owed(store, province, unit_codes, records, open_to_all | extended, today)
    return tuple(each for each in owed if each.period in open_to_all or each.closes >= today)


def closed_returns(store: Store, province: Province, person: Person, today: date) -> tuple[OwedReturn, ...]:
    """Return what the person's units owed in the last twelve months and can no longer submit, the latest first."""
    for unit_code in person.unit_codes:
        require(person, Permission.SUBMIT_RETURN, unit_code)
    month = Month.containing(today)
    ended = (
        period
        for index in range(month.index - _MONTHS_SHOWN_CLOSED, month.index + 1)
        for frequency in Frequency
        if (period := Period.containing(Month(index), frequency)).last.index == index
    )
    over = {period for period in ended if opens_on(province, period) <= today}
    owed = _owed(store, province, person.unit_codes, _records(store, province, readable(person)), over, today)
    return tuple(reversed([each for each in owed if not each.taken_on(today)]))


def find_return(
    store: Store, province: Province, scope: Scope, unit_code: str, form: Form, period: Period, today: date
) -> OwedReturn | None:
    """Return one return, whether it is open or not; None when the unit does not owe the form for the period."""
    unit = province.units.find(unit_code, opens_on(province, period))
    if unit is None:
        return None
    record = store.return_record(province.id, scope, unit.id, form.id, period)
    return _owed_return(store, province, unit, form, period, record, today)


def owed_periods(province: Province, unit_code: str, periods: Iterable[Period]) -> tuple[tuple[Form, Period], ...]:
    """Return which forms a unit owes for which of the periods, in the order of periods and forms."""
    return tuple(
        (form, period)
        for period in periods
        if (unit := province.units.find(unit_code, opens_on(province, period))) is not None
        for form in province.owed_forms
        if _rule(unit, form, period) is not None
    )


def _rule(unit: Unit, form: Form, period: Period) -> Reporters | None:
    rule = form.reporters_of(unit, period.last)
    return rule if rule is not None and Period.containing(period.last, rule.every) == period else None


def _open_periods(province: Province, today: date) -> Iterator[Period]:
    earliest = Month.containing(today - timedelta(days=province.window.closes_after_days))
    for index in range(earliest.index, Month.containing(today).index + 2):
        for frequency in Frequency:
            period = Period.containing(Month(index), frequency)
            if period.last.index == index and is_open(province, period, today):
                yield period


def _records(store: Store, province: Province, scope: Scope) -> Records:
    records = store.returns(province.id, scope)
    return {(each.unit_id, each.form_id, each.period): each for each in records}


def _owed(
    store: Store,
    province: Province,
    unit_codes: Iterable[str],
    records: Records,
    periods: Iterable[Period],
    today: date,
) -> list[OwedReturn]:
    found = []
    for unit_code, period in product(sorted(unit_codes), periods):
        unit = province.units.find(unit_code, opens_on(province, period))
        if unit is None:
            continue
        for form in province.owed_forms:
            empty = ReturnRecord(unit_id=unit.id, form_id=form.id, period=period)
            record = records.get((unit.id, form.id, period), empty)
            found.append(_owed_return(store, province, unit, form, period, record, today))
    order = {form.id: number for number, form in enumerate(province.owed_forms)}
    owed = [each for each in found if each is not None]
    return sorted(owed, key=lambda each: (each.due, each.period, each.unit.code, order[each.form.id]))


def _owed_return(
    store: Store, province: Province, unit: Unit, form: Form, period: Period, record: ReturnRecord, today: date
) -> OwedReturn | None:
    rule = _rule(unit, form, period)
    if rule is None:
        return None
    state = record.state(today)
    if state is ReturnState.APPROVED and not _is_complete(store, province, unit, form, period):
        state = ReturnState.DRAFT
    return OwedReturn(
        unit=unit,
        form=form,
        period=period,
        due=due_on(province, period, rule),
        opens=opens_on(province, period),
        closes=max(closes_on(province, period), record.extended_until() or date.min),
        record=record,
        state=state,
    )


def _is_complete(store: Store, province: Province, unit: Unit, form: Form, period: Period) -> bool:
    recorded = store.last_figures(province.id, Scope.of_unit(unit.code), unit.id, period)
    answered = {e for e, r in recorded.items() if r.figure.state is not FigureState.NOT_REPORTED}
    return all(element.id in answered for element in form.elements)
