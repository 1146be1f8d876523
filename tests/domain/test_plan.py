from datetime import date
from fractions import Fraction

import pytest

from scorecard.domain.goal import Done, Threshold, parse_goal
from scorecard.domain.period import Month
from scorecard.domain.plan import DatedValue, Scope, Target

STEPPED = Target(
    id="result-digitised.commune",
    plan_id="nq-55",
    name="Số hóa kết quả",
    name_en=None,
    indicator_id="result_digitised",
    goal=parse_goal(">= 100%"),
    starts=date(2022, 1, 1),
    due=date(2026, 12, 31),
    scope=Scope(level="commune"),
    stepped=tuple(
        DatedValue(date(year, 12, 31), Fraction(value, 100))
        for year, value in ((2022, 35), (2023, 55), (2024, 75), (2025, 95), (2026, 100))
    ),
)


@pytest.mark.parametrize(
    ("month", "value", "due"),
    [
        ("2022-01", Fraction(35, 100), date(2022, 12, 31)),
        ("2023-01", Fraction(55, 100), date(2023, 12, 31)),
        ("2023-12", Fraction(55, 100), date(2023, 12, 31)),
        ("2025-06", Fraction(95, 100), date(2025, 12, 31)),
        ("2026-12", Fraction(1), date(2026, 12, 31)),
        ("2027-05", Fraction(1), date(2026, 12, 31)),
    ],
)
def test_the_goal_in_force_of_a_stepped_target_is_that_of_the_running_year(
    month: str, value: Fraction, due: date
) -> None:
    goal, by = STEPPED.goal_at(Month.parse(month))
    assert isinstance(goal, Threshold)
    assert (goal.value, by) == (value, due)


def test_the_goal_of_a_milestone_never_changes() -> None:
    milestone = Target(
        id="hotline",
        plan_id="kh-222-2024",
        name="Đường dây nóng",
        name_en=None,
        indicator_id=None,
        goal=Done(),
        starts=date(2024, 12, 1),
        due=date(2025, 12, 31),
        scope=Scope(),
    )
    assert milestone.goal_at(Month.parse("2025-01")) == (Done(), date(2025, 12, 31))
