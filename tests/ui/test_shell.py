import asyncio
import gzip

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from scorecard.presentation.texts import Language, load_texts
from scorecard.ui.shell import Shell
from tests.ui.requests import get

INDEX = '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head><body></body></html>'
SCRIPT = "console.log('x');" * 500
asked: list[str] = []


async def index(request: Request) -> Response:
    return HTMLResponse(INDEX, headers={"etag": "old"})


async def script(request: Request) -> Response:
    asked.append(request.url.path)
    if request.path_params["name"] == "gone.js":
        return PlainTextResponse("gone", status_code=404)
    return PlainTextResponse(SCRIPT, media_type="text/javascript")


async def picture(request: Request) -> Response:
    return Response(b"\x89PNG", media_type="image/png")


@pytest.fixture
def app() -> Starlette:
    asked.clear()
    routes = [
        Route("/static/js/{name}", script),
        Route("/media/{name}", picture),
        Route("/{page:path}", index),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Shell)])


@pytest.mark.parametrize("address", ["/", "/tong-quan", "/nhap-so-lieu?vai=chair"])
def test_every_page_arrives_in_vietnamese_with_our_title_and_styles(app: Starlette, address: str) -> None:
    answer = get(app, address, accept="text/html")
    assert '<html lang="vi"' in answer.text
    assert "<title>Chỉ tiêu chuyển đổi số</title>" in answer.text
    assert "@media print" in answer.text
    assert "etag" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_the_words_of_the_framework_are_translated_by_a_dictionary_of_both_text_files(app: Starlette) -> None:
    page = get(app, "/", accept="text/html").text
    vietnamese, english = load_texts(Language.VIETNAMESE), load_texts(Language.ENGLISH)
    assert f'"{english("stock.no_results")}": "{vietnamese("stock.no_results")}"' in page
    assert "STOCK_WORDS" not in page


def test_scripts_travel_compressed_and_are_compressed_once(app: Starlette) -> None:
    answers = [get(app, "/static/js/a.js", accept_encoding="gzip") for _ in range(2)]
    assert all(gzip.decompress(answer.content).decode() == SCRIPT for answer in answers)
    assert all(answer.headers["content-encoding"] == "gzip" for answer in answers)
    assert int(answers[0].headers["content-length"]) == len(answers[0].content) < len(SCRIPT)
    assert asked == ["/static/js/a.js"]


def test_a_client_that_cannot_unpack_gets_the_script_as_it_is(app: Starlette) -> None:
    answer = get(app, "/static/js/a.js", accept_encoding="identity")
    assert "content-encoding" not in answer.headers
    assert answer.text == SCRIPT


def test_a_script_that_is_not_there_is_not_remembered(app: Starlette) -> None:
    for _ in range(2):
        assert get(app, "/static/js/gone.js", accept_encoding="gzip").status == 404
    assert len(asked) == 2


@pytest.mark.parametrize("address", ["/", "/static/js/a.js", "/media/a.png"])
def test_every_answer_carries_the_security_headers(app: Starlette, address: str) -> None:
    headers = get(app, address, accept="text/html").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "form-action 'self'" in policy
    assert "http:" not in policy
    assert "https:" not in policy


def test_what_is_not_a_page_or_script_passes_unchanged(app: Starlette) -> None:
    assert get(app, "/media/a.png", accept="text/html").content == b"\x89PNG"


def test_other_connections_pass_untouched() -> None:
    seen: list[str] = []

    async def websocket(scope: dict[str, str], receive: object, send: object) -> None:
        seen.append(scope["type"])

    asyncio.run(Shell(websocket)({"type": "websocket"}, None, None))
    assert seen == ["websocket"]
