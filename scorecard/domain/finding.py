"""What is wrong or unusual in a return or a justification, as a code that the text files turn into a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from scorecard.domain.form import Check, Severity
from scorecard.domain.period import Period

SHORTEST_REASON = 10
"""A reason of fewer characters explains nothing."""

Parameter = str | int | Decimal | Fraction | date | Period
"""A Fraction is a share 0-1, a Decimal a value of the element that is spoken of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in a return; of a justification see workflow.justifications.RefusedJustificationError.

    `code` is a key under `returns.` of the text files. A hard finding blocks the return, a soft one asks for a
    reason, given under its `key`. `check` is set where one of the form's own checks failed.
    """

    key: str
    code: str
    severity: Severity
    element_ids: tuple[str, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    check: Check | None = None
