from decimal import Decimal

import pytest

from scorecard.domain.figure import FigureState
from scorecard.domain.form import Form, Measure, Severity
from scorecard.workflow.checks import Entry, find_faults
from tests.builders import a_check, a_form, an_element

_REASON = "Hệ thống đang nâng cấp"


def _codes(form: Form, *entries: Entry, previous: dict[str, str] | None = None) -> list[str]:
    before = {element: Decimal(value) for element, value in (previous or {}).items()}
    return [finding.key for finding in find_faults(form, entries, before, lambda _: 76)]


def _entries(received: str, online: str) -> tuple[Entry, Entry]:
    return Entry("dossiers_received", Decimal(received)), Entry("dossiers_full_online", Decimal(online))


def _one(element_changes: dict, value: str, previous: str | None = None) -> list[str]:
    form = a_form(elements=[an_element("x", **element_changes)])
    return _codes(form, Entry("x", Decimal(value)), previous={"x": previous} if previous else None)


def test_a_sound_return_has_no_findings() -> None:
    assert _codes(a_form(), *_entries("100", "80")) == []
    assert _codes(a_form(), *_entries("0", "0")) == []


def test_every_element_needs_an_answer() -> None:
    assert _codes(a_form()) == ["missing_element-dossiers_received", "missing_element-dossiers_full_online"]
    unanswered = Entry("dossiers_received", None, FigureState.NOT_REPORTED)
    empty = Entry("dossiers_full_online", None)
    assert _codes(a_form(), unanswered, empty) == [
        "missing_element-dossiers_received",
        "missing_element-dossiers_full_online",
    ]


def test_an_element_of_another_form_is_refused() -> None:
    assert _codes(a_form(), *_entries("100", "80"), Entry("strange", Decimal(1))) == ["unknown_element-strange"]


def test_an_element_entered_twice_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="twice"):
        _codes(a_form(), *_entries("100", "80"), *_entries("100", "80"))


@pytest.mark.parametrize("state", [FigureState.NOT_AVAILABLE, FigureState.NOT_APPLICABLE])
def test_no_number_needs_a_reason_of_ten_characters(state: FigureState) -> None:
    form = a_form(elements=[an_element("x")])
    assert _codes(form, Entry("x", None, state, "123456789 ")) == ["reason_missing-x"]
    assert _codes(form, Entry("x", None, state, "1234567890")) == []
    assert _codes(form, Entry("x", Decimal(5), state, _REASON)) == ["value_without_state-x"]


@pytest.mark.parametrize(
    ("changes", "value", "codes"),
    [
        ({}, "-1", ["negative-x"]),
        ({}, "1.5", ["not_whole-x"]),
        ({}, "2.0", []),
        ({"decimals": 2}, "89.20", []),
        ({"decimals": 2}, "89.205", ["too_many_decimals-x"]),
        ({}, "999999999999999", []),
        ({}, "1000000000000000", ["too_large-x"]),
        ({}, "NaN", ["too_large-x"]),
        ({"decimals": 6}, "9223372036854.775807", []),
        ({"decimals": 6}, "9223372036854.775808", ["too_large-x"]),
        ({"out_of": 63}, "63", []),
        ({"out_of": 63}, "64", ["above_maximum-x"]),
    ],
)
def test_check_16_impossible_values_are_refused(changes: dict, value: str, codes: list[str]) -> None:
    assert _one(changes, value) == codes


def test_a_part_larger_than_the_whole_is_refused_by_the_check_of_the_form() -> None:
    (finding,) = find_faults(a_form(), _entries("100", "101"), {}, lambda _: 0)
    assert (finding.key, finding.severity) == ("form_check-1", Severity.HARD)
    assert finding.element_ids == ("dossiers_full_online", "dossiers_received")
    assert finding.check == a_check()
    assert _codes(a_form(), *_entries("100", "100")) == []


def test_a_check_may_compare_with_the_size_of_a_list() -> None:
    form = a_form(elements=[an_element("online")], checks=(a_check("online <= size(essential-services)"),))
    assert _codes(form, Entry("online", Decimal(76))) == []
    assert _codes(form, Entry("online", Decimal(77))) == ["form_check-1"]


def test_a_check_is_skipped_when_a_value_is_missing() -> None:
    _, online = _entries("100", "101")
    gap = Entry("dossiers_received", None, FigureState.NOT_AVAILABLE, _REASON)
    assert _codes(a_form(), gap, online) == []


def test_a_soft_check_asks_for_a_reason() -> None:
    form = a_form(checks=(a_check(severity=Severity.SOFT),))
    (finding,) = find_faults(form, _entries("100", "101"), {}, lambda _: 0)
    assert finding.severity is Severity.SOFT


@pytest.mark.parametrize(
    ("previous", "value", "codes"),
    [
        ("100", "130", []),
        ("100", "131", ["risen_much-x"]),
        ("100", "70", []),
        ("100", "69", ["fallen_much-x"]),
        ("100", "0", ["dropped_to_zero-x"]),
        ("0", "0", []),
        ("0", "500", []),
        ("100", "100", ["same_as_previous-x"]),
        ("100", "1000", ["many_times_more-x"]),
        ("100", "1180", ["many_times_more-x"]),
        ("123", "12300", ["many_times_more-x"]),
        ("123", "123000", ["many_times_more-x"]),
        ("1000", "101", ["many_times_less-x"]),
        ("100", "400", ["risen_much-x"]),
        ("100", "99999999", ["risen_much-x"]),
    ],
)
def test_check_16_what_is_unusual_against_the_period_before(previous: str, value: str, codes: list[str]) -> None:
    assert _one({}, value, previous) == codes


def test_the_factor_and_the_change_are_named() -> None:
    form = a_form(elements=[an_element("x")])
    (more,) = find_faults(form, [Entry("x", Decimal(12000))], {"x": Decimal(123)}, lambda _: 0)
    assert dict(more.parameters) == {"factor": 100, "previous": Decimal(123)}
    (fallen,) = find_faults(form, [Entry("x", Decimal(60))], {"x": Decimal(100)}, lambda _: 0)
    assert dict(fallen.parameters) == {"change": Decimal("0.4"), "previous": Decimal(100)}


@pytest.mark.parametrize(("source", "codes"), [("Bộ Nội vụ, 19/4/2025", []), ("báo", ["source_missing-x"])])
def test_a_score_names_its_source(source: str, codes: list[str]) -> None:
    form = a_form(elements=[an_element("x", measure=Measure.SCORE, out_of=63)], checks=())
    assert _codes(form, Entry("x", Decimal(6), note=source)) == codes


def test_a_stock_may_stay_as_it_was() -> None:
    assert _one({"measure": Measure.STOCK}, "76", "76") == []


def test_a_wrong_value_is_not_called_unusual_too() -> None:
    assert _one({}, "1.5", "100") == ["not_whole-x"]
