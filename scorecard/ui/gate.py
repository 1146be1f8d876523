"""The gate before every route and socket: nothing of the province passes to somebody without a session."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache as once
from pathlib import Path
from urllib.parse import urlencode

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from scorecard.domain.access import Person
from scorecard.domain.account import Account
from scorecard.presentation.texts import Language, load_texts
from scorecard.ui import cache, routes
from scorecard.ui.connection import asks_own_host, comes_from_own_page, token_of
from scorecard.ui.sent_files import FOLDER, SentFiles
from scorecard.ui.socket_watch import watched
from scorecard.workflow.settings import Mode, Settings

_READING = ("GET", "HEAD", "OPTIONS")
_NO_PAGES = ("/_stcore/", FOLDER, "/component/", "/static/")
_POLICY_VIOLATION = 1008


class Gate:
    """ASGI middleware. In the demo it only holds off requests that a page elsewhere made."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._files = SentFiles()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a connection through, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        refusal = await _refusal(connection, self._files)
        if scope["type"] == "websocket":
            if refusal is not None:
                await WebSocketClose(_POLICY_VIOLATION)(scope, receive, send)
            else:
                await self._app(scope, *_watched(receive, send, connection, self._files))
            return
        added = [] if scope["path"] in _program_files() else [(b"cache-control", b"no-store")]
        added += [(b"strict-transport-security", b"max-age=31536000")] if scope.get("scheme") == "https" else []
        await (refusal or self._app)(scope, receive, _marked(send, added))


async def _refusal(connection: HTTPConnection, files: SentFiles) -> Response | None:
    if connection.scope["path"] == routes.HEALTH:
        return None
    settings = cache.settings()
    if not asks_own_host(connection, settings) or not _is_ours(connection, settings):
        return _refused("sign_in.elsewhere", 403)
    if settings.mode is Mode.DEMO or _is_open(connection):
        return None
    account = await run_in_threadpool(_account_of, connection, settings)
    if account is None:
        return _sent_to(connection, routes.SIGN_IN, 401)
    if account.must_change_password:
        return _sent_to(connection, routes.CHANGE_PASSWORD, 403)
    may_fetch = files.may_fetch(account.person, connection.scope["path"])
    return None if may_fetch else _refused("sign_in.file_unknown", 404)


def _watched(receive: Receive, send: Send, connection: HTTPConnection, files: SentFiles) -> tuple[Receive, Send]:
    settings = cache.settings()
    if settings.mode is Mode.DEMO:
        return receive, send

    async def who() -> Person | None:
        account = await run_in_threadpool(_account_of, connection, settings)
        return account.person if account else None

    return files.checked(watched(receive, who), who), files.noted(send, who)


def _is_ours(connection: HTTPConnection, settings: Settings) -> bool:
    if connection.scope["type"] == "websocket":
        return "origin" not in connection.headers or comes_from_own_page(connection, settings)
    return connection.scope["method"] in _READING or comes_from_own_page(connection, settings)


def _is_open(connection: HTTPConnection) -> bool:
    """Say whether anybody may ask: the pages for signing in, and the framework's own scripts, styles and letters."""
    if connection.scope["type"] != "http":
        return False
    path = connection.scope["path"]
    return path in routes.OPEN or (connection.scope["method"] in _READING and path in _program_files())


def _account_of(connection: HTTPConnection, settings: Settings) -> Account | None:
    token = token_of(connection, settings)
    return cache.store(settings.database_url).sign_ins.who(token, datetime.now(UTC)) if token else None


def _sent_to(connection: HTTPConnection, address: str, status: int) -> Response:
    """Lead a person's browser to another page, which leads back afterwards; tell a program no."""
    is_page = (
        connection.scope["type"] == "http"
        and connection.scope["method"] in ("GET", "HEAD")
        and "text/html" in connection.headers.get("accept", "")
        and not connection.scope["path"].startswith(_NO_PAGES)
    )
    if not is_page:
        return _refused("sign_in.needed", status)
    query = connection.scope["query_string"].decode("latin-1")
    wanted = connection.scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"{address}?{urlencode({routes.TARGET: wanted})}", 303)


def _refused(reason: str, status: int) -> Response:
    return PlainTextResponse(load_texts(Language.VIETNAMESE)(reason), status)


def _marked(send: Send, added: list[tuple[bytes, bytes]]) -> Send:
    """Add headers in place of those of the same name.

    What may be of the province is kept by no browser or proxy for whoever sits there next; over https it stays https.
    """
    names = {name for name, _ in added}

    async def send_marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message["headers"] if name.lower() not in names]
            message = {**message, "headers": [*kept, *added]}
        await send(message)

    return send_marked


@once
def _program_files() -> frozenset[str]:
    folder = Path(streamlit.__file__).parent / "static"
    return frozenset(f"/{path.relative_to(folder).as_posix()}" for path in folder.glob("static/**/*") if path.is_file())
