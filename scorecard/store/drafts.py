"""What people have typed and not yet submitted: kept through a closed browser, one draft for each person and return."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scorecard.domain.period import Month, Period
from scorecard.store.database import Database, Row
from scorecard.store.rows import canonical, moment, time_text

_RETURN = "province = ? AND unit = ? AND first_month = ? AND last_month = ? AND form = ?"
_KEY = f"{_RETURN} AND person = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftKey:
    """Whose draft of which return."""

    province_id: str
    unit_id: str
    form_id: str
    period: Period
    person_id: str

    def values(self) -> Row:
        """Return the columns of the key, in the order of the table."""
        first, last = self.period.first.index, self.period.last.index
        return self.province_id, self.unit_id, first, last, self.form_id, self.person_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDraft:
    """A draft as it was last saved (UTC); `content` is whatever its author's page keeps in it, as texts."""

    key: DraftKey
    content: Mapping[str, str]
    saved_at: datetime


class Drafts:
    """The drafts of all people; a draft is no figure, so it is replaced and dropped without an event."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, key: DraftKey, content: Mapping[str, str], at: datetime) -> None:
        """Keep a draft in place of the one before."""
        with self._database.writing() as session:
            session.run(f"DELETE FROM drafts WHERE {_KEY}", key.values())
            row = (*key.values(), canonical(dict(content)), time_text(at))
            session.run(f"INSERT INTO drafts VALUES ({', '.join('?' * len(row))})", row)

    def find(self, key: DraftKey) -> SavedDraft | None:
        """Return a draft, None when there is none."""
        with self._database.reading() as session:
            rows = session.rows(f"SELECT content, saved_at FROM drafts WHERE {_KEY}", key.values())
        return SavedDraft(key=key, content=json.loads(rows[0][0]), saved_at=moment(rows[0][1])) if rows else None

    def of_person(self, province_id: str, person_id: str) -> tuple[SavedDraft, ...]:
        """Return all drafts of a person, the one saved last first."""
        with self._database.reading() as session:
            rows = session.rows(
                "SELECT unit, first_month, last_month, form, content, saved_at FROM drafts"
                " WHERE province = ? AND person = ? ORDER BY saved_at DESC",
                (province_id, person_id),
            )
        return tuple(
            SavedDraft(
                key=DraftKey(
                    province_id=province_id,
                    unit_id=unit,
                    form_id=form,
                    period=Period(Month(first), Month(last)),
                    person_id=person_id,
                ),
                content=json.loads(content),
                saved_at=moment(at),
            )
            for unit, first, last, form, content, at in rows
        )

    def of_return(self, like: DraftKey) -> Mapping[str, datetime]:
        """Return who has a draft of the same return, and when each was last saved; never what stands in them."""
        with self._database.reading() as session:
            rows = session.rows(f"SELECT person, saved_at FROM drafts WHERE {_RETURN}", like.values()[:-1])
        return {person: moment(at) for person, at in rows}

    def drop(self, key: DraftKey) -> None:
        """Forget a draft; nothing happens when there is none."""
        with self._database.writing() as session:
            session.run(f"DELETE FROM drafts WHERE {_KEY}", key.values())
