"""Every path of a return, walked at random by everybody, held against a model in plain Python."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from scorecard.domain.access import EVERY_UNIT, AccessRefusedError, Person, Role, Scope, readable
from scorecard.domain.period import Period
from scorecard.domain.review import ReturnState
from scorecard.domain.unit import Units
from scorecard.store import Store, open_store
from scorecard.workflow.checks import Entry
from scorecard.workflow.owed import closed_returns, find_return, owed_returns
from scorecard.workflow.refusal import RefusedReturnError
from scorecard.workflow.returns import submit_return
from scorecard.workflow.review import ReturnSeen, approve, ask_reopening, refuse_reopening, reopen, seen, send_back
from tests.builders import a_form, a_province, a_unit

_UNITS = ("05908", "05909")
_SEPTEMBER = Period.parse("2025-09")
_FORM = a_form(checks=())
_PROVINCE = a_province(
    forms=(_FORM,), units=Units((a_unit("05908"), a_unit("05909", name="Xã Tân Thành", protocol_order=2)))
)
_FIRST_DAY, _LAST_DAY = date(2025, 9, 30), date(2025, 10, 25)
_REASON = "Đã đối chiếu với sổ"

_ANYBODY = st.builds(
    Person,
    id=st.sampled_from(["an", "binh"]),
    name=st.just("x"),
    role=st.sampled_from(Role),
    unit_codes=st.sets(st.sampled_from(_UNITS), max_size=1).map(frozenset),
)
_REPORTERS = st.builds(
    Person,
    id=st.sampled_from(["an", "binh"]),
    name=st.just("x"),
    role=st.sampled_from([Role.REPORTER, Role.HEAD]),
    unit_codes=st.just(frozenset(_UNITS)),
)
_REVIEWERS = st.builds(Person, id=st.sampled_from(["an", "chi"]), name=st.just("x"), role=st.just(Role.REVIEWER))
_PERSONS = st.one_of(_REPORTERS, _REVIEWERS, _ANYBODY, st.none())
_PLACES = st.sampled_from(_UNITS)


@dataclass
class _Model:
    """One return: its state, what the unit said last, what counts, and until when it is open."""

    state: ReturnState = ReturnState.DRAFT
    before: ReturnState = ReturnState.DRAFT
    said: int | None = None
    counts: int | None = None
    until: date | None = None
    asked: bool = False
    authors: set[str] = field(default_factory=set)

    def today(self, day: date) -> ReturnState:
        expired = self.state is ReturnState.REOPENED and self.until is not None and self.until < day
        return self.before if expired else self.state


class Returns(RuleBasedStateMachine):
    """Who may do what is said here once more, by hand, without the table of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store: Store = open_store(f"sqlite:///{Path(self.folder.name) / 'figures.db'}")
        self.day = date(2025, 10, 1)
        self.models = {unit: _Model() for unit in _UNITS}
        self.events = 0
        self.in_force: dict[int, dict[str, int]] = {}
        self.values = 100

    def teardown(self) -> None:
        assert self.store.verify() == ()
        self.store.close()
        self.folder.cleanup()

    @property
    def now(self) -> datetime:
        return datetime.combine(self.day, time(1), UTC)

    @rule(days=st.integers(1, 12))
    def days_pass(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule(person=_PERSONS, unit=_PLACES)
    def submit(self, person: Person | None, unit: str) -> None:
        model = self.models[unit]
        self.values += 1
        allowed = (
            self._is_of(person, unit)
            and model.today(self.day) is not ReturnState.APPROVED
            and _FIRST_DAY <= self.day <= max(_LAST_DAY, model.until or _LAST_DAY)
        )
        if self._done(lambda: self._submit(person, unit), allowed):
            assert person is not None
            model.state, model.said, model.asked = ReturnState.SUBMITTED, self.values, False
            model.authors.add(person.id)

    @rule(person=_PERSONS, unit=_PLACES)
    def approve(self, person: Person | None, unit: str) -> None:
        model = self.models[unit]
        allowed = self._reviews(person) and model.state is ReturnState.SUBMITTED and person.id not in model.authors
        if self._done(lambda: approve(self.store, _PROVINCE, person, [self._seen(unit)], **self._at()), allowed):
            model.state, model.counts, model.until, model.asked = ReturnState.APPROVED, model.said, None, False
            model.authors.clear()

    @rule(person=_PERSONS, unit=_PLACES)
    def send_back(self, person: Person | None, unit: str) -> None:
        model = self.models[unit]
        allowed = self._reviews(person) and model.state is ReturnState.SUBMITTED
        act = lambda: send_back(self.store, _PROVINCE, person, self._seen(unit), _REASON, **self._at())  # noqa: E731
        until = max(_LAST_DAY, model.until or _LAST_DAY, self.day + timedelta(days=7))
        if self._done(act, allowed):
            model.state, model.until, model.asked = ReturnState.SENT_BACK, until, False

    @rule(person=_PERSONS, unit=_PLACES, days=st.integers(-1, 10))
    def reopen(self, person: Person | None, unit: str, days: int) -> None:
        model, until = self.models[unit], self.day + timedelta(days=days)
        here = model.today(self.day)
        allowed = self._reviews(person) and self._locked(model) and days >= 0
        act = lambda: reopen(self.store, _PROVINCE, person, self._seen(unit), _REASON, until, **self._at())  # noqa: E731
        if self._done(act, allowed):
            model.state, model.before, model.asked = ReturnState.REOPENED, here, False
            model.until = until

    @rule(person=_PERSONS, unit=_PLACES)
    def ask(self, person: Person | None, unit: str) -> None:
        model = self.models[unit]
        allowed = self._is_of(person, unit) and self._locked(model) and not model.asked
        act = lambda: ask_reopening(self.store, _PROVINCE, person, self._seen(unit), _REASON, **self._at())  # noqa: E731
        if self._done(act, allowed):
            model.asked = True

    @rule(person=_PERSONS, unit=_PLACES)
    def refuse(self, person: Person | None, unit: str) -> None:
        model = self.models[unit]
        allowed = self._reviews(person) and model.asked
        act = lambda: refuse_reopening(self.store, _PROVINCE, person, self._seen(unit), _REASON, **self._at())  # noqa: E731
        if self._done(act, allowed):
            model.asked = False

    @rule(person=_PERSONS, unit=_PLACES)
    def read(self, person: Person | None, unit: str) -> None:
        everything = (Role.REVIEWER, Role.CHAIR_OFFICE, Role.ADMINISTRATOR)
        allowed = person is not None and (person.role in everything or self._is_of(person, unit))
        reads: tuple[Callable[[Scope], object], ...] = (
            lambda scope: self.store.last_figures("thai-nguyen", scope, f"{unit}@2025-07-01", _SEPTEMBER),
            lambda scope: self.store.return_record("thai-nguyen", scope, f"{unit}@2025-07-01", _FORM.id, _SEPTEMBER),
            lambda scope: self.store.revisions(
                "thai-nguyen", scope, f"{unit}@2025-07-01", "dossiers_received", _SEPTEMBER
            ),
        )
        for each in reads:
            self._done(lambda each=each: each(readable(person)), allowed, writes=False)
        if person is not None and person.role is not Role.VIEWER:
            found = self.store.returns("thai-nguyen", readable(person))
            assert person.role in everything or {each.unit_id[:5] for each in found} <= person.unit_codes
        if self._is_of(person, unit):
            listed = (*owed_returns(*self._of(person)), *closed_returns(*self._of(person)))
            assert {each.unit.code for each in listed} <= person.unit_codes

    @invariant()
    def what_counts_is_what_was_approved_last(self) -> None:
        found = {
            unit[:5]: amount
            for unit, element, amount in self.store.figures("thai-nguyen").select("unit", "element", "amount").rows()
            if element == "dossiers_received"
        }
        assert found == {unit: model.counts for unit, model in self.models.items() if model.counts is not None}
        assert self.in_force.setdefault(self.store.figures_version(), found) == found

    @invariant()
    def every_return_stands_where_the_model_says(self) -> None:
        for unit, model in self.models.items():
            found = find_return(self.store, _PROVINCE, EVERY_UNIT, unit, _FORM, _SEPTEMBER, self.day)
            assert found is not None
            assert found.state is model.today(self.day)

    def _done(self, act: Callable[[], object], allowed: bool, *, writes: bool = True) -> bool:
        """Act; it must be refused, and leave nothing behind, exactly when the model says so."""
        try:
            act()
        except (AccessRefusedError, RefusedReturnError):
            assert not allowed
            assert self.store.data_version() == self.events
            return False
        assert allowed
        self.events += int(writes)
        assert self.store.data_version() == self.events, "one act, one event"
        return True

    def _submit(self, person: Person | None, unit: str) -> None:
        found = self._seen(unit)
        entries = [
            Entry("dossiers_received", Decimal(self.values)),
            Entry("dossiers_full_online", Decimal(self.values)),
        ]
        submit_return(
            self.store,
            _PROVINCE,
            person,
            unit,
            _FORM,
            _SEPTEMBER,
            entries,
            today=self.day,
            now=self.now,
            expected_revision=found.revision,
            reason=_REASON,
        )

    def _seen(self, unit: str) -> ReturnSeen:
        found = find_return(self.store, _PROVINCE, EVERY_UNIT, unit, _FORM, _SEPTEMBER, self.day)
        assert found is not None
        return seen(found)

    def _at(self) -> dict[str, datetime | date]:
        return {"now": self.now, "today": self.day}

    def _of(self, person: Person) -> tuple[Store, object, Person, date]:
        return self.store, _PROVINCE, person, self.day

    def _locked(self, model: _Model) -> bool:
        here = model.today(self.day)
        over = self.day > max(_LAST_DAY, model.until or _LAST_DAY)
        return here is ReturnState.APPROVED or (here in (ReturnState.SENT_BACK, ReturnState.DRAFT) and over)

    @staticmethod
    def _is_of(person: Person | None, unit: str) -> bool:
        return person is not None and person.role in (Role.REPORTER, Role.HEAD) and unit in person.unit_codes

    @staticmethod
    def _reviews(person: Person | None) -> bool:
        return person is not None and person.role is Role.REVIEWER


TestReturns = Returns.TestCase
TestReturns.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
