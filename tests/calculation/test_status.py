from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.calculation.scoreboard import scoreboard, status_history
from scorecard.domain.form import Measure
from scorecard.domain.indicator import IndicatorKind, Window
from scorecard.domain.period import Frequency, Month
from scorecard.domain.plan import Limits, Scope
from scorecard.domain.province import Province
from tests.calculation.provinces import element, figures, form, indicator, province, reporters, target, unit


def judge(where: Province, what: pl.DataFrame, as_of: str) -> dict[str, Any]:
    rows = scoreboard(where, what, Month.parse(as_of)).to_dicts()
    assert len(rows) == 1
    return rows[0]


def verdict(where: Province, what: pl.DataFrame, as_of: str) -> tuple[str, str]:
    row = judge(where, what, as_of)
    return row["status"], row["reason"]


def monthly(values: Sequence[int | None], *, total: int = 1000, since: str = "2025-01") -> pl.DataFrame:
    """One unit's share of `total` per month, in a window of one month; None for a month without a report."""
    first = Month.parse(since)
    return figures(
        *(
            (str(first.plus(n)), "a", name, amount)
            for n, value in enumerate(values)
            if value is not None
            for name, amount in (("online", value), ("received", total))
        )
    )


def one_unit(**more: object) -> Province:
    window = [indicator(window=Window.MONTH)]
    return province([target(**{"baseline": ("2024-12-31", "0.2"), **more})], units=[unit("a")], indicators=window)


@pytest.mark.parametrize(
    ("online", "received", "goal", "status"),
    [
        (999, 1000, ">= 99.9%", "met"),
        (998_999, 1_000_000, ">= 99.9%", "missed"),
        (800, 1000, "> 80%", "missed"),
        (801, 1000, "> 80%", "met"),
        (1000, 1000, "= 100%", "met"),
        (999_999_999, 1_000_000_000, "= 100%", "missed"),
        (850, 1000, "80..90%", "met"),
        (901, 1000, "80..90%", "missed"),
        (20, 1000, "<= 2%", "met"),
        (20, 1000, "< 2%", "missed"),
    ],
)
def test_meeting_the_goal_is_decided_on_whole_numbers(online: int, received: int, goal: str, status: str) -> None:
    what = monthly([online], total=received, since="2025-12")
    assert verdict(one_unit(goal=goal), what, "2025-12")[0] == status


@pytest.mark.parametrize(
    ("online", "goal", "short_by"),
    [(650, ">= 80%", 150), (800, "> 80%", 1), (799, "> 80%", 2), (801, "> 80%", None), (0, ">= 99.95%", 1000)],
)
def test_short_by_is_the_smallest_number_of_further_cases(online: int, goal: str, short_by: int | None) -> None:
    assert judge(one_unit(goal=goal), monthly([online], since="2025-12"), "2025-12")["short_by"] == short_by


def test_nothing_reported_is_no_data_and_never_zero() -> None:
    row = judge(one_unit(), monthly([]), "2025-03")
    assert (row["status"], row["reason"]) == ("no_data", "no_figures")
    assert [row[name] for name in ("value", "numerator", "denominator", "path_done", "short_by")] == [None] * 5


def test_a_month_without_a_report_is_no_data_though_earlier_ones_are_there() -> None:
    assert verdict(one_unit(), monthly([900, None]), "2025-02") == ("no_data", "not_reported")
    year = province([target()], units=[unit("a")])
    assert verdict(year, monthly([900, None]), "2025-02") == ("no_data", "not_reported")


def test_no_cases_is_neither_zero_nor_met() -> None:
    row = judge(one_unit(), monthly([0], total=0), "2025-01")
    assert (row["status"], row["reason"], row["value"], row["denominator"]) == ("no_data", "no_cases", None, 0)


def test_a_true_zero_is_a_value() -> None:
    assert judge(one_unit(), monthly([0]), "2025-01")["value"] == 0.0


def test_a_fall_reopens_a_goal_that_was_met() -> None:
    where = one_unit()
    assert verdict(where, monthly([800, 790]), "2025-01") == ("met", "met")
    row = judge(where, monthly([800, 790]), "2025-02")
    assert (row["status"], row["previous_status"]) == ("on_track", "met")
    assert row["status_since"] == Month.parse("2025-02").index


