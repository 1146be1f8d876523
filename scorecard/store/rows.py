"""Rows of the tables: their columns, their hashes, and how they become figures, returns and events."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from scorecard.domain.figure import Figure, FigureState, RecordedFigure
from scorecard.domain.justification import Justification
from scorecard.domain.period import Month, Period
from scorecard.domain.review import Decision, RecordedDecision, ReturnRecord, Submission
from scorecard.store.database import Row
from scorecard.store.errors import AmountError
from scorecard.store.records import Event, RowKey

KEY_LENGTH = 6
COLUMNS = {
    "returns": "province, unit, first_month, last_month, form, revision, reason, recorded_at, recorded_by, event, hash",
    "figures": (
        "province, unit, first_month, last_month, element, revision, amount, decimals, state, note, reason,"
        " recorded_at, recorded_by, event, hash"
    ),
    "decisions": (
        "province, unit, first_month, last_month, form, revision, decision, submission, last_day, notes, reason,"
        " recorded_at, recorded_by, event, hash"
    ),
    "approvals": "province, unit, first_month, last_month, element, revision, recorded_at, recorded_by, event, hash",
    "justifications": (
        "province, unit, first_month, last_month, target, revision, cause, remedy, last_day, recorded_at, recorded_by,"
        " event, hash"
    ),
    "editions": (
        "province, plan, first_month, last_month, name, number, figures_hash, definitions_hash, program, seal, content,"
        " recorded_at, recorded_by, event, hash"
    ),
    "commitments": (
        "province, unit, first_month, last_month, commitment, revision, edition, plan, target, of_unit, what, due,"
        " promised, result, reason, recorded_at, recorded_by, event, hash"
    ),
}
SAME_REVISION = " AND ".join(f"a.{column} = f.{column}" for column in COLUMNS["approvals"].split(", ")[:KEY_LENGTH])
"""That a row of `approvals a` puts a row of `figures f` in force."""
EVENT_COLUMNS = "id, kind, province, recorded_at, recorded_by, details, previous_hash, hash, manifest"

_LARGEST_VALUE = 10**15
_LARGEST_AMOUNT = 2**63
_END_OF_TIME = "9999"
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def time_text(moment: datetime) -> str:
    """Write a moment as UTC text that sorts in order of time; ValueError when it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without time zone")
    return moment.astimezone(UTC).strftime(_TIME)


def until_text(moment: datetime | None) -> str:
    """Write a moment as `time_text`, None as one after every other."""
    return time_text(moment) if moment else _END_OF_TIME


