"""The accounts page: in production with a real store and a real session, in the demo without accounts."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from scorecard.domain.access import Role
from scorecard.domain.account import Account, SignInMethod
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import Store, Visitor, open_store
from scorecard.ui import cache
from scorecard.workflow.accounts import OPERATOR, create_account, initialise
from scorecard.workflow.settings import ROOT

VI = load_texts(Language.VIETNAMESE)
PAGE = "pages/manage/accounts.py"
HERE = Visitor(address="10.0.0.7", agent="Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")
SECRET = "qX7v-Zr2LkT9mPw4_hYbN8sUe3JcG6aDfR1oWiE5tVx0"
OpenAs = Callable[[str], AppTest]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path}/scorecard.db"
    for name, value in {
        "SCORECARD_MODE": "production",
        "SCORECARD_DATABASE_URL": url,
        "SCORECARD_PUBLIC_URL": "http://127.0.0.1:8501",
        "SCORECARD_SECRET": SECRET,
    }.items():
        monkeypatch.setenv(name, value)
    for cached in (cache.settings, cache.store):
        cached.clear()
    opened = open_store(url)
    now = datetime.now(UTC)
    initialise(opened, "quan.tri", "Trần Quản Trị", "cánh đồng lúa xanh", now)
    reporter = Account(login="phu-binh", name="Lê Phú Bình", role=Role.REPORTER, unit_codes=frozenset({"05908"}))
    create_account(opened, OPERATOR, reporter, {"05908"}, now)
    opened.sign_ins.begin("phu-binh", HERE, now)
    yield opened
    opened.close()
    for cached in (cache.settings, cache.store):
        cached.clear()


@pytest.fixture
def open_with(monkeypatch: pytest.MonkeyPatch) -> OpenAs:
    """Open the program with a session cookie, which AppTest has no other way to send."""

    def opened(token: str) -> AppTest:
        monkeypatch.setattr(ContextProxy, "cookies", {"scorecard": token})
        return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()

    return opened


def a_session(store: Store, login: str) -> str:
    return store.sign_ins.open_session(login, SignInMethod.PASSWORD, HERE, datetime.now(UTC))


def tables(app: AppTest) -> list[str]:
    return [element.value for element in app.markdown if "<table" in element.value]


def test_the_administrator_sees_sessions_accounts_and_refused_sign_ins(store: Store, open_with: OpenAs) -> None:
    app = open_with(a_session(store, "quan.tri")).switch_page(PAGE).run()
    assert not app.exception
    assert [heading.value for heading in app.header] == [
        "Đang đăng nhập: 1",
        "Tài khoản: 2",
        VI("accounts.sign_ins_heading"),
    ]
    sessions, accounts, sign_ins = tables(app)
    assert "10.0.0.7" in sessions
    assert "Firefox, Windows" in sessions
    assert "Lê Phú Bình" in accounts
    assert "05908" in accounts
    assert VI("accounts.state_first_password") in accounts
    assert VI("accounts.outcome_refused") in sign_ins
    assert "Trần Quản Trị · Quản trị hệ thống" in [element.value for element in app.markdown]


def test_the_administrator_ends_a_session_and_the_trail_says_who_did(store: Store, open_with: OpenAs) -> None:
    own = a_session(store, "quan.tri")
    victim = a_session(store, "phu-binh")
    app = open_with(own).switch_page(PAGE).run()
    (box,) = [each for each in app.selectbox if each.label == VI("accounts.end_session_choose")]
    (choice,) = [option for option in box.options if option.startswith("Lê Phú Bình")]
    box.select(choice)
    app.button[-1].click().run()
    assert [element.value for element in app.success] == [VI("accounts.session_ended", name="Lê Phú Bình")]
    now = datetime.now(UTC)
    assert store.sign_ins.who(victim, now) is None
    assert store.sign_ins.who(own, now) is not None
    assert (store.events()[-1].kind, store.events()[-1].recorded_by) == ("account_sessions_ended", "quan.tri")


@pytest.mark.parametrize("token", ["", "forged"])
def test_without_a_session_a_page_shows_one_sentence_and_the_way_to_sign_in(
    store: Store, open_with: OpenAs, token: str
) -> None:
    app = open_with(token)
    assert [title.value for title in app.title] == [VI("sign_in.ended_title")]
    assert not app.selectbox
    assert tables(app) == []


def test_an_ended_session_shows_nothing_from_the_next_run_on(store: Store, open_with: OpenAs) -> None:
    token = a_session(store, "quan.tri")
    app = open_with(token)
    app.session_state["left-over"] = "of the quan.tri"
    store.sign_ins.end_session(token)
    app.run()
    assert [title.value for title in app.title] == [VI("sign_in.ended_title")]
    assert "left-over" not in app.session_state


def test_before_the_first_password_is_changed_pages_show_nothing(store: Store, open_with: OpenAs) -> None:
    app = open_with(a_session(store, "phu-binh"))
    assert [title.value for title in app.title] == [VI("sign_in.ended_title")]


def test_another_person_on_the_same_socket_finds_nothing_of_the_first(
    store: Store, open_with: OpenAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.accounts.set_password("phu-binh", "x", must_change=False, by="phu-binh", at=datetime.now(UTC))
    app = open_with(a_session(store, "quan.tri"))
    app.session_state["draft"] = "typed by the first"
    app.run()
    assert app.session_state["draft"] == "typed by the first"
    monkeypatch.setattr(ContextProxy, "cookies", {"scorecard": a_session(store, "phu-binh")})
    app.run()
    assert "draft" not in app.session_state
    assert "Lê Phú Bình · Công chức đầu mối" in [element.value for element in app.markdown]


def test_another_role_than_administrator_is_refused(store: Store, open_with: OpenAs) -> None:
    store.accounts.set_password("phu-binh", "x", must_change=False, by="phu-binh", at=datetime.now(UTC))
    app = open_with(a_session(store, "phu-binh")).switch_page(PAGE).run()
    assert [title.value for title in app.title] == [VI("app.refused")]
    assert tables(app) == []


def test_the_demo_says_that_it_has_no_accounts(open_app: Callable[..., AppTest]) -> None:
    app = open_app("administrator").switch_page(PAGE).run()
    assert [info.value for info in app.info] == [VI("accounts.demo_advice")]
    assert tables(app) == []
