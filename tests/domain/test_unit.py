from datetime import date
from fractions import Fraction

from scorecard.domain.unit import Succession, Unit, Units

JUNE_30, JULY_1 = date(2025, 6, 30), date(2025, 7, 1)


def a_unit(code: str, parent: str | None = None, since: date | None = None, until: date | None = None) -> Unit:
    return Unit(
        code=code,
        name=code,
        kind="commune",
        level="commune",
        parent=parent,
        peer_group=None,
        protocol_order=0,
        valid_from=since,
        valid_to=until,
    )


def a_succession(old: Unit, new: Unit, share: Fraction | None = Fraction(1)) -> Succession:
    return Succession(from_id=old.id, to_id=new.id, effective=JULY_1, share=share, basis="")


def test_a_code_is_not_an_identity() -> None:
    old, new = a_unit("05467", until=JUNE_30), a_unit("05467", since=JULY_1)
    units = Units((new, old))
    assert (old.id, new.id) == ("05467@", "05467@2025-07-01")
    assert units.find("05467", JUNE_30) is old
    assert units.find("05467", JULY_1) is new
    assert units.find("05468", JULY_1) is None


def test_the_root_is_found_through_parents_of_that_day() -> None:
    province, district = a_unit("19"), a_unit("167", "19", until=JUNE_30)
    old, new = a_unit("05569", "167", until=JUNE_30), a_unit("05569", "19", since=JULY_1)
    other = a_unit("06")
    units = Units((province, district, old, new, other))
    assert units.root_code(old, JUNE_30) == "19"
    assert units.within("19", JUNE_30) == (province, district, old)
    assert units.within("19", JULY_1) == (province, new)


def test_ancestors_are_followed_through_several_mergers() -> None:
    first, second, third, other = a_unit("1"), a_unit("2"), a_unit("3"), a_unit("4")
    units = Units((first, second, third, other), (a_succession(first, second), a_succession(second, third, None)))
    assert units.with_ancestors([third.id]) == {first.id, second.id, third.id}
    assert units.with_ancestors([first.id]) == {first.id}


def test_only_an_undivided_unit_went_over_whole() -> None:
    old, new = a_unit("1"), a_unit("2")
    assert a_succession(old, new).whole
    assert not a_succession(old, new, None).whole
    assert not a_succession(old, new, Fraction(1, 2)).whole
