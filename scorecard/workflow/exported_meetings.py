"""Meetings as plain files: one JSON object a line for each edition, and for each piece of work given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from scorecard.store import Store


def edition_lines(store: Store, province_id: str) -> Iterator[str]:
    """Yield all editions, the first one first: how each is known, and its whole content with the definition files."""
    for mark in reversed(store.meetings.editions(province_id)):
        edition = store.meetings.edition(province_id, mark.number)
        if edition is not None:
            yield _line({**_told(mark), "content": edition.content})


def commitment_lines(store: Store, province_id: str) -> Iterator[str]:
    """Yield all given work in the order in which it was given, each with what was said became of it."""
    for given in store.meetings.commitments(province_id):
        yield _line({**_told(given), "statements": [_told(each) for each in given.statements]})


def _told(record: Any) -> dict[str, object]:  # noqa: ANN401 - any of the frozen records of meetings
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _line(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=_plain) + "\n"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
