"""What a single value may be: text, number, day, goal, formula…; read from its characters, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

import yaml

from scorecard.definitions.problem import Place, Problem, error
from scorecard.definitions.source import place_of
from scorecard.domain.formula import Formula, parse_formula
from scorecard.domain.goal import Comparator, Scale, parse_goal, parse_quantity
from scorecard.domain.period import Month

T = TypeVar("T")

_LONGEST_QUOTE = 60
_TAG = "tag:yaml.org,2002:"
_TEXT = frozenset({f"{_TAG}str"})
_NUMBER = frozenset({f"{_TAG}int", f"{_TAG}float"})
_NOT_TEXT: Mapping[str, str] = {
    f"{_TAG}bool": "boolean_not_text",
    f"{_TAG}int": "number_not_text",
    f"{_TAG}float": "number_not_text",
    f"{_TAG}timestamp": "date_not_text",
}


class UnreadError(Exception):
    """A value that could not be read; its problem has been reported already."""


@dataclass(frozen=True, slots=True)
class Scalar(Generic[T]):
    """A value written in one piece.

    `name` is its problem (`problem.expected_<name>`) and its description (`field.kind.<name>`); `parse` raises
    ValueError; `tags` are the YAML types it may be written in.
    """

    name: str
    parse: Callable[[str], T]
    schema: Mapping[str, object]
    tags: frozenset[str] = _TEXT
    options: tuple[str, ...] = field(default=())

    def read(self, node: yaml.Node, problems: list[Problem]) -> T:
        """Read a YAML node; report and raise UnreadError when it is something else."""
        place = place_of(node)
        if not isinstance(node, yaml.ScalarNode):
            raise self._refused(place, "{…}" if isinstance(node, yaml.MappingNode) else "[…]", problems)
        if node.tag == f"{_TAG}null":
            problems.append(error(place, "empty_value"))
            raise UnreadError
        if self.tags == _TEXT and (code := _not_text(node)) and self._accepts(node.value):
            problems.append(error(place, code, found=node.value))
            raise UnreadError
        if node.tag not in self.tags:
            raise self._refused(place, node.value, problems)
        return self.read_text(node.value, place, problems)

    def read_text(self, text: str, place: Place, problems: list[Problem]) -> T:
        """Read plain characters, such as a cell of a table."""
        try:
            return self.parse(text.strip())
        except ValueError:
            raise self._refused(place, text, problems) from None

    def json_schema(self, describe: Callable[[str], str]) -> dict[str, object]:
        """Return the JSON Schema of a value, for editors."""
        return dict(self.schema)

    def _accepts(self, text: str) -> bool:
        try:
            self.parse(text)
        except ValueError:
            return False
        return True

    def _refused(self, place: Place, found: str, problems: list[Problem]) -> UnreadError:
        quote = found if len(found) <= _LONGEST_QUOTE else found[:_LONGEST_QUOTE] + "…"
        problems.append(error(place, f"expected_{self.name}", found=quote, options=", ".join(self.options)))
        return UnreadError()


def _not_text(node: yaml.ScalarNode) -> str | None:
    if node.style is None and node.value.isdecimal():
        return "number_not_text"
    return _NOT_TEXT.get(node.tag)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts; a share for `65%` and `20 points`."""

    value: Fraction
    scale: Scale


@dataclass(frozen=True, slots=True)
class Rule:
    """Two formulas held against each other."""

    left: Formula
    comparator: Comparator
    right: Formula


def _matching(pattern: str) -> Callable[[str], str]:
    compiled = re.compile(pattern, re.ASCII)

    def parse(text: str) -> str:
        if compiled.fullmatch(text) is None:
            raise ValueError(text)
        return text

    return parse


def _whole(low: int, high: int) -> Callable[[str], int]:
    plain = _matching(r"0|[1-9]\d{0,8}")

    def parse(text: str) -> int:
        number = int(plain(text))
        if not low <= number <= high:
            raise ValueError(text)
        return number

    return parse


def _whole_kind(name: str, low: int, high: int) -> Scalar[int]:
    schema = {"type": "integer", "minimum": low, "maximum": high}
    return Scalar(name, _whole(low, high), schema, frozenset({f"{_TAG}int"}))


def _text_kind(name: str, pattern: str) -> Scalar[str]:
    return Scalar(name, _matching(pattern), {"type": "string", "pattern": f"^(?:{pattern})$"})


