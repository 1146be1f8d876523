"""Sums of elements: `received + carried_over - withdrawn`, `2`, `size(essential-services)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


class FormulaError(ValueError):
    """A text that is not a formula; `text` is what was given."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Term:
    """A whole multiple of an element, of the size of a list, or of 1 (both names None)."""

    factor: int
    element: str | None = None
    list_id: str | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """A sum of terms, each element at most once; no terms means constantly zero."""

    terms: tuple[Term, ...]

    @property
    def elements(self) -> tuple[str, ...]:
        """The elements it needs, in the order written."""
        return tuple(term.element for term in self.terms if term.element is not None)

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists whose size it needs."""
        return tuple(term.list_id for term in self.terms if term.list_id is not None)

    def total(self, values: Mapping[str, Decimal], list_size: Callable[[str], int]) -> Fraction:
        """Return the exact sum; KeyError when an element has no value."""
        total = Fraction(0)
        for term in self.terms:
            size = list_size(term.list_id) if term.list_id is not None else 1
            total += term.factor * (Fraction(values[term.element]) if term.element is not None else size)
        return total


_TERM = re.compile(r"\s*([+-])?\s*(?:(\d+)\s*\*\s*)?(?:size\(([a-z0-9-]+)\)|([a-z][a-z0-9_]*)|(\d+))\s*")


def parse_formula(text: str) -> Formula:
    """Read a formula; raise FormulaError when the text is none. Terms that cancel out disappear."""
    factors: dict[tuple[str | None, str | None], int] = {}
    position = 0
    while position < len(text) or not factors:
        match = _TERM.match(text, position)
        if match is None or (position > 0 and match[1] is None):
            raise FormulaError(text)
        sign, multiple, list_id, element, constant = match.groups()
        factor = (-1 if sign == "-" else 1) * int(multiple or 1) * int(constant or 1)
        key = (element, list_id)
        factors[key] = factors.get(key, 0) + factor
        position = match.end()
    return Formula(tuple(Term(factor, *key) for key, factor in factors.items() if factor != 0))
