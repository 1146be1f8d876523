"""The few pages that work without Streamlit: how they are drawn, and how what people typed is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from scorecard.presentation.texts import Language, Texts, load_texts
from scorecard.ui.connection import local_target
from scorecard.ui.routes import LEFT, TARGET
from scorecard.ui.session import LANGUAGE

_FOLDER = Path(__file__).parent / "templates"
_MOST_BYTES = 10_000


class TooLongError(Exception):
    """More was sent than a person types."""


def target_of(request: Request) -> str:
    """Return where the person wanted to go."""
    return local_target(request.query_params.get(TARGET))


def texts_of(request: Request) -> Texts:
    """Return the texts of the language asked for, or that of the page the person wanted; Vietnamese by default."""
    wanted = parse_qs(target_of(request).partition("?")[2]).get(LANGUAGE, [""])
    chosen = request.query_params.get(LANGUAGE) or wanted[0]
    return load_texts(Language(chosen) if chosen in set(Language) else Language.VIETNAMESE)


def address(path: str, request: Request, *, language: Language | None = None, left: bool = False) -> str:
    """Return an address that keeps the target and the language of the request, or changes the language.

    `left` says that the person just signed out.
    """
    target = target_of(request)
    kept = ({LEFT: "1"} if left else {}) | ({} if target == "/" else {TARGET: target})
    chosen = language or texts_of(request).language
    if language or chosen is not Language.VIETNAMESE:
        kept[LANGUAGE] = chosen.value
    return f"{path}?{urlencode(kept)}" if kept else path


def page(
    template: str,
    request: Request,
    title_key: str,
    *,
    status: int = 200,
    problem: str = "",
    said: str = "",
    **more: object,
) -> Response:
    """Draw a page; `problem` is read out at once, `said` when there is time."""
    texts = texts_of(request)
    other = Language.ENGLISH if texts.language is Language.VIETNAMESE else Language.VIETNAMESE
    drawn = (
        _templates()
        .get_template(template)
        .render(
            texts=texts,
            title=texts(title_key),
            problem=problem,
            said=said,
            style=_style(),
            other_code=other.value,
            other_language=address(request.url.path, request, language=other),
            **more,
        )
    )
    return HTMLResponse(drawn, status)


async def typed(request: Request) -> Mapping[str, str]:
    """Return the fields of a form, the first value of each; TooLongError beyond 10 kB."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise TooLongError
    fields = parse_qs(body.decode("utf-8", errors="replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)


@cache
def _style() -> str:
    return (_FOLDER / "sign_in.css").read_text(encoding="utf-8")
