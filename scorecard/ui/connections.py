"""The connections over which browsers, or the proxy before them, reach the program."""

from __future__ import annotations

import socket
from asyncio import base_events


def send_at_once() -> None:
    """Let every connection from now on send what is small at once, not only when what came before is confirmed.

    asyncio does that for sockets that say that they are TCP, which the one that Streamlit listens on does not. Without
    it, every small answer and every further message of a run is held back for 40 ms, on some machines for 200.
    """
    base_events._set_nodelay = _without_delay  # type: ignore[attr-defined]


def _without_delay(connection: socket.socket) -> None:
    if connection.family in (socket.AF_INET, socket.AF_INET6):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
