"""What lead units said of late targets, read from the store; it is written by Store.record."""

from __future__ import annotations

from datetime import datetime

from scorecard.domain.justification import Justification
from scorecard.domain.period import Month
from scorecard.store.database import Database
from scorecard.store.rows import COLUMNS, justification_of, target_name, time_text

_END_OF_TIME = "9999"


class Justifications:
    """The justifications of all provinces, every revision of each; nobody's words are unit-scoped."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_province(self, province_id: str, known_at: datetime | None = None) -> tuple[Justification, ...]:
        """Return every revision by month, plan, target and revision; with `known_at`, those there were at that instant.

        The instant itself is included.
        """
        return self._found(province_id, known_at, "1 = 1", ())

    def of_target(
        self, province_id: str, plan_id: str, target_id: str, until: Month, known_at: datetime | None = None
    ) -> tuple[Justification, ...]:
        """Return every revision of one target for the months up to one, oldest first; otherwise as `of_province`."""
        key = target_name(plan_id, target_id), until.index
        return self._found(province_id, known_at, "target = ? AND first_month <= ?", key)

    def _found(
        self, province_id: str, known_at: datetime | None, condition: str, parameters: tuple[object, ...]
    ) -> tuple[Justification, ...]:
        limit = time_text(known_at) if known_at else _END_OF_TIME
        with self._database.reading() as session:
            rows = session.rows(
                f"SELECT {COLUMNS['justifications']} FROM justifications"
                f" WHERE province = ? AND recorded_at <= ? AND {condition}",
                (province_id, limit, *parameters),
            )
        found = [justification_of(row) for row in rows]
        return tuple(sorted(found, key=lambda each: (each.month, each.plan_id, each.target_id, each.revision)))
