"""Every route of the running program, asked by somebody without a session: before and after others signed in."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache

import httpx2
import pytest
import websockets.exceptions
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from scorecard.ui import routes
from scorecard.ui.navigation import PAGES
from scorecard.workflow.accounts import OPERATOR, disable
from scorecard.workflow.settings import ROOT
from tests.production.conftest import ADMINISTRATOR, Production

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SOCKET = "/_stcore/stream"
LIST_ROUTES = """
import json
import app
built = app.app._build_starlette_app()
print(json.dumps([[type(route).__name__, route.path] for route in built.routes]))
"""
OTHERS = {
    "/index.html",
    "/favicon.png",
    "/manifest.json",
    "/app.py",
    "/any/page",
    "//evil.example",
    "/static/",
    "/static/x.js",
    "/static/../media/x",
    "/static/%2e%2e/media/x",
    "/media/" + "a" * 56 + ".csv",
    "/app/static/x.png",
}
SAMPLES = {"session_id": "s", "file_id": "f", "path": "a/b.js", "file_path": "a", "provider": "x", "name": "x"}


@cache
def routes_of_the_program() -> tuple[tuple[str, str], ...]:
    """Ask the application object itself, in a process of its own."""
    listed = subprocess.run(
        [sys.executable, "-c", LIST_ROUTES], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return tuple((kind, path) for kind, path in json.loads(listed.splitlines()[-1]))


def closed_addresses() -> list[str]:
    """Return an address for each route and page, and for what the routes do not name, but for the open ones."""
    filled = {
        re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: SAMPLES.get(found[1], "x"), path) or "/"
        for kind, path in routes_of_the_program()
        if kind != "WebSocketRoute"
    }
    pages = {f"/{spec.url}" for spec in PAGES} | {f"/{spec.path}" for spec in PAGES}
    return sorted((filled | pages | OTHERS) - routes.OPEN)


def ask(client: httpx2.Client, method: str, address: str, **headers: str) -> httpx2.Response:
    return client.request(method, address, headers=headers)


def refused(answer: httpx2.Response, method: str) -> bool:
    """Say whether an answer holds nothing: a way to the sign-in page, or a few words."""
    if answer.status_code == 303:
        return answer.headers["location"].startswith("/dang-nhap?tiep=") and not answer.content
    return answer.status_code in (400, 401, 403) and len(answer.content) < 200


def all_refused(production: Production) -> list[str]:
    with production.client() as client:
        return [
            f"{method} {address} as {accept}"
            for address in closed_addresses()
            for method in METHODS
            for accept in ("text/html", "*/*")
            if not refused(ask(client, method, address, accept=accept), method)
        ]


def open_socket(production: Production, **headers: str) -> ClientConnection:
    url = production.url.replace("http://", "ws://") + SOCKET
    return connect(url, additional_headers={"origin": production.url} | headers, proxy=None)


def socket_is_refused(production: Production, **headers: str) -> bool:
    try:
        open_socket(production, **headers).close()
    except websockets.exceptions.InvalidStatus as refusal:
        return bool(refusal.response.status_code == 403)
    return False


def test_the_table_holds_the_routes_of_streamlit_and_ours() -> None:
    paths = {path for _, path in routes_of_the_program()}
    assert ("WebSocketRoute", SOCKET) in routes_of_the_program()
    assert {"/_stcore/health", "/_stcore/host-config"} | routes.OPEN <= paths
    assert any(path.startswith("/media") for path in paths)
    assert any("upload_file" in path for path in paths)
    assert len(routes_of_the_program()) >= 20
    assert len(closed_addresses()) >= 25


def test_a_server_that_nobody_opened_yet_and_one_in_use_refuse_whoever_has_no_session(production: Production) -> None:
    assert all_refused(production) == []
    assert socket_is_refused(production)
    with production.signed_in(ADMINISTRATOR) as client:
        assert "<title>Chỉ tiêu chuyển đổi số</title>" in client.get("/", headers={"accept": "text/html"}).text
        with open_socket(production, cookie=f"scorecard={client.cookies['scorecard']}"):
            assert all_refused(production) == []
            assert socket_is_refused(production)


def drawn(socket: ClientConnection) -> str:
    """Ask for the first page over a socket and return everything that was drawn."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    socket.send(bytes(asked.SerializeToString()))
    parts = []
    while True:
        message = ForwardMsg.FromString(socket.recv(timeout=60))
        parts.append(str(message))
        if message.WhichOneof("type") == "script_finished":
            return "".join(parts).encode().decode("unicode_escape").encode("latin-1").decode(errors="replace")


