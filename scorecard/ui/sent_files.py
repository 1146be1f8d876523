"""Whose a file is: Streamlit gives a file to whoever names it, so what each person was sent is remembered here."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable

from google.protobuf.message import DecodeError
from starlette.types import Message, Receive, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from scorecard.domain.access import Person

FOLDER = "/media/"
MOST_NAMES = 200
MOST_PEOPLE = 1000
_NAME = "([0-9a-f]{32})"
_ADDRESS = re.compile(rf"{FOLDER}{_NAME}(\.\w+)?")
_SENT_ADDRESS = re.compile(f"{FOLDER}{_NAME}".encode())

Ask = Callable[[], Awaitable[Person | None]]


class SentFiles:
    """The names that each person's sockets carried to them: of files, and of files that a press will make.

    A name counts for the person with the role and units they had: after a change they are sent it again or not at
    all. Kept in the memory of this process, as the files are, and only touched from its event loop. Beyond
    `most_names` a person's oldest name is forgotten, beyond `most_people` the person who was sent something longest
    ago; what is forgotten is refused until a page sends it again.
    """

    def __init__(self, *, most_names: int = MOST_NAMES, most_people: int = MOST_PEOPLE) -> None:
        self._most_names = most_names
        self._most_people = most_people
        self._names: OrderedDict[Person, OrderedDict[str, None]] = OrderedDict()

    def remember(self, person: Person, names: Iterable[str]) -> None:
        """Note that a person was sent these names."""
        own = self._names.setdefault(person, OrderedDict())
        self._names.move_to_end(person)
        for name in names:
            own[name] = None
            own.move_to_end(name)
        _shorten(own, self._most_names)
        _shorten(self._names, self._most_people)

    def has(self, person: Person, name: str) -> bool:
        """Say whether a person was sent a name, and it is remembered."""
        return name in self._names.get(person, ())

    def may_fetch(self, person: Person, path: str) -> bool:
        """Say whether a person may ask for an address: any but that of a file that they were not sent."""
        found = _ADDRESS.fullmatch(path)
        return not path.startswith(FOLDER) or (found is not None and self.has(person, found[1]))

    def noted(self, send: Send, who: Ask) -> Send:
        """Remember what a socket sends, before it is sent, for the person it then belongs to."""

        async def send_noted(message: Message) -> None:
            names = _names_in(message.get("bytes") or b"")
            person = await who() if names else None
            if person is not None:
                self.remember(person, names)
            await send(message)

        return send_noted

    def checked(self, receive: Receive, who: Ask) -> Receive:
        """Let a press make a file only for the person whose page offered it; any other name is as good as none."""

        async def receive_checked() -> Message:
            message = await receive()
            asked = _asks_for_file(message.get("bytes") or b"")
            if asked is None:
                return message
            person = await who()
            wanted = asked.backend_operation_request.deferred_file
            if person is None or not self.has(person, wanted.file_id):
                wanted.file_id = ""
            return {**message, "bytes": asked.SerializeToString()}

        return receive_checked


def _shorten(kept: OrderedDict[Person, OrderedDict[str, None]] | OrderedDict[str, None], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)


def _names_in(content: bytes) -> list[str]:
    names = [name.decode() for name in _SENT_ADDRESS.findall(content)]
    try:
        offered = ForwardMsg.FromString(content).delta.new_element.download_button.deferred_file_id
    except DecodeError:
        offered = ""
    return [*names, offered] if offered else names


def _asks_for_file(content: bytes) -> BackMsg | None:
    try:
        asked = BackMsg.FromString(content)
    except DecodeError:
        return None  # Streamlit closes the socket on it
    return asked if asked.backend_operation_request.WhichOneof("payload") == "deferred_file" else None
