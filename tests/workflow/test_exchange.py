from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard import frames
from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.period import Frequency, Month, Period
from scorecard.domain.plan import Step
from scorecard.domain.unit import Units
from scorecard.presentation.texts import Language, load_texts
from scorecard.workflow.exchange import RowProblem, read_exchange
from tests.builders import a_form, a_plan, a_province, a_target, a_unit, an_element, some_reporters

_HEADER = "period,unit,element,value,state,note\n"
_MILESTONE = a_target(
    "hotline",
    goal="done",
    indicator_id=None,
    steps=tuple(Step(name=name, name_en=None, by=date(2025, 12, 31)) for name in ("Phương án", "Vận hành")),
)
_PROVINCE = a_province(
    forms=(
        a_form(),
        a_form(
            "indexes",
            [an_element("par_index", decimals=2), an_element("par_rank", out_of=63)],
            reporters=(some_reporters(every=Frequency.YEAR, kinds=frozenset({"province"})),),
        ),
    ),
    plans=(a_plan(a_target(), _MILESTONE),),
    units=Units(
        (
            a_unit("19", kind="province", level="province", parent=None, valid_from=None),
            a_unit("05908", valid_from=None, valid_to=date(2025, 6, 30), kind="commune"),
            a_unit("05908"),
            a_unit("164", kind="district", level="district", valid_from=None, valid_to=date(2025, 6, 15)),
        )
    ),
)


def _read(*rows: str) -> tuple[Figure, ...]:
    parsed = read_exchange((_HEADER + "\n".join(rows)).encode(), _PROVINCE)
    assert parsed.problems == ()
    return parsed.figures


def _problems(*rows: str) -> list[tuple[int, str]]:
    parsed = read_exchange((_HEADER + "\n".join(rows)).encode(), _PROVINCE)
    return [(problem.row, problem.code) for problem in parsed.problems]


def test_a_row_is_a_figure() -> None:
    assert _read("2025-09,05908,dossiers_received,1234,,số liệu minh họa") == (
        Figure(
            unit_id="05908@2025-07-01",
            element_id="dossiers_received",
            period=Period.parse("2025-09"),
            value=Decimal(1234),
            note="số liệu minh họa",
        ),
    )


@pytest.mark.parametrize(
    ("value", "state", "expected"),
    [
        ("0", "", (Decimal(0), FigureState.NUMBER)),
        ("50", "approximate", (Decimal(50), FigureState.APPROXIMATE)),
        ("", "not_reported", (None, FigureState.NOT_REPORTED)),
        ("", "not_applicable", (None, FigureState.NOT_APPLICABLE)),
        ("", "not_available", (None, FigureState.NOT_AVAILABLE)),
    ],
)
def test_the_five_states(value: str, state: str, expected: tuple[Decimal | None, FigureState]) -> None:
    (figure,) = _read(f"2025-09,05908,dossiers_received,{value},{state},lý do")
    assert (figure.value, figure.state) == expected


def test_the_frame_holds_exact_amounts() -> None:
    content = _HEADER + "2024,19,par_index,89.2,,\n2025-09,05908,dossiers_received,,not_reported,"
    frame = read_exchange(content.encode(), _PROVINCE).frame()
    assert frame.schema == frames.FIGURES
    year, september = Month.of(2024, 1).index, Month.of(2025, 9).index
    assert frame.rows() == [
        ("19@", "par_index", year, year + 11, 8920, 2, "number"),
        ("05908@2025-07-01", "dossiers_received", september, september, None, 0, "not_reported"),
    ]