def test_a_status_is_dated_from_the_first_month_in_which_it_lasts() -> None:
    met_again = judge(one_unit(), monthly([800, 700, 990, 800, 800]), "2025-05")
    assert (met_again["status"], Month(met_again["status_since"])) == ("met", Month.parse("2025-03"))
    assert judge(one_unit(), monthly([800]), "2025-01")["status_since"] == Month.parse("2025-01").index


def test_a_cumulative_count_once_met_stays_met() -> None:
    counted = indicator("n", None, name="count", window=Window.MONTH)
    where = province(
        [target(">= 10", indicator_id="count", cumulative=True)],
        units=[unit("a")],
        forms=[form([element("n")])],
        indicators=[counted],
    )
    what = figures(("2025-01", "a", "n", 4), ("2025-02", "a", "n", 6), ("2025-03", "a", "n", -2))
    assert judge(where, what, "2025-01")["expected"] == pytest.approx(10 / 12)
    assert verdict(where, what, "2025-02") == ("met", "met")
    row = judge(where, what, "2025-03")
    assert (row["status"], row["numerator"]) == ("met", 8)


def test_expected_today_runs_straight_through_the_dated_values() -> None:
    where = one_unit(path={"2025-06-30": "0.65"})
    row = judge(where, monthly([290]), "2025-01")
    assert (row["expected"], row["baseline"], row["baseline_month"]) == (0.275, 0.2, Month.of(2024, 12).index)
    assert row["path_done"] == pytest.approx(0.15)
    assert row["path_expected"] == pytest.approx(0.125)
    assert judge(where, monthly([650], since="2025-06"), "2025-06")["expected"] == 0.65
    assert judge(where, monthly([700], since="2025-09"), "2025-09")["expected"] == 0.725


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (500, ("on_track", "on_path")),
        (485, ("on_track", "on_path")),
        (484, ("at_risk", "behind_path")),
        (440, ("at_risk", "behind_path")),
        (439, ("off_track", "far_behind_path")),
    ],
)
def test_status_follows_the_ratio_of_the_path(value: int, expected: tuple[str, str]) -> None:
    assert verdict(one_unit(), monthly([value], since="2025-06"), "2025-06") == expected


def published(values: Sequence[int], since: str) -> tuple[Province, pl.DataFrame]:
    """A score in tenths of a percent, published month by month: it is judged by its pace alone."""
    scores = [form([element("par", Measure.SCORE, decimals=1, counted_in="%")], reporters(levels=("province",)))]
    index = [indicator("par", None, name="par", kind=IndicatorKind.SCORE)]
    where = province([target(indicator_id="par", baseline=("2024-12-31", "0.2"))], forms=scores, indicators=index)
    first = Month.parse(since)
    rows = [(str(first.plus(n)), "19", "par", f"{value / 10:.1f}") for n, value in enumerate(values)]
    return where, figures(*rows)


def test_improving_needs_a_margin_and_worsening_does_not() -> None:
    expected = [20 + 5 * n for n in range(1, 13)]
    shares = [0.90, 0.96, 0.97, 0.94, 0.79, 0.81, 0.82]
    values = [200 + round((e - 20) * 10 * r) for e, r in zip(expected[4:], shares, strict=False)]
    history = status_history(*published(values, "2025-05"), Month.parse("2025-11"))
    found = history.filter(pl.col("month") >= Month.parse("2025-05").index).sort("month")
    assert found["status"].to_list() == [
        "at_risk",
        "at_risk",
        "on_track",
        "at_risk",
        "off_track",
        "off_track",
        "at_risk",
    ]
    assert found["reason"].to_list()[1] == "margin_not_reached"


@pytest.mark.parametrize(
    ("values", "forecast_path", "told"),
    [
        ([640] * 7, 44 / 60, ("at_risk", "forecast_short")),  # R = 44/45, but 64% stays 64%
        ([600] * 7, 40 / 60, ("off_track", "forecast_far_short")),  # R = 40/45
        ([500] * 7, 30 / 60, ("off_track", "far_behind_path")),  # R = 30/45
        ([200, 310, 420, 530], 66 / 60, ("at_risk", "behind_path")),  # R = 33/45, but 11 points a month
        ([530, 575, 620, 665], 60 / 60, ("on_track", "on_path")),
    ],
)
def test_pace_and_forecast_decide_together(values: list[int], forecast_path: float, told: tuple[str, str]) -> None:
    since = str(Month.parse("2025-09").plus(1 - len(values)))
    row = judge(one_unit(), monthly(values, since=since), "2025-09")
    assert (row["status"], row["reason"]) == told
    assert row["forecast_path"] == pytest.approx(forecast_path)


