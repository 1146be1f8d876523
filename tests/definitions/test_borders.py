"""What is just allowed, and what just is not."""

from pathlib import Path

import pytest

from scorecard.definitions import ProblemSeverity, read_province

PLAN = """plan:
  id: kh-1-2024
  name: Kế hoạch
  document: {{number: "1", date: 2024-11-27, issuer: UBND}}
  starts: {starts}
  ends: 2025-12-31
targets:
  - {{id: a, lead: {lead}, indicator: {indicator}, goal: {goal}, due: {due}, {more}}}
"""
LINEAGE = "from_code,to_code,effective,extent,basis\n"


def codes(folder: Path) -> list[str]:
    problems = read_province(folder).problems
    return [each.code for each in problems if each.severity is ProblemSeverity.ERROR]


def codes_of_plan(good: Path, more: str = "note: N", **values: str) -> list[str]:
    given = {"starts": "2024-12-01", "lead": "so-a", "indicator": "full_online_share", "goal": '">= 80%"'}
    text = PLAN.format(**{**given, "due": "2025-12-31", "more": more, **values})
    (good / "plans" / "kh-1-2024.yaml").write_text(text, encoding="utf-8")
    return codes(good)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("baseline: {by: 2024-12-31, value: 80%}", []),
        ("baseline: {by: 2024-12-31, value: 80.1%}", ["baseline_past_goal"]),
        ("path: [{by: 2025-03-31, value: 80%}, {by: 2025-06-30, value: 80%}]", []),
        ("path: [{by: 2025-03-31, value: 60%}, {by: 2025-06-30, value: 59.9%}]", ["path_turns_back"]),
        ("path: [{by: 2024-12-01, value: 60%}, {by: 2025-12-31, value: 70%}]", []),
        ("path: [{before: 2024-12-01, value: 60%}]", ["day_outside"]),
        ("path: [{before: 2026-01-01, value: 60%}]", []),
        ("first_review: 2026-01-01", ["day_outside"]),
    ],
)
def test_baseline_and_path_may_reach_the_goal_but_not_pass_it(good: Path, more: str, expected: list[str]) -> None:
    assert codes_of_plan(good, more) == expected


@pytest.mark.parametrize(
    ("goal", "more", "expected"),
    [
        ('"< 2%"', "path: [{by: 2025-06-30, value: 5%}, {by: 2025-09-30, value: 3%}]", []),
        ('"< 2%"', "path: [{by: 2025-06-30, value: 3%}, {by: 2025-09-30, value: 5%}]", ["path_turns_back"]),
        ('"= 1%"', "baseline: {by: 2024-12-31, value: 0.5%}", ["baseline_past_goal"]),
        ('">= 2%"', "note: N", ["goal_against_direction"]),
        ("1..2%", "baseline: {by: 2024-12-31, value: 0.5%}", []),
        ('"< previous - 2 points"', "note: N", []),
        ('"< previous - 2"', "note: N", ["goal_does_not_fit"]),
    ],
)
def test_a_falling_goal_is_followed_downwards(good: Path, goal: str, more: str, expected: list[str]) -> None:
    indicators = good / "indicators.yaml"
    said = indicators.read_text(encoding="utf-8").replace("rising_is: good", "rising_is: bad", 1)
    indicators.write_text(said, encoding="utf-8")
    (good / "plans" / "kh-0-2022.yaml").unlink()
    assert codes_of_plan(good, more, goal=goal) == expected


def test_a_deadline_may_be_the_first_day_but_not_before(good: Path) -> None:
    assert codes_of_plan(good, due="2024-12-01") == []
    assert codes_of_plan(good, due="2024-11-30") == ["due_before_start"]


@pytest.mark.parametrize(
    ("starts", "due", "expected"),
    [
        ("2025-02-28", "2025-12-31", []),
        ("2025-03-01", "2025-12-31", ["lead_not_alive"]),
    ],
)
def test_a_lead_unit_needs_one_day_of_the_plan(good: Path, starts: str, due: str, expected: list[str]) -> None:
    assert codes_of_plan(good, starts=starts, due=due, lead="so-b") == expected


