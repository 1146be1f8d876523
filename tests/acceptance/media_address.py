"""The way over the address of a file: the program with accounts, around Streamlit's own route for files."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.applications import Starlette
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.web.server.starlette.starlette_routes import create_media_routes

from scorecard.domain.access import Person
from scorecard.domain.account import Account, SignInMethod
from scorecard.store import EventKind, Store, Visitor
from scorecard.ui import cache
from scorecard.ui.gate import Gate
from scorecard.workflow.accounts import OPERATOR
from tests.production.conftest import SECRET
from tests.ui.requests import get

HOST = "127.0.0.1:8501"
ENVIRONMENT = {"MODE": "production", "PUBLIC_URL": f"http://{HOST}", "SECRET": SECRET}
_SETTINGS = (cache.settings, cache.store)


def file_fetched(store: Store, owner: Person, content: bytes, who: Person | None) -> str:
    """Send a file to its owner's socket; return what is answered to whoever knows its address.

    `who` may be the owner with another role or other units: their account is changed in between.
    """
    files = MemoryMediaFileStorage("/media")
    name = files.load_and_get_id(content, "text/plain", MediaFileKind.DOWNLOADABLE, "x.txt")
    gate = Gate(_streamlit(files, files.get_url(name)))
    headers = [(b"host", HOST.encode()), (b"cookie", _cookie(store, owner).encode())]
    socket = {"type": "websocket", "path": "/_stcore/stream", "query_string": b"", "headers": headers}
    with pytest.MonkeyPatch.context() as environment:
        for setting, value in ENVIRONMENT.items():
            environment.setenv(f"SCORECARD_{setting}", value)
        for cached in _SETTINGS:
            cached.clear()
        asyncio.run(gate(socket, None, _browser))  # type: ignore[arg-type]
        answer = get(gate, files.get_url(name), host=HOST, cookie=_cookie(store, who) if who else "")
    for cached in _SETTINGS:
        cached.clear()
    return answer.text


def _cookie(store: Store, who: Person) -> str:
    """Open a session for a person, whose account has their role and units from now on."""
    account = Account(login=who.id, name=who.name, role=who.role, unit_codes=who.unit_codes)
    if store.accounts.find(who.id) is None:
        store.accounts.create(account, None, OPERATOR.id, datetime.now(UTC))
    else:
        store.accounts.change(account, EventKind.ACCOUNT_CHANGED, OPERATOR.id, datetime.now(UTC))
    token = store.sign_ins.open_session(who.id, SignInMethod.PASSWORD, Visitor(), datetime.now(UTC))
    return f"scorecard={token}"


def _streamlit(files: MemoryMediaFileStorage, address: str) -> Any:  # noqa: ANN401 - an ASGI application
    route = Starlette(routes=create_media_routes(files, None))
    message = ForwardMsg()
    message.backend_operation_response.deferred_file.url = address

    async def answer(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
        if scope["type"] == "http":
            await route(scope, receive, send)
        else:
            await send({"type": "websocket.send", "bytes": message.SerializeToString()})

    return answer


async def _browser(message: object) -> None: ...