def moment(text: str) -> datetime:
    """Read what `time_text` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)


def fixed_point(value: Decimal) -> tuple[int, int]:
    """Return the value times ten to the power of its decimals, and the decimals: 89.20 is (8920, 2).

    AmountError when it is 10^15 or more, or does not fit 64 bits.
    """
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or abs(value) >= _LARGEST_VALUE:
        raise AmountError(str(value))
    decimals = max(0, -exponent)
    amount = int(value.scaleb(decimals))
    if abs(amount) >= _LARGEST_AMOUNT:
        raise AmountError(str(value))
    return amount, decimals


def figure_content(figure: Figure) -> tuple[int | None, int, str, str]:
    """Return what makes two revisions the same: amount, decimals, state, note."""
    amount, decimals = fixed_point(figure.value) if figure.value is not None else (None, 0)
    return amount, decimals, figure.state.value, figure.note


def recorded_figure(row: Row) -> RecordedFigure:
    """Make a figure of a row of `figures`."""
    _, unit, first, last, element, revision, amount, decimals, state, note, reason, at, by, event, _ = row
    figure = Figure(
        unit_id=unit,
        element_id=element,
        period=Period(Month(first), Month(last)),
        value=None if amount is None else Decimal(amount).scaleb(-decimals),
        state=FigureState(state),
        note=note,
    )
    return RecordedFigure(
        figure=figure, revision=revision, recorded_at=moment(at), recorded_by=by, reason=reason, event=event
    )


def return_records(returns: Sequence[Row], decisions: Sequence[Row]) -> tuple[ReturnRecord, ...]:
    """Make records of the rows of `returns` and `decisions`, by period, unit and form."""
    keys = sorted({row[:5] for row in (*returns, *decisions)}, key=lambda key: (*key[2:4], key[1], key[4]))
    submissions, decided = _by_return(returns), _by_return(decisions)
    return tuple(
        ReturnRecord(
            unit_id=key[1],
            form_id=key[4],
            period=Period(Month(key[2]), Month(key[3])),
            submissions=tuple(_submission(row) for row in submissions.get(key, ())),
            decisions=tuple(_decision(row) for row in decided.get(key, ())),
        )
        for key in keys
    )


def _by_return(rows: Sequence[Row]) -> dict[Row, list[Row]]:
    found: dict[Row, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row[5]):
        found.setdefault(row[:5], []).append(row)
    return found


def _submission(row: Row) -> Submission:
    revision, reason, at, by, event, _ = row[5:]
    return Submission(revision=revision, submitted_at=moment(at), submitted_by=by, reason=reason, event=event)


def _decision(row: Row) -> RecordedDecision:
    number, decision, submission, last_day, notes, reason, at, by, event, _ = row[5:]
    return RecordedDecision(
        number=number,
        decision=Decision(decision),
        submission=submission,
        until=date.fromisoformat(last_day) if last_day else None,
        reason=reason,
        notes=json.loads(notes),
        recorded_at=moment(at),
        recorded_by=by,
        event=event,
    )


def target_name(plan_id: str, target_id: str) -> str:
    """Name a target among all plans of a province; neither id holds the stroke between them."""
    return f"{plan_id}/{target_id}"


def justification_of(row: Row) -> Justification:
    """Make a justification of a row of `justifications`."""
    _, unit, first, _, target, revision, cause, remedy, last_day, at, by, event, _ = row
    plan_id, _, target_id = target.partition("/")
    return Justification(
        plan_id=plan_id,
        target_id=target_id,
        month=Month(first),
        unit_id=unit,
        cause=cause,
        remedy=remedy,
        by_when=date.fromisoformat(last_day),
        revision=revision,
        recorded_at=moment(at),
        recorded_by=by,
        event=event,
    )


def event_of(row: Row) -> Event:
    """Make an event of a row of `events`."""
    number, kind, province, at, by, details, previous_hash, own_hash, manifest = row
    return Event(
        id=number,
        kind=kind,
        province_id=province,
        recorded_at=moment(at),
        recorded_by=by,
        details=json.loads(details),
        previous_hash=previous_hash,
        hash=own_hash,
        manifest=manifest,
    )


def row_key(table: str, key: Sequence[Any]) -> RowKey:
    """Name a row by the first columns of its table."""
    province, unit, first, last, name, revision = key
    # A column of SQLite takes any type from whoever gets around the program.
    period = Period(*(Month(month if isinstance(month, int) else 0) for month in (first, last)))
    return RowKey(table=table, province_id=province, unit_id=unit, period=period, name=name, revision=revision)


def canonical(content: object) -> str:
    """Write content as JSON in exactly one way; what the program never writes is still told apart."""
    return json.dumps(
        content, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=lambda x: {"?": repr(x)}
    )


def row_hash(row: Sequence[object]) -> str:
    """Hash all columns of a row but its own hash."""
    return hashlib.sha256(canonical(list(row)).encode()).hexdigest()


def sealed(row: Row) -> Row:
    """Return a row with its own hash at its end."""
    return (*row, row_hash(row))


def event_hash(row: Sequence[object], manifest: str) -> str:
    """Hash an event: id, kind, province, time, person, details, the hash before it, and its rows' digest."""
    *content, previous_hash = row
    digest = hashlib.sha256(manifest.encode()).hexdigest()
    return hashlib.sha256(f"{previous_hash}{canonical([*content, digest])}".encode()).hexdigest()


def manifest_line(table: str, row: Row) -> str:
    """Name one row and its hash, so that a missing row can be named too."""
    return canonical([table, *row[:KEY_LENGTH], row[-1]])
