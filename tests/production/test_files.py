"""Two people of one running server: what one of them was sent to download, the other does not get."""

import httpx2
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection

from scorecard.domain.access import Role
from tests.production.conftest import PASSWORD, Production
from tests.production.test_gate import open_socket

UNKNOWN = (404, "Không có tệp này. Hãy mở lại trang rồi bấm tải lại.")


def socket_of(production: Production, client: httpx2.Client) -> ClientConnection:
    return open_socket(production, cookie=f"scorecard={client.cookies['scorecard']}")


def until(socket: ClientConnection, kind: str) -> list[ForwardMsg]:
    """Receive up to the first message of a kind."""
    found = []
    while not found or found[-1].WhichOneof("type") != kind:
        found.append(ForwardMsg.FromString(socket.recv(timeout=60)))
    return found


def offered(socket: ClientConnection, page: str) -> tuple[str, str]:
    """Draw a page; return the session that Streamlit gave the socket, and the name of the first download offered."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    socket.send(bytes(asked.SerializeToString()))
    drawn = until(socket, "script_finished")
    session = next(each.new_session.initialize.session_id for each in drawn if each.HasField("new_session"))
    buttons = (each.delta.new_element.download_button for each in drawn)
    return session, next(str(button.deferred_file_id) for button in buttons if button.deferred_file_id)


def pressed(socket: ClientConnection, session: str, name: str) -> str:
    """Press a download; return the address of the file, empty when none was made."""
    asked = BackMsg()
    asked.backend_operation_request.request_id = "1"
    asked.backend_operation_request.session_id = session
    asked.backend_operation_request.deferred_file.file_id = name
    socket.send(bytes(asked.SerializeToString()))
    return str(until(socket, "backend_operation_response")[-1].backend_operation_response.deferred_file.url)


def fetch(client: httpx2.Client, address: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
    answer = client.request(method, address, headers=headers)
    return answer.status_code, answer.content


@pytest.mark.parametrize(
    ("page", "role", "units", "begins"),
    [
        ("nhap-so-lieu", Role.HEAD, ("so-khcn",), b"PK"),
        ("nhat-ky", Role.REVIEWER, (), "\ufeff".encode()),
        ("tong-quan", Role.VIEWER, (), b"%PDF-"),
    ],
    ids=["XLSX", "CSV", "PDF"],
)
def test_a_download_is_its_persons_alone(
    production: Production, page: str, role: Role, units: tuple[str, ...], begins: bytes
) -> None:
    one, other = (production.add(f"{page}-{number}", role, *units) for number in (1, 2))
    with (
        production.signed_in(one) as first,
        production.signed_in(other) as second,
        socket_of(production, first) as socket,
        socket_of(production, second) as others,
    ):
        session, name = offered(socket, page)
        assert pressed(others, offered(others, page)[0], name) == ""
        address = pressed(socket, session, name)
        status, content = fetch(first, address)
        assert (status, content[: len(begins)]) == (200, begins)
        assert fetch(first, address, range="bytes=0-1") == (206, content[:2])
        unknown = fetch(second, f"/media/{'0' * 32}.xlsx")
        assert (unknown[0], unknown[1].decode()) == UNKNOWN
        assert fetch(second, address) == fetch(second, address, range="bytes=0-1") == unknown
        assert fetch(second, address, "HEAD")[0] == 404
        with production.client() as nobody:
            assert nobody.get(address).status_code == 401


def test_whoever_signs_in_next_in_the_same_browser_does_not_get_the_file_of_the_one_before(
    production: Production,
) -> None:
    one, other = (production.add(f"may-chung-{number}", Role.REVIEWER) for number in (1, 2))
    with production.signed_in(one) as browser, socket_of(production, browser) as socket:
        address = pressed(socket, *offered(socket, "nhat-ky"))
        assert fetch(browser, address)[0] == 200
        browser.post("/dang-xuat")
        assert fetch(browser, address)[0] == 401
        browser.post("/dang-nhap", data={"login": other, "password": PASSWORD})
        assert fetch(browser, address)[0] == 404
