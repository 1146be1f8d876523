"""Why the store does not do what it was asked."""

from __future__ import annotations

from scorecard.domain.figure import RecordedFigure
from scorecard.domain.justification import Justification


class StoreError(Exception):
    """The store cannot do what was asked; `reason` is a key of the text file, with its parameters."""

    def __init__(self, reason: str, **parameters: str) -> None:
        super().__init__(f"{reason} {parameters}")
        self.reason = reason
        self.parameters = parameters


class AmountError(ValueError):
    """A value too large or too fine to keep exactly."""


class ConflictError(Exception):
    """Somebody else recorded the return, or decided on it, meanwhile; nothing was written.

    `revision` is the last one now and `newer` are its figures, so that both can be shown. Of an edition, the revision
    is the last event, of a commitment how many statements there are.
    """

    def __init__(self, revision: int, newer: tuple[RecordedFigure, ...]) -> None:
        super().__init__(f"revision {revision} is the last")
        self.revision = revision
        self.newer = newer


class JustificationConflictError(ConflictError):
    """Somebody else wrote the justification meanwhile; nothing was written. `latest` is what they said."""

    def __init__(self, latest: Justification) -> None:
        super().__init__(latest.revision, ())
        self.latest = latest
