"""What several rules share: rules are generators of problems over records that may be partly unread."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from difflib import get_close_matches

from scorecard.definitions.kinds import UnreadError
from scorecard.definitions.problem import Place, Problem, error
from scorecard.definitions.shapes import Placed


def findings(*rules: Iterator[Problem]) -> Iterator[Problem]:
    """Yield what the rules find; a rule that needs a value that could not be read ends there, silently."""
    for rule in rules:
        with suppress(UnreadError):
            yield from rule


def unknown(place: Place, what: str, name: str, known: Collection[str]) -> Problem:
    """Make the problem of a reference to something that does not exist, with the nearest names there are."""
    near = ", ".join(get_close_matches(name, known, n=3, cutoff=0.3)) or "—"
    return error(place, f"unknown_{what}", name=name, near=near)


def references(what: str, names: Iterable[Placed[str]], known: Collection[str]) -> Iterator[Problem]:
    """Report the names that are not known."""
    for name in names:
        if name.value not in known:
            yield unknown(name.place, what, name.value, known)


def duplicates(names: Iterable[Placed[str]]) -> Iterator[Problem]:
    """Report every name that stands a second time, with where it stood first."""
    first: dict[str, Place] = {}
    for name in names:
        seen = first.setdefault(name.value, name.place)
        if seen != name.place:
            yield error(name.place, "duplicate_id", name=name.value, where=f"{seen.file}:{seen.line}")
