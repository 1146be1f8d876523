"""A justification in the making: what is typed and how far it has come, in the browser session.

The boxes keep their own text (`persist_state="session"`); everything else stands under one key of the target and month.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from scorecard.domain.justification import BY_WHEN, CAUSE, REMEDY, Justification
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.presentation.entry import Refusal

PLACES = (CAUSE, REMEDY, BY_WHEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a justification has come: `base` is the revision its author saw, None while the form is closed.

    `attempts` counts the presses of a button, `conflict` is what somebody else wrote meanwhile, `notice` what came of
    the last writing.
    """

    base: int | None = None
    attempts: int = 0
    refusals: tuple[Refusal, ...] = ()
    conflict: Justification | None = None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person says of a target in a month."""

    person_id: str
    target: Target
    month: Month

    def key(self, place: str = "") -> str:
        """Return the key of a place, unlike that of any other target, month or person; the script knows its start."""
        named = f"entry-justification-{self.person_id}-{self.target.plan_id}-{self.target.id}-{self.month}-{place}"
        return re.sub(r"[^\w-]", "-", named)

    def box(self, place: str) -> str:
        """Return the key of the box at a place."""
        return f"{self.key(place)}-box"

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        found: Progress = st.session_state.setdefault(self.key(), Progress())
        return found

    def advance(self, **changes: Any) -> None:  # noqa: ANN401 - fields of Progress
        """Record how far it has come; what is not told anew of refusals, conflict and notice is over."""
        before = self.progress
        passing = {"refusals": (), "conflict": None, "notice": "", "attempts": before.attempts + 1}
        st.session_state[self.key()] = replace(before, **passing | changes)

    def typed(self, place: str) -> str:
        """Return what stands in a box, exactly as typed."""
        return str(st.session_state.get(self.box(place)) or "")

    @property
    def begun(self) -> bool:
        """Whether anything stands in the boxes."""
        return any(self.typed(place).strip() for place in PLACES)

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts into the boxes."""
        for place in PLACES:
            st.session_state[self.box(place)] = texts.get(place, "")
