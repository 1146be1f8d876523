"""The address that a monitor asks whether the program can show figures."""

from __future__ import annotations

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from scorecard.ui import cache

_log = logging.getLogger(__name__)


async def health(_: Request) -> JSONResponse:
    """Answer 200 with the version of the data, 503 when the store cannot be read."""
    try:
        version = await run_in_threadpool(_data_version)
    except Exception:
        _log.exception("health check failed")
        return JSONResponse({"status": "unavailable"}, status_code=503)
    return JSONResponse({"status": "ok", "data_version": version})


def _data_version() -> int:
    return cache.store(cache.settings().database_url).data_version()
