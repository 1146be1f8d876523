from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.domain.period import Month, Period
from scorecard.domain.province import Province
from scripts import make_sample
from scripts.make_sample import apportion

Rows = list[dict[str, str]]
OPEN = Month.of(2025, 9)


@pytest.fixture(scope="module")
def sample(root: Path, read_rows: Callable[[Path], Rows]) -> Rows:
    return read_rows(root / "data" / "sample" / "thai-nguyen.csv")


@pytest.fixture(scope="module")
def waiting(root: Path, read_rows: Callable[[Path], Rows]) -> Rows:
    return read_rows(root / "data" / "sample" / "waiting" / "thai-nguyen.csv")


def test_the_file_is_what_the_script_writes(root: Path, tmp_path: Path) -> None:
    make_sample.main(tmp_path)
    for name in ("thai-nguyen.csv", "waiting/thai-nguyen.csv"):
        assert (tmp_path / name).read_bytes() == (root / "data" / "sample" / name).read_bytes()


def test_the_file_is_small_and_every_row_says_that_it_is_a_sample(root: Path, sample: Rows) -> None:
    assert (root / "data" / "sample" / "thai-nguyen.csv").stat().st_size < 2_000_000
    assert all(row["note"].startswith("số liệu minh họa") for row in sample)


def test_every_row_has_a_place_and_stands_once(
    thai_nguyen: Province, sample: Rows, misfits: Callable[[Province, Rows], list[str]]
) -> None:
    assert misfits(thai_nguyen, sample) == []
    assert len({(row["period"], row["unit"], row["element"]) for row in sample}) == len(sample)


def test_the_first_half_of_2022_adds_up_to_the_published_totals(thai_nguyen: Province, sample: Rows) -> None:
    sums: Counter[str] = Counter()
    for row in sample:
        if row["period"].startswith("2022"):
            unit = thai_nguyen.units.find(row["unit"], Period.parse(row["period"]).last.last_day)
            assert unit is not None
            sums["department" if unit.kind == "department" else unit.level] += int(row["value"])
    assert sums == {"department": 110_893, "district": 27_085, "commune": 289_684}
    assert sum(sums.values()) == 427_662


def test_in_2022_every_unit_that_owed_the_form_reported(thai_nguyen: Province, sample: Rows) -> None:
    form = thai_nguyen.form("online-services")
    for month in (Month.of(2022, number) for number in range(1, 7)):
        owing = {u.code for u in thai_nguyen.units.within("19", month.last_day) if form.reporters_of(u, month)}
        assert {row["unit"] for row in sample if row["period"] == str(month)} == owing


def test_parts_never_exceed_the_whole(thai_nguyen: Province, sample: Rows) -> None:
    values: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in sample:
        if row["value"]:
            values[row["period"], row["unit"]][row["element"]] = int(row["value"])
    checked: Counter[str] = Counter()
    for check in (c for form in thai_nguyen.forms for c in form.checks if c.severity == "hard"):
        ((left,), (right,)) = (side.terms[:1] for side in (check.left, check.right))
        for of_unit in values.values():
            if left.element in of_unit and right.element in of_unit:
                assert of_unit[left.element] <= of_unit[right.element], check.message
                checked[left.element] += 1
    assert checked["dossiers_full_online"] > 2_000


def test_until_august_2025_all_units_of_both_provinces_appear(thai_nguyen: Province, sample: Rows) -> None:
    form = thai_nguyen.form("online-services")
    for month in (Month.of(2024, 12).plus(count) for count in range(9)):
        owing = {u.code for u in thai_nguyen.units.alive_on(month.last_day) if form.reporters_of(u, month)}
        told = {row["unit"] for row in sample if row["period"] == str(month) and row["element"] == "dossiers_received"}
        assert told == owing


def test_september_2025_is_still_being_collected(thai_nguyen: Province, sample: Rows) -> None:
    told = {row["unit"] for row in sample if row["period"] == str(OPEN)}
    communes = {unit.code for unit in thai_nguyen.units.alive_on(OPEN.last_day) if unit.kind in ("commune", "ward")}
    assert len(told & communes) == 80
    assert "05908" not in told
    assert "so-khcn" not in told
    assert "van-phong-ubnd" in told
    assert not any(row["element"] == "essential_services_online" for row in sample if row["period"] == str(OPEN))


def test_what_waits_is_of_units_silent_until_then_and_leaves_the_visitors_their_own(
    thai_nguyen: Province, sample: Rows, waiting: Rows, misfits: Callable[[Province, Rows], list[str]]
) -> None:
    assert misfits(thai_nguyen, waiting) == []
    assert all(row["note"] == "số liệu minh họa" for row in waiting)
    assert {row["period"] for row in waiting} == {"2025-09", "2025-Q3"}
    told = {row["unit"] for row in waiting}
    assert len(told) == 10
    assert not told & {"05908", "so-khcn", "van-phong-ubnd"}
    assert not told & {row["unit"] for row in sample if row["period"] in ("2025-09", "2025-Q3")}


def test_one_more_essential_service_would_meet_the_goal(sample: Rows) -> None:
    (august,) = (r for r in sample if (r["period"], r["element"]) == ("2025-08", "essential_services_online"))
    assert (august["unit"], august["value"]) == ("van-phong-ubnd", "75")


def test_zero_missing_and_not_applicable_all_occur_and_stay_apart(sample: Rows) -> None:
    states = Counter(row["state"] for row in sample)
    assert set(states) == {"", "not_reported", "not_applicable"}
    assert all(bool(row["value"]) is (row["state"] == "") for row in sample)
    assert any(row["value"] == "0" and row["element"] == "dossiers_full_online" for row in sample)
    assert states["not_reported"] < 100


def test_parts_are_whole_and_add_up_to_the_total() -> None:
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
    assert apportion(427_662, [0, 3, 5, 7.5]) == [0, 82_773, 137_956, 206_933]
