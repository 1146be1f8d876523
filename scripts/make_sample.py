"""Write data/sample/: invented monthly figures that agree with every published total, and some not yet approved.

    python -m scripts.make_sample [FOLDER]

The same figures come out every time: each number is drawn from a generator seeded with its unit, element and month.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import NamedTuple

from scorecard.definitions import read_province
from scorecard.domain.period import Frequency, Month, Period
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scripts import sample_tables as tables

ROOT = Path(__file__).resolve().parent.parent
FILE = "thai-nguyen.csv"
FIELDS = ("period", "unit", "element", "value", "state", "note")
SAMPLE = "số liệu minh họa"
UNAVAILABLE = f"{SAMPLE}; hệ thống gián đoạn, chưa lấy được số"
NO_DOSSIERS = f"{SAMPLE}; đơn vị không tiếp nhận hồ sơ thủ tục hành chính"

FIRST_2022, LAST_2022 = Month.of(2022, 1), Month.of(2022, 6)
START, LAST_COMPLETE, OPEN = Month.of(2024, 12), Month.of(2025, 8), Month.of(2025, 9)
TWO_TIER = Month.of(2025, 7)


class Row(NamedTuple):
    """One line of the exchange format."""

    period: str
    unit: str
    element: str
    value: int | None
    state: str = ""
    note: str = SAMPLE


def main(folder: Path) -> None:
    """Write the figures that count, and in `waiting/` those that are submitted and wait for approval."""
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    if province is None:
        raise SystemExit("targets/thai-nguyen does not pass: python -m scorecard check")
    (folder / "waiting").mkdir(parents=True, exist_ok=True)
    _write(folder / FILE, sample_rows(province))
    _write(folder / "waiting" / FILE, waiting_rows(province))


def _write(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(rows)


def sample_rows(province: Province) -> Iterator[Row]:
    """Yield all sample figures in order of time, unit and form."""
    volumes = Volumes(province)
    yield from _first_half_of_2022(province, volumes)
    silent = _silent_in_open_month(province)
    for number, month in enumerate(_months(START, OPEN)):
        for unit in province.units.alive_on(month.last_day):
            if month < OPEN or unit.code not in silent:
                yield from _returns(province, volumes, unit, month, number)
        if month < OPEN:
            yield from _central_figures(province, month, number)


def waiting_rows(province: Province) -> Iterator[Row]:
    """Yield what units have submitted for the open month and nobody has approved: some of it is mistyped."""
    volumes, number = Volumes(province), len(tuple(_months(START, OPEN))) - 1
    for unit in province.units.alive_on(OPEN.last_day):
        if unit.code in tables.WAITING_UNITS:
            for row in _returns(province, volumes, unit, OPEN, number):
                yield row._replace(value=tables.MISTYPED.get((unit.code, row.element), row.value))


class Volumes:
    """How many dossiers a unit receives in a usual month: its own number, or the sum of what it was made of."""

    def __init__(self, province: Province) -> None:
        self._units = province.units
        self._origins: dict[str, list[tuple[str, Fraction | None]]] = {}
        for link in province.units.successions:
            if province.units.by_id[link.to_id].valid_from == link.effective:  # a unit that only grew keeps its number
                self._origins.setdefault(link.to_id, []).append((link.from_id, link.share))

    def of(self, unit_id: str) -> float:
        """Return dossiers a month; a part without a stated share is taken as a half."""
        origins = self._origins.get(unit_id)
        if origins:
            return sum(self.of(origin) * float(Fraction(1, 2) if share is None else share) for origin, share in origins)
        return self._first(self._units.by_id[unit_id])

    def _first(self, unit: Unit) -> float:
        if unit.kind == "department":
            return tables.DEPARTMENT_VOLUMES[unit.code]
        in_bac_kan = self._units.root_code(unit, unit.valid_to or OPEN.last_day) == "06"
        spread = 1 + _swing(0.45, "size", unit)
        return tables.KIND_VOLUMES[unit.kind] * spread * (tables.BAC_KAN_FACTOR if in_bac_kan else 1)


def _first_half_of_2022(province: Province, volumes: Volumes) -> Iterator[Row]:
    months = tuple(_months(FIRST_2022, LAST_2022))
    form = province.form("online-services")
    rows: list[Row] = []
    for group, total in tables.PUBLISHED_2022.items():
        owed = [
            (month, unit)
            for month in months
            for unit in province.units.within(province.root_code, month.last_day)
            if _group(unit) == group and form.reporters_of(unit, month)
        ]
        weights = [
            volumes.of(unit.id) * _season(month) * (1 + _swing(0.15, "2022", unit, month)) for month, unit in owed
        ]
        shares = apportion(total, weights)
        rows += [
            Row(str(m), unit.code, "dossiers_received", count) for (m, unit), count in zip(owed, shares, strict=True)
        ]
    yield from sorted(rows, key=lambda row: row.period)


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Divide a whole number by weights so that the parts are whole and add up to it (largest remainders)."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def _returns(province: Province, volumes: Volumes, unit: Unit, month: Month, number: int) -> Iterator[Row]:
    if province.form("online-services").reporters_of(unit, month):
        usual = volumes.of(unit.id) * (tables.TWO_TIER_FACTOR if _group(unit) == "commune" and month >= TWO_TIER else 1)
        yield from _dossiers(unit, month, number, usual)
        yield from _work_files(unit, month, number, usual)
    rule = province.form("households").reporters_of(unit, month)
    quarter = Period.containing(month, Frequency.QUARTER)
    if rule and quarter.last == month:
        yield from _households(unit, quarter, volumes.of(unit.id))


def _dossiers(unit: Unit, month: Month, number: int, usual: float) -> Iterator[Row]:
    elements = ("dossiers_received", "dossiers_full_online")
    if unit.code == "thanh-tra-tinh":
        yield from (Row(str(month), unit.code, each, None, "not_applicable", NO_DOSSIERS) for each in elements)
        return
    if _group(unit) == "commune" and _dice("outage", unit, month).random() < 0.008:
        yield from (Row(str(month), unit.code, each, None, "not_reported", UNAVAILABLE) for each in elements)
        return
    received = round(usual * _season(month) * (1 + _swing(0.12, "received", unit, month)))
    share = tables.ONLINE_SHARES[number] + tables.ONLINE_DIFFERENCE[_group(unit)] + _swing(0.12, "online", unit)
    not_yet_connected = number < 2 and _dice("connection", unit).random() < 0.04
    online = 0 if not_yet_connected else round(received * _share(share + _swing(0.03, "online", unit, month)))
    yield Row(str(month), unit.code, "dossiers_received", received)
    yield Row(str(month), unit.code, "dossiers_full_online", online)


def _work_files(unit: Unit, month: Month, number: int, usual: float) -> Iterator[Row]:
    group = _group(unit)
    merged = usual / tables.KIND_VOLUMES["commune"] if group == "commune" else 1
    total = round(tables.WORK_FILE_VOLUMES[group] * max(merged, 0.3) * (1 + _swing(0.1, "work files", unit, month)))
    first, gain = tables.WORK_FILE_SHARES[group]
    share = _share(first + gain * number + _swing(0.04 if group == "department" else 0.1, "work files", unit))
    yield Row(str(month), unit.code, "work_files_total", total)
    yield Row(str(month), unit.code, "work_files_online", round(total * share))


def _households(unit: Unit, quarter: Period, usual: float) -> Iterator[Row]:
    total = round(usual * tables.HOUSEHOLDS_PER_DOSSIER)
    share = _share(tables.HOUSEHOLD_SHARES[str(quarter)] + _swing(0.12, "households", unit))
    yield Row(str(quarter), unit.code, "households_total", total)
    yield Row(str(quarter), unit.code, "households_with_user", round(total * share))


def _central_figures(province: Province, month: Month, number: int) -> Iterator[Row]:
    form = province.form("service-catalogue")
    office = next(u for u in province.units.alive_on(month.last_day) if form.reporters_of(u, month))
    for element, values in tables.CATALOGUE.items():
        yield Row(str(month), office.code, element, values[number])
    yield Row(str(month), "van-phong-ubnd", "essential_services_online", tables.ESSENTIAL_SERVICES[number])
    yield Row(str(month), "so-khcn", "data-store", tables.DATA_STORE_STEPS[number])
    yield Row(str(month), "van-phong-ubnd", "hotline", tables.HOTLINE_STEPS[number])


def _silent_in_open_month(province: Province) -> frozenset[str]:
    communes = [unit for unit in province.units.alive_on(OPEN.last_day) if unit.kind in ("commune", "ward")]
    late_first = sorted(communes, key=lambda u: (u.code != tables.DEMO_COMMUNE, _dice("late", u, OPEN).random()))
    return tables.SILENT_DEPARTMENTS | {unit.code for unit in late_first[: tables.SILENT_COMMUNES]}


def _group(unit: Unit) -> str:
    return unit.kind if unit.kind in ("department", "block") else unit.level


def _months(first: Month, last: Month) -> Iterable[Month]:
    return (first.plus(count) for count in range(last.index - first.index + 1))


def _season(month: Month) -> float:
    return tables.SEASON[month.number - 1]


def _dice(what: str, unit: Unit, month: Month | None = None) -> Random:
    return Random(f"{what} {unit.code} {month or ''}")  # noqa: S311 - sample figures need no secrecy


def _swing(width: float, what: str, unit: Unit, month: Month | None = None) -> float:
    return width * (2 * _dice(what, unit, month).random() - 1)


def _share(value: float) -> float:
    return min(max(value, 0.0), 0.995)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "sample")
