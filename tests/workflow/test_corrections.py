from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from scorecard.domain.access import PERMISSIONS, AccessRefusedError, Permission, Person, Role
from scorecard.domain.figure import Figure
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.domain.unit import Units
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import Batch, EventKind, ReturnDraft, Store
from scorecard.workflow.corrections import ledger_units, read_ledger
from tests.builders import a_province, a_unit

NOW = datetime(2025, 10, 3, 2, tzinfo=UTC)
SEPTEMBER = Period.parse("2025-09")
OWN, OTHER = "05908@2025-07-01", "05910@2025-07-01"
BOUND = frozenset({"05908"})


@pytest.fixture
def province() -> Province:
    """Three communes, of which the last never reports, and what the first one's code meant before."""
    top = a_unit("19", name="Tỉnh Thái Nguyên", kind="province", level="province", parent=None, valid_from=None)
    earlier = a_unit("05908", valid_from=None, valid_to=date(2025, 6, 30))
    return a_province(units=Units((top, earlier, a_unit(), a_unit("05910"), a_unit("05911"))))


def submit(store: Store, unit_id: str, values: dict[str, int], days: int = 0, period: Period = SEPTEMBER) -> None:
    figures = tuple(
        Figure(unit_id=unit_id, element_id=element, period=period, value=Decimal(value))
        for element, value in values.items()
    )
    draft = ReturnDraft(unit_id=unit_id, form_id="online-services", period=period, figures=figures)
    at, kind = NOW + timedelta(days=days), EventKind.RETURN_SUBMITTED
    store.record(Batch(kind=kind, province_id="thai-nguyen", person_id="head", at=at, returns=(draft,)))


@pytest.fixture
def filled(store: Store) -> Store:
    """One figure of the first commune changed once, two of the second."""
    for unit, changed in (
        (OWN, {"dossiers_received": 110}),
        (OTHER, {"dossiers_received": 9, "dossiers_full_online": 8}),
    ):
        submit(store, unit, {"dossiers_received": 100, "dossiers_full_online": 80})
        submit(store, unit, changed, days=5)
    return store


def units(store: Store, province: Province, person: Person | None) -> list[tuple[str, int, int]]:
    return [(each.unit.id, each.reported, each.corrected) for each in ledger_units(store, province, person)]


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_the_ledgers_of_the_units_whose_returns_it_may_read(
    filled: Store, province: Province, role: Role
) -> None:
    person = Person("x", "x", role, BOUND)
    if role is Role.VIEWER:
        for read in (
            lambda: ledger_units(filled, province, person),
            lambda: read_ledger(filled, province, person, OWN),
        ):
            with pytest.raises(AccessRefusedError) as refused:
                read()
            assert refused.value.reason == "access.role_lacks_view_returns"
        return
    assert Permission.VIEW_RETURNS in PERMISSIONS[role]
    bound = role in (Role.REPORTER, Role.HEAD)
    assert units(filled, province, person) == ([(OWN, 2, 1)] if bound else [(OTHER, 2, 2), (OWN, 2, 1)])
    assert len(read_ledger(filled, province, person, OWN)) == 1
    if not bound:
        assert len(read_ledger(filled, province, person, OTHER)) == 2
        return
    with pytest.raises(AccessRefusedError) as refused:
        read_ledger(filled, province, person, OTHER)
    assert load_texts(Language.VIETNAMESE)(refused.value.reason, **refused.value.parameters) == (
        "Bạn không phụ trách đơn vị 05910 nên không xem, không nhập được số liệu của đơn vị này."
    )


def test_who_is_unknown_sees_no_ledger(filled: Store, province: Province) -> None:
    for read in (lambda: ledger_units(filled, province, None), lambda: read_ledger(filled, province, None, OWN)):
        with pytest.raises(AccessRefusedError) as refused:
            read()
        assert refused.value.reason == "access.no_identity"


def test_a_head_without_a_unit_sees_no_ledger_at_all(filled: Store, province: Province) -> None:
    person = Person("x", "x", Role.HEAD)
    assert units(filled, province, person) == []
    with pytest.raises(AccessRefusedError):
        read_ledger(filled, province, person, OWN)


def test_a_unit_that_never_reported_still_finds_its_own_empty_ledger(store: Store, province: Province) -> None:
    assert units(store, province, Person("x", "x", Role.HEAD, frozenset({"05911"}))) == [("05911@2025-07-01", 0, 0)]
    assert read_ledger(store, province, Person("x", "x", Role.HEAD, frozenset({"05911"})), "05911@2025-07-01") == ()


def test_what_the_own_code_reported_before_a_reform_is_the_heads_too(filled: Store, province: Province) -> None:
    for value in (3, 4):
        both = {"dossiers_received": value, "dossiers_full_online": value}
        submit(filled, "05908@", both, period=Period.parse("2025-06"))
    assert units(filled, province, Person("x", "x", Role.HEAD, BOUND)) == [(OWN, 2, 1), ("05908@", 2, 2)]


def test_days_are_counted_from_the_due_day_of_the_own_form(filled: Store, province: Province) -> None:
    (found,) = read_ledger(filled, province, Person("x", "x", Role.HEAD, BOUND), OWN)
    (change,) = found.changes
    # Due on Sunday 5/10, hence on Monday 6/10; changed on 8/10.
    assert (change.days_since_first, change.days_past_due, change.difference) == (5, 2, Decimal(10))


def test_figures_that_nobody_owes_have_no_due_day(store: Store, province: Province) -> None:
    whole_year = Period.parse("2025")
    for value in (1, 2):
        submit(store, OWN, {"published_rank": value, "dossiers_received": value}, period=whole_year)
    found = read_ledger(store, province, Person("x", "x", Role.REVIEWER), OWN)
    assert [figure.changes[0].days_past_due for figure in found] == [None, None]
