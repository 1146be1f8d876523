"""The province's sign-on: OpenID Connect with PKCE; it ends in the same kind of session as a password."""

from __future__ import annotations

import hmac
import logging
from datetime import UTC, datetime
from functools import cache as once
from typing import Any
from urllib.parse import urlencode

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from httpx2 import HTTPError
from itsdangerous import BadSignature, URLSafeTimedSerializer
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scorecard.ui import cache
from scorecard.ui.connection import visitor
from scorecard.ui.plain_pages import address, texts_of
from scorecard.ui.routes import SIGN_IN, SIGN_ON, SIGNED_ON, TARGET
from scorecard.ui.session import LANGUAGE
from scorecard.ui.sign_in import let_in, sign_in_page, told
from scorecard.workflow.identity import SignInRefusedError, sign_on
from scorecard.workflow.settings import Mode, Settings, SignOn

_KEPT = "scorecard-sign-on"
_KEPT_SECONDS = 600
_SECONDS_TO_ANSWER = 10
_PUBLIC_KEY_KINDS = ("RS", "PS", "ES")
_FAILURES = (AuthlibBaseError, JoseError, HTTPError, ValueError, KeyError, RuntimeError)

_log = logging.getLogger(__name__)


async def begin_sign_on(request: Request) -> Response:
    """Send the browser to the provider; it keeps, signed, what the answer is held against."""
    settings = cache.settings()
    if settings.mode is Mode.DEMO or settings.sign_on is None:
        return RedirectResponse(address(SIGN_IN, request), 303)
    try:
        wanted = await _client(settings.sign_on).create_authorization_url(settings.public_url + SIGNED_ON)
    except _FAILURES:
        _log.exception("the provider of the sign-on does not answer")
        return sign_in_page(request, settings, problem=texts_of(request)("sign_in.sign_on_failed"), status=502)
    kept = {name: wanted[name] for name in ("state", "nonce", "code_verifier")}
    kept |= {name: request.query_params[name] for name in (TARGET, LANGUAGE) if name in request.query_params}
    response = RedirectResponse(wanted["url"], 303)
    response.set_cookie(
        _KEPT,
        _signer(settings).dumps(kept),
        max_age=_KEPT_SECONDS,
        path=SIGN_ON,
        httponly=True,
        samesite="lax",
        secure=settings.is_secure,
    )
    return response


async def end_sign_on(request: Request) -> Response:
    """Take the provider's answer: a session for an account made beforehand, or a refusal in words."""
    settings = cache.settings()
    if settings.mode is Mode.DEMO or settings.sign_on is None:
        return RedirectResponse(address(SIGN_IN, request), 303)
    kept = _kept(request, settings)
    response = await _answer(_as_asked(request, kept), settings, settings.sign_on, kept)
    response.delete_cookie(_KEPT, path=SIGN_ON, httponly=True, samesite="lax", secure=settings.is_secure)
    return response


async def _answer(request: Request, settings: Settings, provider: SignOn, kept: dict[str, str]) -> Response:
    texts = texts_of(request)
    if not hmac.compare_digest(kept.get("state", "").encode(), request.query_params.get("state", "-").encode()):
        return sign_in_page(request, settings, problem=texts("sign_in.sign_on_stale"), status=400)
    try:
        claims = await _claims(provider, settings.public_url + SIGNED_ON, request.query_params["code"], kept)
        subject, login = f"{provider.issuer} {claims['sub']}", _login(provider, claims)
    except _FAILURES:
        _log.exception("the provider's answer to a sign-on cannot be used")
        return sign_in_page(request, settings, problem=texts("sign_in.sign_on_failed"), status=502)
    store = cache.store(settings.database_url)
    try:
        token = await run_in_threadpool(sign_on, store, subject, login, visitor(request), datetime.now(UTC))
    except SignInRefusedError as refusal:
        return sign_in_page(request, settings, problem=told(request, refusal), status=403)
    return let_in(request, settings, token)


async def _claims(provider: SignOn, redirect_uri: str, code: str, kept: dict[str, str]) -> dict[str, Any]:
    """Exchange the code and return what the signed identity token says, each thing that matters verified."""
    client = _client(provider)
    metadata = await client.load_server_metadata()
    if metadata["issuer"].rstrip("/") != provider.issuer:
        raise ValueError(f"the provider calls itself {metadata['issuer']}")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name[:2] in _PUBLIC_KEY_KINDS]
    token = await client.fetch_access_token(redirect_uri, code=code, code_verifier=kept["code_verifier"])
    must = {
        "iss": {"essential": True, "value": metadata["issuer"]},
        "aud": {"essential": True, "value": provider.client_id},
        "sub": {"essential": True},
        "exp": {"essential": True},
    }
    claims = await client.parse_id_token(token, nonce=kept["nonce"], claims_options=must)
    if claims is None:
        raise ValueError("the answer holds no identity token")
    return dict(claims)


def _login(provider: SignOn, claims: dict[str, Any]) -> str:
    if provider.login_claim == "email" and claims.get("email_verified") is not True:
        return ""
    return str(claims.get(provider.login_claim) or "")


def _kept(request: Request, settings: Settings) -> dict[str, str]:
    try:
        found: dict[str, str] = _signer(settings).loads(request.cookies.get(_KEPT, ""), max_age=_KEPT_SECONDS)
    except BadSignature:
        return {}
    return found


def _as_asked(request: Request, kept: dict[str, str]) -> Request:
    """Return the request with the target and language that the person began with, not those of the answer."""
    parameters = {name: value for name, value in request.query_params.items() if name in ("state", "code")}
    parameters |= {name: kept[name] for name in (TARGET, LANGUAGE) if name in kept}
    return Request({**request.scope, "query_string": urlencode(parameters).encode()})


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret, salt=_KEPT)


@once
def _client(provider: SignOn) -> Any:  # noqa: ANN401 - the library names no types
    return OAuth().register(
        "province",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "timeout": _SECONDS_TO_ANSWER,
        },
    )
