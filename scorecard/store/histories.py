"""Histories of figures: every revision with what stood before, its receipt, and who put it in force."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from scorecard.domain.access import Scope
from scorecard.domain.figure import RecordedFigure
from scorecard.domain.period import Period
from scorecard.store.database import Database, Row
from scorecard.store.records import receipt_code
from scorecard.store.rows import COLUMNS, SAME_REVISION, moment, recorded_figure, until_text
from scorecard.store.scoping import require_inside

_OWN = COLUMNS["figures"].split(", ")
_COLUMNS = ", ".join(f"f.{column}" for column in _OWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFigure:
    """One revision of a figure: the revision before it, the code of its receipt, and who put it in force.

    `before` is None for a first one; `approved_at` (UTC) and `approved_by` are None while nobody did.
    """

    after: RecordedFigure
    before: RecordedFigure | None
    code: str
    approved_at: datetime | None
    approved_by: str | None


class Histories:
    """Reads of one store. Raises StoreError as the store does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_unit(
        self,
        province_id: str,
        scope: Scope,
        unit_id: str,
        elements: Collection[str],
        months: Period,
        known_at: datetime | None = None,
    ) -> tuple[KeptFigure, ...]:
        """Return every revision of some elements of a unit for periods that end in some months, oldest first.

        By element, period and revision; with `known_at`, as it was known at that instant (included). Raises
        AccessRefusedError for a unit outside the scope.
        """
        require_inside(scope, unit_id)
        limit = until_text(known_at)
        among = " OR ".join(["1 = 0", *("f.element = ?" for _ in elements)])
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {_COLUMNS}, e.hash, a.recorded_at, a.recorded_by FROM figures f"
                " JOIN events e ON e.id = f.event"
                f" LEFT JOIN approvals a ON {SAME_REVISION} AND a.recorded_at <= ?"
                f" WHERE f.province = ? AND f.unit = ? AND ({among})"
                " AND f.last_month >= ? AND f.last_month <= ? AND f.recorded_at <= ?"
                " ORDER BY f.element, f.last_month, f.first_month, f.revision",
                (limit, province_id, unit_id, *elements, months.first.index, months.last.index, limit),
            )
        return tuple(_kept(rows))


def _kept(rows: list[Row]) -> Iterator[KeptFigure]:
    last: RecordedFigure | None = None
    for row in rows:
        after, (own_hash, approved_at, approved_by) = recorded_figure(row[: len(_OWN)]), row[len(_OWN) :]
        yield KeptFigure(
            after=after,
            before=last if after.revision > 1 else None,
            code=receipt_code(after.event, own_hash),
            approved_at=moment(approved_at) if approved_at else None,
            approved_by=approved_by,
        )
        last = after
