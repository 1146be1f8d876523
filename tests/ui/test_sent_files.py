"""A file goes to those who were sent its name, by a socket of their own."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from scorecard.domain.access import Person, Role
from scorecard.ui.sent_files import SentFiles

AN = Person("an", "An", Role.HEAD, frozenset({"so-khcn"}))
BINH = Person("binh", "Bình", Role.HEAD, frozenset({"05908"}))
FILE, OFFER, ANOTHER = "a1" * 16, "b2" * 16, "c3" * 16


def an_answer(url: str) -> bytes:
    message = ForwardMsg()
    message.backend_operation_response.deferred_file.url = url
    return bytes(message.SerializeToString())


def a_button(name: str) -> bytes:
    message = ForwardMsg()
    message.delta.new_element.download_button.deferred_file_id = name
    return bytes(message.SerializeToString())


def a_button_and_what_follows_its_address() -> bytes:
    """The letters behind the address could be letters of the address."""
    message = ForwardMsg()
    button = message.delta.new_element.download_button
    button.url, button.disabled = f"/media/{FILE}", True
    content = bytes(message.SerializeToString())
    assert f"/media/{FILE}8".encode() in content
    return content


def a_text(address: str) -> bytes:
    message = ForwardMsg()
    message.delta.new_element.markdown.body = f"![]({address}) và ![](/media/{ANOTHER}.png)"
    return bytes(message.SerializeToString())


def sent(files: SentFiles, who: Person | None, content: bytes) -> list[dict[str, Any]]:
    """Send one frame to a person; return what went out."""
    out: list[dict[str, Any]] = []

    async def send(message: Any) -> None:  # noqa: ANN401 - any ASGI message
        out.append(message)

    async def ask() -> Person | None:
        return who

    asyncio.run(files.noted(send, ask)({"type": "websocket.send", "bytes": content}))
    return out


def pressed(files: SentFiles, who: Person | None, name: str) -> str:
    """Press the button that offers a file; return the name that reaches Streamlit."""
    asked = BackMsg()
    asked.backend_operation_request.request_id = "7"
    asked.backend_operation_request.deferred_file.file_id = name

    async def receive() -> dict[str, object]:
        return {"type": "websocket.receive", "bytes": asked.SerializeToString()}

    async def ask() -> Person | None:
        return who

    arrived = BackMsg.FromString(asyncio.run(files.checked(receive, ask)())["bytes"]).backend_operation_request
    assert arrived.request_id == "7"
    return str(arrived.deferred_file.file_id)


@pytest.mark.parametrize(
    "content",
    [
        an_answer(f"/media/{FILE}.xlsx"),
        an_answer(f"/media/{FILE}"),
        a_button_and_what_follows_its_address(),
        a_text(f"/media/{FILE}.png"),
        b"\xff\xff" + f"/media/{FILE}.csv".encode(),
    ],
    ids=["answer", "without ending", "button", "text", "no message"],
)
def test_who_was_sent_an_address_may_fetch_it_and_nobody_else(content: bytes) -> None:
    files = SentFiles()
    assert sent(files, AN, content) == [{"type": "websocket.send", "bytes": content}]
    assert files.may_fetch(AN, f"/media/{FILE}.xlsx")
    assert not files.may_fetch(BINH, f"/media/{FILE}.xlsx")


def test_every_address_of_a_frame_counts() -> None:
    files = SentFiles()
    sent(files, AN, a_text(f"/media/{FILE}.png"))
    assert files.may_fetch(AN, f"/media/{FILE}.png")
    assert files.may_fetch(AN, f"/media/{ANOTHER}.png")


def test_two_people_who_were_sent_the_same_content_both_fetch_it() -> None:
    files = SentFiles()
    for person in (AN, BINH):
        sent(files, person, an_answer(f"/media/{FILE}.csv"))
    assert files.may_fetch(AN, f"/media/{FILE}.csv")
    assert files.may_fetch(BINH, f"/media/{FILE}.csv")


@pytest.mark.parametrize(
    "name",
    ["", "x", f"{OFFER}.csv", f"x/{FILE}.csv", f"{FILE}/../x", f"/{FILE}.csv", f"{FILE}0.csv", f"{FILE}.\n"],
)
def test_another_address_below_the_folder_is_nobodys(name: str) -> None:
    files = SentFiles()
    sent(files, AN, an_answer(f"/media/{FILE}.csv"))
    assert not files.may_fetch(AN, f"/media/{name}")


@pytest.mark.parametrize("path", ["/", "/tong-quan", "/static/js/index.js", "/media", "/mediation/x"])
def test_pages_and_the_programs_own_letters_are_no_files(path: str) -> None:
    assert SentFiles().may_fetch(AN, path)


@pytest.mark.parametrize(
    "now", [replace(AN, role=Role.VIEWER, unit_codes=frozenset()), replace(AN, unit_codes=frozenset({"05908"}))]
)
def test_with_other_rights_a_person_is_sent_the_file_again_or_not_at_all(now: Person) -> None:
    files = SentFiles()
    sent(files, AN, an_answer(f"/media/{FILE}.csv"))
    assert not files.may_fetch(now, f"/media/{FILE}.csv")


def test_what_goes_out_after_the_session_is_nobodys() -> None:
    files = SentFiles()
    assert len(sent(files, None, an_answer(f"/media/{FILE}.csv"))) == 1
    assert not files.may_fetch(AN, f"/media/{FILE}.csv")


def test_a_file_is_made_only_by_a_press_of_the_person_whose_page_offered_it() -> None:
    files = SentFiles()
    sent(files, AN, a_button(OFFER))
    assert pressed(files, AN, OFFER) == OFFER
    assert pressed(files, BINH, OFFER) == ""
    assert pressed(files, None, OFFER) == ""
    assert pressed(files, AN, ANOTHER) == ""


def test_what_asks_for_no_file_arrives_untouched() -> None:
    message = BackMsg()
    message.rerun_script.query_string = "thang=2025-09"
    clicks = [message.SerializeToString(), b"\xff\xff", None]

    async def receive() -> dict[str, object]:
        return {"type": "websocket.receive", "bytes": clicks.pop(0)}

    async def nobody() -> Person | None:
        raise AssertionError

    checked = SentFiles().checked(receive, nobody)
    assert [asyncio.run(checked())["bytes"] for _ in list(clicks)] == [message.SerializeToString(), b"\xff\xff", None]


def test_the_oldest_name_of_a_person_is_forgotten_first_and_comes_back_when_sent_again() -> None:
    files = SentFiles(most_names=2)
    files.remember(BINH, [FILE])
    files.remember(AN, [FILE, OFFER])
    files.remember(AN, [FILE])
    files.remember(AN, [ANOTHER])
    assert [files.has(AN, name) for name in (FILE, OFFER, ANOTHER)] == [True, False, True]
    assert files.has(BINH, FILE)
    files.remember(AN, [OFFER])
    assert [files.has(AN, name) for name in (FILE, OFFER, ANOTHER)] == [False, True, True]


def test_who_was_sent_something_longest_ago_is_forgotten_first() -> None:
    files = SentFiles(most_people=2)
    third = replace(AN, id="cuc")
    files.remember(AN, [FILE])
    files.remember(BINH, [FILE])
    files.remember(AN, [OFFER])
    files.remember(third, [FILE])
    assert [files.has(person, FILE) for person in (AN, BINH, third)] == [True, False, True]
