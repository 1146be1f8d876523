"""What an HTTP request or socket says of itself: which host was asked, which page asks, which session it carries."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

from scorecard.store import Visitor
from scorecard.workflow.settings import Mode, Settings, is_loopback

_LONGEST_AGENT = 200
_LONGEST_TARGET = 2000


def asks_own_host(connection: HTTPConnection, settings: Settings) -> bool:
    """Say whether the host asked for is ours: any name of this machine in the demo, else that of the public address.

    A page elsewhere whose name was made to point at this machine is told apart by it.
    """
    host = connection.headers.get("host", "").lower()
    if settings.mode is Mode.DEMO:
        return is_loopback(_hostname(host))
    return host in _equal_hosts(urlsplit(settings.public_url).netloc, settings.is_secure)


def comes_from_own_page(connection: HTTPConnection, settings: Settings) -> bool:
    """Say whether a page of ours sent the request, by the Origin that every browser adds to writes and sockets."""
    origin = urlsplit(connection.headers.get("origin", "").lower())
    if settings.mode is Mode.DEMO:
        return origin.scheme == "http" and origin.netloc == connection.headers.get("host", "").lower()
    public = urlsplit(settings.public_url)
    return origin.scheme == public.scheme and origin.netloc in _equal_hosts(public.netloc, settings.is_secure)


def session_cookie(settings: Settings) -> str:
    """Return the name of the cookie; over https browsers hold `__Host-` names to this host alone."""
    return "__Host-scorecard" if settings.is_secure else "scorecard"


def token_of(connection: HTTPConnection, settings: Settings) -> str:
    """Return the session token that came along, empty without one."""
    return connection.cookies.get(session_cookie(settings), "")


def keep_token(response: Response, token: str, settings: Settings) -> None:
    """Let the browser keep a token until it is closed; no script can read it."""
    response.set_cookie(
        session_cookie(settings), token, path="/", httponly=True, samesite="lax", secure=settings.is_secure
    )


def drop_token(response: Response, settings: Settings) -> None:
    """Let the browser forget its token."""
    response.delete_cookie(session_cookie(settings), path="/", httponly=True, samesite="lax", secure=settings.is_secure)


def visitor(connection: HTTPConnection) -> Visitor:
    """Return where a request comes from."""
    agent = connection.headers.get("user-agent", "")
    return Visitor(address=connection.client.host if connection.client else "", agent=agent[:_LONGEST_AGENT])


def local_target(wanted: str | None) -> str:
    """Return where to go after signing in: a path of this program, `/` for anything else."""
    text = wanted or ""
    parts = urlsplit(text)
    is_local = text.startswith("/") and not text.startswith("//") and not parts.scheme and not parts.netloc
    clean = text.isprintable() and "\\" not in text and len(text) <= _LONGEST_TARGET
    return text if is_local and clean else "/"


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _equal_hosts(netloc: str, is_secure: bool) -> tuple[str, ...]:
    port = ":443" if is_secure else ":80"
    return netloc, netloc.removesuffix(port), netloc if ":" in netloc else netloc + port
