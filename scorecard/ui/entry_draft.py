"""A return in the making: what is typed and how far it has come, in the browser session and kept in the store.

The boxes keep their own text (`persist_state="session"`), also while another page is shown; everything else stands
under one key of the return. What is typed is saved as the texts of the boxes, by their names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import streamlit as st

from scorecard.domain.finding import Finding
from scorecard.domain.form import Element
from scorecard.domain.part import Part
from scorecard.presentation.entry import Answer, Choice, Refusal, Typed, choices
from scorecard.presentation.entry_parts import PartAnswer, Presence, TypedPart
from scorecard.store import ConflictError, Receipt
from scorecard.ui import address
from scorecard.workflow.owed import OwedReturn
from scorecard.workflow.table_reading import ReadTable

CORRECTION = "correction"
REOPENING = "reopening"
CHOSEN = "phieu"


class Step(StrEnum):
    """Whether figures are being typed or looked over."""

    FORM = "form"
    REVIEW = "review"


class Box(StrEnum):
    """What is answered at one place; with the place it names a box."""

    CHOICE = "choice"
    NUMBER = "number"
    REASON = "reason"
    SOURCE = "source"
    PRESENCE = "presence"
    SINCE = "since"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a return has come and what was found on the way.

    `base_revision` is the revision its author saw, 0 for none. `attempts` counts the presses of a button.
    `findings` are the unusual figures among `answers`, each of which needs a reason. `start` is what the boxes held
    at first, None before they are shown; `saved` what was last kept of them, `restored` when that was, where they
    were filled from an earlier session, `dropping` whether it is being asked if that is to be dropped. `table` is
    what was last pasted or taken from a form 06a.
    """

    step: Step
    base_revision: int
    attempts: int = 0
    refusals: tuple[Refusal, ...] = ()
    answers: tuple[Answer, ...] = ()
    parts: tuple[PartAnswer, ...] = ()
    findings: tuple[Finding, ...] = ()
    conflict: ConflictError | None = None
    receipt: Receipt | None = None
    start: Mapping[str, str] | None = None
    saved: Mapping[str, str] | None = None
    restored: datetime | None = None
    dropping: bool = False
    table: ReadTable | None = None


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
        name = re.sub(r"[^\w-]", "-", f"entry-{self.person_id}-{self.address}-{place}")
        return f"{name}-{box}" if box else name

    @property
    def progress(self) -> Progress:
        """How far it has come; at first an empty form on top of what was submitted."""
        start = Progress(step=Step.FORM, base_revision=self.owed.revision)
        found: Progress = st.session_state.setdefault(self.key(""), start)
        return found

    def note(self, **changes: Any) -> None:  # noqa: ANN401 - fields of Progress
        """Record something about it that nobody pressed a button for."""
        st.session_state[self.key("")] = replace(self.progress, **changes)

    def advance(self, **changes: Any) -> None:  # noqa: ANN401 - fields of Progress
        """Record how far it has come, with one more press of a button."""
        self.note(attempts=self.progress.attempts + 1, **changes)

    def fill(self, content: Mapping[str, str]) -> None:
        """Put texts into boxes by their names, before they are shown."""
        for name, text in content.items():
            st.session_state[self.key("") + name] = text

    def put_back(self) -> None:
        """Put every box back to what it held at first; a box that is on the page keeps its text unless it is told."""
        start = self.progress.start or {}
        for name in self.content():
            nothing = None if name.endswith(f"-{Box.PRESENCE}") else ""
            st.session_state[self.key("") + name] = start.get(name, nothing)

    def name(self, place: str, box: Box) -> str:
        """Return the name of a box within its return."""
        return self.key(place, box).removeprefix(self.key(""))

    def content(self) -> Mapping[str, str]:
        """Return the texts of all boxes that hold any, by name."""
        prefix, boxes = self.key(""), tuple(f"-{box}" for box in Box)
        keys = [str(key) for key in st.session_state if str(key).startswith(prefix) and str(key).endswith(boxes)]
        return {key.removeprefix(prefix): str(st.session_state[key]) for key in sorted(keys) if st.session_state[key]}

    @property
    def begun(self) -> bool:
        """Whether anything is typed in this session that was not submitted."""
        start = self.progress.start
        return start is not None and self.content() != start

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
            self.text(element.id, Box.SOURCE),
        )

    def typed_part(self, part: Part) -> TypedPart:
        """Return what is said of a part as it stands in its boxes."""
        presence = self.text(part.id, Box.PRESENCE)
        return TypedPart(
            Presence(presence) if presence else None, self.text(part.id, Box.SINCE), self.text(part.id, Box.EVIDENCE)
        )

    def open(self) -> None:
        """Show this return on the page: as it was left, or anew where nothing is typed or all was submitted."""
        if self.progress.receipt is not None or not self.begun:
            self.forget()
        address.remember(CHOSEN, self.address)

    def forget(self) -> None:
        """Drop what is typed in this session and how far it has come."""
        for key in [key for key in st.session_state if str(key).startswith(self.key(""))]:
            del st.session_state[key]


def chosen(drafts: Sequence[Draft]) -> Draft | None:
    """Return the draft that the address asks for, None when it names none of them."""
    return next((draft for draft in drafts if draft.address == st.query_params.get(CHOSEN)), None)


def close() -> None:
    """Show the list again."""
    address.remember(CHOSEN, None)