@pytest.mark.parametrize(
    ("name", "period", "unit_id"),
    [
        ("05908", "2025-06", "05908@"),
        ("05908", "2025-07", "05908@2025-07-01"),
        ("05908@2025-07-01", "2025-07", "05908@2025-07-01"),
        ("164", "2025-06", "164@"),  # it existed in June, though not on the last day
    ],
)
def test_a_code_means_the_unit_of_that_time(name: str, period: str, unit_id: str) -> None:
    (figure,) = _read(f"{period},{name},dossiers_received,1,,")
    assert figure.unit_id == unit_id


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_files_from_any_machine_are_read(line_end: str, mark: str) -> None:
    rows = [_HEADER.strip(), '2025-09, 05908 ,dossiers_received,1,,"Hê\u0323 thống, mới"', "", ",,,,,"]
    parsed = read_exchange((mark + line_end.join(rows)).encode(), _PROVINCE)
    assert parsed.problems == ()
    assert [figure.note for figure in parsed.figures] == ["Hệ thống, mới"]


def test_a_path_is_read_like_its_content(tmp_path: Path) -> None:
    content = (_HEADER + "2025-09,05908,dossiers_received,1,,").encode()
    (tmp_path / "figures.csv").write_bytes(content)
    assert read_exchange(tmp_path / "figures.csv", _PROVINCE) == read_exchange(content, _PROVINCE)


def test_the_steps_done_of_a_milestone_are_a_figure_of_its_lead_unit() -> None:
    (figure,) = _read("2025-09,19,hotline,2,,")
    assert (figure.element_id, figure.value) == ("hotline", Decimal(2))
    assert _problems("2025-09,19,hotline,3,,", "2025-08,19,hotline,0.5,,") == [(2, "above_maximum"), (3, "not_whole")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2025-13,05908,dossiers_received,1,,", "period"),
        ("09/2025,05908,dossiers_received,1,,", "period"),
        ("2025-09,99999,dossiers_received,1,,", "unknown_unit"),
        ("2025-07,164,dossiers_received,1,,", "unit_not_alive"),
        ("2025-06,05908@2025-07-01,dossiers_received,1,,", "unit_not_alive"),
        ("2025-09,05908,strange,1,,", "unknown_element"),
        ("2025-09,05908,full-online-dossiers,1,,", "unknown_element"),  # a target, but no milestone
        ("2025-Q3,05908,dossiers_received,1,,", "wrong_length"),
        ("2024-12,19,par_index,89.2,,", "wrong_length"),
        ("2025-09,05908,dossiers_received,,,", "value_missing"),
        ("2025-09,05908,dossiers_received,,approximate,", "value_missing"),
        ('2025-09,05908,dossiers_received,"80,5",,', "value_not_number"),
        ("2025-09,05908,dossiers_received,1e3,,", "value_not_number"),
        ("2025-09,05908,dossiers_received,٣,,", "value_not_number"),
        ("0000-01,05908,dossiers_received,1,,", "period"),
        ("2025,19,hotline,1,,", "not_a_month"),
        ("2025-Q3,19,hotline,1,,", "not_a_month"),
        ("2025-09,05908,dossiers_received,NaN,,", "value_not_number"),
        ("2025-09,05908,dossiers_received,+5,,", "value_not_number"),
        ("2025-09,05908,dossiers_received,-5,,", "negative"),
        ("2025-09,05908,dossiers_received,1.5,,", "not_whole"),
        ("2025-09,05908,dossiers_received,12.000,,", "value_not_number"),  # in Việt Nam this is twelve thousand
        ("2024,19,par_index,89.205,,", "too_many_decimals"),
        ("2024,19,par_index,89.200,,", "value_not_number"),
        ("2024,19,par_rank,64,,", "above_maximum"),
        ("2025-09,05908,dossiers_received,1000000000000000,,", "too_large"),
        ("2025-09,05908,dossiers_received,5,not_reported,", "value_with_state"),
        ("2025-09,05908,dossiers_received,5,number,", "unknown_state"),
        ("2025-09,05908,dossiers_received,,missing,", "unknown_state"),
        ("2025-09,05908,dossiers_received,,not_available, ", "note_missing"),
        ("2025-09,05908,dossiers_received,5,", "column_count"),
        ("2025-09,05908,dossiers_received,1,234,,", "column_count"),
    ],
)
def test_a_bad_row_is_refused_by_its_number(row: str, code: str) -> None:
    assert _problems("2025-09,05908,dossiers_full_online,1,,", row) == [(3, code)]


