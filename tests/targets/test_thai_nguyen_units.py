from __future__ import annotations

import filecmp
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scripts import make_units

Rows = list[dict[str, str]]
MERGER = date(2025, 7, 1)
LAST_DAY = date(2025, 6, 30)
COMMUNES = ("commune", "ward", "township")
LEVELS = {"tỉnh": "province", "huyện": "district", "xã": "commune"}


def _of_level(province: Province, level: str, day: date) -> list[Unit]:
    return [unit for unit in province.units.alive_on(day) if unit.level == level and unit.code.isdigit()]


def test_files_are_what_the_script_writes(root: Path, tmp_path: Path) -> None:
    make_units.main(tmp_path)
    _, different, missing = filecmp.cmpfiles(
        tmp_path, root / "targets" / "thai-nguyen", ["units.csv", "lineage.csv"], shallow=False
    )
    assert (different, missing) == ([], [])


def test_new_province_has_77_communes_and_15_wards(thai_nguyen: Province) -> None:
    assert Counter(unit.kind for unit in _of_level(thai_nguyen, "commune", MERGER)) == {"commune": 77, "ward": 15}


@pytest.mark.parametrize(
    ("day", "communes"),
    [(date(2022, 4, 9), 178), (date(2023, 4, 9), 178), (date(2023, 4, 10), 177), (date(2024, 12, 1), 172)],
)
def test_old_province_had_so_many_communes(thai_nguyen: Province, day: date, communes: int) -> None:
    within = thai_nguyen.units.within("19", day)
    assert sum(unit.kind in COMMUNES for unit in within) == communes
    assert sum(unit.level == "district" and unit.code.isdigit() for unit in within) == 9


def test_both_old_provinces_had_280_communes_on_their_last_day(thai_nguyen: Province) -> None:
    assert len(_of_level(thai_nguyen, "commune", LAST_DAY)) == 280
    assert len(_of_level(thai_nguyen, "district", LAST_DAY)) == 17
    assert not _of_level(thai_nguyen, "district", MERGER)


def test_every_old_commune_became_new_ones_three_of_them_in_parts(thai_nguyen: Province) -> None:
    old = {unit.id: unit for unit in _of_level(thai_nguyen, "commune", LAST_DAY)}
    links = [link for link in thai_nguyen.units.successions if link.from_id in old and link.effective == MERGER]
    assert len(links) == 283
    assert {link.from_id for link in links} == set(old)
    assert {link.to_id for link in links} == {unit.id for unit in _of_level(thai_nguyen, "commune", MERGER)}
    assert {old[link.from_id].code for link in links if not link.whole} == {"05461", "05467", "05932"}


def test_a_code_is_not_an_identity(thai_nguyen: Province) -> None:
    names = [unit.name for unit in thai_nguyen.units.by_code["05569"]]
    assert names == ["Xã Bảo Cường", "Thị trấn Chợ Chu", "Xã Định Hóa"]
    other = [(unit.name, unit.valid_to) for unit in thai_nguyen.units.by_code["05467"]]
    assert other == [("Phường Cam Giá", LAST_DAY), ("Phường Gia Sàng", None)]


def test_phu_lac_has_the_code_of_the_law(thai_nguyen: Province) -> None:
    unit = thai_nguyen.units.find("05788", MERGER)
    assert unit is not None
    assert unit.name == "Xã Phú Lạc"
    assert thai_nguyen.units.find("05794", MERGER) is None


def test_names_that_differ_by_one_mark_stay_apart(thai_nguyen: Province) -> None:
    names = [unit.name for unit in thai_nguyen.units.members]
    assert {"Xã Văn Lang", "Xã Văn Lăng"} <= set(names)
    assert all(unicodedata.is_normalized("NFC", name) for name in names)


def test_departments_were_reorganised_on_1_march_2025(thai_nguyen: Province) -> None:
    units = thai_nguyen.units
    count = {day: sum(unit.kind == "department" for unit in units.alive_on(day)) for day in (date(2025, 2, 28), MERGER)}
    assert count == {date(2025, 2, 28): 19, MERGER: 14}
    links = [link for link in units.successions if link.from_id.startswith("so-tttt@")]
    assert [(link.to_id, link.effective, link.whole) for link in links] == [
        ("so-khcn@2025-03-01", date(2025, 3, 1), True)
    ]
    assert units.find("so-tttt", date(2025, 3, 1)) is None


def test_new_units_carry_the_history_of_both_provinces(thai_nguyen: Province) -> None:
    units = thai_nguyen.units
    ancestors = units.with_ancestors(unit.id for unit in units.within("19", MERGER))
    ended_without_heir = {unit.id for unit in units.members} - ancestors
    assert {units.by_id[each].level for each in ended_without_heir} == {"district"}


def test_units_agree_with_the_list_of_facts(thai_nguyen: Province, facts: Callable[[str], Rows]) -> None:
    prefix = {"tỉnh": "Tỉnh", "huyện": "Huyện", "thành phố": "Thành phố", "thị xã": "Thị xã"}
    prefix |= {"xã": "Xã", "phường": "Phường", "thị trấn": "Thị trấn"}
    expected = {
        (row["code"], f"{prefix[row['type']]} {row['name']}", LEVELS[row["level"]], row["valid_from"], row["valid_to"])
        for row in facts("thai_nguyen_units.csv")
    }
    shipped = {
        (u.code, u.name, u.level, str(u.valid_from or ""), str(u.valid_to or ""))
        for u in thai_nguyen.units.members
        if u.code.isdigit()
    }
    assert shipped == expected


def test_parents_agree_with_the_list_of_facts(thai_nguyen: Province, facts: Callable[[str], Rows]) -> None:
    expected = {
        (r["code"], r["valid_from"]): r["parent"] for r in facts("thai_nguyen_units.csv") if r["level"] != "tỉnh"
    }
    shipped = {
        (u.code, str(u.valid_from or "")): u.parent
        for u in thai_nguyen.units.members
        if u.code.isdigit() and u.level != "province"
    }
    assert shipped == expected


def test_lineage_agrees_with_the_list_of_facts(
    root: Path, read_rows: Callable[[Path], Rows], facts: Callable[[str], Rows]
) -> None:
    extent = {"whole": "whole", "unchanged": "whole", "part": "part"}
    expected = {(row["old_code"], row["new_code"], extent[row["relation"]]) for row in facts("thai_nguyen_lineage.csv")}
    rows = read_rows(root / "targets" / "thai-nguyen" / "lineage.csv")
    shipped = {
        (row["from_code"], row["to_code"], row["extent"])
        for row in rows
        if row["effective"] == "2025-07-01" and len(row["from_code"]) == 5 and row["from_code"].isdigit()
    }
    assert shipped == expected
