"""Which page opens first for whom, and that no address depends on who opens it."""

import pytest

from scorecard.domain.access import Person, Role
from scorecard.ui.navigation import OVERVIEW, PAGES, UNIT, first_page, title_key
from tests.pages.entry_page import OpenApp

BOUND = (Role.HEAD, Role.REPORTER)


def somebody(role: Role) -> Person:
    return Person("x", "x", role, frozenset({"05908"} if role in BOUND else ()))


@pytest.mark.parametrize("role", Role)
def test_who_is_bound_to_a_unit_begins_with_it(role: Role) -> None:
    assert first_page(somebody(role)) is (UNIT if role in BOUND else OVERVIEW)
    assert title_key(UNIT, somebody(role)) == ("navigation.unit" if role in BOUND else "navigation.any_unit")
    assert title_key(OVERVIEW, somebody(role)) == "navigation.overview"


def test_nobody_begins_with_the_overview() -> None:
    assert first_page(None) is OVERVIEW


@pytest.mark.parametrize("person", ["commune_head", "chair"])
@pytest.mark.parametrize("spec", [OVERVIEW, UNIT], ids=lambda spec: spec.url)
def test_a_page_opens_at_its_own_address_whoever_begins_with_it(open_app: OpenApp, person: str, spec: object) -> None:
    app = open_app(person)
    registered = {info["url_pathname"]: info["script_path"] for info in app._registered_pages.values()}
    assert set(registered) == {"", *(each.url for each in PAGES)}
    assert registered[spec.url].endswith(spec.path)
    assert registered[""].endswith(first_page(somebody(Role.HEAD if person == "commune_head" else Role.VIEWER)).path)