@pytest.mark.parametrize(
    ("goal", "online", "rate", "count", "out_of_reach"),
    [
        (">= 80%", 60, 1.0, 600, False),  # 80% of 1.200 is 960, 360 are there: all 600 to come would do
        ("> 80%", 60, 1.0, 601, True),
        (">= 80%", 59, 606 / 600, 606, True),
        (">= 80%", 70, 540 / 600, 540, False),
    ],
)
def test_what_is_needed_is_exact_and_all_of_the_rest_may_be_just_enough(
    goal: str, online: int, rate: float, count: int, out_of_reach: bool
) -> None:
    where = province([target(goal)], units=[unit("a")])
    row = judge(where, monthly([online] * 6, total=100), "2025-06")
    assert (row["known_numerator"], row["known_denominator"], row["expected_volume"]) == (6 * online, 600, 600)
    assert (row["needed_rate"], row["needed_count"]) == (pytest.approx(rate), count)
    assert row["out_of_reach"] is out_of_reach


def test_a_goal_that_must_not_be_passed_says_how_much_is_allowed() -> None:
    late = [indicator(rising_is_good=False)]
    where = province([target("<= 10%")], units=[unit("a")], indicators=late)
    row = judge(where, monthly([15] * 6, total=100), "2025-06")
    assert (row["needed_rate"], row["needed_count"], row["out_of_reach"]) == (pytest.approx(30 / 600), None, False)
    row = judge(where, monthly([21] * 6, total=100), "2025-06")
    assert (row["needed_rate"], row["out_of_reach"]) == (0.0, True)


def test_with_fewer_than_four_reports_pace_decides_alone() -> None:
    row = judge(one_unit(), monthly([640] * 3, since="2025-07"), "2025-09")
    assert (row["status"], row["forecast"], row["forecast_path"]) == ("on_track", None, None)


def test_after_a_worse_month_the_forecast_must_pass_the_goal_by_the_margin() -> None:
    for values, before, told in (
        ([305, 350, 395, 440, 485, 530, 575, 620, 665], "on_track", ("on_track", "on_path")),  # F = 1
        ([250, 295, 340, 385, 430, 475, 520, 580, 680], "at_risk", ("at_risk", "margin_not_reached")),  # F = 1,019
        ([250, 295, 340, 385, 430, 475, 520, 580, 682], "at_risk", ("on_track", "on_path")),  # F = 1,021
    ):
        row = judge(one_unit(), monthly(values), "2025-09")
        assert (row["previous_status"], (row["status"], row["reason"])) == (before, told)


def test_a_forecast_that_cannot_pass_the_goal_need_not() -> None:
    values = [260, 322, 384, 446, 508, 570, 632, 705, 850]
    row = judge(one_unit(goal="= 100%"), monthly(values), "2025-09")
    assert (row["previous_status"], row["status"], row["forecast"]) == ("at_risk", "on_track", 1.0)


def test_two_falls_in_a_row_below_the_path_are_off_track() -> None:
    flat = one_unit(path={"2025-06-30": "0.5", "2025-11-30": "0.5"})
    assert verdict(flat, monthly([465, 464], since="2025-06"), "2025-07") == ("at_risk", "behind_path")
    assert verdict(flat, monthly([465, 464, 463], since="2025-06"), "2025-08") == ("off_track", "falling_twice")
    assert verdict(flat, monthly([465, 464, None, 463], since="2025-06"), "2025-09") == ("at_risk", "behind_path")
    assert verdict(flat, monthly([520, 464, 463], since="2025-06"), "2025-08") == ("off_track", "falling_twice")


