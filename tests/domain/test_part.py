"""Parts of elements: their names, notes and evidence; and the form of a milestone."""

from datetime import date

import pytest

from scorecard.domain.part import is_evidence, part_note, read_part_note, split_part
from scorecard.domain.period import Month
from scorecard.domain.plan import Step
from scorecard.domain.province import ListMember, NamedList
from tests.builders import a_form, a_plan, a_province, a_target, an_element, some_reporters

SEPTEMBER = Month.parse("2025-09")
STEPS = tuple(Step(name=name, name_en=None, by=date(2025, 6, 30)) for name in ("Phương án", "Vận hành"))


def members(since: str | None, count: int) -> NamedList:
    found = (ListMember(number=n, name=None, owner=None, state="", source="") for n in range(1, count + 1))
    return NamedList(id="services", since=Month.parse(since) if since else None, members=tuple(found))


@pytest.mark.parametrize(
    ("element", "part"), [("online#7", ("online", 7)), ("online", None), ("online#", None), ("online#x", None)]
)
def test_a_part_is_told_by_its_number(element: str, part: tuple[str, int] | None) -> None:
    assert split_part(element) == part


@pytest.mark.parametrize(
    ("note", "since", "remark"),
    [
        ("2025-03-05 QĐ 12/QĐ-UBND", "2025-03-05", "QĐ 12/QĐ-UBND"),
        ("2025-03", "2025-03", ""),
        ("2025", "2025", ""),
        ("QĐ 12/QĐ-UBND", "", "QĐ 12/QĐ-UBND"),
        ("20250305", "", "20250305"),
    ],
)
def test_a_note_holds_since_when_and_a_remark(note: str, since: str, remark: str) -> None:
    assert read_part_note(note) == (since, remark)
    assert part_note(since, remark) == note


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://thainguyen.gov.vn/vb/12", True),
        ("http://a.vn/x", True),
        ("QĐ 123/QĐ-UBND ngày 05/3/2025", True),
        ("61/2018/NĐ-CP", True),
        ("https://", False),
        ("ftp://a.vn/x", False),
        ("đã xong ngày 05/3/2025", False),
        ("xong rồi", False),
        ("", False),
    ],
)
def test_evidence_is_an_address_or_the_number_of_a_document(text: str, good: bool) -> None:
    assert is_evidence(text) is good


def test_the_members_asked_for_are_those_of_the_month() -> None:
    form = a_form("services", [an_element("online", members="services")])
    province = a_province(forms=(form,), lists={"services": (members(None, 2), members("2025-10", 3))})
    (element,) = form.elements
    assert [part.id for part in province.parts(element, SEPTEMBER)] == ["online#1", "online#2"]
    assert len(province.parts(element, SEPTEMBER.plus(1))) == 3
    assert province.answerable(form, SEPTEMBER) == ("online", "online#1", "online#2")
    assert province.part("online#3", SEPTEMBER) is None
    found = province.part("online#2", SEPTEMBER)
    assert found is not None
    assert (found[0].id, found[1].number) == ("online", 2)


def test_a_milestone_is_filed_by_its_lead_unit_from_the_start_to_the_end_of_its_plan() -> None:
    target = a_target("hotline", "done", indicator_id=None, steps=STEPS, lead="so-khcn")
    province = a_province(plans=(a_plan(target, superseded_from=date(2025, 12, 1)),))
    form = province.form("milestone:hotline")
    assert form in province.owed_forms
    assert form not in province.forms
    assert form.reporters == (
        some_reporters(
            kinds=frozenset(),
            codes=frozenset({"so-khcn"}),
            since=Month.parse("2024-12"),
            until=Month.parse("2025-11"),
        ),
    )
    (element,) = form.elements
    assert (element.id, element.out_of, element.decimals) == ("hotline", 2, 0)
    assert [(part.id, part.name) for part in province.parts(element, SEPTEMBER)] == [
        ("hotline#1", "Phương án"),
        ("hotline#2", "Vận hành"),
    ]


def test_a_milestone_without_a_lead_unit_is_the_province_s_own() -> None:
    target = a_target("hotline", "done", indicator_id=None, steps=STEPS)
    (form,) = a_province(plans=(a_plan(target),)).milestone_forms
    assert form.reporters[0].codes == {"19"}
