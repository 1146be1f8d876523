import pytest

from scorecard.domain.access import (
    EVERY_UNIT,
    AccessRefusedError,
    Permission,
    Person,
    Role,
    Scope,
    own_pages,
    readable,
    require,
)
from scorecard.presentation.texts import Language, load_texts

HEAD = Person("head", "Trưởng đơn vị", Role.HEAD, frozenset({"so-khcn"}))


def test_a_head_may_submit_for_their_own_unit_only() -> None:
    assert require(HEAD, Permission.SUBMIT_RETURN, "so-khcn") is HEAD
    with pytest.raises(AccessRefusedError) as refusal:
        require(HEAD, Permission.SUBMIT_RETURN, "so-y-te")
    assert (refusal.value.reason, refusal.value.parameters) == ("access.other_unit", {"unit": "so-y-te"})


def test_a_missing_unit_never_means_all_units() -> None:
    with pytest.raises(AccessRefusedError):
        require(HEAD, Permission.SUBMIT_RETURN)


def test_a_missing_person_is_refused_everything() -> None:
    for permission in Permission:
        with pytest.raises(AccessRefusedError) as refusal:
            require(None, permission, "so-khcn")
        assert refusal.value.reason == "access.no_identity"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER, Role.CHAIR_OFFICE, Role.ADMINISTRATOR])
def test_who_does_not_report_may_not_submit_even_with_a_unit(role: Role) -> None:
    with pytest.raises(AccessRefusedError) as refusal:
        require(Person("x", "x", role, frozenset({"so-khcn"})), Permission.SUBMIT_RETURN, "so-khcn")
    assert refusal.value.reason == "access.role_lacks_submit_return"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CHAIR_OFFICE, Role.ADMINISTRATOR])
def test_who_looks_after_the_province_reads_every_unit(role: Role) -> None:
    assert readable(Person("x", "x", role)) == EVERY_UNIT
    assert EVERY_UNIT.covers("so-y-te@")


@pytest.mark.parametrize("role", [Role.REPORTER, Role.HEAD])
def test_who_is_bound_to_a_unit_reads_that_unit_only(role: Role) -> None:
    scope = readable(Person("x", "x", role, frozenset({"05908"})))
    assert [scope.covers(unit) for unit in ("05908", "05908@2025-07-01", "05909@2025-07-01", "0590")] == [
        True,
        True,
        False,
        False,
    ]
    assert not readable(Person("x", "x", role)).covers("05908")


@pytest.mark.parametrize("person", [None, Person("x", "x", Role.VIEWER, frozenset({"05908"}))])
def test_who_is_unknown_or_only_views_reads_no_return(person: Person | None) -> None:
    with pytest.raises(AccessRefusedError):
        readable(person)


def test_every_refusal_has_its_own_words() -> None:
    texts = load_texts(Language.VIETNAMESE)
    assert [p for p in Permission if not texts.has(f"access.role_lacks_{p}")] == []


def test_who_is_bound_to_a_unit_opens_its_page_only_and_everybody_else_any() -> None:
    assert own_pages(HEAD) == Scope.of_unit("so-khcn")
    assert own_pages(Person("viewer", "x", Role.VIEWER)) == EVERY_UNIT
    with pytest.raises(AccessRefusedError) as refusal:
        own_pages(None)
    assert refusal.value.reason == "access.no_identity"
