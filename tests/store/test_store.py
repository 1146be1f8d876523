"""The contract of the store, on both engines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard import frames
from scorecard.domain.access import EVERY_UNIT
from scorecard.domain.figure import FigureState
from scorecard.domain.period import Month, Period
from scorecard.store import Store, open_store
from scorecard.store.errors import AmountError, ConflictError, StoreError
from scorecard.store.records import EventKind, Receipt
from tests.store.batches import COMMUNE, LATER, NOW, PROVINCE, SEPTEMBER, a_batch, a_draft, a_figure, a_gap


def test_a_new_store_is_empty_and_sound(store: Store) -> None:
    assert store.data_version() == 0
    assert store.figures(PROVINCE).schema == frames.FIGURES
    assert store.figures(PROVINCE).is_empty()
    assert store.events() == ()
    assert store.verify() == ()


def test_a_figure_is_returned_as_exact_fixed_point(store: Store) -> None:
    store.record(a_batch(a_draft(a_figure("received", "12345678901234"), a_figure("par_index", "89.20"))))

    assert store.figures(PROVINCE).rows() == [
        (COMMUNE, "par_index", SEPTEMBER.first.index, SEPTEMBER.last.index, 8920, 2, "number"),
        (COMMUNE, "received", SEPTEMBER.first.index, SEPTEMBER.last.index, 12345678901234, 0, "number"),
    ]


def test_the_five_states_stay_apart(store: Store) -> None:
    gaps = (FigureState.NOT_REPORTED, FigureState.NOT_APPLICABLE, FigureState.NOT_AVAILABLE)
    figures = [a_gap(state, state.value, note="vì sao") for state in gaps]
    figures += [a_figure("zero", "0"), a_figure("about", "50", state=FigureState.APPROXIMATE)]
    store.record(a_batch(a_draft(*figures)))

    found = {row["element"]: (row["amount"], row["state"]) for row in store.figures(PROVINCE).iter_rows(named=True)}
    assert found == {
        "not_reported": (None, "not_reported"),
        "not_applicable": (None, "not_applicable"),
        "not_available": (None, "not_available"),
        "zero": (0, "number"),
        "about": (50, "approximate"),
    }


def test_the_schema_holds_when_the_first_rows_have_no_amount(store: Store) -> None:
    figures = [a_gap(FigureState.NOT_REPORTED, f"a{n:03}") for n in range(200)]
    store.record(a_batch(a_draft(*figures, a_figure("z", "7"))))
    assert store.figures(PROVINCE).schema == frames.FIGURES
    assert store.figures(PROVINCE)["amount"].sum() == 7


def test_provinces_do_not_see_each_other(store: Store) -> None:
    store.record(a_batch(a_draft(a_figure())))
    store.record(a_batch(a_draft(a_figure(value="5")), province_id="ha-giang"))
    assert store.figures(PROVINCE)["amount"].to_list() == [100]
    assert store.figures("ha-giang")["amount"].to_list() == [5]
    assert [event.id for event in store.events("ha-giang")] == [2]


def test_a_receipt_says_what_was_written(store: Store) -> None:
    receipt = store.record(a_batch(a_draft(a_figure("received"), a_figure("online", "80"))))
    (event,) = store.events()
    assert receipt == Receipt(event=1, hash=event.hash, at=NOW, added=2, revised=0, unchanged=0)
    assert (event.kind, event.recorded_by, event.recorded_at) == ("return_submitted", "reporter-05908", NOW)


def test_a_correction_is_a_new_revision_and_the_old_one_stays(store: Store) -> None:
    store.record(a_batch(a_draft(a_figure("received", "100"), a_figure("online", "80"))))
    receipt = store.record(
        a_batch(a_draft(a_figure("received", "110"), a_figure("online", "80"), reason="Cộng thiếu"), at=LATER)
    )

    assert (receipt.added, receipt.revised, receipt.unchanged) == (0, 1, 1)
    history = store.revisions(PROVINCE, EVERY_UNIT, COMMUNE, "received", SEPTEMBER)
    assert [(r.revision, r.figure.value, r.reason, r.recorded_at) for r in history] == [
        (1, Decimal(100), "", NOW),
        (2, Decimal(110), "Cộng thiếu", LATER),
    ]
    assert [(s.revision, s.reason) for r in store.returns(PROVINCE, EVERY_UNIT, SEPTEMBER) for s in r.submissions] == [
        (1, ""),
        (2, "Cộng thiếu"),
    ]
    assert store.last_figures(PROVINCE, EVERY_UNIT, COMMUNE, SEPTEMBER)["received"].figure.value == Decimal(110)


def test_a_reason_of_its_own_goes_before_the_reason_of_the_return(store: Store) -> None:
    draft = a_draft(a_figure("received"), a_figure("online"), reason="Nộp lại", reasons={"online": "Đã kiểm tra"})
    store.record(a_batch(draft))
    found = store.last_figures(PROVINCE, EVERY_UNIT, COMMUNE, SEPTEMBER)
    assert {element: each.reason for element, each in found.items()} == {
        "received": "Nộp lại",
        "online": "Đã kiểm tra",
    }


@pytest.mark.parametrize(
    "changed",
    [a_figure(value="101"), a_figure(note="x"), a_figure(state=FigureState.APPROXIMATE), a_figure(value="100.0")],
)
def test_any_difference_makes_a_revision(store: Store, changed: object) -> None:
    store.record(a_batch(a_draft(a_figure())))
    assert store.record(a_batch(a_draft(changed))).revised == 1


def test_what_is_in_force_already_adds_neither_row_nor_event(store: Store) -> None:
    store.record(a_batch(a_draft(a_figure())))
    receipt = store.record(a_batch(a_draft(a_figure()), at=LATER))
    assert receipt == Receipt(event=None, hash=None, at=LATER, added=0, revised=0, unchanged=1)
    assert store.data_version() == 1


def test_an_event_can_stand_alone(store: Store) -> None:
    receipt = store.record(a_batch(kind=EventKind.DEMO_PREPARED, province_id="", details={"sample": "có"}))
    assert receipt.event == 1
    assert store.events()[0].details == {"sample": "có"}
    assert store.verify() == ()


def test_the_state_known_at_an_instant_can_be_asked_for(store: Store) -> None:
    store.record(a_batch(a_draft(a_figure(value="100"))))
    store.record(
        a_batch(a_draft(a_figure(value="110"))),
    )
    store.record(a_batch(a_draft(a_figure(value="120")), at=LATER))

    def amounts(moment: datetime) -> list[int]:
        return store.figures(PROVINCE, known_at=moment)["amount"].to_list()

    assert amounts(NOW - timedelta(microseconds=1)) == []
    assert amounts(NOW) == [110]
    assert amounts(LATER - timedelta(microseconds=1)) == [110]
    assert amounts(LATER) == [120]


def test_moments_are_kept_in_utc_and_never_without_a_zone(store: Store) -> None:
    hanoi = datetime.fromisoformat("2025-10-03T15:00:00+07:00")
    store.record(a_batch(a_draft(a_figure()), at=hanoi))
    assert store.events()[0].recorded_at == datetime(2025, 10, 3, 8, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="time zone"):
        store.record(a_batch(a_draft(a_figure(value="1")), at=datetime(2025, 10, 3)))
    assert store.data_version() == 1


@pytest.mark.parametrize("value", ["1000000000000000", "-1000000000000000", "NaN", "99999999999999.000001"])
def test_a_value_that_does_not_fit_is_refused_and_nothing_is_written(store: Store, value: str) -> None:
    with pytest.raises(AmountError):
        store.record(a_batch(a_draft(a_figure("online", "5"), a_figure("received", value))))
    assert store.data_version() == 0
    assert store.figures(PROVINCE).is_empty()


def test_the_second_of_two_authors_is_told_what_the_first_one_wrote(store: Store) -> None:
    draft = a_draft(a_figure("received", "100"), expected_revision=0)
    store.record(a_batch(draft))
    with pytest.raises(ConflictError) as conflict:
        store.record(a_batch(replace(draft, figures=(a_figure("received", "999"),)), person_id="other"))

    assert conflict.value.revision == 1
    assert [(r.figure.value, r.recorded_by) for r in conflict.value.newer] == [(Decimal(100), "reporter-05908")]
    assert store.data_version() == 1
    again = replace(draft, figures=(a_figure("received", "999"),), expected_revision=1)
    assert store.record(a_batch(again, person_id="other")).revised == 1


def test_one_stale_return_stops_the_whole_batch(store: Store) -> None:
    store.record(a_batch(a_draft(a_figure())))
    fresh = a_draft(a_figure(unit_id="05911@2025-07-01"))
    with pytest.raises(ConflictError):
        store.record(a_batch(fresh, a_draft(a_figure(value="1"), expected_revision=0)))
    assert store.figures(PROVINCE)["unit"].to_list() == [COMMUNE]


def test_events_form_a_chain(store: Store) -> None:
    for value in ("1", "2", "3"):
        store.record(a_batch(a_draft(a_figure(value=value))))
    events = store.events()
    assert [event.previous_hash for event in events] == ["", events[0].hash, events[1].hash]
    assert store.verify() == ()


def test_the_history_of_a_province_holds_every_revision_in_order(store: Store) -> None:
    store.record(a_batch(a_draft(a_figure("received", "1"), a_figure("online", "1"))))
    store.record(a_batch(a_draft(a_figure("received", "2"))))
    assert [(r.event, r.figure.element_id, r.revision) for r in store.history(PROVINCE)] == [
        (1, "online", 1),
        (1, "received", 1),
        (2, "received", 2),
    ]


def test_text_comes_back_as_it_was_written(store: Store) -> None:
    note = 'Tỷ lệ 80,5% «trực tuyến»\n"hai dòng"; 100% ? %s'
    store.record(a_batch(a_draft(a_figure(note=note)), details={"tệp": note}))
    assert store.last_figures(PROVINCE, EVERY_UNIT, COMMUNE, SEPTEMBER)["received"].figure.note == note
    assert store.events()[0].details == {"tệp": note}
    assert store.verify() == ()


def test_a_store_can_be_closed_and_opened_again(url: str) -> None:
    first = open_store(url)
    first.record(a_batch(a_draft(a_figure())))
    first.close()
    second = open_store(url)
    assert second.figures(PROVINCE)["amount"].to_list() == [100]
    assert second.verify() == ()
    second.close()


@pytest.mark.parametrize("bad", ["mysql://host/name", "figures.db", "", "sqlite:///", "sqlite:///:memory:"])
def test_a_url_of_another_kind_is_refused(bad: str) -> None:
    with pytest.raises(StoreError) as refusal:
        open_store(bad)
    assert refusal.value.reason == "store.unknown_url"


@pytest.mark.parametrize(
    "bad",
    [
        "postgresql:me:sEcr3t@host/db",
        "host=here user=me password=sEcr3t",
        "postgresql://me:%zzsEcr3t@host/db",
        "postgresql://me:pa@sEcr3t@host/db",
        "postgresql://me:sEcr3t/pa@host/db",
        "postgresql://me@host/db?password=%zzsEcr3t",
    ],
)
def test_a_mistyped_url_is_refused_without_showing_the_password(bad: str) -> None:
    with pytest.raises(StoreError) as refusal:
        open_store(bad)
    assert refusal.value.reason in ("store.unknown_url", "store.bad_address")
    assert "sEcr3t" not in str(refusal.value)


def test_a_server_that_does_not_answer_is_a_readable_refusal() -> None:
    with pytest.raises(StoreError) as refusal:
        open_store("postgresql://nobody@127.0.0.1:1/nothing")
    assert refusal.value.reason == "store.failed"


_WRITES = st.lists(
    st.tuples(
        st.sampled_from(["received", "online"]),
        st.sampled_from(["2025-08", "2025-09", "2025-Q3"]),
        st.one_of(st.none(), st.decimals(0, 999, places=1), st.integers(0, 10**14).map(Decimal)),
        st.integers(0, 5),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=_WRITES)
def test_figures_agree_with_a_dictionary_at_every_moment(store: Store, writes: list) -> None:
    """The slow twin: a dictionary that the writes overwrite, asked as known after each of them."""
    province = f"p{store.data_version()}"
    known: dict[tuple[str, str], Decimal | None] = {}
    moments = []
    for number, (element, period, value, delay) in enumerate(writes):
        state = FigureState.NUMBER if value is not None else FigureState.NOT_REPORTED
        figure = a_figure(element, None, period=Period.parse(period), state=FigureState.NOT_REPORTED)
        figure = replace(figure, value=value, state=state)
        at = NOW + timedelta(days=number, minutes=delay)
        store.record(a_batch(a_draft(figure), province_id=province, at=at))
        known[element, period] = value
        moments.append((at, dict(known)))
    for at, expected in [*moments, (None, known)]:
        assert _values(store.figures(province, known_at=at)) == expected
    assert store.verify() == ()


def _values(figures: pl.DataFrame) -> dict[tuple[str, str], Decimal | None]:
    return {
        (element, str(Period(Month(first), Month(last)))): None if amount is None else Decimal(amount).scaleb(-decimals)
        for _, element, first, last, amount, decimals, _ in figures.iter_rows()
    }
