"""The numbers that the source articles and the rules fix, by the command line alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from scorecard.command_line.main import main

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "data" / "published"
HEADER = "period,unit,element,value,state,note"

Rows = dict[str, dict[str, Any]]
Status = Callable[..., Rows]
AddPlan = Callable[..., Path]
WriteFigures = Callable[..., Path]


@pytest.fixture
def status(capsys: pytest.CaptureFixture[str]) -> Status:
    """Run `status --format json` and return its rows by target."""

    def run(province: str, as_of: str, *more: str | Path) -> Rows:
        arguments = ["--province", province, "--as-of", as_of, "--format", "json", *map(str, more)]
        assert main(["status", *arguments]) == 0
        rows = json.loads(capsys.readouterr().out)
        assert len({row["target"] for row in rows}) == len(rows)
        return {row["target"]: row for row in rows}

    return run


@pytest.fixture
def with_plan(tmp_path: Path) -> AddPlan:
    """Copy the definitions and add a plan whose targets are `id | indicator | goal[ | more]`."""

    def add(province: str, targets: Sequence[str], year: int = 2021) -> Path:
        folder = tmp_path / "targets"
        shutil.copytree(ROOT / "targets", folder)
        lines = [
            "plan:",
            f"  {{id: extra, name: Thêm, document: {{issuer: UBND}}, starts: {year}-01-01, ends: {year}-12-31}}",
            "targets:",
        ]
        for target in targets:
            name, indicator, goal, *more = target.split(" | ")
            lines.append(f'  - {{id: {name}, name: {name}, indicator: {indicator}, goal: "{goal}", due: {year}-12-31')
            lines[-1] += "".join(f", {each}" for each in more) + "}"
        (folder / province / "plans" / "extra.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder

    return add


@pytest.fixture
def figures(tmp_path: Path) -> WriteFigures:
    """Write an exchange file from `period,unit,element,value` lines."""

    def write(*lines: str) -> Path:
        file = tmp_path / "figures.csv"
        file.write_text("\n".join([HEADER, *(f"{line},," for line in lines)]) + "\n", encoding="utf-8")
        return file

    return write


def test_ha_giang_online_rate_depends_on_which_dossiers_are_counted(
    status: Status, with_plan: AddPlan, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = ["of-new | online_of_new_dossiers | >= 90%", "of-all | online_of_all_dossiers | >= 90%"]
    more = ["--figures", PUBLISHED / "ha-giang.csv", "--targets", with_plan("ha-giang", plan), "--plan", "extra"]
    rows = status("ha-giang", "2021-06", *more)
    new, every = rows["of-new"], rows["of-all"]
    assert (new["numerator"], new["denominator"]) == (3215, 66_098)
    assert (every["numerator"], every["denominator"]) == (3215, 66_098 + 8_180)
    assert new["value"] == pytest.approx(3215 / 66_098)
    assert main(["status", "--province", "ha-giang", "--as-of", "2021-06", *map(str, more)]) == 0
    table = capsys.readouterr().out
    assert "4,86%" in table
    assert "4,33%" in table


def test_thai_nguyen_levels_add_up_to_the_published_total(status: Status, with_plan: AddPlan) -> None:
    plan = ["whole | received_dossiers_published | >= 1"]
    levels = ("province", "district", "commune")
    plan += [f"{level} | received_dossiers_published | >= 1 | scope: {{level: {level}}}" for level in levels]
    targets = with_plan("thai-nguyen", plan, 2022)
    rows = status(
        "thai-nguyen", "2022-06", "--figures", PUBLISHED / "thai-nguyen.csv", "--targets", targets, "--plan", "extra"
    )
    assert rows["whole"]["numerator"] == 427_662
    assert [rows[level]["numerator"] for level in levels] == [110_893, 27_085, 289_684]
    assert sum(rows[level]["numerator"] for level in levels) == 427_662


def test_what_prints_as_99_8_does_not_meet_99_81(
    status: Status, with_plan: AddPlan, capsys: pytest.CaptureFixture[str]
) -> None:
    targets = with_plan(
        "thai-nguyen",
        [f"goal-{at} | satisfied_ratings | >= 99.{at}%" for at in (80, 81)],
        2022,
    )
    more = ["--figures", PUBLISHED / "thai-nguyen.csv", "--targets", targets, "--plan", "extra"]
    rows = status("thai-nguyen", "2022-12", *more)
    assert (rows["goal-80"]["numerator"], rows["goal-80"]["denominator"]) == (17_042, 17_075)
    assert rows["goal-80"]["status"] == "met"
    assert (rows["goal-81"]["status"], rows["goal-81"]["short_by"]) == ("missed", 1)
    assert main(["status", "--province", "thai-nguyen", "--as-of", "2022-12", *map(str, more)]) == 0
    assert "99,8%" in capsys.readouterr().out


def test_99_68_on_time_does_not_meet_99_9(status: Status) -> None:
    for month in ("2022-06", "2022-12"):
        row = status("thai-nguyen", month, "--figures", PUBLISHED / "thai-nguyen.csv")["on-time-dossiers"]
        assert row["value"] == pytest.approx(0.9968)
        assert row["goal"] == 0.999
        assert row["status"] != "met"
    assert row["status"] == "missed"


@pytest.mark.parametrize(("month", "goal"), [("2022-06", 0.35), ("2023-06", 0.55), ("2025-06", 0.95), ("2026-06", 1.0)])
def test_the_goal_of_bac_ninhs_communes_rises_by_20_points_a_year(
    status: Status, figures: WriteFigures, month: str, goal: float
) -> None:
    assert status("bac-ninh", month, "--figures", figures())["results-digitised.commune"]["goal"] == goal


def test_before_1_september_is_judged_in_august(status: Status, figures: WriteFigures) -> None:
    file = figures(
        *(
            f"{month},khoi-cap-{level},feedback_{element},{value}"
            for month in ("2022-07", "2022-08")
            for level in ("huyen", "xa")
            for element, value in (("received", 1000), ("handled", 699))
        )
    )
    rows = {m: status("bac-ninh", m, "--figures", file) for m in ("2022-07", "2022-08")}
    assert rows["2022-07"]["feedback-handled-september"]["status"] not in ("missed", "met")
    assert rows["2022-08"]["feedback-handled-september"]["status"] == "missed"
    assert rows["2022-08"]["feedback-handled-september"]["short_by"] == 4
    assert rows["2022-08"]["feedback-handled-december"]["status"] not in ("missed", "met")


def test_plan_222_without_figures_has_no_data_and_no_zero(status: Status, figures: WriteFigures) -> None:
    rows = status("thai-nguyen", "2025-06", "--plan", "kh-222-2024", "--figures", figures())
    assert len(rows) >= 11
    computed = ("numerator", "denominator", "value", "path_done", "short_by", "forecast", "needed_rate")
    for row in rows.values():
        assert row["status"] == "no_data"
        assert [row[name] for name in computed] == [None] * len(computed)


@pytest.mark.parametrize(("offered", "month", "expected"), [(75, "2025-06", "on_track"), (75, "2025-12", "missed")])
def test_75_of_76_services_are_one_short(
    status: Status, figures: WriteFigures, offered: int, month: str, expected: str
) -> None:
    file = figures(
        "2024-12,van-phong-ubnd,essential_services_online,60",
        f"{month},van-phong-ubnd,essential_services_online,{offered}",
    )
    row = status("thai-nguyen", month, "--figures", file)["essential-services"]
    assert (row["numerator"], row["denominator"], row["short_by"]) == (75, 76, 1)
    assert row["status"] == expected


@pytest.mark.parametrize(
    ("satisfied", "ratings", "expected"), [(999, 1000, "met"), (998_999, 1_000_000, "missed"), (1, 1, "met")]
)
def test_99_9_is_held_against_whole_numbers(
    status: Status, with_plan: AddPlan, figures: WriteFigures, satisfied: int, ratings: int, expected: str
) -> None:
    targets = with_plan("thai-nguyen", ["satisfied | satisfied_ratings | >= 99.9%"], 2022)
    file = figures(
        f"2022-H1,trung-tam-pvhcc,ratings_published,{ratings}",
        f"2022-H1,trung-tam-pvhcc,ratings_satisfied_published,{satisfied}",
    )
    row = status("thai-nguyen", "2022-12", "--targets", targets, "--plan", "extra", "--figures", file)["satisfied"]
    assert row["status"] == expected


def test_91_of_92_communes_is_said_on_the_row(status: Status, figures: WriteFigures) -> None:
    with (ROOT / "targets" / "thai-nguyen" / "units.csv").open(encoding="utf-8") as file:
        cells = [line.rstrip("\n").split(",") for line in file]
    communes = [row[0] for row in cells if row[2] in ("commune", "ward") and row[7] == "2025-07-01"]
    assert len(communes) == 92
    counts = (("work_files_online", 70), ("work_files_total", 100))
    lines = [f"2025-08,{code},{element},{value}" for code in communes[1:] for element, value in counts]
    row = status("thai-nguyen", "2025-08", "--figures", figures(*lines))["online-work-files.commune"]
    assert (row["reported_units"], row["expected_units"]) == (91, 92)
    assert row["coverage"] == pytest.approx(91 / 92)
    assert (row["numerator"], row["denominator"], row["status"]) == (6370, 9100, "met")
