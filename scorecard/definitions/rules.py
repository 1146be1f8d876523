"""All rules that definitions must keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scorecard.definitions.draft import Draft
from scorecard.definitions.problem import Problem


def problems_of(draft: Draft, today: date | None) -> Iterator[Problem]:
    """Yield everything that does not fit together."""
    return iter(())