def test_two_quarters_in_a_row_may_fall_too() -> None:
    names = [element("online", Measure.STOCK), element("received", Measure.STOCK)]
    where = province(
        [target(baseline=("2024-12-31", "0.2"), path={"2025-03-31": "0.5", "2025-11-30": "0.5"})],
        units=[unit("a")],
        forms=[form(names, reporters(every=Frequency.QUARTER))],
    )
    rows = [(f"2025-Q{q}", "a", name, n) for q, n in ((1, 465), (2, 464), (3, 463)) for name in ("online",)]
    rows += [(f"2025-Q{q}", "a", "received", 1000) for q in (1, 2, 3)]
    assert verdict(where, figures(*rows), "2025-08") == ("at_risk", "behind_path")
    assert verdict(where, figures(*rows), "2025-09") == ("off_track", "falling_twice")
    assert verdict(where, figures(*rows), "2025-10") == ("off_track", "falling_twice")


def test_too_early_before_the_first_review_and_on_the_first_tenth_of_the_path() -> None:
    where = one_unit(first_review="2025-03-31")
    assert verdict(where, monthly([0], since="2025-02"), "2025-02") == ("too_early", "before_review")
    assert verdict(where, monthly([0], since="2025-03"), "2025-03") == ("off_track", "far_behind_path")
    assert verdict(one_unit(), monthly([0]), "2025-01") == ("too_early", "path_just_begun")


def test_without_a_stated_baseline_the_last_value_before_the_plan_is_taken() -> None:
    where = one_unit(baseline=None)
    row = judge(where, monthly([300, None, 400], since="2024-11"), "2025-01")
    assert (row["baseline"], row["baseline_month"], row["baseline_taken"]) == (0.3, Month.of(2024, 12).index, True)
    inside = judge(where, monthly([300, 400], since="2025-03"), "2025-04")
    assert (inside["baseline"], inside["baseline_month"]) == (0.3, Month.of(2025, 3).index)
    assert verdict(where, monthly([300], since="2025-03"), "2025-03") == ("too_early", "path_just_begun")


def test_a_goal_already_passed_at_the_start_must_be_held() -> None:
    where = one_unit(baseline=("2024-12-31", "0.85"))
    assert verdict(where, monthly([790]), "2025-01") == ("off_track", "not_held")
    assert verdict(where, monthly([800]), "2025-01") == ("met", "met")


def test_after_the_deadline_a_goal_not_met_is_missed() -> None:
    where = one_unit(due="2025-08-31")
    assert verdict(where, monthly([700], since="2025-07"), "2025-07")[0] != "missed"
    assert verdict(where, monthly([700], since="2025-08"), "2025-08") == ("missed", "missed")


def test_limits_can_be_overridden_by_a_target() -> None:
    lenient = Limits(on_track_ratio=Fraction(1, 2))
    assert verdict(one_unit(limits=lenient), monthly([360], since="2025-06"), "2025-06")[0] == "on_track"


def test_a_stepped_goal_is_the_one_in_force() -> None:
    stepped = {
        "2022-12-31": "0.35",
        "2023-12-31": "0.55",
        "2024-12-31": "0.75",
        "2025-12-31": "0.95",
        "2026-12-31": "1",
    }
    where = one_unit(goal=">= 100%", starts="2022-01-01", due="2026-12-31", stepped=stepped, baseline=None)
    for month, goal in (("2023-06", 0.55), ("2025-06", 0.95), ("2026-01", 1.0)):
        assert judge(where, monthly([500], since=month), month)["goal"] == goal
    assert verdict(where, monthly([560], since="2023-12"), "2023-12") == ("met", "met")
    assert verdict(where, monthly([540], since="2023-12"), "2023-12") == ("missed", "missed")


def test_a_stepped_goal_is_approached_in_a_straight_line_from_the_step_before() -> None:
    stepped = {"2022-12-31": "0.35", "2023-12-31": "0.55"}
    where = one_unit(
        goal=">= 55%", starts="2022-01-01", due="2023-12-31", stepped=stepped, baseline=("2021-12-31", "0.25")
    )
    for month, expected in (
        ("2022-06", 0.3),
        ("2022-12", 0.35),
        ("2023-03", 0.4),
        ("2023-06", 0.45),
        ("2023-12", 0.55),
    ):
        assert judge(where, monthly([300], since=month), month)["expected"] == expected
    assert verdict(where, monthly([450], since="2023-06"), "2023-06")[0] == "on_track"


