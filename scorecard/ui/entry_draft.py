"""A return in the making: what is typed and how far it has come, kept in the browser session until it is submitted.

The boxes keep their own text (`persist_state="session"`), also while another page is shown; everything else stands
under one key of the return.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import streamlit as st

from scorecard.domain.finding import Finding
from scorecard.domain.form import Element
from scorecard.presentation.entry import Answer, Choice, Refusal, Typed, choices
from scorecard.store import ConflictError, Receipt
from scorecard.ui import address
from scorecard.workflow.owed import OwedReturn

CORRECTION = "correction"
_CHOSEN = "phieu"


class Step(StrEnum):
    """Whether figures are being typed or looked over."""

    FORM = "form"
    REVIEW = "review"


class Box(StrEnum):
    """What is answered at one place; with the place it names a box."""

    CHOICE = "choice"
    NUMBER = "number"
    REASON = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a return has come and what was found on the way.

    `base_revision` is the revision its author saw, 0 for none. `attempts` counts the presses of a button.
    `findings` are the unusual figures among `answers`, each of which needs a reason.
    """

    step: Step
    base_revision: int
    attempts: int = 0
    refusals: tuple[Refusal, ...] = ()
    answers: tuple[Answer, ...] = ()
    findings: tuple[Finding, ...] = ()
    conflict: ConflictError | None = None
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One person's draft of one owed return."""

    person_id: str
    owed: OwedReturn

    @property
    def address(self) -> str:
        """Name the return in the address of the page."""
        return f"{self.owed.form.id}.{self.owed.unit.code}.{self.owed.period}"

    def key(self, place: str, box: Box | None = None) -> str:
        """Return the key of a place or of a box there, unlike that of any other return or person."""
        name = f"entry-{self.person_id}-{self.address}-{place}".replace(".", "-")
        return f"{name}-{box}" if box else name

    @property
    def progress(self) -> Progress:
        """How far it has come; at first an empty form on top of what is in force."""
        start = Progress(step=Step.FORM, base_revision=self.owed.revision)
        found: Progress = st.session_state.setdefault(self.key(""), start)
        return found

    def advance(self, **changes: Any) -> None:  # noqa: ANN401 - fields of Progress
        """Record how far it has come, with one more press of a button."""
        now = self.progress
        st.session_state[self.key("")] = replace(now, attempts=now.attempts + 1, **changes)

    @property
    def begun(self) -> bool:
        """Whether anything is typed that was not submitted."""
        return any(
            self.text(element.id, box) for element in self.owed.form.elements for box in (Box.NUMBER, Box.REASON)
        )

    def text(self, place: str, box: Box) -> str:
        """Return what stands in a box, exactly as typed; nothing for a box not shown yet."""
        return str(st.session_state.get(self.key(place, box)) or "")

    def typed(self, element: Element) -> Typed:
        """Return one answer as it stands in its boxes."""
        choice = self.text(element.id, Box.CHOICE)
        return Typed(
            Choice(choice) if choice else choices(element)[0],
            self.text(element.id, Box.NUMBER),
            self.text(element.id, Box.REASON),
        )

    def all_typed(self) -> Mapping[str, Typed]:
        """Return every answer of the form as it stands in the boxes."""
        return {element.id: self.typed(element) for element in self.owed.form.elements}

    def open(self) -> None:
        """Show this return on the page: as it was left, or anew where nothing is typed or all was submitted."""
        if self.progress.receipt is not None or not self.begun:
            self.forget()
        address.remember(_CHOSEN, self.address)

    def forget(self) -> None:
        """Drop what is typed and how far it has come."""
        for key in [key for key in st.session_state if str(key).startswith(self.key(""))]:
            del st.session_state[key]


def chosen(drafts: Sequence[Draft]) -> Draft | None:
    """Return the draft that the address asks for, None when it names none that is owed."""
    return next((draft for draft in drafts if draft.address == st.query_params.get(_CHOSEN)), None)


def close() -> None:
    """Show the list again."""
    address.remember(_CHOSEN, None)
