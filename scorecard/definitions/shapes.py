"""Shapes that hold other values: records, lists, free keys; each knows its place and its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Generic, TypeVar

import yaml

from scorecard.definitions.fields import Describe, Kind, Record
from scorecard.definitions.kinds import Scalar, UnreadError
from scorecard.definitions.problem import Place, Problem, error
from scorecard.definitions.source import place_of

T = TypeVar("T")
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A value and where it stands."""

    value: T
    place: Place


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A value under a freely chosen key; `key_place` is the key's, `place` the value's."""

    key: str
    key_place: Place
    value: T
    place: Place


@dataclass(frozen=True, slots=True)
class Nested(Generic[R]):
    """A record inside a record."""

    record: type[R]

    def read(self, node: yaml.Node, problems: list[Problem]) -> R:
        """Read a mapping by the record's fields; report unknown, duplicate and missing keys."""
        fields = {field.key: field for field in self.record.fields}
        values: dict[str, object] = {}
        places: dict[str, Place] = {}
        for key, value in _entries(node, problems):
            if key.value not in fields:
                problems.append(_unknown_key(key, fields))
                continue
            places[key.value] = place_of(value)
            with suppress(UnreadError):
                values[key.value] = fields[key.value].kind.read(value, problems)
        for field in self.record.fields:
            if field.required and field.key not in places:
                problems.append(error(place_of(node), "missing_key", key=field.key))
        return self.record(place_of(node), values, places, frozenset(places) - frozenset(values))

    def json_schema(self, describe: Describe) -> dict[str, object]:
        """Return a closed object with its keys described."""
        properties = {
            field.key: {**field.kind.json_schema(describe), "description": describe(field.doc)}
            for field in self.record.fields
        }
        required = [field.key for field in self.record.fields if field.required]
        return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    """A list of values of one kind."""

    kind: Kind[T]
    may_be_empty: bool = False

    def read(self, node: yaml.Node, problems: list[Problem]) -> tuple[Placed[T], ...]:
        """Read the items that can be read."""
        if not isinstance(node, yaml.SequenceNode):
            problems.append(error(place_of(node), "expected_list", found=_shown(node)))
            raise UnreadError
        if not node.value and not self.may_be_empty:
            problems.append(error(place_of(node), "empty_list"))
            raise UnreadError
        found = []
        for item in node.value:
            with suppress(UnreadError):
                found.append(Placed(self.kind.read(item, problems), place_of(item)))
        return tuple(found)

    def json_schema(self, describe: Describe) -> dict[str, object]:
        """Return an array."""
        return {
            "type": "array",
            "minItems": 0 if self.may_be_empty else 1,
            "items": self.kind.json_schema(describe),
        }


@dataclass(frozen=True, slots=True)
class MapOf(Generic[T]):
    """Values of one kind under keys that the writer chooses."""

    key: Scalar[str]
    kind: Kind[T]

    def read(self, node: yaml.Node, problems: list[Problem]) -> tuple[Entry[T], ...]:
        """Read the entries in order; UnreadError when a key cannot be read, for then the keys are not all known."""
        found = []
        all_known = True
        for key, value in _entries(node, problems):
            try:
                name = self.key.read_text(key.value, place_of(key), problems)
            except UnreadError:
                all_known = False
                continue
            with suppress(UnreadError):
                found.append(Entry(name, place_of(key), self.kind.read(value, problems), place_of(value)))
        if not node.value:
            problems.append(error(place_of(node), "empty_list"))
            raise UnreadError
        if not all_known:
            raise UnreadError
        return tuple(found)

    def json_schema(self, describe: Describe) -> dict[str, object]:
        """Return an object with free keys."""
        return {
            "type": "object",
            "propertyNames": self.key.json_schema(describe),
            "additionalProperties": self.kind.json_schema(describe),
        }


@dataclass(frozen=True)
class Either(Generic[T, R]):
    """One value, or a mapping that says more."""

    scalar: Scalar[T]
    nested: Nested[R]

    def read(self, node: yaml.Node, problems: list[Problem]) -> T | R:
        """Read a mapping as the record, anything else as the value."""
        if isinstance(node, yaml.MappingNode):
            return self.nested.read(node, problems)
        return self.scalar.read(node, problems)

    def json_schema(self, describe: Describe) -> dict[str, object]:
        """Return either schema."""
        return {"anyOf": [self.scalar.json_schema(describe), self.nested.json_schema(describe)]}


def _entries(node: yaml.Node, problems: list[Problem]) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        problems.append(error(place_of(node), "expected_mapping", found=_shown(node)))
        raise UnreadError
    seen: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problems.append(error(place_of(key), "expected_key", found=_shown(key)))
        elif key.value in seen:
            problems.append(error(place_of(key), "duplicate_key", key=key.value, line=seen[key.value]))
        else:
            seen[key.value] = place_of(key).line
            yield key, value


def _unknown_key(key: yaml.ScalarNode, fields: Mapping[str, object]) -> Problem:
    near = get_close_matches(key.value, fields, n=1)
    if near:
        return error(place_of(key), "unknown_key_near", key=key.value, near=near[0])
    return error(place_of(key), "unknown_key", key=key.value, known=", ".join(fields))


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)[:60]
    return "{…}" if isinstance(node, yaml.MappingNode) else "[…]"
