"""The audit trail in words: one row for an event, everything about one event, the copy for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from scorecard.domain.period import Period, PeriodError
from scorecard.presentation.record_table import Cell, Column, facts_html, records_html
from scorecard.presentation.recorded import Names
from scorecard.presentation.texts import Texts
from scorecard.store import TrailEvent, WrittenFigure

_BYTE_ORDER_MARK = "\ufeff"
_STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_ANSWER = "reason:"
_TOLD_ELSEWHERE = ("reason", "unit", "form", "period")
_CSV_COLUMNS = (
    *("code", "when", "who", "who_id", "what", "kind", "unit", "form", "period"),
    *("figures_new", "figures_revised", "reason", "hash", "previous_hash"),
)


def kind_name(kind: str, texts: Texts) -> str:
    """Name a kind of event; one without a name of its own is shown as it was recorded."""
    key = f"audit.kind_{kind}"
    return texts(key) if texts.has(key) else texts("audit.kind_other", kind=kind.replace("_", " "))


def sentence(event: TrailEvent, names: Names) -> str:
    """Say in a sentence what was done, from the kind of the event, what it wrote and its details."""
    texts = names.formats.texts
    key = f"audit.did_{event.kind}"
    if event.revised and texts.has(f"{key}_again"):
        key = f"{key}_again"
    if not texts.has(key):
        return texts("audit.did_other", kind=event.kind.replace("_", " "))
    told = {name: _told(name, value, names) for name, value in event.details.items()}
    return texts.entries[key].format_map(_Told(told, texts))


def place(event: TrailEvent, names: Names) -> tuple[str, ...]:
    """Say what an event is about: unit, form and period, as far as it is about one; several units are counted."""
    return tuple(filter(None, (_unit(event, names), _form(event, names), _period(event, names))))


def reason(event: TrailEvent) -> str:
    """Return why it was done, then the answers to what was unusual; empty where nothing was said."""
    answers = [text for name, text in event.details.items() if name.startswith(_ANSWER)]
    return "; ".join(dict.fromkeys(filter(None, [event.details.get("reason", ""), *answers])))


def trail_html(events: Sequence[TrailEvent], names: Names, link: Callable[[int], str]) -> str:
    """Return the table of events; `link` leads to everything about an event."""
    texts = names.formats.texts
    columns = [Column(texts(f"audit.column_{name}")) for name in ("when", "who", "what", "figures", "reason", "code")]
    rows = [
        (
            Cell(names.moment(event.recorded_at)),
            Cell(names.person(event.recorded_by)),
            Cell(sentence(event, names), (" · ".join(place(event, names)),)),
            Cell(_amount(event, names)),
            Cell(reason(event) or texts("audit.no_reason")),
            Cell(texts("audit.open", code=event.code), link=link(event.id)),
        )
        for event in events
    ]
    return records_html(texts("audit.table"), columns, rows)


def event_html(event: TrailEvent, names: Names) -> str:
    """Return all facts of one event."""
    texts = names.formats.texts
    person = names.person(event.recorded_by)
    known = {"code": event.code, "when": names.moment(event.recorded_at)}
    known["who"] = (
        person if person == event.recorded_by else texts("audit.who_and_id", name=person, id=event.recorded_by)
    )
    known |= {"what": sentence(event, names), "about": " · ".join(place(event, names)), "reason": reason(event)}
    known |= {"figures": _amount(event, names)}
    facts = [(texts(f"audit.fact_{name}"), value or texts(f"audit.no_{name}")) for name, value in known.items()]
    facts += [
        (texts(f"audit.detail_{name}") if texts.has(f"audit.detail_{name}") else name, _told(name, value, names))
        for name, value in event.details.items()
        if name not in _TOLD_ELSEWHERE and not name.startswith(_ANSWER)
    ]
    facts.append((texts("audit.fact_hash"), event.hash))
    facts.append((texts("audit.fact_previous_hash"), event.previous_hash or texts("audit.first_event")))
    return facts_html(facts)


def figures_html(figures: Sequence[WrittenFigure], names: Names) -> str:
    """Return the table of figures that an event wrote, each beside the one it replaced."""
    texts = names.formats.texts
    columns = [
        Column(texts(f"audit.column_{name}"), numeric=name in ("before", "after"))
        for name in ("element", "before", "after", "note", "figure_reason")
    ]
    rows = []
    for each in figures:
        figure = each.after.figure
        about = (names.unit(figure.unit_id), names.formats.period(figure.period))
        revision = texts("audit.revision", number=each.after.revision)
        rows.append(
            (
                Cell(names.element(figure.element_id), (" · ".join((*about, revision)),)),
                Cell(names.figure(each.before.figure) if each.before else texts("audit.none_before")),
                Cell(names.figure(figure)),
                Cell(figure.note or texts("audit.no_note")),
                Cell(each.after.reason or texts("audit.no_reason")),
            )
        )
    return records_html(texts("audit.figures"), columns, rows)


def trail_csv(events: Iterable[TrailEvent], names: Names) -> bytes:
    """Return events as CSV that a Vietnamese Excel opens: UTF-8 with byte order mark, `;`, one line for an event.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    texts = names.formats.texts
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([texts(f"audit.csv_{name}") for name in _CSV_COLUMNS])
    for event in events:
        row = (
            *(event.code, names.moment(event.recorded_at), names.person(event.recorded_by), event.recorded_by),
            *(sentence(event, names), event.kind, _unit(event, names), _form(event, names), _period(event, names)),
            *(str(event.figures - event.revised), str(event.revised), reason(event), event.hash, event.previous_hash),
        )
        writer.writerow([f"'{text}" if text.startswith(_STARTS_OF_FORMULAS) else text for text in row])
    return (_BYTE_ORDER_MARK + file.getvalue()).encode()


class _Told(dict[str, str]):
    """Details by name; what an event does not tell is said to be missing instead of failing."""

    def __init__(self, told: Mapping[str, str], texts: Texts) -> None:
        super().__init__(told)
        self._texts = texts

    def __missing__(self, name: str) -> str:
        return self._texts("audit.not_told")


def _told(name: str, value: str, names: Names) -> str:
    match name:
        case "until" | "by_when" | "due":
            return names.formats.day(date.fromisoformat(value))
        case "rows" | "events" | "returns":
            return names.formats.count(int(value))
        case "since" | "before":
            return names.moment(datetime.fromisoformat(value))
        case "of_person":
            return names.person(value)
        case "of_unit":
            return names.unit(value)
        case "target":
            return names.target(value)
        case "result":
            return names.formats.texts(f"meeting.result_{value}")
        case "of_kind":
            return kind_name(value, names.formats.texts)
        case _:
            return value


def _amount(event: TrailEvent, names: Names) -> str:
    texts, count = names.formats.texts, names.formats.count
    parts = {"new": event.figures - event.revised, "revised": event.revised}
    told = [texts(f"audit.figures_{name}", count=count(number)) for name, number in parts.items() if number]
    return ", ".join(told) or texts("audit.no_figures")


def _unit(event: TrailEvent, names: Names) -> str:
    if event.units > 1:
        return names.formats.texts("audit.units", count=names.formats.count(event.units))
    unit_id = event.unit_id or event.details.get("unit")
    return names.unit(unit_id) if unit_id else ""


def _form(event: TrailEvent, names: Names) -> str:
    form_id = event.form_id or event.details.get("form")
    return names.form(form_id) if form_id else ""


def _period(event: TrailEvent, names: Names) -> str:
    if event.period is not None:
        return names.span(event.period)
    named = event.details.get("period", "")
    try:
        return names.span(Period.parse(named))
    except PeriodError:
        return named
