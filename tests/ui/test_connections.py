import asyncio
import socket

import pytest

from scorecard.ui import connections


def delayed() -> bool:
    """Say whether a server on a socket made the way Streamlit makes its own holds small answers back."""
    found = []

    async def serve_once() -> None:
        answered = asyncio.Event()

        async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            found.append(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()
            answered.set()

        listening = socket.socket(family=socket.AF_INET)
        listening.bind(("127.0.0.1", 0))
        async with await asyncio.start_server(answer, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            await answered.wait()
            writer.close()

    asyncio.run(serve_once())
    return found == [0]


def test_small_answers_are_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asyncio.base_events, "_set_nodelay", asyncio.base_events._set_nodelay)
    assert delayed()
    connections.send_at_once()
    assert not delayed()
