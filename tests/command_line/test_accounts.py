"""`init`, `user` and `serve` as an operator types them."""

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scorecard.command_line.main import main
from scorecard.domain.access import Role
from scorecard.domain.account import SignInMethod
from scorecard.store import Batch, EventKind, Store, Visitor, open_store
from scorecard.workflow.identity import sign_in

PASSWORD = "cánh đồng lúa xanh"
SECRET = "qX7v-Zr2LkT9mPw4_hYbN8sUe3JcG6aDfR1oWiE5tVx0"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    found = f"sqlite:///{tmp_path}/scorecard.db"
    monkeypatch.setenv("SCORECARD_DATABASE_URL", found)
    monkeypatch.setenv("SCORECARD_SECRET", SECRET)
    monkeypatch.setenv("SCORECARD_PUBLIC_URL", "https://chitieu.example.vn")
    return found


@pytest.fixture
def store(url: str, tmp_path: Path) -> Store:
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    command = ["init", "--login", "Quan.Tri", "--name", "Quản trị", "--password-file", str(tmp_path / "password")]
    assert main(command) == 0
    return open_store(url)


def refusal(capsys: Capture, *arguments: str) -> str:
    """Run a command that is refused; return its one line."""
    capsys.readouterr()
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    return captured.err.strip()


def test_init_makes_the_first_administrator_who_signs_in(capsys: Capture, store: Store) -> None:
    assert "python -m scorecard serve" in capsys.readouterr().out
    assert sign_in(store, "quan.tri", PASSWORD, Visitor(), datetime.now(UTC))
    (event, *_) = store.events()
    assert (event.kind, event.recorded_by) == ("account_created", "command-line")