@pytest.mark.parametrize("end", ["ended", "disabled", "expired"])
def test_an_open_socket_draws_nothing_more_once_its_session_is_over(production: Production, end: str) -> None:
    login = production.add(f"socket-{end}", name="Lê Phú Bình")
    with production.signed_in(login) as client:
        token = client.cookies["scorecard"]
    with open_socket(production, cookie=f"scorecard={token}") as socket:
        before = drawn(socket)
        assert "Lê Phú Bình" in before
        assert "<table" in before
        if end == "ended":
            production.store.sign_ins.end_sessions(login, "quan.tri", datetime.now(UTC))
        elif end == "disabled":
            disable(production.store, OPERATOR, login, datetime.now(UTC))
        else:
            with production.store._database.writing() as session:
                session.run("UPDATE sessions SET born_at = '2020-01-01T00:00:00.000000Z' WHERE login = ?", (login,))
        after = drawn(socket)
        assert "Bạn cần đăng nhập lại" in after
        assert "Lê Phú Bình" not in after
        assert "<table" not in after
    assert socket_is_refused(production, cookie=f"scorecard={token}")


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "%00", "../../x", "' OR 1=1 --"])
def test_a_forged_token_opens_nothing(production: Production, token: str) -> None:
    with production.client(cookie=f"scorecard={token}") as client:
        assert client.get("/", headers={"accept": "text/html"}).status_code == 303
        assert client.get("/_stcore/host-config").status_code == 401
    assert socket_is_refused(production, cookie=f"scorecard={token}")


def test_the_hash_of_a_token_that_lies_in_the_database_opens_nothing(production: Production) -> None:
    with production.signed_in(ADMINISTRATOR), production.store._database.reading() as session:
        hashes = [token_hash for (token_hash,) in session.rows("SELECT token_hash FROM sessions")]
    assert hashes
    assert all(socket_is_refused(production, cookie=f"scorecard={each}") for each in hashes)


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:1", "null"])
def test_a_page_elsewhere_opens_no_socket_and_writes_nothing_though_the_browser_sends_the_cookie(
    production: Production, origin: str
) -> None:
    with production.signed_in(ADMINISTRATOR) as client:
        token = client.cookies["scorecard"]
        assert ask(client, "POST", "/dang-xuat", origin=origin).status_code == 403
        assert ask(client, "PUT", "/_stcore/upload_file/s/f", origin=origin).status_code == 403
        assert client.get("/", headers={"accept": "text/html"}).status_code == 200
    assert socket_is_refused(production, origin=origin, cookie=f"scorecard={token}")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "localhost", ""])
def test_another_host_name_is_not_answered(production: Production, host: str) -> None:
    with production.client(host=host) as client:
        assert client.get("/dang-nhap", headers={"accept": "text/html"}).status_code in (400, 403)
        assert client.post("/dang-nhap", data={"login": ADMINISTRATOR, "password": "x"}).status_code in (400, 403)


def test_whoever_asks_for_health_hears_ok_and_nothing_else(production: Production) -> None:
    answer = httpx2.get(f"{production.url}/suc-khoe", headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("address", ["/dang-nhap", "/media/x", "/", "/suc-khoe", "/_stcore/health"])
def test_refusals_and_plain_pages_carry_the_security_headers_and_are_not_kept(
    production: Production, address: str
) -> None:
    headers = httpx2.get(production.url + address, headers={"accept": "text/html"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "script-src 'none'" in headers["content-security-policy"]
    assert "form-action 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


def test_the_program_runs_under_a_policy_without_foreign_hosts_or_unknown_inline_scripts(
    production: Production,
) -> None:
    with production.signed_in(ADMINISTRATOR) as client:
        answer = client.get("/", headers={"accept": "text/html"})
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'sha256-" in policy["script-src"]
    host = production.url.removeprefix("http://")
    assert policy["connect-src"] == f"'self' ws://{host} wss://{host}"
    assert answer.headers["cache-control"] == "no-store"
