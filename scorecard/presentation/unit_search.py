"""Finding units by what somebody types of their name, with or without accents."""

from __future__ import annotations

import unicodedata

_D_WITH_STROKE = chr(0x111)


def is_found(name: str, typed: str) -> bool:
    """Say whether a name holds what was typed; letter case, accents and surrounding space do not matter."""
    return _bare(typed) in _bare(name)


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.strip().casefold())
    return "".join(each for each in letters if not unicodedata.combining(each)).replace(_D_WITH_STROKE, "d")
