"""What a table would change of what is in force."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.form import Element


class Change(StrEnum):
    """What becomes of one figure."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NOT_ANSWERED = "not_answered"


@dataclass(frozen=True, slots=True)
class Difference:
    """One element of a form: the figure in force, and the one that would take its place.

    `before` is None where nothing was reported, `after` where the table has no answer for it.
    """

    element: Element
    before: Figure | None
    after: Figure | None

    @property
    def change(self) -> Change:
        """What becomes of it once the return is submitted."""
        if self.after is None:
            return Change.NOT_ANSWERED
        if self.before is None or self.before.state is FigureState.NOT_REPORTED:
            return Change.ADDED
        old, new = ((f.value, f.state, f.note) for f in (self.before, self.after))
        return Change.UNCHANGED if old == new else Change.CHANGED
