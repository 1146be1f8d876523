"""The shipped definitions, read once."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from scorecard.definitions import read_province
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit

ROOT = Path(__file__).resolve().parents[2]
Rows = list[dict[str, str]]


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def read_rows() -> Callable[[Path], Rows]:
    return _read


@pytest.fixture(scope="session")
def provinces() -> dict[str, Province]:
    found = {}
    for folder in sorted(path.parent for path in (ROOT / "targets").glob("*/province.yaml")):
        reading = read_province(folder)
        assert reading.province is not None, reading.problems
        found[folder.name] = reading.province
    return found


@pytest.fixture(scope="session")
def thai_nguyen(provinces: dict[str, Province]) -> Province:
    return provinces["thai-nguyen"]


@pytest.fixture(scope="session")
def facts() -> Callable[[str], Rows]:
    """Lists of facts kept beside the repository; the shipped files were checked against them."""
    folder = ROOT.parent / "shared" / "facts"

    def read(name: str) -> Rows:
        if not (folder / name).exists():
            pytest.skip(f"../shared/facts/{name} is not on this machine; nothing to compare with")
        return _read(folder / name)

    return read


@pytest.fixture(scope="session")
def misfits() -> Callable[[Province, Rows], list[str]]:
    """Say which rows of an exchange file the definitions would not accept."""

    def find(province: Province, rows: Rows) -> list[str]:
        return [f"{row}: {why}" for row in rows if (why := _misfit(province, row))]

    return find


def _misfit(province: Province, row: dict[str, str]) -> str | None:
    period = Period.parse(row["period"])
    unit = province.units.find(row["unit"], period.last.last_day)
    if unit is None:
        return "unit not alive"
    if row["element"] in province.milestones:
        lead = province.milestones[row["element"]].lead
        return None if lead == unit.code and period.months == 1 else "not the lead unit's milestone"
    if row["element"] not in province.elements:
        return "unknown element"
    element = province.elements[row["element"]]
    if len(row["value"].partition(".")[2]) > element.decimals:
        return "too many decimals"
    return None if element.form_id in _owed(province, unit, period) else "form not owed for this period"


def _owed(province: Province, unit: Unit, period: Period) -> Iterable[str]:
    for form in province.forms:
        rule = form.reporters_of(unit, period.last)
        if rule and rule.every.months == period.months:
            yield form.id
