"""What a person clicked happens only while they are still who they were."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from scorecard.domain.access import Person, Role
from scorecard.ui.socket_watch import watched

AN = Person("an", "An", Role.REPORTER, frozenset({"05908"}))


def a_click() -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = "thang=2025-09"
    message.rerun_script.page_script_hash = "abc"
    message.rerun_script.fragment_id = "a dialog"
    message.rerun_script.widget_states.widgets.add(id="submit", trigger_value=True)
    return bytes(message.SerializeToString())


def arrived(persons: Sequence[Person | None], content: bytes | None = None) -> list[bytes]:
    """Send as many clicks as there are answers to «who is it»; return what reaches Streamlit."""
    waiting = iter(persons)

    async def receive() -> dict[str, object]:
        return {"type": "websocket.receive", "bytes": content or a_click()}

    async def who() -> Person | None:
        return next(waiting)

    async def run() -> list[bytes]:
        receive_watched = watched(receive, who)
        return [(await receive_watched())["bytes"] for _ in persons]

    return asyncio.run(run())


def test_the_clicks_of_the_same_person_arrive_untouched() -> None:
    assert arrived([AN, AN, AN]) == [a_click()] * 3


@pytest.mark.parametrize(
    "now",
    [
        None,
        replace(AN, id="binh"),
        replace(AN, role=Role.VIEWER, unit_codes=frozenset()),
        replace(AN, unit_codes=frozenset({"05911"})),
    ],
)
def test_after_a_change_of_person_role_or_units_the_page_is_only_drawn_again(now: Person | None) -> None:
    before, after = arrived([AN, now])
    assert before == a_click()
    message = BackMsg.FromString(after)
    assert (message.rerun_script.query_string, message.rerun_script.page_script_hash) == ("thang=2025-09", "abc")
    assert not message.rerun_script.widget_states.widgets
    assert message.rerun_script.fragment_id == ""


def test_once_the_page_was_drawn_again_the_new_rights_work() -> None:
    other = replace(AN, role=Role.HEAD)
    assert arrived([AN, other, other])[2] == a_click()


def test_nothing_else_is_asked_of_streamlit_without_a_session() -> None:
    asked = BackMsg()
    asked.file_urls_request.request_id = "1"
    asked.file_urls_request.file_names.append("figures.xlsx")
    (found,) = arrived([None], bytes(asked.SerializeToString()))
    assert BackMsg.FromString(found).WhichOneof("type") == "app_heartbeat"


def test_what_is_no_message_at_all_is_left_to_streamlit() -> None:
    assert arrived([None], b"\xff\xff") == [b"\xff\xff"]
