"""Declared fields: one description of a record drives its reading, its JSON Schema and the field reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast, overload

import yaml

from scorecard.definitions.kinds import UnreadError
from scorecard.definitions.problem import Place, Problem

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

    @property
    def readable(self) -> bool:
        """Whether every field that is written or required could be read."""
        return not self.unread and all(field.key in self.values for field in self.fields if field.required)
