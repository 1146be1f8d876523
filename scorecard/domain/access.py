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
    VIEW_RETURNS = "view_returns"
    SUBMIT_RETURN = "submit_return"
    REVIEW_RETURN = "review_return"
    VIEW_COMPLETENESS = "view_completeness"
    VIEW_AUDIT = "view_audit"
    MANAGE_ACCOUNTS = "manage_accounts"
    IMPORT_FIGURES = "import_figures"
    JUSTIFY_TARGET = "justify_target"
    FREEZE_EDITION = "freeze_edition"
    GIVE_COMMITMENT = "give_commitment"
    STATE_RESULT = "state_result"


_OF_A_UNIT = frozenset(
    {Permission.VIEW_SCOREBOARD, Permission.VIEW_RETURNS, Permission.SUBMIT_RETURN, Permission.JUSTIFY_TARGET}
)
_OF_THE_PROVINCE = frozenset({Permission.VIEW_SCOREBOARD, Permission.VIEW_RETURNS, Permission.VIEW_COMPLETENESS})
_OF_MEETINGS = frozenset({Permission.FREEZE_EDITION, Permission.GIVE_COMMITMENT})

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset({Permission.VIEW_SCOREBOARD}),
    Role.REPORTER: _OF_A_UNIT,
    Role.HEAD: _OF_A_UNIT,
    Role.REVIEWER: _OF_THE_PROVINCE | _OF_MEETINGS | {Permission.REVIEW_RETURN, Permission.VIEW_AUDIT},
    Role.CHAIR_OFFICE: _OF_THE_PROVINCE | _OF_MEETINGS | {Permission.STATE_RESULT},
    Role.ADMINISTRATOR: _OF_THE_PROVINCE
    | {Permission.VIEW_AUDIT, Permission.MANAGE_ACCOUNTS, Permission.IMPORT_FIGURES},
}

UNIT_BOUND_ROLES: frozenset[Role] = frozenset({Role.REPORTER, Role.HEAD})
UNIT_BOUND: frozenset[Permission] = frozenset(
    {Permission.SUBMIT_RETURN, Permission.VIEW_RETURNS, Permission.JUSTIFY_TARGET}
)
_OTHER_UNIT = {Permission.JUSTIFY_TARGET: "access.other_lead"}


@dataclass(frozen=True, slots=True)
class Person:
    """Who is acting; `unit_codes` are the units a reporter or head is bound to."""

    id: str
    name: str
    role: Role
    unit_codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """The units whose returns and figures may be read: those named, or (None) every unit."""

    unit_codes: frozenset[str] | None

    @classmethod
    def of_unit(cls, unit_code: str) -> Scope:
        """Return the scope of one unit alone."""
        return cls(frozenset({unit_code}))

    def covers(self, unit_id: str) -> bool:
        """Say whether a unit, named by its code or its id, lies inside."""
        return self.unit_codes is None or unit_id.partition("@")[0] in self.unit_codes


EVERY_UNIT = Scope(None)


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
    if permission in UNIT_BOUND and person.role in UNIT_BOUND_ROLES and unit_code not in person.unit_codes:
        raise AccessRefusedError(_OTHER_UNIT.get(permission, "access.other_unit"), unit=unit_code or "")
    return person


def readable(person: Person | None) -> Scope:
    """Return the units whose returns a person may read; raise AccessRefusedError where it is none at all."""
    if person is None:
        raise AccessRefusedError("access.no_identity")
    if Permission.VIEW_RETURNS not in PERMISSIONS[person.role]:
        raise AccessRefusedError(f"access.role_lacks_{Permission.VIEW_RETURNS}")
    return Scope(person.unit_codes) if person.role in UNIT_BOUND_ROLES else EVERY_UNIT


def own_pages(person: Person | None) -> Scope:
    """Return the units whose own page a person may open; what others computed to is only told by comparing them."""
    actor = require(person, Permission.VIEW_SCOREBOARD)
    return Scope(actor.unit_codes) if actor.role in UNIT_BOUND_ROLES else EVERY_UNIT
