"""Rules of lineage: both ends exist on the day, and what one unit hands over is the whole of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from scorecard.definitions.draft import Draft
from scorecard.definitions.problem import Problem, error
from scorecard.definitions.records import LineageRow
from scorecard.definitions.rule import findings
from scorecard.domain.unit import Units

_DAY = timedelta(days=1)


def lineage_problems(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with lineage.csv."""
    handed_over: defaultdict[tuple[str, date], list[LineageRow]] = defaultdict(list)
    for row in draft.lineage.records:
        yield from findings(_ends(draft, row), _basis(row))
        if row.readable:
            handed_over[row.from_code, row.effective].append(row)
    for rows in handed_over.values():
        yield from _shares(rows)


def _ends(draft: Draft, row: LineageRow) -> Iterator[Problem]:
    units, effective = draft.units_through_time, row.effective
    for field, code, day in (
        (LineageRow.from_code, row.from_code, effective - _DAY),
        (LineageRow.to_code, row.to_code, effective),
    ):
        if units.find(code, day) is None:
            yield error(row.at(field), "unit_not_alive", code=code, day=day, lives=lives(units, code))


def lives(units: Units, code: str) -> str:
    """Return the lives of a code for a message, `2020-01-01…2025-06-30`; a dash when there is none."""
    spans = (f"{unit.valid_from or ''}…{unit.valid_to or ''}" for unit in units.by_code.get(code, ()))
    return ", ".join(spans) or "—"


def _basis(row: LineageRow) -> Iterator[Problem]:
    if row.extent not in (None, 1) and row.basis is None:
        yield error(row.at(LineageRow.extent), "share_without_basis")


def _shares(rows: list[LineageRow]) -> Iterator[Problem]:
    """Report shares that are not the whole unit; parts without a share are the rest, so something must be left."""
    stated = [row.extent for row in rows if row.extent is not None]
    total, rest_is_open = sum(stated), len(stated) < len(rows)
    if (total >= 1) if rest_is_open else (total != 1):
        last = rows[-1]
        yield error(last.at(LineageRow.extent), "shares_not_whole", code=last.from_code, day=last.effective)
