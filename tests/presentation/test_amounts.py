from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from scorecard.domain.goal import AllOf, parse_goal
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.plan import DatedValue
from scorecard.presentation.amounts import Amounts
from tests.builders import a_target, an_element
from tests.presentation.scoreboards import (
    EN,
    PLAIN,
    VI,
    a_late_row,
    a_row,
    a_standing,
    of_one_element,
    province_of,
    ranked_element,
)


def spaced(text: str | None) -> str | None:
    return text.replace("\N{NO-BREAK SPACE}", " ") if text else text


def printed(kind: IndicatorKind, goal: str, numerator: int, row: dict[str, object], **changes: object) -> str | None:
    score = changes.pop("score", an_element("score", counted_in="điểm", decimals=2))
    indicator = of_one_element(kind, "score", **changes)
    province = province_of(a_target(goal=goal, indicator_id=indicator.id), indicators=(indicator,), score=score)
    found = a_row(numerator=numerator, value=1.0, status="at_risk", **row)
    return spaced(Amounts(VI, province).value(a_standing(found, province)))


def test_a_rate_is_printed_with_its_numerator_and_denominator() -> None:
    standing = a_standing(a_late_row(numerator=427662, denominator=597000), PLAIN)
    assert Amounts(VI, PLAIN).value(standing) == "71,6%"
    assert Amounts(EN, PLAIN).value(standing) == "71.6%"
    assert spaced(Amounts(VI, PLAIN).parts(standing)) == "427.662/597.000 hồ sơ"


def test_a_rate_just_short_of_its_goal_never_prints_as_the_goal() -> None:
    province = province_of(a_target(goal="= 100%"))
    standing = a_standing(a_late_row(numerator=9996, denominator=10000), province)
    assert Amounts(VI, province).value(standing) == "99,96%"


def test_a_rate_beside_its_goal_prints_on_its_true_side() -> None:
    amounts = Amounts(VI, PLAIN)
    assert amounts.value(a_standing(a_late_row(numerator=7996, denominator=10000), PLAIN)) == "79,96%"
    assert amounts.value(a_standing(a_late_row(numerator=8004, denominator=10000), PLAIN)) == "80,0%"


def test_no_value_is_no_number() -> None:
    amounts = Amounts(VI, PLAIN)
    assert amounts.value(a_standing(a_row(), PLAIN)) is None
    assert amounts.parts(a_standing(a_row(), PLAIN)) is None
    no_cases = a_row(numerator=0, denominator=0)
    assert amounts.value(a_standing(no_cases, PLAIN)) is None
    assert amounts.parts(a_standing(no_cases, PLAIN)) is None


def test_a_true_zero_is_a_value() -> None:
    zero = a_late_row(numerator=0, denominator=38, value=0.0)
    assert Amounts(VI, PLAIN).value(a_standing(zero, PLAIN)) == "0,0%"


def test_a_list_is_printed_as_members_of_its_size() -> None:
    indicator = of_one_element(IndicatorKind.LIST_COUNT, "cases", counted_in="dịch vụ", decimals=0)
    province = province_of(a_target(goal="76/76", indicator_id=indicator.id), indicators=(indicator,))
    standing = a_standing(a_late_row(numerator=75, denominator=76, value=75.0, short_by=1), province)
    assert spaced(Amounts(VI, province).value(standing)) == "75/76 dịch vụ"
    assert spaced(Amounts(VI, province).missing(standing)) == "1 dịch vụ"
    assert Amounts(VI, province).parts(standing) is None


def test_a_score_in_percent_is_a_share_and_never_crosses_its_goal() -> None:
    row = {"numerator_decimals": 2}
    assert printed(IndicatorKind.SCORE, ">= 99.81%", 9980, row, counted_in="%") == "99,8%"
    assert printed(IndicatorKind.SCORE, ">= 90%", 8996, row, counted_in="%") == "89,96%"


def test_other_scores_ranks_and_counts_carry_what_they_are_counted_in() -> None:
    assert printed(IndicatorKind.SCORE, ">= 20", 1634, {"numerator_decimals": 2}, counted_in="điểm", decimals=2) == (
        "16,34 điểm"
    )
    scored = an_element("score", counted_in="điểm", out_of=100)
    assert printed(IndicatorKind.SCORE, ">= 90", 87, {}, counted_in="điểm", decimals=0, score=scored) == "87/100 điểm"
    assert printed(IndicatorKind.RANK, "rank <= 3", 6, {}, decimals=0, score=ranked_element(63)) == "hạng 6/63"
    assert printed(IndicatorKind.RANK, "rank <= 3", 6, {}, decimals=0, score=ranked_element(None)) == "hạng 6"
    assert printed(IndicatorKind.COUNT, ">= 10", 1234, {}, counted_in="TTHC", decimals=0) == "1.234 TTHC"


def test_an_approximate_value_says_so() -> None:
    standing = a_standing(a_late_row(approximate=True), PLAIN)
    assert Amounts(VI, PLAIN).value(standing) == "khoảng 71,6%"


@pytest.mark.parametrize(
    ("goal", "vietnamese"),
    [
        (">= 80%", "≥ 80%"),
        ("> 90%", "> 90%"),
        ("= 100%", "100%"),
        ("<= 5", "≤ 5"),
        ("< 2.5%", "< 2,5%"),
        (">= 99.81%", "≥ 99,81%"),
        ("80..90%", "80%–90%"),
        ("76/76", "76/76"),
        ("done", "hoàn thành"),
        ("rank <= 3", "hạng 3 trở lên"),
        ("> previous", "> năm trước"),
        (">= previous + 2 points", "≥ năm trước + 2 điểm %"),
        (">= previous - 3", "≥ năm trước − 3"),
        ("rank < previous", "hạng cao hơn năm trước"),
        ("rank <= previous", "hạng không thấp hơn năm trước"),
    ],
)
def test_goals_read_as_the_plan_states_them(goal: str, vietnamese: str) -> None:
    province = province_of(a_target(goal=goal))
    assert spaced(Amounts(VI, province).goal(a_standing(a_row(), province))) == vietnamese


def test_goals_that_hold_together_are_all_printed() -> None:
    both = AllOf((parse_goal(">= 90%"), parse_goal("> previous")))
    province = province_of(replace(a_target(), goal=both))
    assert spaced(Amounts(VI, province).goal(a_standing(a_row(), province))) == "≥ 90%; > năm trước"


def test_a_stepped_goal_is_the_one_in_force_and_so_is_the_line_it_prints_against() -> None:
    stepped = tuple(DatedValue(date(year, 12, 31), Fraction(share, 100)) for year, share in ((2025, 70), (2026, 90)))
    province = province_of(replace(a_target(goal=">= 90%", due=date(2026, 12, 31)), stepped=stepped))
    standing = a_standing(a_late_row(numerator=6996, denominator=10000), province)
    assert spaced(Amounts(VI, province).goal(standing)) == "≥ 70%"
    assert Amounts(VI, province).value(standing) == "69,96%"
    assert standing.due == date(2025, 12, 31)