def test_a_form_whose_frequency_changes_is_read_by_the_rule_of_the_time() -> None:
    monthly, quarterly = some_reporters(until=Month.of(2025, 9)), some_reporters(every=Frequency.QUARTER)
    rules = (monthly, replace(quarterly, since=Month.of(2025, 10)))
    province = replace(_PROVINCE, forms=(a_form(reporters=rules),))

    def problems(period: str) -> list[str]:
        row = f"{_HEADER}{period},05908,dossiers_received,1,,"
        return [problem.code for problem in read_exchange(row.encode(), province).problems]

    assert (problems("2025-09"), problems("2025-Q4")) == ([], [])
    assert (problems("2025-Q3"), problems("2025-12")) == (["wrong_length"], ["wrong_length"])


def test_a_note_is_the_same_after_any_number_of_readings() -> None:
    note = "e\x00\u0301 \tx\r\ny"
    (first,) = _read(f'2025-09,05908,dossiers_received,1,,"{note}"')
    assert first.note == "\u00e9  x\ny"
    assert _read(f'2025-09,05908,dossiers_received,1,,"{first.note}"') == (first,)


def test_every_problem_of_every_row_is_named_at_once() -> None:
    assert _problems(
        "2025-99,xxx,strange,abc,huh,",
        "2025-09,99999,dossiers_received,-1.5,,",
        "2025-09,05908,dossiers_received,1,,",
    ) == [
        (2, "period"),
        (2, "unknown_element"),
        (2, "unknown_state"),
        (3, "unknown_unit"),
        (3, "negative"),
        (3, "not_whole"),
    ]


def test_a_row_that_comes_twice_names_both_rows() -> None:
    rows = ["2025-09,05908,dossiers_received,1,,", "", "2025-09,05908@2025-07-01,dossiers_received,1,,"]
    parsed = read_exchange((_HEADER + "\n".join(rows)).encode(), _PROVINCE)
    assert parsed.problems == (RowProblem(4, "duplicate", {"first": "2"}),)


@pytest.mark.parametrize("content", ["", "a,b\n1,2", _HEADER.replace(",", ";"), "2025-09,05908,dossiers_received,1,,"])
def test_the_header_must_be_there(content: str) -> None:
    (problem,) = read_exchange(content.encode(), _PROVINCE).problems
    assert (problem.row, problem.code) == (1, "header")
    assert problem.parameters["expected"] == "period,unit,element,value,state,note"


def test_a_file_in_another_encoding_is_refused_with_the_row() -> None:
    content = _HEADER.encode() + "2025-09,05908,dossiers_received,1,,tốt\n".encode() + b"\xe9\n"
    assert read_exchange(content, _PROVINCE).problems == (RowProblem(3, "not_utf8", {}),)


def test_quotation_marks_that_do_not_close_are_refused() -> None:
    assert _problems("2025-09,05908,dossiers_received,1,,", '2025-08,05908,dossiers_received,1,,"chưa khép') == [
        (3, "quotes")
    ]


def test_what_is_quoted_in_a_problem_fits_one_line() -> None:
    parsed = read_exchange((_HEADER + f'2025-09,"{"x" * 500}\ny",dossiers_received,1,,').encode(), _PROVINCE)
    assert parsed.problems[0].parameters["unit"] == "x" * 120


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (_HEADER + text).encode("utf-8", "ignore")))
def test_no_file_whatever_it_holds_breaks_the_reader(content: bytes) -> None:
    for problem in read_exchange(content, _PROVINCE).problems:
        assert load_texts(Language.VIETNAMESE)(f"exchange.{problem.code}", **problem.parameters)
