"""The forecast: exact examples, and the same answers as its slow twin on random series."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.calculation.forecast import LINES, QUESTIONS, REPORTED, forecasts
from tests.calculation.slow_forecast import SlowForecast

NAMES = {
    "method": "forecast_method",
    "forecast": "forecast",
    "low": "forecast_low",
    "high": "forecast_high",
    "rate": "forecast_rate",
    "error": "forecast_error",
    "trial": "forecast_trial",
    "trials": "forecast_trials",
    "known_upper": "known_upper",
    "known_lower": "known_lower",
    "expected_volume": "expected_volume",
}


def answer(
    points: dict[int, tuple[float, float]],
    *,
    here: int,
    due: int = 11,
    start: int = 0,
    levels: bool = False,
    is_ratio: bool = True,
    cap: float = 1.0,
) -> dict[str, Any] | None:
    told = [(0, month, *point) for month, point in points.items() if month <= here]
    found = forecasts(
        pl.DataFrame([(0, levels, is_ratio, cap)], LINES, orient="row"),
        pl.DataFrame(told, REPORTED, orient="row"),
        pl.DataFrame([(0, here, due, start)], QUESTIONS, orient="row"),
    )
    return found.row(0, named=True) if found.height else None


def steady(months: int, first: int = 50, more: int = 2) -> dict[int, tuple[float, float]]:
    return {month: (first + more * month, 100) for month in range(months)}


def test_fewer_than_four_points_give_no_forecast_but_what_is_known() -> None:
    found = answer(steady(3), here=2)
    assert found is not None
    assert (found["forecast"], found["forecast_method"], found["forecast_low"]) == (None, None, None)
    assert (found["known_upper"], found["known_lower"], found["expected_volume"]) == (156, 300, 900)


def test_a_steady_rise_goes_on_at_its_pace() -> None:
    found = answer(steady(9), here=8)
    assert found is not None
    assert (found["forecast_method"], found["forecast_error"]) == ("pace", pytest.approx(0))
    assert found["forecast_rate"] == pytest.approx(0.70)  # 68, 70 and 72 of 100 in the months 9 to 11
    assert found["forecast"] == pytest.approx((522 + 210) / 1200)
    assert (found["forecast_low"], found["forecast_high"]) == (pytest.approx(0.61), pytest.approx(0.61))


def test_a_share_never_passes_all_cases() -> None:
    found = answer(steady(9, first=80, more=3), here=8)
    assert found is not None
    assert (found["forecast_method"], found["forecast_rate"]) == ("pace", 1.0)


def test_with_few_trials_another_way_must_be_much_better_than_the_last_rate() -> None:
    rising = {0: (50.0, 100.0), 1: (52.0, 100.0), 2: (54.0, 100.0)}
    for last, method in ((56.0, "pace"), (56.4, "pace"), (56.5, "last")):
        found = answer(rising | {3: (last, 100.0)}, here=3)
        assert found is not None
        assert (found["forecast_method"], found["forecast_trials"], found["forecast_trial"]) == (method, 2, 1)
        assert found["forecast_low"] <= found["forecast"] <= found["forecast_high"]


def test_a_month_that_comes_back_every_year_is_told_from_last_year() -> None:
    points = {month: (90.0 if month % 12 in (2, 3) else 50.0 + month % 2, 100.0) for month in range(25)}
    found = answer(points, here=24, due=27, start=27)
    assert found is not None
    assert (found["forecast_method"], found["forecast"]) == ("last_year", 0.90)


def test_a_level_goes_on_at_the_pace_of_half_a_year() -> None:
    points = {month: (0.30 + 0.05 * month, 1.0) for month in range(8)}
    found = answer(points, here=7, due=9, levels=True)
    assert found is not None
    assert (found["forecast_method"], found["forecast"]) == ("pace", pytest.approx(0.75))


def test_a_count_adds_the_reports_to_come() -> None:
    points = dict.fromkeys(range(6), (4.0, 1.0))
    found = answer(points, here=5, is_ratio=False, cap=math.inf)
    assert found is not None
    assert (found["known_upper"], found["expected_volume"], found["forecast"]) == (24, 6, 48)


def test_a_series_by_quarter_counts_the_quarters_to_come() -> None:
    points = dict.fromkeys((2, 5, 8, 11), (30.0, 60.0))
    found = answer(points, here=11, due=23, start=12)
    assert found is not None
    assert (found["known_lower"], found["expected_volume"], found["forecast"]) == (0, 240, 0.5)


def test_a_month_without_a_report_is_told_from_the_last_one() -> None:
    found, before = answer(steady(9), here=10), answer(steady(9), here=8)
    assert found is not None
    assert before is not None
    assert found | {"month": 8} == before


def test_past_the_deadline_nothing_is_forecast() -> None:
    found = answer(steady(9), here=8, due=8)
    assert found is not None
    assert (found["forecast"], found["forecast_method"]) == (None, None)


def test_no_series_gives_no_row() -> None:
    assert answer({}, here=3) is None


@st.composite
def questions(draw: st.DrawFn) -> tuple[SlowForecast, int]:
    months, step = draw(st.integers(1, 30)), draw(st.sampled_from([1, 1, 1, 3]))
    chance = draw(st.randoms(use_true_random=True))
    levels, ratio = draw(st.booleans()), draw(st.booleans())
    missing, slope = draw(st.sampled_from([0, 0.1, 0.5])), draw(st.sampled_from([0, 0.02, -0.01]))
    points = {}
    for month in range(step - 1, months, step):
        if chance.random() < missing:
            continue
        lower = Fraction(1 if levels or not ratio else chance.randrange(1, 60))
        share = Fraction(round(100 * min(1, max(0, 0.4 + slope * month + 0.3 * (chance.random() - 0.5)))), 100)
        points[month] = (Fraction(round(share * lower)) if not levels else share, lower)
    due = months - 1 + draw(st.integers(0, 14))
    start = due if draw(st.booleans()) else max(0, due - draw(st.sampled_from([11, 23, 5])))
    return SlowForecast(points, levels, ratio, Fraction(1) if ratio else None, due, start), months - 1


def answer_to(twin: SlowForecast, here: int) -> dict[str, Any] | None:
    return answer(
        {month: (float(upper), float(lower)) for month, (upper, lower) in twin.points.items()},
        here=here,
        due=twin.due,
        start=twin.start,
        levels=twin.levels,
        is_ratio=twin.ratio,
        cap=1.0 if twin.ratio else math.inf,
    )


@settings(max_examples=400, deadline=None, derandomize=True)
@given(questions())
def test_the_forecast_agrees_with_its_slow_twin(question: tuple[SlowForecast, int]) -> None:
    twin, here = question
    found = answer_to(twin, here)
    if not twin.points:
        assert found is None
        return
    expected = twin.answer()
    assert found is not None
    for name, column in NAMES.items():
        value = expected.get(name)
        assert found[column] == (pytest.approx(value, abs=1e-9) if isinstance(value, float) else value), name


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(questions(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_other_series_matter(
    all_: list[tuple[SlowForecast, int]], chance: Random
) -> None:
    lines = [(n, twin.levels, twin.ratio, 1.0 if twin.ratio else math.inf) for n, (twin, _) in enumerate(all_)]
    told = [(n, m, float(u), float(w)) for n, (twin, _) in enumerate(all_) for m, (u, w) in twin.points.items()]
    asked = [(n, here, twin.due, twin.start) for n, (twin, here) in enumerate(all_)]
    together = []
    for _ in range(2):
        frames = (
            pl.DataFrame(rows, kind, orient="row")
            for rows, kind in ((lines, LINES), (told, REPORTED), (asked, QUESTIONS))
        )
        together.append(forecasts(*frames).sort("line"))
        for rows in (lines, told, asked):
            chance.shuffle(rows)
    assert together[0].equals(together[1])
    for number, (twin, here) in enumerate(all_):
        alone = answer_to(twin, here)
        own = together[0].filter(pl.col("line") == number)
        assert (own.row(0, named=True) | {"line": 0} if own.height else None) == alone