def test_init_reads_a_password_from_standard_input(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main(["init", "--login", "an", "--name", "An", "--password-file", "-"]) == 0
    assert sign_in(open_store(url), "an", PASSWORD, Visitor(), datetime.now(UTC))


def test_init_asks_twice_without_showing_what_is_typed(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    typed = iter([PASSWORD, PASSWORD + "x", PASSWORD, PASSWORD])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    assert refusal(capsys, "init", "--login", "an", "--name", "An") == "Hai lần nhập mật khẩu mới không giống nhau."
    assert main(["init", "--login", "an", "--name", "An"]) == 0


@pytest.mark.parametrize(
    ("login", "password", "said"),
    [("an", "ngắn", "ít nhất 12 ký tự"), ("ân", PASSWORD, "không dùng được"), ("quan-tri", "quan-tri-2025", "dễ đoán")],
)
def test_init_refuses_what_will_not_do_and_makes_no_account(
    url: str, tmp_path: Path, capsys: Capture, login: str, password: str, said: str
) -> None:
    (tmp_path / "password").write_text(password, encoding="utf-8")
    words = refusal(capsys, "init", "--login", login, "--name", "X", "--password-file", str(tmp_path / "password"))
    assert said in words
    assert not open_store(url).accounts.exist()


def test_init_refuses_a_second_time_and_the_database_of_the_demo(
    store: Store, url: str, tmp_path: Path, capsys: Capture
) -> None:
    again = ["init", "--login", "an", "--name", "An", "--password-file", str(tmp_path / "password")]
    assert "đã có tài khoản" in refusal(capsys, *again)
    demo = open_store(f"sqlite:///{tmp_path}/demo.db")
    demo.record(Batch(kind=EventKind.DEMO_PREPARED, province_id="thai-nguyen", person_id="demo", at=datetime.now(UTC)))
    demo.close()
    assert "số liệu minh họa" in refusal(capsys, *again, "--database", f"sqlite:///{tmp_path}/demo.db")


def test_an_account_is_added_and_its_first_password_printed_once(store: Store, capsys: Capture) -> None:
    capsys.readouterr()
    command = ["user", "add", "phu-binh", "--name", "Lê Phú Bình", "--role", "reporter", "--unit", "05908"]
    assert main(command) == 0
    found = re.search(r"«phu-binh»: (\S+)\n", capsys.readouterr().out)
    assert found is not None
    token = sign_in(store, "phu-binh", found[1], Visitor(), datetime.now(UTC))
    account = store.sign_ins.who(token, datetime.now(UTC))
    assert account is not None
    assert (account.role, account.unit_codes, account.must_change_password) == (
        Role.REPORTER,
        frozenset({"05908"}),
        True,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "an", "--name", "An", "--role", "reporter"], "phải gắn với ít nhất một đơn vị"),
        (["add", "an", "--name", "An", "--role", "viewer", "--unit", "05908"], "không gắn với đơn vị nào"),
        (["add", "an", "--name", "An", "--role", "head", "--unit", "1"], "Không có đơn vị mang mã 1"),
        (["add", "quan.tri", "--name", "An", "--role", "viewer"], "đã có"),
        (["set-role", "an", "--role", "viewer"], "Không có tài khoản «an»"),
        (["set-units", "an", "--unit", "05908"], "Không có tài khoản «an»"),
        (["reset-password", "an"], "Không có tài khoản «an»"),
        (["disable", "an"], "Không có tài khoản «an»"),
        (["disable", "quan.tri"], "quản trị viên cuối cùng"),
        (["end-sessions", "an"], "Không có tài khoản «an»"),
        (["end-sessions", "quan.tri", "--session", "0123456789abcdef"], "Không có phiên làm việc nào như thế"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(store: Store, capsys: Capture, arguments: list[str], said: str) -> None:
    assert said in refusal(capsys, "user", *arguments)


def test_without_a_database_nothing_is_made(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "none.db"
    assert "Chưa có kho số liệu" in refusal(capsys, "user", "list", "--database", f"sqlite:///{path}")
    assert not path.exists()


def test_role_and_units_are_changed_the_account_disabled_and_enabled(store: Store, capsys: Capture) -> None:
    main(["user", "add", "an", "--name", "An", "--role", "viewer"])
    for command in (
        ["set-role", "an", "--role", "head", "--unit", "05908"],
        ["set-units", "AN", "--unit", "so-khcn", "--unit", "05908"],
        ["disable", "an"],
    ):
        assert main(["user", *command]) == 0
    account = store.accounts.find("an")
    assert account is not None
    assert (account.role, account.unit_codes, account.disabled) == (Role.HEAD, frozenset({"so-khcn", "05908"}), True)
    assert main(["user", "enable", "an"]) == 0
    account = store.accounts.find("an")
    assert account is not None
    assert not account.disabled
    kinds = [event.kind for event in store.events()]
    assert kinds[-4:] == ["account_changed", "account_changed", "account_disabled", "account_enabled"]
    assert store.verify() == ()


def test_accounts_and_sessions_are_listed_and_sessions_ended(store: Store, capsys: Capture) -> None:
    main(["user", "add", "an", "--name", "Nguyễn An", "--role", "viewer", "--sign-on-only"])
    capsys.readouterr()
    assert main(["user", "sessions"]) == 0
    assert capsys.readouterr().out == "Không ai đang đăng nhập.\n"
    now = datetime.now(UTC)
    tokens = [store.sign_ins.open_session("an", SignInMethod.SIGN_ON, Visitor(address="10.0.0.7"), now) for _ in "12"]
    assert main(["user", "list"]) == 0
    listed = capsys.readouterr().out
    assert re.search(r"^an +Nguyễn An +Người xem +không +đang dùng +\d\d/\d\d/\d{4} \d\d:\d\d$", listed, re.MULTILINE)
    assert main(["user", "sessions"]) == 0
    sessions = capsys.readouterr().out.splitlines()
    assert len(sessions) == 3
    assert "10.0.0.7" in sessions[1]
    assert main(["user", "end-sessions", "an", "--session", sessions[1].split()[-1]]) == 0
    assert capsys.readouterr().out == "Đã kết thúc 1 phiên của «an».\n"
    assert sum(store.sign_ins.who(token, now) is not None for token in tokens) == 1


def test_a_reset_prints_another_first_password(store: Store, capsys: Capture) -> None:
    main(["user", "add", "an", "--name", "An", "--role", "viewer"])
    capsys.readouterr()
    assert main(["user", "reset-password", "an", "--lang", "en"]) == 0
    found = re.search(r"First password of «an»: (\S+)\n", capsys.readouterr().out)
    assert found is not None
    assert sign_in(store, "an", found[1], Visitor(), datetime.now(UTC))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SCORECARD_SECRET", "", "thiếu SCORECARD_SECRET"),
        ("SCORECARD_SECRET", "changeme", "dễ đoán"),
        ("SCORECARD_PUBLIC_URL", "", "thiếu SCORECARD_PUBLIC_URL"),
        ("SCORECARD_PUBLIC_URL", "http://chitieu.example.vn", "không mã hóa"),
        ("SCORECARD_OIDC_ISSUER", "https://sso.example.vn", "còn thiếu"),
    ],
)
def test_production_does_not_start_half_set_up(
    store: Store, capsys: Capture, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    assert said in refusal(capsys, "serve")


def test_production_does_not_start_without_init_and_makes_no_file(url: str, tmp_path: Path, capsys: Capture) -> None:
    assert "python -m scorecard init" in refusal(capsys, "serve")
    assert not (tmp_path / "scorecard.db").exists()
    open_store(url).close()
    assert "python -m scorecard init" in refusal(capsys, "serve")


def test_production_does_not_start_on_the_figures_of_the_demo(store: Store, capsys: Capture) -> None:
    at = datetime.now(UTC)
    store.record(Batch(kind=EventKind.DEMO_PREPARED, province_id="thai-nguyen", person_id="demo", at=at))
    assert "số liệu minh họa" in refusal(capsys, "serve")
