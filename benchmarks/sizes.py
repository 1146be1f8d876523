"""How large the synthetic provinces are, and where their files lie.

Without libraries, so that no measured process grows by it.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(tempfile.gettempdir()) / "scorecard-benchmarks"
ELEMENTS = 34


@dataclass(frozen=True)
class Size:
    """How many communes report, over how many months up to the one asked for."""

    name: str
    units: int
    months: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the communes, in order."""
        return tuple(f"{number:05d}" for number in range(1, self.units + 1))

    @property
    def figures(self) -> int:
        """How many figures there would be if all of them were reported."""
        return self.units * self.months * ELEMENTS


SIZES = {size.name: size for size in (Size("province", 106, 55), Size("region", 490, 120), Size("country", 4_900, 120))}
