"""Where a number is from: approved figures for everybody, histories for those who may read the returns."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest

from scorecard.domain.access import AccessRefusedError, Person, Role
from scorecard.domain.figure import Figure
from scorecard.domain.period import Month, Period
from scorecard.domain.province import Province
from scorecard.store import Batch, EventKind, ReturnDraft, Store
from scorecard.workflow.origins import Origins, known_at, read_histories, read_origins
from tests.calculation.provinces import merged, province, target, unit

MAY, JUNE = Period.parse("2025-05"), Period.parse("2025-06")
NOW = datetime(2025, 7, 3, 8, tzinfo=UTC)
OLD, HEIR = unit("old", died="2025-05-31"), unit("heir", born="2025-06-01")
WHERE: Province = province([target()], units=[unit("a"), OLD, HEIR], successions=[merged(OLD, HEIR)])
REVIEWER = Person("r", "r", Role.REVIEWER)


def record(store: Store, unit_id: str, period: Period, at: datetime = NOW, **values: int) -> None:
    figures = tuple(
        Figure(unit_id=unit_id, element_id=name, period=period, value=Decimal(value)) for name, value in values.items()
    )
    draft = ReturnDraft(unit_id=unit_id, form_id="monthly", period=period, figures=figures)
    kind = EventKind.FIGURES_IMPORTED
    store.record(Batch(kind=kind, province_id="test", person_id="x", at=at, returns=(draft,), approved=True))


@pytest.fixture
def told(store: Store) -> Store:
    record(store, "a@", MAY, online=1, received=2)
    record(store, "a@", JUNE, online=3)
    record(store, OLD.id, MAY, online=4, received=5)
    return store


def read(store: Store, *, by_unit: bool = False, known_on: date | None = None) -> Origins:
    return read_origins(store, WHERE, WHERE.targets[0], Month.parse("2025-06"), by_unit=by_unit, known_on=known_on)


def test_a_total_names_its_figures_the_heirs_of_old_units_and_who_is_silent(told: Store) -> None:
    found = read(told)
    assert found.figures.filter("in_numerator").select("contributor", "counted").rows() == [("a@", 1), (OLD.id, 4)]
    assert found.heirs == {OLD.id: HEIR.id}
    assert found.silent == {"a@": frozenset({"online"}), HEIR.id: frozenset()}
    assert found.lines.select("unit", "numerator", "denominator").rows() == [("19", 5, 7)]


def test_by_unit_every_line_has_its_own_figures(told: Store) -> None:
    found = read(told, by_unit=True)
    sums = found.figures.filter("in_numerator").group_by("unit", maintain_order=True).agg(pl.col("counted").sum())
    assert sorted(sums.rows()) == [("a@", 1), (HEIR.id, 4)]
    assert found.lines.filter(pl.col("numerator").is_not_null()).select("unit", "numerator").rows() == [
        ("a@", 1),
        (HEIR.id, 4),
    ]
    assert found.silent == {}


def test_a_number_is_shown_as_it_was_known_at_the_end_of_a_day_in_viet_nam(told: Store) -> None:
    record(told, "a@", MAY, datetime(2025, 7, 4, 16, 59, tzinfo=UTC), online=2)
    record(told, "a@", MAY, datetime(2025, 7, 4, 17, tzinfo=UTC), received=9)
    assert read(told, known_on=date(2025, 7, 4)).lines.select("numerator", "denominator").rows() == [(6, 7)]
    assert read(told, known_on=date(2025, 7, 2)).figures.is_empty()
    assert read(told).lines.select("numerator", "denominator").rows() == [(6, 14)]
    assert known_at(None) is None


def history(store: Store, who: Person | None, known_on: date | None = None) -> tuple[list[str], tuple[str, ...]]:
    months = Period(MAY.first, JUNE.last)
    found = read_histories(store, WHERE, who, ["a@", OLD.id], ["online", "received"], months, known_on)
    units = [each.after.figure.unit_id for each in found.kept]
    return units, found.refused


def test_who_oversees_reads_every_history_and_a_head_only_the_own(told: Store) -> None:
    assert history(told, REVIEWER) == (["a@"] * 3 + [OLD.id] * 2, ())
    head = Person("h", "h", Role.HEAD, frozenset({"a"}))
    assert history(told, head) == (["a@"] * 3, (OLD.id,))
    assert history(told, Person("h", "h", Role.HEAD)) == ([], ("a@", OLD.id))
    assert history(told, REVIEWER, known_on=(NOW - timedelta(days=1)).date()) == ([], ())


@pytest.mark.parametrize("who", [None, Person("v", "v", Role.VIEWER)])
def test_who_may_read_no_return_is_refused(told: Store, who: Person | None) -> None:
    with pytest.raises(AccessRefusedError):
        history(told, who)
