"""Numbers as people type them: read only when a Vietnamese reader could mean nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

TOO_LARGE = Decimal(10) ** 15
_LONGEST_QUOTE = 30

_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_MINUSES = "-\N{MINUS SIGN}\N{EN DASH}"
_PLAIN = r"[0-9]+"
_DOTTED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"
_SPACED = rf"[1-9][0-9]{{0,2}}(?:[{_SPACES}][0-9]{{3}})+"
_NUMBER = re.compile(rf"({_DOTTED}|{_SPACED}|{_PLAIN})(?:,([0-9]+))?")
_LOOKS_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}")
_COMMA_AND_THREE = re.compile(r"([1-9][0-9]{0,2}),([0-9]{3})")
_POINT_DECIMAL = re.compile(rf"({_PLAIN}|{_SPACED})\.([0-9]+)")


class TypedNumberError(ValueError):
    """A text that is not read as a number; `code` is a key under `typed_number.` of the text files.

    `parameters` fill that text: `typed` is what was typed, the others what to type instead.
    """

    def __init__(self, code: str, **parameters: str) -> None:
        super().__init__(code)
        self.code = code
        self.parameters: Mapping[str, str] = parameters


def parse_typed(text: str, decimals: int) -> Decimal:
    """Read a number typed the Vietnamese way: `1234`, `1.234`, `1 234`, `1.234,5`, `80,5`.

    `decimals` is the most digits allowed after the comma; 0 asks for a whole number. Never rounds, never
    guesses: what could be meant in two ways raises TypedNumberError with advice, as does everything below 0
    or from 10^15 on.
    """
    typed = text.strip()
    match = _NUMBER.fullmatch(typed)
    if match is None:
        raise _refusal(typed, decimals)
    whole, fraction = match[1], match[2] or ""
    if _COMMA_AND_THREE.fullmatch(typed) and decimals < len(fraction):
        raise _two_readings(typed, decimals)
    if fraction and decimals == 0:
        raise TypedNumberError("whole_number", typed=_quote(typed))
    if len(fraction) > decimals:
        raise TypedNumberError("too_many_decimals", typed=_quote(typed), decimals=str(decimals))
    value = Decimal(f"{re.sub('[^0-9]', '', whole)}.{fraction or 0}")
    if value >= TOO_LARGE:
        raise TypedNumberError("too_large", typed=_quote(typed))
    return value


def print_typed(value: Decimal, decimals: int) -> str:
    """Write a number as it would be typed, 1.234,5; parse_typed reads it back unchanged.

    Always the Vietnamese way, whatever the language of the page, so that a box never holds two conventions.
    Decimals beyond the value's own are not added: 80.5 with 2 gives 80,5.
    """
    whole, _, fraction = f"{value:.{decimals}f}".partition(".")
    fraction = fraction.rstrip("0")
    return f"{int(whole):,}".replace(",", ".") + (f",{fraction}" if fraction else "")


def _refusal(typed: str, decimals: int) -> TypedNumberError:
    if not typed:
        return TypedNumberError("empty")
    if any(not character.isprintable() and character not in _SPACES for character in typed):
        return TypedNumberError("hidden_character")
    if typed[0] in _MINUSES and any(character.isdigit() for character in typed):
        return TypedNumberError("negative", typed=_quote(typed))
    strange = re.sub(rf"[0-9.,{_SPACES}]", "", typed)
    if strange.isdigit():
        return TypedNumberError("other_digits", typed=_quote(typed))
    if strange:
        return TypedNumberError("not_a_number", typed=_quote(typed))
    return _misplaced(typed, decimals)


def _two_readings(typed: str, decimals: int) -> TypedNumberError:
    grouped = typed.replace(",", ".")
    if decimals == 0:
        return TypedNumberError("comma_in_whole_number", typed=typed, grouped=grouped)
    return TypedNumberError("comma_or_dot", typed=typed, grouped=grouped, decimals=str(decimals))


def _misplaced(typed: str, decimals: int) -> TypedNumberError:
    if _LOOKS_ENGLISH.fullmatch(typed):
        swapped = typed.translate(str.maketrans(".,", ",."))
        return TypedNumberError("english", typed=_quote(typed), instead=_quote(swapped))
    decimal_point = _POINT_DECIMAL.fullmatch(typed)
    if decimal_point is None:
        return TypedNumberError("misplaced", typed=_quote(typed))
    if decimals == 0:
        return TypedNumberError("dot_in_whole_number", typed=_quote(typed))
    return TypedNumberError("decimal_point", typed=_quote(typed), instead=_quote(typed.replace(".", ",")))


def _quote(typed: str) -> str:
    return typed if len(typed) <= _LONGEST_QUOTE else typed[:_LONGEST_QUOTE] + "…"
