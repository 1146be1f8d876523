"""The path drawn ahead: it goes through what the scoreboard expects in every month judged so far."""

from fractions import Fraction

import polars as pl
import pytest

from scorecard.calculation.plan_line import plan_line
from scorecard.calculation.scoreboard import status_history
from scorecard.domain.indicator import Indicator
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from tests.calculation.provinces import figures, indicator, province, target, unit

LAST = Month.parse("2025-12")
BASE = ("2024-12-31", "0.4")
PLAIN, FALLING = indicator(), indicator(rising_is_good=False)


@pytest.mark.parametrize(
    ("asked", "rate"),
    [
        (target(baseline=BASE), PLAIN),
        (target(baseline=BASE, path={"2025-03-31": "0.5", "2025-09-30": "0.75"}), PLAIN),
        (target(baseline=("2025-02-28", "0.55"), path={"2025-01-31": "0.5", "2025-06-30": "0.6"}), PLAIN),
        (target(baseline=("2024-12-31", "0.65"), path={"2025-06-30": "0.6"}), PLAIN),
        (target("<= 20%", baseline=BASE, path={"2025-06-30": "0.3"}), FALLING),
    ],
)
def test_the_line_is_what_the_scoreboard_expects_month_by_month(asked: Target, rate: Indicator) -> None:
    where = province([asked], units=[unit("a")], indicators=[rate])
    what = figures(("2025-01", "a", "online", 500), ("2025-01", "a", "received", 1000))
    expected = status_history(where, what, LAST).filter(pl.col("month") >= Month.containing(asked.baseline.by).index)  # type: ignore[union-attr]
    assert asked.baseline is not None
    goal = Fraction(80, 100) if rate is PLAIN else Fraction(20, 100)
    line = dict(plan_line(asked, (Month.containing(asked.baseline.by), asked.baseline.value), (LAST, goal)))
    found = expected.select("month", "expected").rows()
    assert found
    assert [(month, pytest.approx(float(line[Month(month)]), abs=1e-9)) for month, _ in found] == found


def test_a_goal_before_its_baseline_has_no_line() -> None:
    assert plan_line(target(), (LAST, Fraction(1, 2)), (LAST.plus(-1), Fraction(4, 5))) == ()


def test_the_goals_of_each_year_lie_on_one_line() -> None:
    asked = target(due="2026-12-31", stepped={"2025-12-31": "0.5", "2026-12-31": "0.8"})
    start, end = (Month.parse("2024-12"), Fraction(2, 5)), (Month.parse("2026-12"), Fraction(4, 5))
    line = dict(plan_line(asked, start, end))
    assert (line[LAST], line[LAST.plus(6)], line[LAST.plus(12)]) == (Fraction(1, 2), Fraction(13, 20), Fraction(4, 5))
