"""The persons one can be in the demo: roles, never names of real people, chosen instead of signing in."""

from __future__ import annotations

from scorecard.domain.access import Person, Role
from scorecard.presentation.texts import Texts
from scorecard.workflow.demo import PREPARER, WAITING_FROM

FIRST_PLAN = "kh-222-2024"

_COMMUNE = "05908"
_PERSONS: tuple[tuple[str, Role, str | None], ...] = (
    ("chair", Role.CHAIR_OFFICE, None),
    ("science_head", Role.HEAD, "so-khcn"),
    ("office_head", Role.HEAD, "van-phong-ubnd"),
    ("commune_head", Role.HEAD, _COMMUNE),
    ("commune_reporter", Role.REPORTER, _COMMUNE),
    ("reviewer", Role.REVIEWER, None),
    ("administrator", Role.ADMINISTRATOR, None),
)


def names(texts: Texts) -> dict[str, str]:
    """Return the name of everybody who recorded something in the demo, by id."""
    waiting = {each: texts(f"demo_person.{each.removeprefix('demo-')}") for each in WAITING_FROM}
    chosen = {person.id: person.name for person in persons(texts).values()}
    return {PREPARER: texts("demo_person.sample"), **waiting, **chosen}


def persons(texts: Texts) -> dict[str, Person]:
    """Return the persons of the demo by the word that stands for them in the address."""
    return {
        key: Person(
            id=f"demo-{key}",
            name=texts(f"demo_person.{key}"),
            role=role,
            unit_codes=frozenset({unit} if unit else ()),
        )
        for key, role, unit in _PERSONS
    }