def test_a_lead_unit_may_begin_on_the_day_of_the_deadline(good: Path) -> None:
    units = good / "units.csv"
    said = units.read_text(encoding="utf-8")
    units.write_text(said + "so-c,Sở C,department,province,01,so-nganh,9,2025-12-31,\n", encoding="utf-8")
    assert codes_of_plan(good, lead="so-c") == []
    assert codes_of_plan(good, lead="so-c", due="2025-12-30") == ["lead_not_alive"]


@pytest.mark.parametrize(
    ("goal", "starts", "due", "expected"),
    [
        ("2/2", "2024-12-01", "2025-12-31", []),
        ("3/3", "2024-12-01", "2025-07-01", []),
        ("3/3", "2024-12-01", "2025-06-30", ["list_size_differs"]),
        ("2/2", "2025-07-01", "2025-12-31", ["list_size_differs"]),
        ("2/2", "2025-06-30", "2025-12-31", []),
    ],
)
def test_a_list_must_have_the_size_of_the_goal_at_some_time_of_the_target(
    good: Path, goal: str, starts: str, due: str, expected: list[str]
) -> None:
    assert codes_of_plan(good, indicator="services", goal=goal, starts=starts, due=due) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("0.4,B", "0.6,B"), []),
        (("0.4,B", "part,"), []),
        (("part,", "part,"), []),
        (("0.4,B", "0.5,B"), ["shares_not_whole"]),
        (("0.6,B", "0.6,B"), ["shares_not_whole"]),
        (("whole,", "part,"), ["shares_not_whole"]),
        (("whole,", "0.1,B"), ["shares_not_whole"]),
        (("0.6,B", "0.6,B", "part,"), ["shares_not_whole"]),
    ],
)
def test_what_one_unit_hands_over_is_the_whole_of_it(good: Path, rows: tuple[str, ...], expected: list[str]) -> None:
    receivers = ("x1", "so-a", "01")
    lines = (f"x2,{code},2025-07-01,{row}\n" for code, row in zip(receivers, rows, strict=False))
    (good / "lineage.csv").write_text(LINEAGE + "".join(lines), encoding="utf-8")
    assert codes(good) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("x3,Xã Hai,commune,commune,01,xa,7,2025-07-01,", []),
        ("x3,Xã Hai,commune,commune,h1,xa,7,,2025-06-30", ["same_name"]),
        ("x3,Xã  Hai,commune,commune,h1,xa,7,2025-06-30,2025-06-30", ["same_name"]),
        ("x2,Xã Hai,commune,commune,01,xa,7,2025-07-01,", []),
        ("x2,Xã Hai,commune,commune,01,xa,7,2025-06-30,", ["overlapping_lives"]),
        ("x3,Xã Ba,commune,commune,so-b,xa,7,2025-02-28,2025-02-28", []),
        ("x3,Xã Ba,commune,commune,so-b,xa,7,2025-02-28,2025-03-01", ["parent_missing"]),
        ("x3,Xã Ba,commune,commune,x1,xa,7,2025-06-30,2025-07-01", []),
    ],
)
def test_units_meet_or_just_do_not(good: Path, row: str, expected: list[str]) -> None:
    units = good / "units.csv"
    units.write_text(units.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    assert codes(good) == expected


@pytest.mark.parametrize(
    ("add", "first", "expected"),
    [
        ("1 points", "30%", []),
        ("1 points", "29.9%", ["step_never_ends"]),
        ("30 points", "70%", []),
        ("5 points", "80%", []),
        ("5 points", "81%", ["step_never_ends"]),
    ],
)
def test_a_schedule_ends_at_its_cap_within_fifty_years(good: Path, add: str, first: str, expected: list[str]) -> None:
    step = f"step: {{first: {first}, from: 2024, add: {add}, every: year, cap: 80%}}"
    text = PLAN.replace("due: {due}, ", "").format(
        starts="2024-12-01", lead="so-a", indicator="full_online_share", goal='">= 80%"', more=step
    )
    (good / "plans" / "kh-1-2024.yaml").write_text(text, encoding="utf-8")
    assert codes(good) == expected
