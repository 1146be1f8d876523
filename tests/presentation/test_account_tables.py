from datetime import UTC, datetime

import pytest

from scorecard.domain.access import Role
from scorecard.domain.account import Account
from scorecard.presentation.account_tables import Table, account_table, agent_name, plain_text, table_html
from scorecard.presentation.texts import Language, load_texts

VI = load_texts(Language.VIETNAMESE)
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36", "Chrome, Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/142.0", "Edge, Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/130.0 {CHROME} Safari/537.36", "Coc Coc, Windows"),
        (f"Mozilla/5.0 (Linux; Android 14) {CHROME} Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_people_know_it(agent: str, name: str) -> None:
    assert agent_name(agent) == name


@pytest.mark.parametrize(
    ("changes", "locked", "state"),
    [
        ({}, False, "đang dùng"),
        ({"must_change_password": True}, False, "chờ đổi mật khẩu"),
        ({"must_change_password": True}, True, "tạm khóa đến 03/10/2025 15:15"),
        ({"disabled": True}, True, "đã ngừng dùng"),
    ],
)
def test_the_state_of_an_account_is_what_matters_most(changes: dict[str, bool], locked: bool, state: str) -> None:
    account = Account(login="an", name="An", role=Role.VIEWER, **changes)
    locks = {"an": datetime(2025, 10, 3, 8, 15, tzinfo=UTC)} if locked else {}
    ((*_, shown, last),) = account_table([account], locks, VI).rows
    assert (shown, last) == (state, "chưa lần nào")


def test_what_people_wrote_is_never_markup() -> None:
    table = Table(("<b>",), (("<script>alert(1)</script>",),))
    assert "<script>" not in table_html(table, "<i>")
    assert "&lt;script&gt;" in table_html(table, "<i>")


def test_columns_of_plain_text_stand_below_one_another() -> None:
    assert plain_text(Table(("a", "bb"), (("xxx", "y"),))) == "a    bb\nxxx  y"
