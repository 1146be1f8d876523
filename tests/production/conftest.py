"""Production as an operator starts it: a database made for it, accounts, a server of its own on this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from scorecard.domain.access import Role
from scorecard.domain.account import Account
from scorecard.store import Store, open_store
from scorecard.workflow.accounts import OPERATOR, create_account, initialise
from scorecard.workflow.passwords import hash_password
from scorecard.workflow.settings import ROOT
from tests.browser.conftest import browser, profile

__all__ = ["browser", "profile"]

ADMINISTRATOR = "quan.tri"
PASSWORD = "cánh đồng lúa xanh"
SECRET = "qX7v-Zr2LkT9mPw4_hYbN8sUe3JcG6aDfR1oWiE5tVx0"
SECONDS_TO_START = 90


@dataclass(frozen=True)
class Production:
    """A running server; `url` is its public address."""

    url: str
    store: Store

    def client(self, **headers: str) -> httpx2.Client:
        return httpx2.Client(base_url=self.url, headers={"origin": self.url, **headers}, timeout=30)

    @contextmanager
    def signed_in(self, login: str, password: str = PASSWORD) -> Iterator[httpx2.Client]:
        with self.client() as client:
            answer = client.post("/dang-nhap", data={"login": login, "password": password})
            assert answer.status_code == 303, answer.text
            yield client

    def add(self, login: str, role: Role = Role.VIEWER, *units: str, name: str = "Người thử") -> str:
        """Create an account whose first password was changed already; return its login."""
        account = Account(login=login, name=name, role=role, unit_codes=frozenset(units))
        now = datetime.now(UTC)
        create_account(self.store, OPERATOR, account, frozenset(units), now)
        self.store.accounts.set_password(login, hash_password(PASSWORD), must_change=False, by=login, at=now)
        return login


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Production]]:
    """Start a server: `start(8501, SCORECARD_OIDC_ISSUER=…)`; all are stopped after the module."""
    running = []

    def started(port: int | None = None, **environment: str) -> Production:
        opened = serving(tmp_path_factory.mktemp("production"), port or free_port(), environment)
        running.append(opened)
        return opened.__enter__()

    yield started
    for each in reversed(running):
        each.__exit__(None, None, None)


@pytest.fixture(scope="module")
def production(start: Callable[..., Production]) -> Production:
    return start()


@contextmanager
def serving(folder: Path, port: int, environment: dict[str, str]) -> Iterator[Production]:
    database = f"sqlite:///{folder}/scorecard.db"
    url = f"http://127.0.0.1:{port}"
    store = open_store(database)
    initialise(store, ADMINISTRATOR, "Quản trị", PASSWORD, datetime.now(UTC))
    settings = {"SCORECARD_DATABASE_URL": database, "SCORECARD_PUBLIC_URL": url, "SCORECARD_SECRET": SECRET}
    command = [sys.executable, "-m", "scorecard", "serve", "--port", str(port)]
    log = folder / "server.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | settings | environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_until_answering(f"{url}/suc-khoe", server, log)
        yield Production(url, store)
    finally:
        server.terminate()
        server.wait(timeout=30)
        store.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_answering(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        try:
            httpx2.get(url)
        except httpx2.TransportError:
            time.sleep(0.3)
        else:
            return
    pytest.fail(f"the server does not answer:\n{log.read_text()}")
