"""The first page under its own name: Streamlit knows it at `/` only."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse


async def lead_to_first_page(request: Request) -> RedirectResponse:
    """Lead to `/` with everything that the address chooses."""
    query = request.url.query
    return RedirectResponse(f"/?{query}" if query else "/", 307)
