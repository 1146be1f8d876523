"""One form as it is to be filled in: what is in force, and earlier figures to compare with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scorecard.domain.figure import Figure
from scorecard.domain.form import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class FormToFill:
    """A form of one unit and period with the unit's figures by element; `revision` is the one in force, 0 for none."""

    form: Form
    revision: int
    in_force: Mapping[str, Figure]
    before: Mapping[str, Figure]
    year_before: Mapping[str, Figure]
