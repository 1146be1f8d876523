"""The first page asked for by its own name."""

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from scorecard.ui import routes
from scorecard.ui.first_page import lead_to_first_page
from scorecard.ui.navigation import OVERVIEW, PAGES
from tests.ui.requests import get


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("", "/"),
        ("?vai=chair&ky=2025-06&nhom=x%20y", "/?vai=chair&ky=2025-06&nhom=x%20y"),
        ("?tim=%C4%91%E1%BA%A1t%0d%0Aset-cookie", "/?tim=%C4%91%E1%BA%A1t%0d%0Aset-cookie"),
        ("?//evil.example", "/?//evil.example"),
    ],
)
def test_it_leads_to_the_overview_with_all_that_the_address_chooses(query: str, target: str) -> None:
    app = Starlette(routes=[Route(routes.OVERVIEW, lead_to_first_page)])
    answer = get(app, f"/tong-quan{query}", host="127.0.0.1:8501")
    assert (answer.status, answer.headers["location"]) == (307, target)


def test_the_overview_is_the_page_that_lies_at_the_root() -> None:
    assert PAGES[0] is OVERVIEW
