"""Declared fields: one description of a record drives its reading, its JSON Schema and the field reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast, overload

import yaml

from scorecard.definitions.kinds import Scalar, UnreadError
from scorecard.definitions.problem import Place, Problem, error
from scorecard.definitions.source import place_of

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Describe = Callable[[str], str]


class Kind(Protocol[T_co]):
    """What a field may hold."""

    def read(self, node: yaml.Node, problems: list[Problem]) -> T_co:
        """Read a node; report what is wrong, raise UnreadError when nothing usable is left."""

    def json_schema(self, describe: Describe) -> dict[str, object]:
        """Return the JSON Schema of a value; `describe` gives the description of a text key."""


class Field(Generic[T]):
    """A key of a record. On a record it is the value, on the class the field itself.

    `doc` is its description, `field.<record>.<key>`; an inherited field keeps the one of its first record.
    """

    required: ClassVar[bool]

    def __init__(self, kind: Kind[T], key: str = "") -> None:
        self.kind = kind
        self.key = key
        self.doc = key

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = self.key or name


class Required(Field[T]):
    """A key that must be there; reading it where it could not be read raises UnreadError."""

    required = True

    @overload
    def __get__(self, record: None, owner: type) -> Required[T]: ...
    @overload
    def __get__(self, record: Record, owner: type) -> T: ...
    def __get__(self, record: Record | None, owner: type) -> Required[T] | T:
        if record is None:
            return self
        if self.key in record.unread or self.key not in record.values:
            raise UnreadError
        return cast(T, record.values[self.key])


class Allowed(Field[T]):
    """A key that may be left out: None then; UnreadError when it is there and could not be read."""

    required = False

    @overload
    def __get__(self, record: None, owner: type) -> Allowed[T]: ...
    @overload
    def __get__(self, record: Record, owner: type) -> T | None: ...
    def __get__(self, record: Record | None, owner: type) -> Allowed[T] | T | None:
        if record is None:
            return self
        if self.key in record.unread:
            raise UnreadError
        return cast("T | None", record.values.get(self.key))


class Record:
    """A mapping or row with declared fields; `doc` names it in the descriptions, `field.<doc>.<key>`."""

    doc: ClassVar[str]
    fields: ClassVar[tuple[Field[Any], ...]] = ()

    def __init_subclass__(cls, doc: str) -> None:
        cls.doc = doc
        own = tuple(each for each in vars(cls).values() if isinstance(each, Field))
        for each in own:
            each.doc = f"{doc}.{each.key}"
        cls.fields = own + cls.fields

    def __init__(
        self, place: Place, values: Mapping[str, object], places: Mapping[str, Place], unread: frozenset[str]
    ) -> None:
        self.place = place
        self.values = values
        self.places = places
        self.unread = unread

    def at(self, field: Field[Any]) -> Place:
        """Return where the value of a field stands; the record's own place when it is left out."""
        return self.places.get(field.key, self.place)

    def has(self, field: Field[Any]) -> bool:
        """Say whether a field is written, readable or not."""
        return field.key in self.places


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
        """Read the entries that can be read, in order."""
        found = []
        for key, value in _entries(node, problems):
            with suppress(UnreadError):
                name = self.key.read_text(key.value, place_of(key), problems)
                found.append(Entry(name, place_of(key), self.kind.read(value, problems), place_of(value)))
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
