"""The order of Vietnamese names, and names as somebody types them without accents.

No library fits: PyICU has to be compiled against a system's ICU, pyuca has not been kept since 2017 and does not know
Vietnamese, Babel does not sort. The order is the standard one of CLDR for `vi`, the same as a browser's: letters first
(a ă â b c d đ e ê … o ô ơ … u ư), tones only where all letters are the same (none, huyền, hỏi, ngã, sắc, nặng), small
before capital letters last.
"""

from __future__ import annotations

import unicodedata

_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_LETTER_MARKS = (_BREVE, _CIRCUMFLEX, _HORN)
"""Marks that make another letter, in the order of those letters: a ă â, o ô ơ."""
_TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_BARRED = {chr(0x111): "d", chr(0x110): "D"}
"""The letter with a bar: not a d with a mark, as the others are."""

SortKey = tuple[tuple[tuple[int, str, int], ...], tuple[int, ...], tuple[bool, ...]]


def sort_key(name: str) -> SortKey:
    """Return what to sort names by: letters, then tones, then capitals; digits come before letters, other signs first.

    A space comes before every letter, so that «Ba Bể» stands before «Bắc Kạn».
    """
    letters: list[tuple[int, str, int]] = []
    tones: list[int] = []
    capitals: list[bool] = []
    for character in unicodedata.normalize("NFD", name):
        if letters and character in _LETTER_MARKS:
            kind, letter, _ = letters[-1]
            letters[-1] = kind, letter, 1 + _LETTER_MARKS.index(character)
        elif letters and character in _TONES:
            tones[-1] = 1 + _TONES.index(character)
        else:
            plain = _BARRED.get(character, character)
            kind = 2 if plain.isalpha() else 1 if plain.isdigit() else 0
            letters.append((kind, plain.casefold(), int(plain != character)))
            tones.append(0)
            capitals.append(plain.isupper())
    return tuple(letters), tuple(tones), tuple(capitals)


def without_accents(text: str) -> str:
    """Return a text in small letters without any accent, spaces made single: «phu binh» for «Phú  Bình»."""
    barred = "".join(_BARRED.get(character, character) for character in text)
    decomposed = unicodedata.normalize("NFD", barred)
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(plain.casefold().split())
