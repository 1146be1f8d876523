"""Write targets/thai-nguyen/units.csv and lineage.csv.

Codes, names and the successions of 01/7/2025 come from two packages of public code lists (requirements-dev):
vietnamadminunits (units before and after, which became which) and vietnam-provinces (a second opinion on the
new ones). What they do not hold - departments, days, the changes of 2022-2024 - stands in
thai_nguyen_changes.py.

    python -m scripts.make_units [FOLDER]
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import vietnam_provinces

from scripts.thai_nguyen_changes import (
    BEFORE_MERGER,
    BEFORE_REFORM,
    BLOCKS,
    CENTRE,
    COMMUNE_BASIS,
    DEPARTMENTS,
    EARLIER_CHANGES,
    MERGER,
    MERGER_BASIS,
    OTHER_CODE,
    REFORM,
    REFORM_BASIS,
    REFORMED,
    SPELLING,
)

TARGET = Path(__file__).resolve().parent.parent / "targets" / "thai-nguyen"
PACKAGE = Path(str(find_spec("vietnamadminunits").origin)).parent / "data"
UNIT_FIELDS = ("code", "name", "kind", "level", "parent", "peer_group", "protocol_order", "valid_from", "valid_to")
LINEAGE_FIELDS = ("from_code", "to_code", "effective", "extent", "basis")
Row = dict[str, str | int]

KINDS = {  # by the first word of the name: kind, level, peer group
    "Tỉnh": ("province", "province", ""),
    "Huyện": ("district", "district", "huyen"),
    "Thị xã": ("town", "district", "huyen"),
    "Thành phố": ("city", "district", "huyen"),
    "Xã": ("commune", "commune", "xa"),
    "Phường": ("ward", "commune", "phuong"),
    "Thị trấn": ("township", "commune", "thi-tran"),
}


def main(folder: Path) -> None:
    """Write both files into a folder."""
    with closing(sqlite3.connect(f"file:{PACKAGE / 'dataset.db'}?mode=ro", uri=True)) as packaged:
        before = packaged.execute(
            "SELECT wardCode, ward, districtCode, district, provinceCode, "
            "provinceKey || '_' || districtKey || '_' || wardKey "
            "FROM admin_units_legacy WHERE provinceCode IN ('06', '19') ORDER BY wardCode"
        ).fetchall()
        after = packaged.execute(
            "SELECT wardCode, ward, wardKey FROM admin_units WHERE provinceCode = '19' ORDER BY wardCode"
        ).fetchall()
    _compare_with_second_list({code: name for code, name, _ in after})
    upper = [*_provinces(), *_departments(), _centre(), *_blocks()]
    _write(folder / "units.csv", UNIT_FIELDS, _numbered([*upper, *_districts(before), *_communes(before, after)]))
    merged = (_link(*link, MERGER, COMMUNE_BASIS) for link in sorted(_successions(before, after)))
    lineage = [*_upper_lineage(), *_earlier_lineage(), *merged]
    _write(folder / "lineage.csv", LINEAGE_FIELDS, lineage)


def _compare_with_second_list(names: dict[str, str]) -> None:
    code = vietnam_provinces.ProvinceCode.P_19
    second = {f"{ward.code.value:05d}": ward.name for ward in vietnam_provinces.Ward.iter_by_province(code)}
    if {OTHER_CODE.get(code, code): name for code, name in second.items()} != names:
        raise SystemExit("the two packages disagree on the communes of Thái Nguyên")


def _provinces() -> Iterator[Row]:
    yield _administrative("06", "Tỉnh Bắc Kạn", "", "", BEFORE_MERGER)
    yield _administrative("19", "Tỉnh Thái Nguyên", "", "", BEFORE_MERGER)
    yield _administrative("19", "Tỉnh Thái Nguyên", "", MERGER, "")


def _departments() -> Iterator[Row]:
    ended = {origin for origins in REFORMED.values() for origin in origins}
    for code, name in DEPARTMENTS.items():
        formed = "whole" in REFORMED.get(code, {}).values()
        if code in ended:
            yield _other(code, name, "department", "province", "", BEFORE_REFORM)
        if formed or code not in ended:
            yield _other(code, name, "department", "province", REFORM if formed else "", BEFORE_MERGER)
            yield _other(code, name, "department", "province", MERGER, "")


def _centre() -> Row:
    return _other(*CENTRE, "centre", "province", "", "")


def _blocks() -> Iterator[Row]:
    for code, name, level, last_day in BLOCKS:
        yield _other(code, name, "block", level, "", last_day)


def _districts(before: list[tuple[str, ...]]) -> Iterator[Row]:
    known = {code: (name.replace("Thành Phố", "Thành phố"), province) for _, _, code, name, province, _ in before}
    for code, (name, province) in sorted(known.items()):
        yield from _until_merger(code, name, province)


def _communes(before: list[tuple[str, ...]], after: list[tuple[str, ...]]) -> Iterator[Row]:
    district = {code: parent for code, _, parent, *_ in before}
    names = {code: SPELLING.get(code, name) for code, name, *_ in before}
    new_names = {code: name for code, name, _ in after}
    successor = {code: heir for _, _, _, changes in EARLIER_CHANGES for code, _, heir in changes}
    for code in sorted({*names, *new_names, *(code for code in successor if len(code) == 5)}):
        yield from _until_merger(code, names.get(code), district[successor.get(code, code)])
        if code in new_names:
            yield _administrative(code, new_names[code], "19", MERGER, "")


def _until_merger(code: str, name: str | None, parent: str) -> Iterator[Row]:
    since = ""
    for effective, last_day, _, changes in EARLIER_CHANGES:
        for changed, former, _ in changes:
            if changed == code:
                yield _administrative(code, former, parent, since, last_day)
                since = effective
    if name is not None:
        yield _administrative(code, name, parent, since, BEFORE_MERGER)


def _upper_lineage() -> Iterator[Row]:
    yield _link("06", "19", "whole", MERGER, MERGER_BASIS)
    yield _link("19", "19", "whole", MERGER, MERGER_BASIS)
    for heir, origins in REFORMED.items():
        for origin, extent in origins.items():
            yield _link(origin, heir, extent, REFORM, REFORM_BASIS)
    for row in _departments():
        if row["valid_from"] == MERGER:
            yield _link(str(row["code"]), str(row["code"]), "whole", MERGER, MERGER_BASIS)


def _earlier_lineage() -> Iterator[Row]:
    for effective, _, basis, changes in EARLIER_CHANGES:
        for code, _, heir in changes:
            yield _link(code, heir, "whole", effective, basis)


def _successions(before: list[tuple[str, ...]], after: list[tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    converter = json.loads((PACKAGE / "converter_2025.json").read_text(encoding="utf-8"))
    old = {key: code for code, *_, key in before}
    new = {key: code for code, _, key in after}
    for heir, origins in converter["DICT_PROVINCE_WARD_NO_DIVIDED"]["tinhthainguyen"].items():
        for origin in origins:
            yield old[origin], new[heir], "whole"
    for origin, heirs in converter["DICT_PROVINCE_WARD_DIVIDED"]["tinhthainguyen"].items():
        for part in heirs:
            yield old[origin], new[part["newWardKey"]], "part"


def _administrative(code: str, name: str, parent: str, first_day: str, last_day: str) -> Row:
    kind, level, peers = next(value for word, value in KINDS.items() if name.startswith(word + " "))
    return _unit(code, name, kind, level, parent, peers, first_day, last_day)


def _other(code: str, name: str, kind: str, level: str, first_day: str, last_day: str) -> Row:
    return _unit(code, name, kind, level, "19", "so-nganh" if kind == "department" else "", first_day, last_day)


def _unit(*values: str) -> Row:
    return dict(zip([field for field in UNIT_FIELDS if field != "protocol_order"], values, strict=True))


def _link(from_code: str, to_code: str, extent: str, effective: str, basis: str) -> Row:
    return dict(zip(LINEAGE_FIELDS, (from_code, to_code, effective, extent, basis), strict=True))


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    order: dict[str | int, int] = {}
    for row in rows:
        yield {**row, "protocol_order": order.setdefault(row["code"], len(order) + 1)}


def _write(path: Path, fields: tuple[str, ...], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: unicodedata.normalize("NFC", str(value)) for key, value in row.items()})


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
