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


SAMPLE = ROOT / "data" / "sample" / "thai-nguyen.csv"
DOSSIERS = ("dossiers_full_online", "dossiers_received")


def sample_counts(first: str, last: str, province_code: str | None = None) -> tuple[int, int]:
    """Add up both elements of the sample, unit by unit and month by month, straight from the file."""
    with SAMPLE.open(encoding="utf-8") as file:
        cells = [line.rstrip("\n").split(",")[:4] for line in file]
    with (ROOT / "targets" / "thai-nguyen" / "units.csv").open(encoding="utf-8") as file:
        units = [line.rstrip("\n").split(",") for line in file]
    parents = {(row[0], row[8]): row[4] for row in units}
    sums = dict.fromkeys(DOSSIERS, 0)
    for period, unit, element, value in cells:
        if element not in DOSSIERS or not first <= period <= last or not value:
            continue
        if province_code is not None and _province_of(unit, parents) != province_code:
            continue
        sums[element] += int(value)
    return sums["dossiers_full_online"], sums["dossiers_received"]


def _province_of(unit: str, parents: dict[tuple[str, str], str]) -> str:
    """Follow the parents that stood until 30/6/2025."""
    while True:
        above = next(
            (parent for (code, until), parent in parents.items() if code == unit and until == "2025-06-30"), ""
        )
        if not above:
            return unit if unit in ("06", "19") else "19"
        unit = above


def test_2025_on_todays_map_is_both_old_provinces_and_then_the_new_one(status: Status) -> None:
    rows = {
        month: status("thai-nguyen", month, "--plan", "kh-222-2024", "--figures", SAMPLE)["full-online-dossiers"]
        for month in ("2025-06", "2025-08")
    }
    old, new = rows["2025-06"], rows["2025-08"]
    assert (old["numerator"], old["denominator"]) == sample_counts("2025-01", "2025-06", "19")
    first_half = [sample_counts("2025-01", "2025-06", code) for code in ("19", "06")]
    second = sample_counts("2025-07", "2025-08")
    assert (new["numerator"], new["denominator"]) == tuple(sum(side) for side in zip(*first_half, second, strict=True))
    assert new["value"] == new["numerator"] / new["denominator"]
    assert first_half[1][1] > 0


@pytest.mark.parametrize("split", ["05461", "05467", "05932"])
def test_the_three_split_communes_show_a_break(split: str, capsys: pytest.CaptureFixture[str]) -> None:
    with (ROOT / "targets" / "thai-nguyen" / "lineage.csv").open(encoding="utf-8") as file:
        links = [line.rstrip("\n").split(",") for line in file]
    heirs = [link[1] for link in links if link[0] == split and link[2] == "2025-07-01" and link[3] == "part"]
    assert len(heirs) == 2
    for heir in heirs:
        arguments = ["--province", "thai-nguyen", "--as-of", "2025-08", "--figures", str(SAMPLE), "--unit", heir]
        assert main(["explain", "full-online-dossiers", *arguments]) == 0
        told = capsys.readouterr().out
        assert "Cộng các tháng từ tháng 7/2025 đến tháng 8/2025" in told
        assert "Không tính trước tháng 7/2025 vì có đơn vị được tách ra từ đơn vị khác" in told
