"""A watch over open sockets: they outlive the session, and callbacks run before a page asks who somebody is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from google.protobuf.message import DecodeError
from starlette.types import Message, Receive
from streamlit.proto.BackMsg_pb2 import BackMsg

from scorecard.domain.access import Person

Ask = Callable[[], Awaitable[Person | None]]


def watched(receive: Receive, who: Ask) -> Receive:
    """Ask who the socket's person is before each message.

    When it is no longer the same person, with the same role and units, what they clicked does not happen: the page
    is only drawn again, and says what there is to say.
    """
    known: list[Person | None] = []

    async def receive_watched() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and message.get("bytes") is not None:
            person = await who()
            if person is None or (known and known[0] != person):
                message = {**message, "bytes": _only_drawn_again(message["bytes"])}
            known[:] = [person]
        return message

    return receive_watched


def _only_drawn_again(content: bytes) -> bytes:
    asked = BackMsg()
    try:
        asked.ParseFromString(content)
    except DecodeError:
        return content  # Streamlit closes the socket on it
    if asked.WhichOneof("type") != "rerun_script":
        return bytes(BackMsg(app_heartbeat=True).SerializeToString())
    asked.rerun_script.ClearField("widget_states")
    asked.rerun_script.ClearField("fragment_id")
    return bytes(asked.SerializeToString())
