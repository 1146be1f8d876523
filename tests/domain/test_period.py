from datetime import date

import pytest

from scorecard.domain.period import Calendar, Frequency, Month, Period, PeriodError


@pytest.mark.parametrize("text", ["2025-06", "2025-Q2", "2025-H1", "2025-H2", "2025"])
def test_a_period_prints_as_it_was_read(text: str) -> None:
    assert str(Period.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "2025-6",
        "2025-13",
        "2025-00",
        "2025-Q5",
        "2025-H3",
        "06-2025",
        "2025-06-01",
        "",
        " 2025",
        "0000",
        "0000-01",
        "9025-06",
        "٢٠٢٥",
        "2025-0٦",
    ],
)
def test_what_is_not_a_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse(text)


def test_months_count_across_the_year() -> None:
    assert Month.parse("2024-11").plus(3) == Month.of(2025, 2)
    assert Month.parse("2025-02").plus(-2) == Month.of(2024, 12)
    assert Month.parse("2025-02").index - Month.parse("2024-11").index == 3


def test_a_date_is_reached_with_its_month() -> None:
    assert str(Month.containing(date(2025, 6, 30))) == "2025-06"
    assert str(Month.containing(date(2022, 8, 31))) == "2022-08"


def test_calendar_periods_cover_whole_months() -> None:
    assert Period.parse("2024-02").days(Calendar.CALENDAR) == (date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-09", date(2024, 8, 15), date(2024, 9, 14)),
        ("2024-Q3", date(2024, 6, 15), date(2024, 9, 14)),
        ("2024-H1", date(2023, 12, 15), date(2024, 6, 14)),
        ("2024", date(2023, 12, 15), date(2024, 12, 14)),
    ],
)
def test_nd09_periods_run_from_the_15th_to_the_14th(text: str, first: date, last: date) -> None:
    assert Period.parse(text).days(Calendar.ND09) == (first, last)


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        (Frequency.MONTH, "2025-08"),
        (Frequency.QUARTER, "2025-Q3"),
        (Frequency.HALF, "2025-H2"),
        (Frequency.YEAR, "2025"),
    ],
)
def test_the_period_in_which_a_month_lies(frequency: Frequency, expected: str) -> None:
    assert str(Period.containing(Month.parse("2025-08"), frequency)) == expected
