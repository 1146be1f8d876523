"""The gate around any application: which connections reach it, and what a socket may still ask."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from scorecard.domain.access import Role
from scorecard.domain.account import Account, SignInMethod
from scorecard.store import Store, Visitor, open_store
from scorecard.ui import cache
from scorecard.ui.connection import local_target
from scorecard.ui.gate import Gate
from scorecard.workflow.accounts import OPERATOR, create_account, initialise
from tests.ui.requests import get


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store of a program in production mode, with one administrator."""
    url = f"sqlite:///{tmp_path}/scorecard.db"
    monkeypatch.setenv("SCORECARD_MODE", "production")
    monkeypatch.setenv("SCORECARD_DATABASE_URL", url)
    monkeypatch.setenv("SCORECARD_PUBLIC_URL", "https://chitieu.example.vn")
    monkeypatch.setenv("SCORECARD_SECRET", "qX7v-Zr2LkT9mPw4_hYbN8sUe3JcG6aDfR1oWiE5tVx0")
    for cached in (cache.settings, cache.store):
        cached.clear()
    opened = open_store(url)
    initialise(opened, "quan.tri", "Quản trị", "cánh đồng lúa xanh", datetime.now(UTC))
    yield opened
    opened.close()
    for cached in (cache.settings, cache.store):
        cached.clear()


@pytest.fixture
def demo(demo_database: Path) -> Iterator[None]:
    cache.settings.clear()
    yield
    cache.settings.clear()


async def everything(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"of the province"})


def a_click() -> bytes:
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id="submit", trigger_value=True)
    return bytes(message.SerializeToString())


def test_a_click_in_an_open_socket_does_nothing_once_the_session_has_ended(store: Store) -> None:
    token = store.sign_ins.open_session("quan.tri", SignInMethod.PASSWORD, Visitor(), datetime.now(UTC))
    arrived: list[bytes] = []

    async def streamlit(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
        arrived.append((await receive())["bytes"])
        store.sign_ins.end_session(token)
        arrived.append((await receive())["bytes"])

    async def receive() -> dict[str, object]:
        return {"type": "websocket.receive", "bytes": a_click()}

    cookie = f"__Host-scorecard={token}".encode()
    headers = [(b"host", b"chitieu.example.vn"), (b"origin", b"https://chitieu.example.vn"), (b"cookie", cookie)]
    scope = {"type": "websocket", "path": "/_stcore/stream", "query_string": b"", "headers": headers}
    asyncio.run(Gate(streamlit)(scope, receive, None))  # type: ignore[arg-type]
    before, after = (BackMsg.FromString(content).rerun_script.widget_states.widgets for content in arrived)
    assert len(before) == 1
    assert len(after) == 0


def test_a_file_is_answered_to_the_person_whose_socket_was_sent_it_as_long_as_they_are_signed_in(store: Store) -> None:
    account = Account(login="an", name="An", role=Role.VIEWER, unit_codes=frozenset())
    create_account(store, OPERATOR, account, frozenset(), datetime.now(UTC))
    store.accounts.set_password("an", "x", must_change=False, by="an", at=datetime.now(UTC))
    first, second = (
        store.sign_ins.open_session(login, SignInMethod.PASSWORD, Visitor(), datetime.now(UTC))
        for login in ("quan.tri", "an")
    )
    address = f"/media/{'a1' * 16}.csv"

    async def streamlit(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
        if scope["type"] == "http":
            await everything(scope, receive, send)
            return
        message = ForwardMsg()
        message.backend_operation_response.deferred_file.url = address
        await send({"type": "websocket.send", "bytes": message.SerializeToString()})

    async def send(message: object) -> None: ...

    gate = Gate(streamlit)

    def fetch(token: str, path: str = address, **headers: str) -> tuple[int, str]:
        answer = get(gate, path, host="chitieu.example.vn", cookie=f"__Host-scorecard={token}", **headers)
        return answer.status, answer.text

    unknown = fetch(first, f"/media/{'b2' * 16}.csv")
    assert unknown == (404, "Không có tệp này. Hãy mở lại trang rồi bấm tải lại.")
    assert fetch(first) == unknown
    cookie = f"__Host-scorecard={first}".encode()
    headers = [(b"host", b"chitieu.example.vn"), (b"cookie", cookie)]
    socket = {"type": "websocket", "path": "/_stcore/stream", "query_string": b"", "headers": headers}
    asyncio.run(gate(socket, None, send))  # type: ignore[arg-type]
    assert fetch(first) == fetch(first, range="bytes=0-3") == (200, "of the province")
    assert fetch(second) == fetch(second, range="bytes=0-3") == unknown
    store.sign_ins.end_session(first)
    assert fetch(first)[0] == 401


def test_in_the_demo_whoever_picks_a_role_may_fetch_its_files(demo: None) -> None:
    assert get(Gate(everything), f"/media/{'a1' * 16}.csv", host="127.0.0.1:8501").status == 200


@pytest.mark.parametrize("host", ["chitieu.example.vn", "chitieu.example.vn:443", "CHITIEU.example.vn"])
def test_over_https_only_the_cookie_that_is_bound_to_this_host_counts(store: Store, host: str) -> None:
    token = store.sign_ins.open_session("quan.tri", SignInMethod.PASSWORD, Visitor(), datetime.now(UTC))
    assert get(Gate(everything), "/tong-quan", host=host, cookie=f"__Host-scorecard={token}").status == 200
    assert get(Gate(everything), "/tong-quan", host=host, cookie=f"scorecard={token}").status == 401


def test_what_was_asked_over_https_is_not_asked_otherwise_again(store: Store) -> None:
    headers = get(Gate(everything), "/media/x", host="chitieu.example.vn").headers
    assert "strict-transport-security" not in headers
    headers = get(Gate(everything), "/media/x", scheme="https", host="chitieu.example.vn").headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "127.0.0.1"])
def test_the_demo_answers_to_names_of_this_machine(demo: None, host: str) -> None:
    assert get(Gate(everything), "/tong-quan", host=host).status == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5:8501", "", "[::1"])
def test_the_demo_answers_to_no_other_name(demo: None, host: str) -> None:
    answer = get(Gate(everything), "/tong-quan", host=host)
    assert answer.status == 403
    assert "province" not in answer.text


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/nhap-so-lieu?don_vi=05908", "/nhap-so-lieu?don_vi=05908"),
        (None, "/"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nset-cookie: x", "/"),
        ("/" + "a" * 2000, "/"),
        ("tong-quan", "/"),
    ],
)
def test_after_signing_in_the_way_leads_to_a_page_of_ours(wanted: str | None, target: str) -> None:
    assert local_target(wanted) == target
