"""Who may do what: roles, permissions and the one table that joins them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the program."""

    VIEWER = "viewer"
    REPORTER = "reporter"
    HEAD = "head"
    REVIEWER = "reviewer"
    CHAIR_OFFICE = "chair_office"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One thing that can be allowed."""

    VIEW_SCOREBOARD = "view_scoreboard"
    SUBMIT_RETURN = "submit_return"
    IMPORT_FIGURES = "import_figures"


PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset({Permission.VIEW_SCOREBOARD}),
    Role.REPORTER: frozenset({Permission.VIEW_SCOREBOARD, Permission.SUBMIT_RETURN}),
    Role.HEAD: frozenset({Permission.VIEW_SCOREBOARD, Permission.SUBMIT_RETURN}),
    Role.REVIEWER: frozenset({Permission.VIEW_SCOREBOARD}),
    Role.CHAIR_OFFICE: frozenset({Permission.VIEW_SCOREBOARD}),
    Role.ADMINISTRATOR: frozenset({Permission.VIEW_SCOREBOARD, Permission.IMPORT_FIGURES}),
}

UNIT_BOUND: frozenset[Permission] = frozenset({Permission.SUBMIT_RETURN})


@dataclass(frozen=True, slots=True)
class Person:
    """Who is acting; `unit_codes` are the units a reporter or head is bound to."""

    id: str
    name: str
    role: Role
    unit_codes: frozenset[str] = frozenset()


class AccessRefusedError(Exception):
    """A person may not do something; `reason` is a key of the text file, with its parameters."""

    def __init__(self, reason: str, **parameters: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.parameters = parameters


def require(person: Person | None, permission: Permission, unit_code: str | None = None) -> Person:
    """Return the person if they hold the permission (for that unit, where it is bound to units), else raise.

    A missing identity is refused: it never means «no filter».
    """
    if person is None:
        raise AccessRefusedError("access.no_identity")
    if permission not in PERMISSIONS[person.role]:
        raise AccessRefusedError(f"access.role_lacks_{permission}")
    if permission in UNIT_BOUND and unit_code not in person.unit_codes:
        raise AccessRefusedError("access.other_unit", unit=unit_code or "")
    return person
