from fractions import Fraction

import pytest

from scorecard.domain.goal import (
    Band,
    Comparator,
    Done,
    Goal,
    GoalError,
    Relative,
    Scale,
    Threshold,
    WholeList,
    parse_goal,
    parse_quantity,
)


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        (">= 80%", Threshold(Comparator.AT_LEAST, Fraction(4, 5), Scale.SHARE)),
        ("> 90%", Threshold(Comparator.ABOVE, Fraction(9, 10), Scale.SHARE)),
        ("= 100%", Threshold(Comparator.EQUAL, Fraction(1), Scale.SHARE)),
        ("<= 5", Threshold(Comparator.AT_MOST, Fraction(5), Scale.NUMBER)),
        ("< 2%", Threshold(Comparator.BELOW, Fraction(1, 50), Scale.SHARE)),
        (">= 99.81%", Threshold(Comparator.AT_LEAST, Fraction(9981, 10000), Scale.SHARE)),
        (">= 10", Threshold(Comparator.AT_LEAST, Fraction(10), Scale.NUMBER)),
        ("rank <= 3", Threshold(Comparator.AT_MOST, Fraction(3), Scale.RANK)),
        ("80..90%", Band(Fraction(4, 5), Fraction(9, 10), Scale.SHARE)),
        ("76/76", WholeList(76)),
        ("done", Done()),
        (">= previous", Relative(Comparator.AT_LEAST, Fraction(0), in_points=False, rank=False)),
        (">= previous + 2 points", Relative(Comparator.AT_LEAST, Fraction(1, 50), in_points=True, rank=False)),
        ("rank < previous", Relative(Comparator.BELOW, Fraction(0), in_points=False, rank=True)),
        (">= previous - 3", Relative(Comparator.AT_LEAST, Fraction(-3), in_points=False, rank=False)),
    ],
)
def test_a_goal_is_read(text: str, goal: Goal) -> None:
    assert parse_goal(text) == goal


@pytest.mark.parametrize(
    "text", ["75/76", "0/0", "80%", ">= 80 %", ">= 80,5%", "=> 80%", "90..80%", "rank <= 3%", "", "xong"]
)
def test_what_is_not_a_goal_is_refused(text: str) -> None:
    with pytest.raises(GoalError):
        parse_goal(text)


def test_points_and_percent_are_shares_and_a_bare_number_is_not() -> None:
    assert parse_quantity("20 points") == (Fraction(1, 5), Scale.SHARE)
    assert parse_quantity("65%") == (Fraction(13, 20), Scale.SHARE)
    assert parse_quantity("12") == (Fraction(12), Scale.NUMBER)


@pytest.mark.parametrize(
    ("comparator", "below", "equal", "above"),
    [
        (Comparator.AT_LEAST, False, True, True),
        (Comparator.ABOVE, False, False, True),
        (Comparator.EQUAL, False, True, False),
        (Comparator.AT_MOST, True, True, False),
        (Comparator.BELOW, True, False, False),
    ],
)
def test_a_comparator_holds_at_and_around_the_limit(
    comparator: Comparator, *, below: bool, equal: bool, above: bool
) -> None:
    limit = Fraction(999, 1000)
    assert comparator.holds(Fraction(998999, 1000000), limit) is below
    assert comparator.holds(Fraction(1998, 2000), limit) is equal
    assert comparator.holds(Fraction(999001, 1000000), limit) is above
