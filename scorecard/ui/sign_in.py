"""The pages to sign in, change the password and sign out; they work without the framework's scripts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from scorecard.domain.account import (
    FAILURE_SPAN,
    LOCK_LIFE,
    MOST_FAILURES,
    SHORTEST_PASSWORD,
    Account,
    AccountError,
)
from scorecard.presentation.texts import Language
from scorecard.store import Store
from scorecard.ui import cache
from scorecard.ui.connection import drop_token, keep_token, token_of, visitor
from scorecard.ui.plain_pages import TooLongError, address, page, target_of, texts_of, typed
from scorecard.ui.routes import CHANGE_PASSWORD, LEFT, SIGN_IN, SIGN_ON, SIGN_OUT
from scorecard.ui.session import LANGUAGE
from scorecard.workflow.identity import SignInRefusedError, change_password, sign_in
from scorecard.workflow.settings import VIETNAM, Mode, Settings

_PASSWORDS_AT_ONCE = CapacityLimiter(2)  # whoever tries many waits here, not in the threads that answer everybody


async def show_or_sign_in(request: Request) -> Response:
    """Show the form, or let somebody in and lead them where they wanted to go."""
    settings = cache.settings()
    if settings.mode is Mode.DEMO or await _account(request, settings):
        return _on_to_target(request)
    if request.method != "POST":
        said = texts_of(request)("sign_in.left") if LEFT in request.query_params else ""
        return sign_in_page(request, settings, said=said)
    try:
        fields = await typed(request)
        login, password = fields.get("login", ""), fields.get("password", "")
        enter = partial(sign_in, _store(settings), login, password, visitor(request), datetime.now(UTC))
        token = await to_thread.run_sync(enter, limiter=_PASSWORDS_AT_ONCE)
    except TooLongError:
        return _too_long(request)
    except SignInRefusedError as refusal:
        return sign_in_page(request, settings, login=login, problem=told(request, refusal), status=401)
    return let_in(request, settings, token)


async def show_or_change_password(request: Request) -> Response:
    """Show the form, or set another password and go on with a new session."""
    settings = cache.settings()
    account = await _account(request, settings)
    if account is None:
        return RedirectResponse(address(SIGN_IN, request), 303)
    if not account.has_password:
        return _on_to_target(request)
    if request.method != "POST":
        return _change_page(request, account)
    texts = texts_of(request)
    try:
        fields = await typed(request)
        if fields.get("new") != fields.get("again"):
            return _change_page(request, account, texts("sign_in.not_repeated"))
        passwords = fields.get("old", ""), fields.get("new", "")
        token = token_of(request, settings)
        change = partial(change_password, _store(settings), token, *passwords, visitor(request), datetime.now(UTC))
        token = await to_thread.run_sync(change, limiter=_PASSWORDS_AT_ONCE)
    except TooLongError:
        return _too_long(request)
    except AccountError as refusal:
        return _change_page(request, account, texts(refusal.reason, **refusal.parameters))
    except SignInRefusedError as refusal:
        return _change_page(request, account, told(request, refusal))
    return let_in(request, settings, token)


async def show_or_sign_out(request: Request) -> Response:
    """Ask once more, or end the session."""
    settings = cache.settings()
    account = await _account(request, settings)
    if account is not None and request.method != "POST":
        action = address(SIGN_OUT, request)
        return page("sign_out.html", request, "sign_in.leave_title", who=_who(request, account), action=action)
    if account is not None:
        await run_in_threadpool(_store(settings).sign_ins.end_session, token_of(request, settings))
    response = RedirectResponse(address(SIGN_IN, request, left=True), 303)
    drop_token(response, settings)
    return response


def sign_in_page(
    request: Request, settings: Settings, *, login: str = "", problem: str = "", said: str = "", status: int = 200
) -> Response:
    """Draw the form to sign in."""
    return page(
        "sign_in.html",
        request,
        "sign_in.title",
        status=status,
        problem=problem,
        said=said,
        login=login,
        action=address(SIGN_IN, request),
        sign_on=address(SIGN_ON, request) if settings.sign_on else "",
        most=MOST_FAILURES,
        minutes=_minutes(FAILURE_SPAN),
        wait=_minutes(LOCK_LIFE),
    )


def let_in(request: Request, settings: Settings, token: str) -> Response:
    """Hand the session to the browser and lead the person where they wanted to go."""
    response = _on_to_target(request)
    keep_token(response, token, settings)
    return response


def told(request: Request, refusal: SignInRefusedError) -> str:
    """Say a refusal in words, with the time of day at which a lock ends."""
    time = refusal.until.astimezone(VIETNAM).strftime("%H:%M") if refusal.until else ""
    return texts_of(request)(refusal.reason, time=time)


def _change_page(request: Request, account: Account, problem: str = "") -> Response:
    return page(
        "change_password.html",
        request,
        "sign_in.change_title",
        status=422 if problem else 200,
        problem=problem,
        said=texts_of(request)("sign_in.change_first") if account.must_change_password else "",
        who=_who(request, account),
        login=account.login,
        action=address(CHANGE_PASSWORD, request),
        sign_out=address(SIGN_OUT, request),
        least=SHORTEST_PASSWORD,
    )


def _who(request: Request, account: Account) -> str:
    texts = texts_of(request)
    return texts("sign_in.signed_in_as", name=account.name, role=texts(f"accounts.role_{account.role}"))


async def _account(request: Request, settings: Settings) -> Account | None:
    token = token_of(request, settings)
    if settings.mode is Mode.DEMO or not token:
        return None
    return await run_in_threadpool(_store(settings).sign_ins.who, token, datetime.now(UTC))


def _store(settings: Settings) -> Store:
    return cache.store(settings.database_url)


def _on_to_target(request: Request) -> Response:
    target = target_of(request)
    in_english = target == "/" and texts_of(request).language is Language.ENGLISH
    return RedirectResponse(f"/?{LANGUAGE}={Language.ENGLISH}" if in_english else target, 303)


def _too_long(request: Request) -> Response:
    return PlainTextResponse(texts_of(request)("sign_in.too_long"), 413)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