def test_a_superseded_plan_and_a_scope_without_units_do_not_apply() -> None:
    district = province([target(scope=Scope(level="district"))], units=[unit("d", "district", died="2025-06-30")])
    assert verdict(district, monthly([]), "2025-06") == ("no_data", "no_figures")
    assert verdict(district, monthly([]), "2025-07") == ("not_applicable", "no_units")
    each = province([target(scope=Scope(each="district"))], units=[unit("d", "district", died="2025-06-30")])
    assert verdict(each, monthly([]), "2025-07") == ("not_applicable", "no_units")
    replaced = province([target()], superseded_from="2025-03-01")
    assert verdict(replaced, monthly([900]), "2025-02")[0] == "no_data"
    assert verdict(replaced, monthly([900]), "2025-03") == ("not_applicable", "superseded")


def steps(*by: str, **more: object) -> Province:
    return province([target("done", steps=by, lead="so", **more)], units=[unit("so", "department")])


def done(*counts: int, since: str = "2025-01") -> pl.DataFrame:
    first = Month.parse(since)
    return figures(*((str(first.plus(n)), "so", "target", count) for n, count in enumerate(counts)))


def test_a_step_up_to_thirty_days_late_is_at_risk_and_later_off_track() -> None:
    where = steps("2025-03-31", "2025-12-31")
    assert verdict(where, done(), "2025-01") == ("no_data", "no_figures")
    row = judge(where, done(0), "2025-02")
    assert (row["status"], row["reason"], row["step_late_days"]) == ("on_track", "steps_in_time", 0)
    assert (row["steps_done"], row["steps_total"], row["goal"]) == (0, 2, None)
    assert verdict(where, done(0), "2025-03")[0] == "on_track"
    row = judge(where, done(0), "2025-04")
    assert (row["status"], row["reason"], row["step_late_days"]) == ("at_risk", "step_just_late", 30)
    assert verdict(where, done(0), "2025-05") == ("off_track", "step_late")
    assert verdict(where, done(1), "2025-05") == ("on_track", "steps_in_time")
    assert verdict(where, done(1), "2025-12") == ("missed", "missed")


def test_a_milestone_done_is_met_and_lapses_when_the_number_falls() -> None:
    where = steps("2025-03-31", "2025-12-31")
    assert verdict(where, done(2), "2025-06") == ("met", "met")
    assert verdict(where, done(2, 1), "2025-06") == ("on_track", "steps_in_time")


def yearly(goal: str | list[str], kind: IndicatorKind = IndicatorKind.SCORE, good: bool = True) -> Province:
    who = reporters(levels=("province",), every=Frequency.YEAR)
    counted_in = "%" if kind is IndicatorKind.SCORE else "hạng"
    return province(
        [target(goal, indicator_id="par", starts="2022-01-01", due="2022-12-31")],
        forms=[form([element("par", Measure.SCORE, counted_in=counted_in)], who)],
        indicators=[indicator("par", None, name="par", kind=kind, lag=5, rising_is_good=good)],
    )


def test_a_yearly_score_is_not_due_until_it_is_published() -> None:
    where, last_year = yearly(">= 90%"), ("2021", "19", "par", "95")
    assert verdict(where, figures(last_year), "2023-04") == ("not_due", "not_published")
    assert verdict(where, figures(last_year), "2023-05") == ("no_data", "not_reported")
    assert verdict(where, figures(), "2023-05") == ("no_data", "no_figures")
    this_year = figures(last_year, ("2022", "19", "par", "89.99"), ("2023", "19", "par", "99"))
    assert verdict(where, this_year, "2022-12") == ("missed", "missed")
    row = judge(where, this_year, "2024-01")
    assert (row["status"], row["value_month"]) == ("missed", Month.of(2022, 12).index)


@pytest.mark.parametrize(("value", "status"), [("89.30", "missed"), ("90", "met"), ("90.01", "met")])
def test_all_parts_of_a_goal_must_hold(value: str, status: str) -> None:
    where = yearly([">= 90%", "> previous"])
    what = figures(("2021", "19", "par", "89.20"), ("2022", "19", "par", value))
    assert verdict(where, what, "2023-05")[0] == status


