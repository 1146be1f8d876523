"""Notes and reasons that people write."""

from __future__ import annotations

import unicodedata


def tidy(text: str) -> str:
    """Return a text in Unicode NFC without control characters or spaces around it; tidying again changes nothing.

    Line breaks stay, each as one `\\n`; a tab becomes a space.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    visible = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", visible).strip()
