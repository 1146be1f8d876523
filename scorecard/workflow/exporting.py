"""Leave with everything: figures, their history, the audit trail and the definitions, as plain files."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from scorecard.domain.access import EVERY_UNIT
from scorecard.domain.figure import RecordedFigure
from scorecard.domain.justification import Justification
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.domain.review import RecordedDecision, ReturnRecord
from scorecard.store import Event, Store
from scorecard.workflow.exchange import COLUMNS, state_text, value_text
from scorecard.workflow.exported_meetings import commitment_lines, edition_lines

HISTORY_COLUMNS = (*COLUMNS, "revision", "approved", "reason", "recorded_at", "recorded_by", "event")
DECISION_COLUMNS = (
    *("period", "unit", "form", "number", "decision", "submission", "until", "reason", "notes"),
    *("recorded_at", "recorded_by", "event"),
)
JUSTIFICATION_COLUMNS = (
    *("period", "unit", "plan", "target", "revision", "cause", "remedy", "by_when"),
    *("recorded_at", "recorded_by", "event"),
)


class FolderInUseError(Exception):
    """The folder holds something already; nothing was written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


def export_province(store: Store, province: Province, definitions: Path, folder: Path) -> tuple[Path, ...]:
    """Write one province into a new or empty folder, outside its definitions, and return the files and folders written.

    `figures.csv` holds the figures in force in the exchange format, sorted by period, unit and element: the same
    figures always give the same bytes. `history.csv` adds every revision with who, when (UTC), why and whether it was
    approved, `decisions.csv` what was decided on the returns, `justifications.csv` what lead units said of late
    targets, `editions.jsonl` and `commitments.jsonl` what was frozen for meetings and the work given there,
    `events.jsonl` the audit trail with the hash of each row, `definitions` a copy of the definition files.
    """
    inside = definitions.resolve() in (folder.resolve(), *folder.resolve().parents)  # the copy would hold itself
    if inside or (folder.is_dir() and any(folder.iterdir())):
        raise FolderInUseError(folder)
    folder.mkdir(parents=True, exist_ok=True)
    history = sorted(store.history(province.id), key=_order)
    approved = store.approved_revisions(province.id)
    in_force = {_order(recorded)[:-1]: recorded for recorded in history if _revision(recorded) in approved}.values()
    names = ("figures.csv", "history.csv", "decisions.csv", "justifications.csv", "definitions")
    figures, revisions, decisions, justifications, copy = (folder / name for name in names)
    _write_csv(figures, COLUMNS, (_exchange_row(recorded) for recorded in in_force))
    _write_csv(
        revisions,
        HISTORY_COLUMNS,
        ((*_exchange_row(each), *_origin(each, approved=_revision(each) in approved)) for each in history),
    )
    records = store.returns(province.id, EVERY_UNIT)
    _write_csv(decisions, DECISION_COLUMNS, (_decision_row(each, made) for each in records for made in each.decisions))
    said = store.justifications.of_province(province.id)
    _write_csv(justifications, JUSTIFICATION_COLUMNS, map(_justification_row, said))
    lines = {
        folder / "editions.jsonl": edition_lines(store, province.id),
        folder / "commitments.jsonl": commitment_lines(store, province.id),
        folder / "events.jsonl": map(_event_line, store.events(province.id)),
    }
    for path, content in lines.items():
        path.write_text("".join(content), encoding="utf-8", newline="\n")
    shutil.copytree(definitions, copy)
    return figures, revisions, decisions, justifications, *lines, copy


def _revision(recorded: RecordedFigure) -> tuple[str, str, Period, int]:
    figure = recorded.figure
    return figure.unit_id, figure.element_id, figure.period, recorded.revision


def _order(recorded: RecordedFigure) -> tuple[int, int, str, str, int]:
    figure = recorded.figure
    period = figure.period
    return period.first.index, period.last.index, figure.unit_id, figure.element_id, recorded.revision


def _exchange_row(recorded: RecordedFigure) -> tuple[str, ...]:
    figure = recorded.figure
    return (
        str(figure.period),
        figure.unit_id,
        figure.element_id,
        value_text(figure.value),
        state_text(figure.state),
        figure.note,
    )


def _decision_row(record: ReturnRecord, made: RecordedDecision) -> tuple[str, ...]:
    return (
        str(record.period),
        record.unit_id,
        record.form_id,
        str(made.number),
        made.decision.value,
        str(made.submission),
        made.until.isoformat() if made.until else "",
        made.reason,
        json.dumps(dict(made.notes), ensure_ascii=False, sort_keys=True) if made.notes else "",
        made.recorded_at.isoformat(),
        made.recorded_by,
        str(made.event),
    )


def _justification_row(said: Justification) -> tuple[str, ...]:
    return (
        str(said.month),
        said.unit_id,
        said.plan_id,
        said.target_id,
        str(said.revision),
        said.cause,
        said.remedy,
        said.by_when.isoformat(),
        said.recorded_at.isoformat(),
        said.recorded_by,
        str(said.event),
    )


def _origin(recorded: RecordedFigure, *, approved: bool) -> tuple[str, ...]:
    return (
        str(recorded.revision),
        "yes" if approved else "no",
        recorded.reason,
        recorded.recorded_at.isoformat(),
        recorded.recorded_by,
        str(recorded.event),
    )


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _event_line(event: Event) -> str:
    content = {
        "id": event.id,
        "kind": event.kind,
        "province": event.province_id,
        "recorded_at": event.recorded_at.isoformat(),
        "recorded_by": event.recorded_by,
        "details": event.details,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
        "rows": [json.loads(line) for line in event.manifest.split("\n") if line],
    }
    return json.dumps(content, ensure_ascii=False, default=dict) + "\n"
