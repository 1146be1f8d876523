"""The reference of every key of the definition files, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from scorecard.definitions.fields import Field, Record
from scorecard.definitions.kinds import Scalar
from scorecard.definitions.records import LineageRow, ListRow, UnitRow
from scorecard.definitions.schema import DOCUMENTS
from scorecard.definitions.shapes import Either, ListOf, MapOf, Nested

Say = Callable[..., str]
_TABLES: tuple[type[Record], ...] = (UnitRow, LineageRow, ListRow)


def reference(say: Say) -> str:
    """Return the reference in one language; `say` gives the text of a key under `field.` with its parameters."""
    parts = [f"# {say('title')}", say("intro")]
    for record in DOCUMENTS.values():
        inner = _records_in(record)
        parts.append(_section(record, "##", say))
        parts.extend(_section(each, "###", say) for each in inner[1:])
    for table in _TABLES:
        parts.append(_section(table, "##", say, say("table_note")))
    return "\n\n".join(parts) + "\n"


def _section(record: type[Record], mark: str, say: Say, note: str = "") -> str:
    heads = [say(f"head_{name}") for name in ("key", "required", "kind", "meaning")]
    lines = [f"| {' | '.join(heads)} |", "|---|---|---|---|"]
    lines += [_line(field, say) for field in record.fields]
    title = f"{mark} {say(f'title.{record.doc}')}"
    return "\n\n".join(part for part in (title, note, "\n".join(lines)) if part)


def _line(field: Field[Any], say: Say) -> str:
    required = say("required_mark") if field.required else ""
    return f"| `{field.key}` | {required} | {_kind(field.kind, say)} | {say(field.doc)} |"


def _kind(kind: object, say: Say) -> str:
    match kind:
        case Scalar():
            return say(f"kind.{kind.name}", options=", ".join(f"`{option}`" for option in kind.options))
        case ListOf():
            return say("kind.list", of=_kind(kind.kind, say))
        case MapOf():
            return say("kind.map", key=_kind(kind.key, say), of=_kind(kind.kind, say))
        case Either():
            return say("kind.either", one=_kind(kind.scalar, say), other=_kind(kind.nested, say))
        case _:
            return say("kind.record")


def _records_in(record: type[Record]) -> list[type[Record]]:
    """Return a record and those inside it, each description once, in the order of the fields."""
    found = [record]
    for field in record.fields:
        for inner in _inner(field.kind):
            found += [each for each in _records_in(inner) if each.doc not in {known.doc for known in found}]
    return found


def _inner(kind: object) -> Iterator[type[Record]]:
    match kind:
        case Nested():
            yield kind.record
        case ListOf() | MapOf():
            yield from _inner(kind.kind)
        case Either():
            yield kind.nested.record
