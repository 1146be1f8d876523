"""A province with thirteen targets and three years of monthly figures of every unit, for the benchmark of the pages.

The shipped definitions, two targets more, and forms that were asked for from the first month on. The figures mean
nothing.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from scorecard.definitions import read_province
from scorecard.domain.form import Element
from scorecard.domain.period import Frequency, Month, Period
from scorecard.domain.province import Province
from scorecard.store import open_store
from scorecard.workflow.demo import prepare_demo
from scorecard.workflow.exchange import read_exchange
from scorecard.workflow.owed import owed_periods
from scorecard.workflow.settings import ROOT

_Row = tuple[str, str, str, int, str, str]
_FIRST, _LAST = Month.of(2022, 10), Month.of(2025, 9)
_TODAY = datetime(2025, 10, 3, tzinfo=UTC)
_SHIPPED_SINCE = "since: 2024-12"
_WAITING = "4"
"""The units whose codes end so have submitted the last month, and nobody has approved it."""
_TOTAL, _PART, _OF_A_LIST = 1_000, 700, 75
_TWO_MORE = """\
  - {id: commune-dossiers, name: Ít nhất 75% hồ sơ của các xã được xử lý hoàn toàn trực tuyến,
     indicator: full_online_dossiers, goal: ">= 75%", due: 2025-12-31, lead: so-khcn, scope: {level: commune}}
  - {id: most-users, name: Trên 90% người dùng được định danh và xác thực,
     indicator: identified_users, goal: "> 90%", due: 2025-12-31, lead: so-khcn}
"""


def prepare(folder: Path) -> dict[str, str]:
    """Write definitions and a database into a folder, and return the environment in which the demo shows them."""
    targets = folder / "targets"
    shutil.copytree(ROOT / "targets", targets)
    with (targets / "thai-nguyen" / "plans" / "kh-222-2024.yaml").open("a", encoding="utf-8") as plan:
        plan.write(_TWO_MORE)
    for form in (targets / "thai-nguyen" / "forms").glob("*.yaml"):
        text = form.read_text(encoding="utf-8")
        form.write_text(text.replace(_SHIPPED_SINCE, f"since: {_FIRST}"), encoding="utf-8")
    reading = read_province(targets / "thai-nguyen")
    if reading.province is None:
        raise SystemExit("\n".join(map(str, reading.problems)))
    url = f"sqlite:///{folder}/full.db"
    with closing(open_store(url)) as store:
        rows = list(_rows(reading.province))
        waiting = [row for row in rows if row[0] == str(_LAST) and row[1].endswith(_WAITING)]
        late = set(waiting)
        approved = [row for row in rows if row not in late]
        own, submitted = (read_exchange(_exchange(each), reading.province) for each in (approved, waiting))
        prepare_demo(store, reading.province, own, _TODAY, "benchmark", submitted)
    return {"SCORECARD_TARGETS": str(targets), "SCORECARD_DATABASE_URL": url}


def _exchange(rows: Iterable[_Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("period", "unit", "element", "value", "state", "note"))
    writer.writerows(rows)
    return text.getvalue().encode()


def _rows(province: Province) -> Iterator[_Row]:
    """Yield a figure for whatever any unit owes, scores left out."""
    totals = {
        element
        for indicator in province.indicators.values()
        for version in indicator.versions
        if version.denominator is not None
        for element in version.denominator.elements
    }
    months = [Month(index) for index in range(_FIRST.index, _LAST.index + 1)]
    periods = {
        period for month in months for each in Frequency if (period := Period.containing(month, each)).last <= _LAST
    }
    for unit_code in sorted({unit.code for unit in province.units.by_id.values()}):
        for form, period in owed_periods(province, unit_code, periods):
            for element in (each for each in form.elements if each.out_of is None):
                count = _TOTAL if element.id in totals else _count(province, element)
                yield str(period), unit_code, element.id, count, "", ""


def _count(province: Province, element: Element) -> int:
    if element.id in province.milestones:
        return 0
    return _OF_A_LIST if element.members else _PART
