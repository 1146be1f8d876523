"""The names of who did something."""

from __future__ import annotations

from scorecard.presentation.texts import Texts
from scorecard.ui import demo


def name_of(person_id: str, texts: Texts) -> str:
    """Return the name of who recorded something; the id where it is nobody known here."""
    known = {person.id: person.name for person in demo.persons(texts).values()}
    return known.get(person_id, person_id)
