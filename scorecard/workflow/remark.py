"""Notes and reasons that people write."""

from __future__ import annotations

import unicodedata


def tidy(text: str) -> str:
    """Return a text in Unicode NFC without control characters (line breaks stay) or spaces around it."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c for c in composed if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip()
