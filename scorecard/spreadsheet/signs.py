"""Signs that change what a text means to a machine: those that nobody sees, and those that begin a formula."""

from __future__ import annotations

import unicodedata

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text must not begin with: a spreadsheet takes it for a formula, also in a file exported later."""

_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}\N{THIN SPACE}\N{EN SPACE}\N{EM SPACE}"
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


def sign_in_number(text: str) -> str | None:
    """Name the first invisible sign in a typed number, no-break spaces included; None when there is none."""
    return next((name for character in text if (name := _name(character))), None)


def sign_in_words(text: str) -> str | None:
    """Name the first invisible sign in a remark; spaces and line breaks of any kind are none."""
    return next((name for c in text if c not in "\r\n\t" and (name := _name(c)) not in (None, "sign_space")), None)


def _name(character: str) -> str | None:
    """Return the key of a sign's name under `spreadsheet.`."""
    if character in _SPACES:
        return "sign_space"
    if character in _DIRECTIONS:
        return "sign_direction"
    if character in _NO_WIDTH:
        return "sign_no_width"
    if character != " " and unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"):
        return "sign_other"
    return None
