"""Lists and milestones reported one by one: what is refused, what stands, and what becomes of it elsewhere."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.access import EVERY_UNIT, Person, Role
from scorecard.domain.form import Form, Measure
from scorecard.domain.formula import parse_formula
from scorecard.domain.indicator import FormulaVersion, IndicatorKind
from scorecard.domain.period import Month, Period
from scorecard.domain.plan import Step
from scorecard.domain.province import ListMember, NamedList
from scorecard.store import Receipt, Store
from scorecard.workflow.checks import Entry
from scorecard.workflow.exchange import form_of, read_exchange
from scorecard.workflow.exporting import export_province
from scorecard.workflow.importing import BadExchangeError, import_figures
from scorecard.workflow.owed import closed_returns, find_return, owed_returns
from scorecard.workflow.parts import known_parts
from scorecard.workflow.refusal import RefusedReturnError
from scorecard.workflow.returns import submit_return
from scorecard.workflow.review import approve, seen
from tests.builders import a_form, a_plan, a_province, a_target, an_element, an_indicator

TODAY, NOW = date(2025, 10, 3), datetime(2025, 10, 3, 3, tzinfo=UTC)
AUGUST, SEPTEMBER = Period.parse("2025-08"), Period.parse("2025-09")
UNIT = "05908@2025-07-01"
HEAD = Person("head", "x", Role.HEAD, frozenset({"05908"}))
REVIEWER = Person("reviewer", "x", Role.REVIEWER)
ADMINISTRATOR = Person("quan-tri", "x", Role.ADMINISTRATOR)
LIST = a_form("services", [an_element("online", members="services", measure=Measure.STOCK)], checks=())
STEPS = tuple(Step(name=name, name_en=None, by=date(2025, 10, 31)) for name in ("Phương án", "Vận hành"))
HOTLINE = a_target("hotline", "done", indicator_id=None, steps=STEPS, lead="05908")
OFFERED = a_target("offered", "3/3", indicator_id="offered")
PROVINCE = a_province(
    forms=(LIST,),
    indicators={
        "offered": an_indicator(
            "offered",
            kind=IndicatorKind.LIST_COUNT,
            versions=(
                FormulaVersion(
                    since=None, numerator=parse_formula("online"), denominator=parse_formula("size(services)")
                ),
            ),
        )
    },
    lists={
        "services": (
            NamedList(
                id="services",
                since=None,
                members=tuple(
                    ListMember(number=n, name=None, owner=None, state="awaiting_annex", source="") for n in (1, 2, 3)
                ),
            ),
        )
    },
    plans=(a_plan(HOTLINE, OFFERED),),
)
MILESTONE = PROVINCE.form("milestone:hotline")
HEADER = "period,unit,element,value,state,note\n"


def there(part: str, note: str = "2025-03-05") -> Entry:
    return Entry(part, Decimal(1), note=note)


def not_there(part: str) -> Entry:
    return Entry(part, Decimal(0))


def total(value: int, element: str = "online") -> Entry:
    return Entry(element, Decimal(value))


def submit(store: Store, form: Form, *entries: Entry, **changes: object) -> Receipt:
    content = {"today": TODAY, "now": NOW, "expected_revision": 0, "period": SEPTEMBER} | changes
    period = content.pop("period")
    return submit_return(store, PROVINCE, HEAD, "05908", form, period, entries, **content)


def refused(store: Store, form: Form, *entries: Entry) -> list[str]:
    with pytest.raises(RefusedReturnError) as refusal:
        submit(store, form, *entries)
    assert store.data_version() == 0
    return [finding.key for finding in refusal.value.findings]


def standing(store: Store, form: Form, period: Period = SEPTEMBER) -> list[bool | None]:
    unit = PROVINCE.units.by_id[UNIT]
    return [each.there for each in known_parts(store, PROVINCE, unit, form.elements[0], period.last)]


def approve_it(store: Store, form: Form) -> None:
    found = find_return(store, PROVINCE, EVERY_UNIT, "05908", form, SEPTEMBER, TODAY)
    assert found is not None
    approve(store, PROVINCE, REVIEWER, [seen(found)], now=NOW, today=TODAY)


def in_force(store: Store) -> dict[str, int]:
    return dict(store.figures("thai-nguyen").select("element", "amount").iter_rows())


def test_a_total_alone_is_taken_while_its_members_are_unknown(store: Store) -> None:
    submit(store, LIST, total(2))
    assert standing(store, LIST) == [None, None, None]


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ((total(3), not_there("online#1")), ["parts_disagree-online"]),
        ((total(0), there("online#1")), ["parts_disagree-online"]),
        ((total(2), there("online#1"), not_there("online#2"), not_there("online#3")), ["parts_differ-online"]),
        ((total(1), there("online#1", "")), ["part_date_missing-online#1"]),
        ((total(2), Entry("online#1", Decimal(2), note="2025")), ["part_neither-online#1"]),
        ((total(2), there("online#4")), ["unknown_element-online#4"]),
    ],
)
def test_what_the_members_say_must_agree_with_the_total(
    store: Store, entries: tuple[Entry, ...], fault: list[str]
) -> None:
    assert refused(store, LIST, *entries) == fault


def test_only_changes_are_told_and_what_was_said_stands(store: Store) -> None:
    parts = (there("online#1", "2022"), there("online#2", "2025-03"), not_there("online#3"))
    submit(store, LIST, total(2), *parts, period=AUGUST, today=date(2025, 9, 3))
    assert standing(store, LIST) == [True, True, False]
    with pytest.raises(RefusedReturnError) as refusal:
        submit(store, LIST, total(3))
    assert [finding.code for finding in refusal.value.findings] == ["parts_differ"]
    submit(store, LIST, total(3), there("online#3"), reasons={"risen_much-online": "Thêm một dịch vụ mới"})
    assert standing(store, LIST) == [True, True, True]
    assert standing(store, LIST, AUGUST) == [True, True, False]


def test_the_parts_are_approved_with_their_return_and_leave_the_calculation_as_it_is(store: Store) -> None:
    submit(store, LIST, total(2), there("online#1"), there("online#2"), not_there("online#3"))
    assert in_force(store) == {}
    approve_it(store, LIST)
    assert in_force(store) == {"online": 2, "online#1": 1, "online#2": 1, "online#3": 0}
    assert store.verify() == ()
    figures = store.figures("thai-nguyen")
    alone = figures.filter(~figures["element"].str.contains("#"))
    boards = [scoreboard(PROVINCE, each, SEPTEMBER.last) for each in (figures, alone)]
    assert boards[0].equals(boards[1])
    (row,) = boards[0].filter(boards[0]["target"] == "offered").iter_rows(named=True)
    assert (row["numerator"], row["denominator"]) == (2, 3)


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ((total(0, "hotline"), not_there("hotline#1")), ["step_not_answered-hotline#2"]),
        (
            (total(1, "hotline"), there("hotline#1", "2025-03-05"), not_there("hotline#2")),
            ["evidence_missing-hotline#1"],
        ),
        (
            (total(2, "hotline"), there("hotline#1", "2025-03-05 12/QĐ-UBND"), not_there("hotline#2")),
            ["parts_differ-hotline"],
        ),
    ],
)
def test_a_step_is_answered_and_done_only_with_evidence(
    store: Store, entries: tuple[Entry, ...], fault: list[str]
) -> None:
    assert refused(store, MILESTONE, *entries) == fault


def test_a_milestone_is_filed_approved_and_counted(store: Store) -> None:
    done = there("hotline#1", "2025-09-05 https://thainguyen.gov.vn/vb/12")
    submit(store, MILESTONE, total(1, "hotline"), done, not_there("hotline#2"))
    approve_it(store, MILESTONE)
    board = scoreboard(PROVINCE, store.figures("thai-nguyen"), SEPTEMBER.last)
    (row,) = board.filter(board["target"] == "hotline").iter_rows(named=True)
    assert (row["numerator"], row["denominator"]) == (1, 2)
    (record,) = store.returns("thai-nguyen", EVERY_UNIT)
    assert record.form_id == "milestone:hotline"


def test_a_step_that_is_done_need_not_be_said_again(store: Store) -> None:
    done = there("hotline#1", "2025-08-05 12/QĐ-UBND")
    august = {"period": AUGUST, "today": date(2025, 9, 3)}
    submit(store, MILESTONE, total(1, "hotline"), done, not_there("hotline#2"), **august)
    submit(store, MILESTONE, total(1, "hotline"), not_there("hotline#2"))
    assert standing(store, MILESTONE) == [True, False]


def test_a_lead_unit_owes_its_milestone_each_month_and_finds_it_when_it_is_closed(store: Store) -> None:
    owed = [each.form.id for each in owed_returns(store, PROVINCE, HEAD, TODAY)]
    assert owed == ["services", "milestone:hotline"]
    closed = {(each.form.id, str(each.period)) for each in closed_returns(store, PROVINCE, HEAD, TODAY)}
    assert ("milestone:hotline", "2025-08") in closed


def test_parts_leave_and_come_back_as_plain_rows(store: Store, tmp_path: Path) -> None:
    rows = "2025-09,05908,online,1,,\n2025-09,05908,online#1,1,,2025-03-05\n2025-09,05908,online#2,0,,\n"
    rows += "2025-09,05908,hotline,0,,\n2025-09,05908,hotline#1,0,,\n"
    parsed = read_exchange((HEADER + rows).encode(), PROVINCE)
    assert parsed.problems == ()
    import_figures(store, PROVINCE, ADMINISTRATOR, parsed, NOW, "Nạp")
    (tmp_path / "targets").mkdir()
    figures, *_ = export_province(store, PROVINCE, tmp_path / "targets", tmp_path / "out")
    again = read_exchange(figures, PROVINCE)
    assert again.problems == ()
    assert again.frame().sort("element").equals(parsed.frame().sort("element"))
    assert {form_of(PROVINCE, each.element_id) for each in again.figures} == {"services", "milestone:hotline"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2025-09,05908,online#4,1,,", "unknown_element"),
        ("2025-09,05908,online#1,2,,", "above_maximum"),
        ("2025-09,05908,nothing#1,1,,", "unknown_element"),
    ],
)
def test_a_row_of_a_part_that_cannot_be_is_refused(row: str, code: str) -> None:
    assert [each.code for each in read_exchange((HEADER + row).encode(), PROVINCE).problems] == [code]


def test_a_file_whose_total_is_not_what_its_parts_add_up_to_is_refused(store: Store) -> None:
    rows = "2025-09,05908,online,3,,\n2025-09,05908,online#1,0,,\n"
    parsed = read_exchange((HEADER + rows).encode(), PROVINCE)
    with pytest.raises(BadExchangeError) as bad:
        import_figures(store, PROVINCE, ADMINISTRATOR, parsed, NOW, "Nạp")
    assert [(each.row, each.code) for each in bad.value.problems] == [(3, "parts_differ")]


def test_the_last_month_with_a_number_is_what_is_known(store: Store) -> None:
    rows = "2025-07,05908,online,1,,\n2025-08,05908,online,,not_available,Chưa đếm được\n"
    import_figures(store, PROVINCE, ADMINISTRATOR, read_exchange((HEADER + rows).encode(), PROVINCE), NOW, "Nạp")
    known = store.known_figures("thai-nguyen", EVERY_UNIT, UNIT, Month.parse("2025-09"))
    assert {element: (str(each.figure.period), each.figure.value) for element, each in known.items()} == {
        "online": ("2025-07", Decimal(1))
    }
    assert store.known_figures("thai-nguyen", EVERY_UNIT, UNIT, Month.parse("2025-06")) == {}
