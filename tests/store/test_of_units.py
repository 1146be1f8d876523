"""What the store tells of single units, on both engines: returns in scope, last known figures, drafts."""

import pytest

from scorecard.domain.access import EVERY_UNIT, AccessRefusedError, Scope
from scorecard.domain.figure import FigureState
from scorecard.domain.period import Month, Period
from scorecard.store import Store
from scorecard.store.drafts import DraftKey
from tests.store.batches import COMMUNE, LATER, NOW, PROVINCE, SEPTEMBER, a_batch, a_draft, a_figure, a_gap

AUGUST = Period.parse("2025-08")
OF_COMMUNE = Scope(frozenset({"05908"}))


def a_key(person: str = "an", unit: str = COMMUNE) -> DraftKey:
    return DraftKey(province_id=PROVINCE, unit_id=unit, form_id="online", period=SEPTEMBER, person_id=person)


@pytest.mark.parametrize(
    ("scope", "units"),
    [
        (OF_COMMUNE, [COMMUNE, "05908@"]),
        (Scope(frozenset({"0590"})), ["0590@"]),
        (Scope(frozenset({"0590", "so-khcn"})), ["0590@", "so-khcn@2025-03-01"]),
        (Scope(frozenset()), []),
        (EVERY_UNIT, [COMMUNE, "05908@", "0590@", "so-khcn@2025-03-01"]),
    ],
)
def test_only_the_returns_of_the_units_in_scope_are_told(store: Store, scope: Scope, units: list[str]) -> None:
    every = (COMMUNE, "05908@", "0590@", "so-khcn@2025-03-01")
    store.record(a_batch(*(a_draft(a_figure(unit_id=unit)) for unit in every)))
    assert {record.unit_id for record in store.returns(PROVINCE, scope)} == set(units)
    assert {record.unit_id for record in store.returns(PROVINCE, scope, AUGUST)} == set()


def test_the_last_figure_with_a_number_up_to_a_month_is_known(store: Store) -> None:
    year = Period.parse("2025")
    store.record(a_batch(a_draft(a_figure("a", "1", period=AUGUST), a_figure("b", "2", period=AUGUST))))
    store.record(a_batch(a_draft(a_figure("a", "3", period=AUGUST)), at=LATER))
    store.record(a_batch(a_draft(a_figure("a", "9", period=year), a_figure("b", "8", unit_id="0590@"))))
    store.record(a_batch(a_draft(a_gap(FigureState.NOT_AVAILABLE, "a", "chưa có")), approved=False))

    known = store.known_figures(PROVINCE, OF_COMMUNE, COMMUNE, SEPTEMBER.last)
    assert {name: (each.figure.period, each.figure.value) for name, each in known.items()} == {
        "a": (AUGUST, 3),
        "b": (AUGUST, 2),
    }
    later = store.known_figures(PROVINCE, OF_COMMUNE, COMMUNE, Month.parse("2025-12"))
    assert later["a"].figure.value == 9
    assert store.known_figures(PROVINCE, OF_COMMUNE, COMMUNE, Month.parse("2025-07")) == {}
    with pytest.raises(AccessRefusedError):
        store.known_figures(PROVINCE, OF_COMMUNE, "0590@", SEPTEMBER.last)


def test_a_figure_corrected_to_none_is_no_longer_known(store: Store) -> None:
    store.record(a_batch(a_draft(a_figure("a", "1"))))
    store.record(a_batch(a_draft(a_gap(FigureState.NOT_AVAILABLE, "a", "đếm nhầm")), at=LATER))
    assert store.known_figures(PROVINCE, OF_COMMUNE, COMMUNE, SEPTEMBER.last) == {}


def test_drafts_of_a_return_are_told_by_person_and_time(store: Store) -> None:
    store.drafts.save(a_key(), {"x": "1"}, NOW)
    store.drafts.save(a_key("binh"), {"x": "2"}, LATER)
    store.drafts.save(a_key("chi", "0590@"), {"x": "3"}, LATER)
    assert store.drafts.of_return(a_key()) == {"an": NOW, "binh": LATER}
    store.drafts.drop(a_key())
    assert store.drafts.of_return(a_key()) == {"binh": LATER}
