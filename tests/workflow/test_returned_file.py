"""A workbook comes back: what was typed is what is understood, and what would change is shown first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.period import Period
from scorecard.domain.typed_number import print_typed
from scorecard.presentation.spreadsheet_problems import ChangeRow, change_rows, problem_lines
from scorecard.spreadsheet.problem import SheetProblem
from scorecard.store import Batch, ConflictError, EventKind, ReturnDraft, open_store
from scorecard.workflow.returns import Entry
from scorecard.workflow.table_reading import Change, ReadReturn
from tests.builders import a_form, a_province, a_unit, an_element
from tests.spreadsheet.office import FORM, ONLINE, RATE, RECEIVED, SHEET, VI, Office, edited, fill

SENT = (Entry("dossiers_received", Decimal(100)), Entry("dossiers_full_online", Decimal(80)))
SENT += (Entry("satisfied", Decimal("97.5")),)
REASON = "Phần mềm chưa tổng hợp xong"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store = open_store(f"sqlite:///{tmp_path / 'figures.db'}")
    yield Office(store)
    store.close()


def accepted(office: Office, content: bytes) -> ReadReturn:
    before = office.store.chain_end()
    table = office.read(content)
    assert table.problems == ()
    assert office.store.chain_end() == before
    (read,) = table.returns
    return read


answers = st.one_of(st.none(), st.integers(0, 10**12).map(Decimal))
rates = st.one_of(st.none(), st.decimals(0, 100, places=2))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(received=answers, part=st.floats(0, 1), rate=rates, as_text=st.booleans())
def test_what_is_filled_in_comes_back_exactly(
    office: Office, received: Decimal | None, part: float, rate: Decimal | None, as_text: bool
) -> None:
    online = None if received is None else Decimal(int(float(received) * part))
    cells: dict[str, object] = {}
    expected = []
    for row, element, value in ((7, RECEIVED, received), (8, ONLINE, online), (9, RATE, rate)):
        number: object = None if value is None else float(value)
        if value is not None and as_text:
            number = print_typed(value, element.decimals)
        cells |= {f"F{row}": number, f"G{row}": REASON if value is None else None}
        state = FigureState.NOT_AVAILABLE if value is None else FigureState.NUMBER
        expected.append((element.id, value, state, REASON if value is None else ""))
    read = accepted(office, edited(office.workbook(), lambda sheet: fill(sheet, cells)))
    assert [(e.element_id, e.value, e.state, e.note) for e in read.entries] == expected


def test_a_first_return_adds_every_figure_and_can_be_submitted(office: Office) -> None:
    read = accepted(office, office.filled())
    assert change_rows(read.differences, VI.texts) == [
        ChangeRow("Hồ sơ tiếp nhận", "chưa có số liệu", "100\N{NO-BREAK SPACE}hồ sơ", Change.ADDED, "số mới"),
        ChangeRow(
            "Trong đó, hoàn toàn trực tuyến", "chưa có số liệu", "80\N{NO-BREAK SPACE}hồ sơ", Change.ADDED, "số mới"
        ),
        ChangeRow("Mức độ hài lòng", "chưa có số liệu", "97,5%", Change.ADDED, "số mới"),
    ]
    assert (read.base_revision, read.corrects, read.missing, read.findings) == (0, False, (), ())
    office.submit(read.entries, read.base_revision)
    assert accepted(office, office.workbook()).base_revision == 1


def test_a_correction_shows_only_what_changes(office: Office) -> None:
    office.submit(SENT)
    read = accepted(office, edited(office.workbook(), lambda sheet: fill(sheet, {"F7": "1.100"})))
    assert [each.change for each in read.differences] == [Change.CHANGED, Change.UNCHANGED, Change.UNCHANGED]
    changed = change_rows(read.differences, VI.texts)[0]
    assert (changed.before, changed.after) == ("100\N{NO-BREAK SPACE}hồ sơ", "1.100\N{NO-BREAK SPACE}hồ sơ")
    assert read.corrects
    office.submit(read.entries, read.base_revision, "Cộng thiếu một sổ")


def test_a_figure_that_is_only_repeated_keeps_its_state_and_note(office: Office) -> None:
    figures = (
        figure("dossiers_received", Decimal(100), FigureState.APPROXIMATE, "gần 100"),
        figure("dossiers_full_online", None, FigureState.NOT_APPLICABLE, "Xã không có bộ phận này"),
        figure("satisfied", Decimal("97.50"), FigureState.NUMBER, "khảo sát"),
    )
    imported(office, *figures)
    read = accepted(office, office.workbook())
    assert [(e.value, e.state, e.note) for e in read.entries] == [(f.value, f.state, f.note) for f in figures]
    assert {each.change for each in read.differences} == {Change.UNCHANGED}


def figure(element: str, value: Decimal | None, state: FigureState, note: str) -> Figure:
    return Figure(
        unit_id=a_unit().id, element_id=element, period=Period.parse("2025-09"), value=value, state=state, note=note
    )


def imported(office: Office, *figures: Figure) -> None:
    draft = ReturnDraft(
        unit_id=figures[0].unit_id, form_id="online-services", period=figures[0].period, figures=figures
    )
    office.store.record(
        Batch(
            kind=EventKind.FIGURES_IMPORTED,
            province_id="thai-nguyen",
            person_id="import",
            at=datetime(2025, 10, 3, tzinfo=UTC),
            returns=(draft,),
        )
    )


def test_a_file_made_before_somebody_else_submitted_runs_into_the_conflict(office: Office) -> None:
    older = office.filled(F7=120)
    office.submit(SENT)
    read = accepted(office, older)
    assert read.base_revision == 0
    before = office.store.data_version()
    with pytest.raises(ConflictError):
        office.submit(read.entries, read.base_revision)
    assert office.store.data_version() == before


def test_unusual_figures_are_handed_on_for_a_reason(office: Office) -> None:
    august = replace(figure("dossiers_received", Decimal(10), FigureState.NUMBER, ""), period=Period.parse("2025-08"))
    imported(office, august)
    assert [finding.key for finding in accepted(office, office.filled()).findings] == [
        "many_times_more-dossiers_received"
    ]


def test_forms_that_are_not_filled_in_are_left_alone(office: Office) -> None:
    second = a_form("households", elements=(an_element("households", label="Hộ"),), name="Hộ gia đình")
    both = Office(office.store, a_province(forms=(FORM, second)))
    table = both.read(both.filled())
    assert table.problems == ()
    assert [each.owed.form.id for each in table.returns] == ["online-services"]
    assert [each.form.id for each in table.untouched] == ["households"]


def lines(office: Office, problems: tuple[SheetProblem, ...]) -> list[str]:
    return problem_lines(problems, office.province, VI)


def test_the_workbook_of_another_month_unit_or_form_is_refused(office: Office) -> None:
    august = replace(office, today=date(2025, 9, 3))
    assert office.refused(august.filled()) == [
        "Tệp này của tháng 8/2025, đang nhập tháng 9/2025. Tải tệp mẫu của tháng 9/2025 rồi điền lại."
    ]
    other = a_unit("05911", name="Xã Điềm Thụy")
    units = replace(office.province.units, members=(*office.province.units.members, other))
    both = replace(office, province=a_province(forms=(FORM,), units=units))
    theirs = replace(both, person=replace(office.person, unit_codes=frozenset({"05911"})))
    assert both.refused(theirs.filled()) == [
        "Tệp này của Xã Điềm Thụy, không phải của Xã Phú Bình. Tải tệp mẫu của đơn vị mình rồi điền lại."
    ]
    form = a_form("households", elements=(an_element("households"),), name="Hộ gia đình")
    households = replace(office, province=a_province(forms=(form,)))
    assert office.refused(edited(households.workbook(), lambda sheet: fill(sheet, {"F7": 5}))) == [
        "Tệp này của biểu “Hộ gia đình”, không có biểu “Dịch vụ công trực tuyến hằng tháng”. "
        "Tải tệp mẫu ở trang này rồi điền lại."
    ]


def test_a_workbook_made_before_the_form_changed_is_refused(office: Office) -> None:
    changed = replace(FORM, elements=(replace(RECEIVED, help="Chỉ đếm hồ sơ mới."), ONLINE, RATE))
    newer = replace(office, province=a_province(forms=(changed,)))
    assert newer.refused(office.filled()) == [
        f"Trang tính “{SHEET}”: biểu đã thay đổi sau khi tệp được tải về. Tải lại tệp mẫu rồi điền lại."
    ]


def test_a_renamed_sheet_and_an_empty_workbook_are_refused(office: Office) -> None:
    assert office.refused(edited(office.filled(), lambda sheet: sheet.__setattr__("title", "Tháng 9"))) == [
        f"Trang tính “{SHEET}”: trang tính này đã bị xóa hoặc đổi tên. Tải lại tệp mẫu rồi điền lại."
    ]
    assert office.refused(office.workbook()) == [
        "Chưa ô vàng nào được điền. Điền số ở cột F hoặc lý do ở cột G, lưu tệp rồi tải lên lại."
    ]


def test_when_nothing_is_owed_no_file_is_taken(office: Office) -> None:
    content = office.filled()
    later = replace(office, today=date(2026, 1, 20), province=replace(office.province, forms=()))
    assert later.refused(content) == ["Hiện đơn vị không có biểu nào đến kỳ nộp nên không nhận tệp."]


def test_a_long_list_of_problems_is_cut_and_says_so(office: Office) -> None:
    problems = tuple(SheetProblem(code="nothing_filled") for _ in range(53))
    assert lines(office, problems)[-1] == "Còn 3 chỗ khác. Sửa các chỗ trên rồi tải lại để xem tiếp."
    assert len(lines(office, problems)) == 51
