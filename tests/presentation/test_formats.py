from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.domain.goal import Comparator
from scorecard.domain.period import Month, Period
from scorecard.presentation.formats import Formats, Line
from scorecard.presentation.texts import Language, load_texts

VI = Formats(load_texts(Language.VIETNAMESE))
EN = Formats(load_texts(Language.ENGLISH))


def at_least(value: Fraction) -> Line:
    return Line(Comparator.AT_LEAST, value)


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        (Fraction(1234567), 0, "1.234.567", "1,234,567"),
        (Fraction("1234.5"), 1, "1.234,5", "1,234.5"),
        (Fraction("0.05"), 1, "0,1", "0.1"),
        (Fraction("-5.25"), 1, "−5,3", "−5.3"),
        (Fraction("-0.04"), 1, "0,0", "0.0"),
        (Fraction(0), 1, "0,0", "0.0"),
    ],
)
def test_numbers_are_grouped_and_rounded_half_up(value: Fraction, decimals: int, vietnamese: str, english: str) -> None:
    assert VI.decimal(value, decimals) == vietnamese
    assert EN.decimal(value, decimals) == english


@pytest.mark.parametrize(
    ("share", "line", "printed"),
    [
        (Fraction(9996, 10000), Line(Comparator.EQUAL, Fraction(1)), "99,96%"),
        (Fraction(998999, 1000000), at_least(Fraction("0.999")), "99,8999%"),
        (Fraction(999, 1000), at_least(Fraction("0.999")), "99,9%"),
        (Fraction(17042, 17075), at_least(Fraction("0.9981")), "99,8%"),
        (Fraction(7996, 10000), at_least(Fraction("0.8")), "79,96%"),
        (Fraction(8004, 10000), at_least(Fraction("0.8")), "80,0%"),
        (Fraction(9004, 10000), Line(Comparator.ABOVE, Fraction("0.9")), "90,04%"),
        (Fraction(3, 1000000), None, "0,0003%"),
        (Fraction(99999, 100000), None, "99,999%"),
        (Fraction(0), None, "0,0%"),
        (Fraction(1), None, "100,0%"),
        (Fraction(3215, 66098), None, "4,9%"),
    ],
)
def test_a_printed_share_never_crosses_its_line(share: Fraction, line: Line | None, printed: str) -> None:
    assert VI.share(share, 1, line) == printed


@given(
    st.integers(0, 10**7),
    st.integers(1, 10**7),
    st.integers(0, 10000),
    st.sampled_from(Comparator),
    st.integers(0, 2),
)
def test_the_reader_judges_the_printed_share_as_the_program_judges_the_exact_one(
    numerator: int, denominator: int, goal: int, comparator: Comparator, decimals: int
) -> None:
    share, line = Fraction(numerator, denominator), Line(comparator, Fraction(goal, 10000))
    printed = VI.share(share, decimals, line).removesuffix("%").replace(".", "").replace(",", ".")
    assert comparator.holds(Fraction(printed) / 100, line.value) == comparator.holds(share, line.value)


def test_a_difference_of_shares_is_printed_in_points_with_its_sign() -> None:
    assert VI.points(Fraction("0.012")) == "+1,2 điểm %"
    assert VI.points(Fraction("-0.037")) == "−3,7 điểm %"


def test_a_count_keeps_its_unit_on_the_line() -> None:
    assert VI.counted(1234, "hồ sơ") == "1.234\N{NO-BREAK SPACE}hồ sơ"


@pytest.mark.parametrize(
    ("period", "printed"),
    [
        ("2026-09", "tháng 9/2026"),
        ("2024-Q3", "quý III/2024"),
        ("2022-H1", "6 tháng đầu năm 2022"),
        ("2022-H2", "6 tháng cuối năm 2022"),
        ("2024", "năm 2024"),
    ],
)
def test_periods_are_named_as_offices_name_them(period: str, printed: str) -> None:
    assert VI.period(Period.parse(period)) == printed


def test_days_and_months() -> None:
    assert VI.day(date(2026, 1, 5)) == "05/01/2026"
    assert VI.month(Month.parse("2026-01")) == "tháng 1/2026"
