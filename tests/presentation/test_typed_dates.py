"""Days as people type them."""

from datetime import date

import pytest

from scorecard.presentation.texts import Language, load_texts
from scorecard.presentation.typed_dates import TypedDateError, parse_day, parse_since, print_since

LATEST = date(2025, 9, 30)


@pytest.mark.parametrize(
    ("typed", "since", "printed"),
    [
        ("05/3/2025", "2025-03-05", "05/03/2025"),
        (" 5.3.2025 ", "2025-03-05", "05/03/2025"),
        ("5 - 3 - 2025", "2025-03-05", "05/03/2025"),
        ("30/9/2025", "2025-09-30", "30/09/2025"),
        ("3/2025", "2025-03", "03/2025"),
        ("9/2025", "2025-09", "09/2025"),
        ("2022", "2022", "2022"),
    ],
)
def test_as_much_of_a_day_as_is_known_is_read_day_first(typed: str, since: str, printed: str) -> None:
    assert parse_since(typed, LATEST) == since
    assert print_since(since) == printed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("hôm qua", "not_a_day"),
        ("5/3/25", "not_a_day"),
        ("2025/03/05", "not_a_day"),
        ("31/2/2025", "no_such_day"),
        ("3/13/2025", "no_such_day"),
        ("13/2025", "no_such_day"),
        ("0/3/2025", "no_such_day"),
        ("00/2025", "no_such_day"),
        ("01/10/2025", "in_the_future"),
        ("10/2025", "in_the_future"),
        ("2026", "in_the_future"),
    ],
)
def test_what_could_be_misread_is_refused_in_words(typed: str, code: str) -> None:
    with pytest.raises(TypedDateError) as refused:
        parse_since(typed, LATEST)
    assert refused.value.code == code
    assert load_texts(Language.VIETNAMESE).has(f"typed_date.{code}")


@pytest.mark.parametrize("typed", ["30/11/2025", " 30.11.2025", "30 - 11 - 2025"])
def test_a_whole_day_is_read_day_first_however_far_away(typed: str) -> None:
    assert parse_day(typed) == date(2025, 11, 30)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("11/2025", "not_a_whole_day"),
        ("2025", "not_a_whole_day"),
        ("30/11", "not_a_whole_day"),
        ("cuối năm", "not_a_whole_day"),
        ("31/11/2025", "no_such_day"),
        ("11/30/2025", "no_such_day"),
    ],
)
def test_less_than_a_whole_day_is_refused_in_words(typed: str, code: str) -> None:
    with pytest.raises(TypedDateError) as refused:
        parse_day(typed)
    assert refused.value.code == code
    assert load_texts(Language.VIETNAMESE).has(f"typed_date.{code}")
