"""The HTTP shell around Streamlit: a Vietnamese index page, compressed scripts, security headers."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scorecard.presentation.status_marks import count_styles
from scorecard.presentation.texts import Language, load_texts

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_ASSETS = Path(__file__).parent / "assets"
_STYLES = (
    "page.css",
    "overview.css",
    "chart.css",
    "target.css",
    "sums.css",
    "justification.css",
    "unit.css",
    "comparison.css",
    "meeting.css",
)
_STATIC = "/static/"
_STOCK_TITLE = b"<title>Streamlit</title>"
_OWN_PROTOCOLS = (_STATIC, "/_stcore/", "/media/", "/component/")
_POLICY: Mapping[str, str] = {
    "default-src": "'self'",
    "script-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
_SECURITY: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[0-9a-f:]+\](:\d+)?")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Headers
    body: bytes

    async def send(self, send: Send) -> None:
        length = (b"content-length", str(len(self.body)).encode())
        await send({"type": "http.response.start", "status": self.status, "headers": [*self.headers, length]})
        await send({"type": "http.response.body", "body": self.body})

    def is_index(self) -> bool:
        return self.status == 200 and _STOCK_TITLE in self.body

    def with_body(self, body: bytes, *added: tuple[bytes, bytes]) -> _Answer:
        kept = [(k, v) for k, v in self.headers if k not in (b"etag", b"last-modified")]
        return _Answer(self.status, [*kept, *added], body)


class Shell:
    """ASGI middleware. Compressed scripts are kept in memory: their names change with their content."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._compressed: dict[str, _Answer] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one connection; everything but pages and scripts goes through unread."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        protected = _protecting(send)
        if scope["method"] == "GET" and _is_script(scope) and b"gzip" in _header(scope, b"accept-encoding"):
            await self._send_compressed(scope, receive, protected)
        elif scope["method"] == "GET" and _is_page(scope):
            await self._send_page(scope, receive, protected)
        else:
            await self._app(scope, receive, protected)

    async def _send_compressed(self, scope: Message, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path not in self._compressed:
            answer = await _collect(self._app, scope, receive)
            if answer.status != 200:
                await answer.send(send)
                return
            added = ((b"content-encoding", b"gzip"), (b"vary", b"accept-encoding"))
            self._compressed[path] = answer.with_body(gzip.compress(answer.body, 6), *added)
        await self._compressed[path].send(send)

    async def _send_page(self, scope: Message, receive: Receive, send: Send) -> None:
        answer = await _collect(self._app, scope, receive)
        if not answer.is_index():
            await answer.send(send)
            return
        body = _vietnamese(answer.body)
        policy = _index_policy(body, _header(scope, b"host").decode("latin-1"))
        await answer.with_body(body, (b"content-security-policy", policy)).send(send)


def _header(scope: Message, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")


def _is_script(scope: Message) -> bool:
    return str(scope["path"]).startswith(_STATIC) and str(scope["path"]).endswith((".js", ".css"))


def _is_page(scope: Message) -> bool:
    return not str(scope["path"]).startswith(_OWN_PROTOCOLS) and b"text/html" in _header(scope, b"accept")


def _protecting(send: Send) -> Send:
    async def send_protected(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in _SECURITY}
            kept = [(name, value) for name, value in message["headers"] if name not in own]
            if not any(name == b"content-security-policy" for name, _ in kept):
                kept.append((b"content-security-policy", _policy_text(_POLICY)))
            message = {**message, "headers": [*kept, *_SECURITY]}
        await send(message)

    return send_protected


def _index_policy(index: bytes, host: str) -> bytes:
    """Return the policy under which Streamlit runs: its own files, and of inline scripts only those that are known.

    Known are the ones of this very index and, as they are, the files `assets/*.js` that pages put in. Vega compiles
    expressions while a page runs. Browsers disagree whether 'self' covers sockets, so the host is named.
    """
    inline = [*_INLINE_SCRIPT.findall(index), *_scripts_of_pages()]
    digests = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in inline)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    scripts = f"'self' 'unsafe-eval' blob: {allowed}"
    return _policy_text({**_POLICY, "script-src": scripts, "connect-src": f"'self'{sockets}"})


@cache
def _scripts_of_pages() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(_ASSETS.glob("*.js")))


def _policy_text(policy: Mapping[str, str]) -> bytes:
    return "; ".join(f"{name} {value}" for name, value in policy.items()).encode()


async def _collect(app: Application, scope: Message, receive: Receive) -> _Answer:
    """Read a whole answer, unconditional and not encoded, without its length."""
    dropped = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
    plain = {**scope, "headers": [(key, value) for key, value in scope["headers"] if key not in dropped]}
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    await app(plain, receive, keep)
    start = next(message for message in messages if message["type"] == "http.response.start")
    headers = [(key, value) for key, value in start["headers"] if key != b"content-length"]
    return _Answer(start["status"], headers, b"".join(m.get("body", b"") for m in messages))


def _vietnamese(index: bytes) -> bytes:
    title = load_texts(Language.VIETNAMESE)("app.title").encode()
    return (
        index.replace(b'<html lang="en"', b'<html lang="vi"')
        .replace(_STOCK_TITLE, b"<title>" + title + b"</title>")
        .replace(b"</head>", _head() + b"</head>")
    )


@cache
def _head() -> bytes:
    """Return our styles, and the scripts: light or dark, Streamlit's English words in Vietnamese, charts as files."""
    english, vietnamese = (load_texts(language).entries for language in (Language.ENGLISH, Language.VIETNAMESE))
    words = {text: vietnamese[key] for key, text in english.items() if key.startswith("stock.")}
    dictionary = json.dumps(words, ensure_ascii=False).replace("</", "<\\/")
    scripts = (_asset("theme.js"), _asset("stock_words.js").replace("STOCK_WORDS", dictionary), _asset("chart.js"))
    styles = "".join(_asset(name) for name in _STYLES) + count_styles()
    return f"<style>{styles}</style>{''.join(f'<script>{script}</script>' for script in scripts)}".encode()


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")