def _day(text: str) -> date:
    return date.fromisoformat(_matching(r"(19|20|21)\d{2}-\d{2}-\d{2}")(text))


def _month(text: str) -> Month:
    return Month.parse(_matching(r"(19|20|21)\d{2}-\d{2}")(text))


def _quantity(pattern: str) -> Callable[[str], Quantity]:
    shape = _matching(pattern)
    return lambda text: Quantity(*parse_quantity(shape(text)))


def _share(pattern: str) -> Callable[[str], Fraction]:
    shape = _matching(pattern)
    return lambda text: parse_quantity(shape(text))[0]


def _rule(text: str) -> Rule:
    match = re.fullmatch(r"([^<>=]+)(<=|>=|<|>|=)([^<>=]+)", text)
    if match is None:
        raise ValueError(text)
    return Rule(parse_formula(match[1]), Comparator(match[2]), parse_formula(match[3]))


def _extent(text: str) -> Fraction | None:
    if text in ("whole", "part"):
        return Fraction(1) if text == "whole" else None
    share = Fraction(_matching(r"0\.\d+")(text))
    if share == 0:
        raise ValueError(text)
    return share


def choice(options: Iterable[str]) -> Scalar[str]:
    """Return the kind of a value that is one of a few words."""
    words = tuple(options)

    def parse(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return Scalar("choice", parse, {"enum": list(words)}, _TEXT, words)


def one_of(words: type[_Word]) -> Scalar[_Word]:
    """Return the kind of a value that is one of an enumeration."""
    options = tuple(word.value for word in words)
    return Scalar("choice", words, {"enum": list(options)}, _TEXT, options)


_Word = TypeVar("_Word", bound=StrEnum)

_NUMERAL = r"\d+(?:\.\d+)?"
_DATE_TAGS = _TEXT | {f"{_TAG}timestamp"}


def _quantity_kind(name: str, pattern: str) -> Scalar[Quantity]:
    schema = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": f"^(?:{pattern})$"}]}
    return Scalar(name, _quantity(pattern), schema, _TEXT | _NUMBER)


def _share_kind(name: str, pattern: str) -> Scalar[Fraction]:
    return Scalar(name, _share(pattern), {"type": "string", "pattern": f"^(?:{pattern})$"})


TEXT = _text_kind("text", r"[\s\S]*\S[\s\S]*")
WORD = _text_kind("word", r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
SNAKE_ID = _text_kind("snake_id", r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
HYPHEN_ID = _text_kind("hyphen_id", r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
UNIT_CODE = _text_kind("unit_code", r"[a-z0-9]+(?:-[a-z0-9]+)*")
BOOLEAN: Scalar[bool] = Scalar(
    "boolean", lambda text: _matching("true|false")(text) == "true", {"type": "boolean"}, frozenset({f"{_TAG}bool"})
)
WHOLE = _whole_kind("whole", 0, 999_999_999)
POSITIVE = _whole_kind("positive", 1, 999_999_999)
DAY_OF_MONTH = _whole_kind("day_of_month", 1, 31)
DECIMALS = _whole_kind("decimals", 0, 6)
YEAR = _whole_kind("year", 1990, 2100)
DATE: Scalar[date] = Scalar("date", _day, {"type": "string", "format": "date"}, _DATE_TAGS)
MONTH: Scalar[Month] = Scalar("month", _month, {"type": "string", "pattern": r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$"})
SHARE = _share_kind("share", rf"{_NUMERAL}%")
POINTS = _share_kind("points", rf"{_NUMERAL} points")
AMOUNT: Scalar[Fraction] = Scalar(
    "amount", _share(_NUMERAL), {"type": "number", "minimum": 0}, frozenset({f"{_TAG}int", f"{_TAG}float"})
)
QUANTITY = _quantity_kind("quantity", rf"{_NUMERAL}%?")
DIFFERENCE = _quantity_kind("difference", rf"{_NUMERAL}(?: points)?")
FORMULA: Scalar[Formula] = Scalar("formula", parse_formula, {"type": "string"})
RULE: Scalar[Rule] = Scalar("rule", _rule, {"type": "string"})
GOAL = Scalar("goal", parse_goal, {"type": "string"})
EXTENT: Scalar[Fraction | None] = Scalar("extent", _extent, {"type": "string"})
