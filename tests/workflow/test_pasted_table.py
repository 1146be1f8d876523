"""Tables pasted from a spreadsheet or a message."""

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from scorecard.domain.figure import FigureState
from scorecard.presentation.spreadsheet_problems import problem_lines
from scorecard.store import open_store
from scorecard.workflow.pasted_table import LONGEST_TEXT, read_pasted
from tests.builders import a_form, a_province, an_element
from tests.spreadsheet.office import VI, Office

RECEIVED, ONLINE, RATE = "Hồ sơ tiếp nhận", "Trong đó, hoàn toàn trực tuyến", "Mức độ hài lòng"
WHOLE = f"{RECEIVED}\t1.234\n{ONLINE}\t1.000\n{RATE}\t97,5\n"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store = open_store(f"sqlite:///{tmp_path / 'figures.db'}")
    yield Office(store)
    store.close()


def answers(office: Office, text: str) -> dict[str, Decimal | None]:
    before = office.store.chain_end()
    table = read_pasted(office.store, office.province, office.owed[0], text)
    assert table.problems == ()
    assert office.store.chain_end() == before
    return {entry.element_id: entry.value for entry in table.returns[0].entries}


def refused(office: Office, text: str) -> list[str]:
    before = office.store.chain_end()
    table = read_pasted(office.store, office.province, office.owed[0], text)
    assert office.store.chain_end() == before
    assert table.returns == ()
    return problem_lines(table.problems, office.province, VI)


FULL = {"dossiers_received": 1234, "dossiers_full_online": 1000, "satisfied": Decimal("97.5")}


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        "Số liệu\tTháng\n" + WHOLE,
        WHOLE.replace("\n", "\r\n") + "\r\n\t\t\r\n",
        WHOLE.replace("\t", ": "),
        WHOLE.replace("\t", "\t  ").replace("Hồ sơ tiếp", "Hồ  sơ tiếp"),
        unicodedata.normalize("NFD", WHOLE),
        WHOLE.replace(RECEIVED, "dossiers_received").replace(ONLINE, "Figure dossiers_full_online"),
        WHOLE.replace(ONLINE, f'"{ONLINE}"'),
        WHOLE.replace("\n", "\t\n"),
    ],
    ids=range(9),
)
def test_a_pasted_table_is_read(office: Office, text: str) -> None:
    assert answers(office, text) == FULL


def test_rows_may_be_missing_and_reasons_may_stand_in_a_third_column(office: Office) -> None:
    table = read_pasted(
        office.store, office.province, office.owed[0], f"{RECEIVED}\t\tPhần mềm chưa tổng hợp xong\n{RATE}\t97,5"
    )
    (read,) = table.returns
    assert [(e.element_id, e.value, e.state, e.note) for e in read.entries] == [
        ("dossiers_received", None, FigureState.NOT_AVAILABLE, "Phần mềm chưa tổng hợp xong"),
        ("satisfied", Decimal("97.5"), FigureState.NUMBER, ""),
    ]
    assert [element.id for element in read.missing] == ["dossiers_full_online"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            f"{RECEIVED}\t1,234.5",
            [
                "Dòng 1 của bảng dán: “1,234.5” viết theo kiểu tiếng Anh. Gõ 1.234,5: "
                "dấu chấm tách hàng nghìn, dấu phẩy trước phần lẻ."
            ],
        ),
        (
            f"{WHOLE}Hồ sơ tồn\t5",
            ["Dòng 4 của bảng dán: biểu này không có số liệu tên “Hồ sơ tồn”. Chép tên đúng như trên biểu."],
        ),
        (f"{WHOLE}{RATE}\t5", [f"Dòng 4 của bảng dán: “{RATE}” đã có ở dòng 3. Chỉ giữ một dòng."]),
        (
            f"{RECEIVED}\thồ sơ\t100\t120",
            ["Dòng 1 của bảng dán: có 4 cột. Chỉ chép hai cột cạnh nhau: tên số liệu và số (thêm cột lý do nếu có)."],
        ),
        (
            f"{RECEIVED}\t1\N{NO-BREAK SPACE}234",
            [
                "Dòng 1 của bảng dán: ô có dấu cách không ngắt mà mắt không thấy, thường do chép từ nơi khác. "
                "Xóa hết trong ô rồi gõ lại bằng bàn phím."
            ],
        ),
        (f"{RECEIVED}\t50\n{ONLINE}\t80", ["Dòng 2 của bảng dán: Phần lớn hơn toàn bộ."]),
        (
            f"{RECEIVED}",
            [
                "Dòng 1 của bảng dán: Hồ sơ tiếp nhận: ghi rõ vì sao chưa có số liệu, từ 10 ký tự trở lên.",
            ],
        ),
        (
            "",
            ["Không thấy dòng số liệu nào. Chép hai cột cạnh nhau: tên số liệu và số, rồi dán vào đây."],
        ),
        ("x" * (LONGEST_TEXT + 1), ["Bảng dán quá dài. Chỉ chép các dòng số liệu của biểu này."]),
    ],
    ids=range(9),
)
def test_a_row_that_is_not_understood_is_named(office: Office, text: str, lines: list[str]) -> None:
    assert refused(office, text) == lines


def test_a_name_that_two_figures_share_is_refused(office: Office) -> None:
    twice = a_form(elements=(an_element("first", label="Hồ sơ"), an_element("second", label="Hồ sơ")))
    doubtful = Office(office.store, a_province(forms=(twice,)))
    assert refused(doubtful, "Hồ sơ\t5") == [
        "Dòng 1 của bảng dán: biểu này có nhiều số liệu tên “Hồ sơ”. Nhập các số đó ngay trên trang."
    ]
