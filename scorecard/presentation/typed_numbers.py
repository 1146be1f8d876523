"""Numbers as people type them, spoken of: what to type instead, and how one was understood."""

from __future__ import annotations

from decimal import Decimal

from scorecard.domain.form import Element
from scorecard.domain.typed_number import TypedNumberError, print_typed
from scorecard.presentation.texts import Texts


def advice(error: TypedNumberError, element: Element, texts: Texts) -> str:
    """Say what is wrong with a typed number and what to type instead."""
    return texts(f"typed_number.{error.code}", counted_in=element.counted_in, **error.parameters)


def read_back(value: Decimal, element: Element) -> str:
    """Write a number with what it counts, as it was understood: 1.234 hồ sơ, 80,5%."""
    number = print_typed(value, element.decimals)
    return number + (element.counted_in if element.counted_in == "%" else f"\N{NO-BREAK SPACE}{element.counted_in}")
