"""Numbers of an explanation: as exact as they can be written, and marked where they are not."""

from __future__ import annotations

from fractions import Fraction

from scorecard.presentation.formats import Formats, Line

MOST_DECIMALS = 4
_EXACT_DECIMALS = 12


def exact(value: Fraction, formats: Formats) -> str:
    """Print a figure with every decimal it has, up to twelve: 755.226 or 89,2."""
    return formats.decimal(value, _decimals(value, _EXACT_DECIMALS))


def number(value: Fraction, formats: Formats, line: Line | None = None) -> str:
    """Print a plain number with at most four decimals, more where fewer would cross the line."""
    return formats.number(value, _decimals(value, MOST_DECIMALS), line)


def share(value: Fraction, formats: Formats, *lines: Line) -> str:
    """Print a share as a percentage with at most four decimals, more where fewer would cross any of the lines."""
    decimals = _decimals(value * 100, MOST_DECIMALS)
    return max((formats.share(value, decimals, line) for line in lines or (None,)), key=len)


def equals(is_exact: bool) -> str:
    """Return the sign before a result: `≈` where what follows was rounded."""
    return "=" if is_exact else "≈"


def sign_of(value: Fraction) -> str:
    """Return `=` where `share` and `number` print all decimals of a share."""
    return equals((value * 100 * 10**MOST_DECIMALS).denominator == 1)


def _decimals(value: Fraction, most: int) -> int:
    return next((n for n in range(most) if (value * 10**n).denominator == 1), most)
