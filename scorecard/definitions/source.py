"""Definition files as text and as YAML nodes that know their place; nothing is constructed from YAML."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import yaml

from scorecard.definitions.problem import Place, Problem, error

MAX_BYTES = 2_000_000
MAX_DEPTH = 12

_SYNTAX = (
    ("found character '\\t'", "syntax_tab"),
    ("that cannot start any token", "syntax_quote_needed"),
    ("mapping values are not allowed", "syntax_colon"),
    ("could not find expected ':'", "syntax_colon_missing"),
    ("found unexpected end of stream", "syntax_quote_open"),
    ("found undefined alias", "syntax_quote_needed"),
)


class _Mark(Protocol):
    """Where PyYAML is in a text, counted from 0."""

    line: int
    column: int


class _RefusedError(Exception):
    """A node that is refused whatever it holds."""

    def __init__(self, code: str, mark: _Mark | None) -> None:
        super().__init__(code)
        self.code = code
        self.mark = mark


class _Loader(yaml.SafeLoader):
    """Compose nodes only; refuse anchors, aliases and deep nesting before they cost anything."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose one node as PyYAML does, within the limits."""
        event: yaml.NodeEvent = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _RefusedError("alias", event.start_mark)
        if self.depth == MAX_DEPTH:
            raise _RefusedError("too_deep", event.start_mark)
        self.depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_text(path: Path, file: str, problems: list[Problem]) -> str | None:
    """Return the text of a UTF-8 file (a byte order mark is dropped), None when it cannot be used.

    Lines that are not in Unicode NFC are reported, but the text is still returned.
    """
    if path.stat().st_size > MAX_BYTES:
        problems.append(error(Place(file, 1, 1), "too_large", limit=MAX_BYTES // 1_000_000))
        return None
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        before = content[: failure.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8", "replace")) + 1
        problems.append(error(Place(file, before.count(b"\n") + 1, column), "not_utf8"))
        return None
    problems.extend(_not_nfc(file, text))
    return text


def _not_nfc(file: str, text: str) -> Iterator[Problem]:
    if unicodedata.is_normalized("NFC", text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            same = next((i for i, pair in enumerate(zip(line, composed, strict=False)) if pair[0] != pair[1]), 0)
            yield error(Place(file, number, same + 1), "not_nfc", found=composed.strip()[:60])


def compose(file: str, text: str, problems: list[Problem]) -> yaml.Node | None:
    """Return the root node of a YAML text, None when it is empty or cannot be read."""
    try:
        loader = _Loader(text)
        loader.name = file
        node: yaml.Node | None = loader.get_single_node()
    except _RefusedError as refused:
        problems.append(error(_place(file, refused.mark), refused.code, limit=MAX_DEPTH))
    except yaml.MarkedYAMLError as failure:
        problems.append(_syntax_problem(file, failure))
    except yaml.reader.ReaderError as failure:
        before = text[: failure.position]
        place = Place(file, before.count("\n") + 1, failure.position - before.rfind("\n"))
        problems.append(error(place, "control_character", found=f"U+{ord(text[failure.position]):04X}"))
    else:
        if node is None:
            problems.append(error(Place(file, 1, 1), "empty_file"))
        return node
    return None


def place_of(node: yaml.Node) -> Place:
    """Return where a node begins."""
    return _place(node.start_mark.name, node.start_mark)


def _place(file: str, mark: _Mark | None) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)


def _syntax_problem(file: str, failure: yaml.MarkedYAMLError) -> Problem:
    said = f"{failure.context or ''} {failure.problem or ''}"
    code = next((code for words, code in _SYNTAX if words in said), "syntax")
    mark = failure.context_mark if code == "syntax_quote_open" else failure.problem_mark
    return error(_place(file, mark or failure.problem_mark), code)
