"""Whether a promise was kept: exact, told by later editions or stated, never guessed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from scorecard.domain.meeting import Commitment, EditionMark, Measured, Result, Statement, Verdict, edition_of, verdict
from scorecard.domain.period import Month

SEPTEMBER, OCTOBER, NOVEMBER = (Month.parse(f"2025-{number}") for number in ("09", "10", "11"))
AT = datetime(2025, 10, 3, 8, tzinfo=UTC)


def a_commitment(**changes: object) -> Commitment:
    content = {
        "id": "3",
        "edition": 1,
        "plan_id": "kh-222-2024",
        "month": SEPTEMBER,
        "target_id": "full-online-dossiers",
        "of_unit": "19",
        "unit_id": "so-khcn@",
        "what": "Hướng dẫn người dân",
        "due": date(2025, 11, 5),
        "promised": Decimal("75.5"),
        "given_at": AT,
        "given_by": "chair",
    } | changes
    return Commitment(**content)


def measured(edition: int, month: Month, value: str | None, *, rising: bool = True) -> Measured:
    return Measured(
        edition=edition, month=month, value=None if value is None else Fraction(value), rising_is_good=rising
    )


def test_the_first_later_edition_that_reaches_the_number_keeps_the_promise() -> None:
    later = (measured(4, NOVEMBER, "70"), measured(3, NOVEMBER, "80"), measured(2, OCTOBER, "75.5"))
    assert verdict(a_commitment(), later) == Verdict(result=Result.KEPT, edition=2)


def test_before_the_deadline_s_month_a_number_short_of_it_tells_nothing_yet() -> None:
    assert verdict(a_commitment(), [measured(2, OCTOBER, "75")]) == Verdict(result=Result.OPEN)
    assert verdict(a_commitment(), []) == Verdict(result=Result.OPEN)


def test_a_hair_short_at_the_deadline_breaks_the_promise() -> None:
    short = Fraction(755, 10) - Fraction(1, 10**9)
    later = [Measured(edition=2, month=NOVEMBER, value=short, rising_is_good=True)]
    assert verdict(a_commitment(), later) == Verdict(result=Result.NOT_KEPT, edition=2)


def test_where_less_is_better_the_number_must_not_be_passed() -> None:
    assert verdict(a_commitment(), [measured(2, NOVEMBER, "75.5", rising=False)]).result is Result.KEPT
    assert verdict(a_commitment(), [measured(2, NOVEMBER, "75.6", rising=False)]).result is Result.NOT_KEPT


def test_an_edition_without_a_value_tells_nothing_and_the_next_one_does() -> None:
    december = Month.parse("2025-12")
    later = [measured(2, NOVEMBER, None), measured(3, december, "60")]
    assert verdict(a_commitment(), later) == Verdict(result=Result.NOT_KEPT, edition=3)


@pytest.mark.parametrize(
    "edition", [measured(1, SEPTEMBER, "90"), measured(2, SEPTEMBER, "90"), measured(1, NOVEMBER, "9")]
)
def test_the_same_month_or_an_earlier_edition_tells_nothing(edition: Measured) -> None:
    assert verdict(a_commitment(), [edition]) == Verdict(result=Result.OPEN)


def test_what_was_stated_goes_before_the_number() -> None:
    said = Statement(result=Result.WITHDRAWN, reason="Giao trùng việc", stated_at=AT, stated_by="chair")
    assert verdict(a_commitment(statements=(said,)), [measured(2, OCTOBER, "90")]) == Verdict(result=Result.WITHDRAWN)


def test_without_a_number_nothing_but_a_person_tells() -> None:
    assert verdict(a_commitment(promised=None), [measured(2, NOVEMBER, "90")]) == Verdict(result=Result.OPEN)


def an_edition(number: int = 1, event: int = 20, **changes: object) -> EditionMark:
    content = {
        "plan_id": "kh-222-2024",
        "month": SEPTEMBER,
        "name": "Họp",
        "figures_hash": "f",
        "definitions_hash": "d",
        "program": "1",
        "seal": "s",
        "frozen_at": AT,
        "frozen_by": "chair",
    } | changes
    return EditionMark(number=number, event=event, **content)


def test_an_edition_shows_the_figures_of_now_until_others_are_put_in_force() -> None:
    marks = (an_edition(2, 30), an_edition(1, 20))
    asked = "kh-222-2024", SEPTEMBER, "d"
    assert edition_of(marks, *asked, figures_version=19) == marks[0]
    assert edition_of(marks, *asked, figures_version=29) == marks[0]
    assert edition_of(marks, *asked, figures_version=31) is None
    assert edition_of((), *asked, figures_version=0) is None


@pytest.mark.parametrize("other", [{"plan_id": "x"}, {"month": OCTOBER}, {"definitions_hash": "e"}])
def test_an_edition_of_another_plan_month_or_definition_is_another(other: dict[str, object]) -> None:
    assert edition_of((an_edition(**other),), "kh-222-2024", SEPTEMBER, "d", figures_version=0) is None
