"""The province's sign-on against a provider that runs here: the round trip, and answers that must not be believed."""

import base64
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx2
import pytest
from playwright.sync_api import Browser

from scorecard.domain.access import Role
from scorecard.domain.account import SignInMethod
from scorecard.presentation.texts import Language, load_texts
from tests.production.conftest import Production, free_port
from tests.production.provider import CLIENT_ID, CLIENT_SECRET, Provider, a_key, running

VI = load_texts(Language.VIETNAMESE)
HTML = {"accept": "text/html"}
AN = {"sub": "42", "preferred_username": "An.Nguyen", "name": "Nguyễn An"}


@pytest.fixture(scope="module")
def both(start: Callable[..., Production]) -> Iterator[tuple[Production, Provider]]:
    port, provider_port = free_port(), free_port()
    with running(provider_port, f"http://127.0.0.1:{port}/dang-nhap/tinh/ve") as provider:
        production = start(
            port,
            SCORECARD_OIDC_ISSUER=provider.issuer,
            SCORECARD_OIDC_CLIENT_ID=CLIENT_ID,
            SCORECARD_OIDC_CLIENT_SECRET=CLIENT_SECRET,
        )
        production.add("an.nguyen", Role.REPORTER, "05908", name="Nguyễn An")
        yield production, provider


@pytest.fixture
def production(both: tuple[Production, Provider]) -> Production:
    return both[0]


@pytest.fixture
def provider(both: tuple[Production, Provider]) -> Provider:
    """The provider as it comes, whatever the test before did to it."""
    found = both[1]
    found.person, found.refuses, found.signing_key = dict(AN), False, found.key
    found.spoil = lambda claims: claims
    return found


def sign_on(client: httpx2.Client, target: str = "/tong-quan") -> httpx2.Response:
    """Follow the redirects there and back as a browser does, up to the answer of the program."""
    to_provider = client.get("/dang-nhap/tinh", params={"tiep": target}, headers=HTML)
    assert to_provider.status_code == 303
    back = httpx2.get(to_provider.headers["location"])
    assert back.status_code == 302
    return client.get(back.headers["location"], headers=HTML)


def test_the_browser_signs_on_by_the_button_and_lands_where_it_wanted(
    production: Production, provider: Provider, browser: Browser
) -> None:
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(f"{production.url}/nhap-so-lieu")
    page.get_by_role("link", name=VI("sign_in.with_sign_on")).click()
    page.locator(".st-key-signed-in").wait_for(timeout=60_000)
    assert page.url == f"{production.url}/nhap-so-lieu"
    assert "Nguyễn An" in page.locator(".st-key-signed-in").inner_text()
    (cookie,) = [each for each in context.cookies() if each["name"] == "scorecard"]
    assert cookie["httpOnly"]
    assert not [each for each in context.cookies() if each["name"] == "scorecard-sign-on"]
    context.close()
    assert provider.asked[-1]["code_challenge_method"] == "S256"


def test_the_round_trip_opens_a_session_of_the_same_kind_for_the_account_made_beforehand(
    production: Production, provider: Provider
) -> None:
    with production.client() as client:
        answer = sign_on(client, "/nhap-so-lieu?don_vi=05908")
        assert (answer.status_code, answer.headers["location"]) == (303, "/nhap-so-lieu?don_vi=05908")
        assert client.get("/", headers=HTML).status_code == 200
    account = production.store.accounts.find("an.nguyen")
    assert account is not None
    assert account.subject == f"{provider.issuer} 42"
    sessions = production.store.sign_ins.sessions(datetime.now(UTC))
    assert (sessions[0].login, sessions[0].method) == ("an.nguyen", SignInMethod.SIGN_ON)


def test_somebody_without_an_account_is_told_whom_to_ask(production: Production, provider: Provider) -> None:
    provider.person = {"sub": "77", "preferred_username": "nobody"}
    with production.client() as client:
        answer = sign_on(client)
        assert answer.status_code == 403
        assert VI("sign_in.no_account") in answer.text
        assert client.get("/", headers=HTML).status_code == 303
    assert production.store.accounts.find("nobody") is None


def test_another_subject_with_the_name_of_a_bound_account_is_refused(
    production: Production, provider: Provider
) -> None:
    with production.client() as client:
        assert sign_on(client).status_code == 303
    provider.person = AN | {"sub": "43"}
    with production.client() as client:
        assert sign_on(client).status_code == 403


def foreign_key(provider: Provider) -> None:
    provider.signing_key = a_key()


def claim(name: str, value: object, **more: object) -> Callable[[Provider], None]:
    def spoil(provider: Provider) -> None:
        provider.spoil = lambda claims: {**claims, name: value, **more}

    return spoil


def without(name: str) -> Callable[[Provider], None]:
    def spoil(provider: Provider) -> None:
        provider.spoil = lambda claims: {key: value for key, value in claims.items() if key != name}

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(foreign_key, id="signed by another key"),
        pytest.param(claim("iss", "https://evil.example"), id="another issuer"),
        pytest.param(claim("aud", "another-client"), id="for another client"),
        pytest.param(claim("aud", "another-client", azp=CLIENT_ID), id="for another client, asked for by us"),
        pytest.param(claim("nonce", "of another sign-in"), id="another nonce"),
        pytest.param(claim("exp", int(time.time()) - 3600), id="expired"),
        pytest.param(without("nonce"), id="no nonce"),
        pytest.param(without("sub"), id="no subject"),
        pytest.param(without("exp"), id="no end"),
    ],
)
def test_an_identity_that_does_not_hold_is_not_believed(
    production: Production, provider: Provider, spoil: Callable[[Provider], None]
) -> None:
    spoil(provider)
    with production.client() as client:
        answer = sign_on(client)
        assert answer.status_code == 502
        assert VI("sign_in.sign_on_failed") in answer.text
        assert "scorecard" not in client.cookies


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_an_unsigned_identity_is_not_believed_even_if_the_provider_offers_it(
    production: Production, provider: Provider, monkeypatch: pytest.MonkeyPatch, algorithm: str
) -> None:
    def unsigned(claims: dict[str, object]) -> str:
        parts = ({"alg": algorithm, "kid": "k1"}, claims)
        encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts)
        return f"{'.'.join(encoded)}."

    monkeypatch.setattr(provider, "sign", unsigned)
    with production.client() as client:
        assert sign_on(client).status_code == 502


def test_an_answer_to_another_browser_or_the_same_answer_twice_is_refused(
    production: Production, provider: Provider
) -> None:
    with production.client() as mine, production.client() as theirs:
        to_provider = mine.get("/dang-nhap/tinh", headers=HTML)
        back = httpx2.get(to_provider.headers["location"]).headers["location"]
        refused = theirs.get(back, headers=HTML)
        assert refused.status_code == 400
        assert VI("sign_in.sign_on_stale") in refused.text
        assert mine.get(back, headers=HTML).status_code == 303
        assert mine.get(back, headers=HTML).status_code == 400


def test_a_refusal_at_the_provider_is_told_in_words(production: Production, provider: Provider) -> None:
    provider.refuses = True
    with production.client() as client:
        answer = sign_on(client)
        assert answer.status_code == 502
        assert VI("sign_in.sign_on_failed") in answer.text


def test_the_way_back_leads_nowhere_else(production: Production, provider: Provider) -> None:
    with production.client() as client:
        answer = sign_on(client, "https://evil.example/")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