def test_a_lower_rank_is_better_than_last_years() -> None:
    where = yearly("rank < previous", IndicatorKind.RANK, good=False)
    last = ("2021", "19", "par", "6")
    assert verdict(where, figures(last, ("2022", "19", "par", 5)), "2023-05") == ("met", "met")
    row = judge(where, figures(last, ("2022", "19", "par", 6)), "2023-05")
    assert (row["status"], row["goal"], row["short_by"]) == ("missed", 6.0, None)


def test_without_last_years_value_a_relative_goal_cannot_be_judged() -> None:
    what = figures(("2022", "19", "par", 91))
    assert verdict(yearly("> previous"), what, "2023-05") == ("no_data", "no_previous")
    assert verdict(yearly([">= 92%", "> previous"]), what, "2023-05")[0] == "missed"


def test_a_monthly_rate_is_held_against_the_same_month_of_last_year() -> None:
    where = one_unit(goal=">= previous + 2 points", due="2025-03-31")
    last_year = monthly([500], since="2024-03")
    assert verdict(where, pl.concat([last_year, monthly([520], since="2025-03")]), "2025-03")[0] == "met"
    row = judge(where, pl.concat([last_year, monthly([519], since="2025-03")]), "2025-03")
    assert (row["status"], row["goal"], row["short_by"]) == ("missed", 0.52, 1)


def test_last_year_under_another_definition_is_no_measure() -> None:
    broken = [indicator(window=Window.MONTH, breaks=["2024-09"])]
    where = province([target(">= previous")], units=[unit("a")], indicators=broken)
    what = pl.concat([monthly([500], since="2024-03"), monthly([600], since="2025-03")])
    assert verdict(where, what, "2025-03") == ("no_data", "no_previous")


def test_an_approximate_figure_marks_the_total() -> None:
    what = figures(("2025-01", "a", "online", 1, "approximate"), ("2025-01", "a", "received", 2))
    assert judge(one_unit(), what, "2025-01")["approximate"]
    assert not judge(one_unit(), monthly([1]), "2025-01")["approximate"]


def test_a_list_is_met_only_whole() -> None:
    where = province(
        [target("76/76", indicator_id="services")],
        units=[unit("so", "department")],
        forms=[form([element("offered", Measure.STOCK)], reporters(levels=("department",)))],
        indicators=[indicator("offered", "size(services)", name="services", kind=IndicatorKind.LIST_COUNT)],
    )
    row = judge(where, figures(("2025-06", "so", "offered", 75)), "2025-12")
    assert (row["status"], row["short_by"], row["numerator"], row["denominator"]) == ("missed", 1, 75, 76)
    assert verdict(where, figures(("2025-06", "so", "offered", 76)), "2025-06") == ("met", "met")


def test_a_plan_may_be_looked_at_alone() -> None:
    assert scoreboard(one_unit(), monthly([1]), Month.parse("2025-01"), plan_ids=["other"]).is_empty()


GOODNESS = ("missed", "off_track", "at_risk", "on_track", "met")


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.randoms(use_true_random=True), st.sampled_from(list(Window)), st.sampled_from([">= 80%", "> 50%", "= 100%"]))
def test_more_online_dossiers_in_the_last_month_never_worsen_a_status(
    chance: Random, window: Window, goal: str
) -> None:
    where = province([target(goal)], indicators=[indicator(window=window)])
    slope, months = chance.choice([0, 0.03, 0.06, -0.02]), chance.randrange(4, 12)
    rows = {}
    for month in range(1, months + 1):
        for code in "ab":
            share = min(1, max(0, 0.3 + slope * month + 0.2 * (chance.random() - 0.5)))
            rows[month, code] = (round(100 * share), 100)
    last = f"2025-{months:02}"
    better = rows | {(months, code): (chance.randint(rows[months, code][0], 100), 100) for code in "ab"}
    fewer, more = (
        judge(
            where,
            figures(
                *(
                    (f"2025-{month:02}", code, name, amount)
                    for (month, code), pair in told.items()
                    for name, amount in zip(("online", "received"), pair, strict=True)
                )
            ),
            last,
        )
        for told in (rows, better)
    )
    if fewer["forecast_method"] == more["forecast_method"] and {fewer["status"], more["status"]} <= set(GOODNESS):
        assert GOODNESS.index(more["status"]) >= GOODNESS.index(fewer["status"])
