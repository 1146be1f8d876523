"""The address that a monitor asks whether the program can show figures."""

from __future__ import annotations

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from scorecard.ui import cache

_log = logging.getLogger(__name__)


async def health(_: Request) -> JSONResponse:
    """Answer 200, or 503 when the store cannot be read; anybody may ask, so nothing else is told."""
    try:
        await run_in_threadpool(_ask_store)
    except Exception:
        _log.exception("health check failed")
        return JSONResponse({"status": "unavailable"}, status_code=503)
    return JSONResponse({"status": "ok"})


def _ask_store() -> None:
    cache.store(cache.settings().database_url).data_version()
