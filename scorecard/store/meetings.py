"""Reads of what meetings left behind: editions and commitments."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from scorecard.domain.meeting import Commitment, Edition, EditionMark, Result, Statement
from scorecard.domain.period import Month
from scorecard.store.database import Database, Row
from scorecard.store.rows import COLUMNS, moment

_MARK = (
    "number, plan, first_month, name, figures_hash, definitions_hash, program, seal, recorded_at, recorded_by, event"
)


class Meetings:
    """Editions and commitments of one store. Raises StoreError as the store does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def editions(self, province_id: str) -> tuple[EditionMark, ...]:
        """Return the marks of all editions of a province, the newest first."""
        with self._database.reading() as session:
            rows = session.rows(f"SELECT {_MARK} FROM editions WHERE province = ? ORDER BY number DESC", (province_id,))
        return tuple(_mark(row) for row in rows)

    def edition(self, province_id: str, number: int) -> Edition | None:
        """Return one edition as it was frozen, None when there is none of that number."""
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {_MARK}, content FROM editions WHERE province = ? AND number = ?", (province_id, number)
            )
        return Edition(mark=_mark(rows[0][:-1]), content=json.loads(rows[0][-1])) if rows else None

    def commitments(self, province_id: str) -> tuple[Commitment, ...]:
        """Return all work given in a province, in the order in which it was given."""
        with self._database.reading() as session:
            rows = session.rows(f"SELECT {COLUMNS['commitments']} FROM commitments WHERE province = ?", (province_id,))
        ordered = sorted(rows, key=lambda row: (int(row[4]), row[5]))
        return tuple(_commitment(list(of_one)) for _, of_one in groupby(ordered, key=lambda row: row[4]))


def _mark(row: Row) -> EditionMark:
    number, plan, month, name, figures, definitions, program, seal, at, by, event = row
    return EditionMark(
        number=number,
        plan_id=plan,
        month=Month(month),
        name=name,
        figures_hash=figures,
        definitions_hash=definitions,
        program=program,
        seal=seal,
        frozen_at=moment(at),
        frozen_by=by,
        event=event,
    )


def _commitment(rows: Sequence[Row]) -> Commitment:
    _, unit, month, _, own_id, _, edition, plan, target, of_unit, what, due, promised, _, _, at, by, _, _ = rows[0]
    return Commitment(
        id=own_id,
        edition=edition,
        plan_id=plan,
        month=Month(month),
        target_id=target,
        of_unit=of_unit,
        unit_id=unit,
        what=what,
        due=date.fromisoformat(due),
        promised=Decimal(promised) if promised else None,
        given_at=moment(at),
        given_by=by,
        statements=tuple(
            Statement(result=Result(row[13]), reason=row[14], stated_at=moment(row[15]), stated_by=row[16])
            for row in rows[1:]
        ),
    )
